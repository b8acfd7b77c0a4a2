"""Markdown as GitHub reads it, with data escaped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import Any

from sencli.documents.view import Bullets
from sencli.documents.view import Chart
from sencli.documents.view import Cut
from sencli.documents.view import Fields
from sencli.documents.view import Heading
from sencli.documents.view import Quote
from sencli.documents.view import Sign
from sencli.documents.view import Space
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.formats import bidi
from sencli.formats import cells
from sencli.formats.flat import flat
from sencli.formats.typst.data import Levels
from sencli.safe import safe_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from sencli.documents.view import Block
    from sencli.documents.view import View
    from sencli.formats import RenderOptions
    from sencli.formats.cells import Grid

_MARKUP = re.compile(r"([\\`*_\[\]<>|~&$@])")
_LINE_START = re.compile(r"^(\s*)([-+=#]|\d+(?=[.)]))")
_LINKED = re.compile(r":(?=//|[\w+-]+:)|(?<=www)\.", re.IGNORECASE)
_RULE = "\\_" * 24


def write(views: Sequence[View], options: RenderOptions) -> bytes:
    """The views one under another, a rule between two."""
    text = "\n\n---\n\n".join(_document(view, options) for view in views)
    return f"{text}\n".encode("utf-8", "backslashreplace")


def _document(view: View, options: RenderOptions) -> str:
    text = "\n\n".join(_page(view))
    if not options.isolate:
        return text
    return bidi.isolated_lines(text, leftward=bidi.language_is_leftward(view.lang))


def escaped(text: str, newline: str = "\\\n") -> str:
    """The text as literal Markdown; its lines are kept by ``newline``."""
    return newline.join(_line(line.strip()) for line in safe_text(text).split("\n"))


def _line(text: str) -> str:
    plain = _LINKED.sub(lambda found: f"\\{found[0]}", _MARKUP.sub(r"\\\1", text))
    return _LINE_START.sub(_lead, plain)


def _lead(found: re.Match[str]) -> str:
    blank, first = found.groups()
    # a number at the start would begin a list: the escape goes before its dot
    return f"{blank}{first}\\" if first.isdigit() else f"{blank}\\{first}"


def _flat(text: str) -> str:
    return escaped(text, "<br>")


def _page(view: View) -> Iterator[str]:
    title = f"# {_flat(view.title)}".rstrip()
    above = (title, view.school.name, view.subtitle)
    if view.opening:
        yield escaped(view.school.name)
        yield from _blocks(view.opening, view, Levels())
        above = (title, "", view.subtitle)
    yield above[0]
    for text in above[1:]:
        if text.strip():
            yield escaped(text)
    if view.picture is not None:
        yield _flat(f"[{view.picture.shown}]")
    yield from _blocks(view.blocks, view, Levels())
    if foot := cells.foot(view):
        yield f"<sub>{_flat(foot)}</sub>"


def _blocks(blocks: Iterable[Block], view: View, levels: Levels) -> Iterator[str]:
    for block in flat(blocks):
        if text := _block(block, view, levels):
            yield text


def _block(block: Block, view: View, levels: Levels) -> str:
    if isinstance(block, Heading):
        level = levels.next(block.level)
        return f"{'#' * level} {_flat(block.text)}".rstrip()
    writer = _WRITERS.get(type(block))
    return writer(block, view) if writer else ""


def _text(block: Text, _view: View) -> str:
    label = f"**{_flat(block.label)}** " if block.label else ""
    return label + escaped(block.text)


def _bullets(block: Bullets, _view: View) -> str:
    # Markdown tells a list by the one space after its mark
    marks = (lead.strip() for lead in cells.leads(block))
    pairs = zip(marks, block.items, strict=True)
    return "\n".join(f"{mark} {_flat(item)}" for mark, item in pairs)


def _fields(block: Fields, _view: View) -> str:
    return "\n".join(
        f"- **{_flat(name)}:** {_flat(value)}" for name, value in block.rows
    )


def _quote(block: Quote, _view: View) -> str:
    by = f"\n\n— {_flat(block.by)}" if block.by else ""
    return _quoted(f"{escaped(block.text)}{by}")


def _sign(block: Sign, _view: View) -> str:
    date = f"{_flat(block.date_label)}: {_RULE[:24]}"
    return "\n\n".join(f"{_flat(who)}: {_RULE} {date}" for who in cells.signers(block))


def _space(block: Space, _view: View) -> str:
    return "\n\n".join([escaped(block.label), *[_RULE] * block.lines])


def _cut(block: Cut, _view: View) -> str:
    return f"---\n\n{escaped(block.label)}"


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _chart(block: Chart, _view: View) -> str:
    notes = (escaped(note) for note in cells.chart_notes(block))
    # a small line is said in its own words, without a table of each of its points
    table = "" if block.kind in cells.SAID else _drawn(cells.of_chart(block))
    parts = [escaped(block.caption), table, *notes]
    return "\n\n".join(part for part in parts if part)


def _table(block: Table, view: View) -> str:
    made = cells.of_table(block, view.labels)
    whole = made.rows and made.titles
    body = _drawn(made) if whole else escaped(block.empty)
    return "\n\n".join(part for part in (escaped(block.caption), body) if part)


def _drawn(made: Grid) -> str:
    from tabulate import tabulate

    first_total = len(made.rows) - made.totals
    rows = []
    for place, row in enumerate(made.rows):
        if place in made.groups:
            rows.append([_strong(made.groups[place]), *[""] * (len(row) - 1)])
        strong = place >= first_total
        rows.append([_strong(text) if strong else _flat(text) for text in row])
    return tabulate(
        rows,
        headers=[_flat(title) for title in made.titles],
        tablefmt="pipe",
        disable_numparse=True,
        colalign=["right" if at else "left" for at in made.right],
    )


def _strong(text: str) -> str:
    flat = _flat(text)
    return f"**{flat}**" if flat else ""


_WRITERS: dict[type[Block], Callable[[Any, View], str]] = {
    Text: _text,
    Bullets: _bullets,
    Fields: _fields,
    Table: _table,
    Chart: _chart,
    Quote: _quote,
    Sign: _sign,
    Space: _space,
    Cut: _cut,
}
"""A page break says nothing in Markdown."""
