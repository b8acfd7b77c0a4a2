"""Plain text for a terminal or e-mail: nothing cut, no control codes."""

from __future__ import annotations

from itertools import chain
from itertools import zip_longest
from typing import TYPE_CHECKING
from typing import Any

from sencli.documents.view import Bullets
from sencli.documents.view import Chart
from sencli.documents.view import Fields
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Quote
from sencli.documents.view import Sign
from sencli.documents.view import Space
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.formats import cells as grid
from sencli.formats import cells as written
from sencli.formats import columns as shares
from sencli.safe import safe_line
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

_GAP = "  "
_UNWRAPPED = 1_000_000
_SHORT_RULE = 40
_RULED = 2


def write(views: Sequence[View], options: RenderOptions) -> bytes:
    """The views one under another, a double rule between two."""
    wide = options.wide or _UNWRAPPED
    rule = "=" * min(wide, 78)
    pages = ["\n\n".join(_page(view, view.blocks, wide)) for view in views]
    return _tidy(f"\n\n{rule}\n\n".join(pages))


def pieces(
    view: View, blocks: Iterable[Block], _data: object, options: RenderOptions
) -> Iterator[bytes]:
    """What ``write`` gives for a view with these blocks after its own, in pieces."""
    between = b""
    for part in _page(view, chain(view.blocks, blocks), options.wide or _UNWRAPPED):
        yield between + _tidy(part)
        between = b"\n"


def _tidy(text: str) -> bytes:
    lines = "\n".join(map(str.rstrip, text.split("\n")))
    return f"{lines}\n".encode("utf-8", "backslashreplace")


def _page(view: View, blocks: Iterable[Block], wide: int) -> Iterator[str]:
    title = _wrapped(safe_line(view.title), wide)
    longest = max((len(line) for line in title.split("\n")), default=0)
    under = f"{title}\n{'=' * max(1, min(longest, wide))}"
    subtitle = _wrapped(safe_text(view.subtitle), wide)
    head = "\n".join(part for part in (under, subtitle) if part)
    school = _wrapped(safe_line(view.school.name), wide)
    if view.opening:
        yield school
        yield from _blocks(view.opening, view, wide)
        yield head
    else:
        yield f"{school}\n{head}" if school else head
    if view.picture is not None:
        yield _wrapped(f"[{safe_line(view.picture.shown)}]", wide)
    yield from _blocks(blocks, view, wide)
    yield _wrapped(safe_text(written.foot(view)), wide)


def _blocks(blocks: Iterable[Block], view: View, wide: int) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Keep):
            yield from _blocks(block.blocks, view, wide)
        elif text := _block(block, view, wide):
            yield text


def _block(block: Block, view: View, wide: int) -> str:
    writer = _WRITERS.get(type(block))
    return writer(block, view, wide) if writer else ""


def _text(block: Text, _view: View, wide: int) -> str:
    return _wrapped(safe_text(block.text), wide)


def _bullets(block: Bullets, _view: View, wide: int) -> str:
    return "\n".join(_hung("- ", item, wide) for item in block.items)


def _heading(block: Heading, _view: View, wide: int) -> str:
    text = _wrapped(safe_line(block.text), wide)
    if block.level > _RULED or not text:
        return text
    return f"{text}\n{'-' * max(map(len, text.splitlines()))}"


def _quote(block: Quote, _view: View, wide: int) -> str:
    lines = _wrapped(safe_text(block.text), wide - 4).split("\n")
    said = "\n".join(f"    {line}" for line in lines)
    by = _hung("    — ", block.by, wide) if block.by else ""
    return "\n".join(part for part in (said, by) if part)


def _sign(block: Sign, _view: View, wide: int) -> str:
    date = safe_line(block.date_label)
    lines = (f"{safe_line(who)}: {'_' * 24}  {date}: {'_' * 12}" for who in block.who)
    return "\n\n".join(_wrapped(line, wide) for line in lines)


def _space(block: Space, _view: View, wide: int) -> str:
    rule = "_" * min(_SHORT_RULE, wide)
    return "\n\n".join([_wrapped(safe_text(block.label), wide), *[rule] * block.lines])


def _wrapped(text: str, wide: int) -> str:
    """The text in lines of that width; a word is broken only where it must be."""
    width = max(1, wide)
    if len(text) <= width and "\n" not in text:
        return text.strip()
    pieces: list[str] = []
    for line in text.split("\n"):
        if len(line) <= width and line.isprintable():
            pieces.append(line.rstrip())
            continue
        from textwrap import wrap

        # a word too long begins on a line of its own, not in what is left of one
        for part in wrap(
            line, width, break_long_words=False, break_on_hyphens=False
        ) or [""]:
            starts = range(0, max(1, len(part)), width)
            pieces.extend(part[start : start + width] for start in starts)
    return "\n".join(pieces)


def _hung(lead: str, text: str, wide: int) -> str:
    """The text after a lead, its further lines under its own beginning."""
    lines = _wrapped(safe_text(text), max(8, wide - len(lead))).split("\n")
    return "\n".join(
        (lead if place == 0 else " " * len(lead)) + line
        for place, line in enumerate(lines)
    )


def _fields(block: Fields, _view: View, wide: int) -> str:
    names = [f"{safe_line(name)}:" for name, _ in block.rows]
    room = min(max(map(len, names), default=0), max(12, wide // 3)) + len(_GAP)
    return "\n".join(
        _hung(f"{name:<{room}}" if len(name) < room else f"{name} ", value, wide)
        for name, (_, value) in zip(names, block.rows, strict=True)
    )


def _chart(block: Chart, _view: View, wide: int) -> str:
    table = "" if block.kind == "spark" else _drawn(grid.of_chart(block), wide)
    notes = (safe_text(note) for note in written.chart_notes(block))
    around = [_wrapped(part, wide) for part in (safe_text(block.caption), *notes)]
    return "\n".join(part for part in (around[0], table, *around[1:]) if part)


def _table(block: Table, view: View, wide: int) -> str:
    caption = _wrapped(safe_text(block.caption), wide)
    made = grid.of_table(block, view.labels)
    if made.rows and made.titles:
        body = _drawn(made, wide)
    else:
        body = _wrapped(safe_text(block.empty), wide)
    return "\n\n".join(part for part in (caption, body) if part)


def _drawn(made: Grid, wide: int) -> str:
    """A table with a rule under its head, no wider than ``wide`` where that can be.

    Drawn here and not by a library: the cells are wrapped already, and importing one
    that also measures them costs more than printing the register of a large school.
    """
    columns = [_safe(column) for column in zip(made.titles, *made.rows, strict=True)]
    room = max(len(made.titles), wide - len(_GAP) * (len(made.titles) - 1))
    shared = shares.share(columns, made.stiff, shares.Rule(room))
    widths = [max(1, int(width)) for width in shared]
    rule = _GAP.join("-" * width for width in widths)
    rows = [*zip(*columns, strict=True)]
    if all(map(_fits, columns, widths)):
        head, *lines = _lines(rows, widths, made.right)
        lines = _headed(lines, made, wide, "\n")
        if 0 < made.totals < len(lines):
            lines.insert(len(lines) - made.totals, rule)
        return "\n".join([head, rule, *lines])
    head, *cut = (_tall(row, widths, made.right) for row in rows)
    apart = "\n\n" if any("\n" in row for row in cut) else "\n"
    cut = _headed(cut, made, wide, "\n" if apart == "\n" else "")
    last = len(cut) - made.totals
    parts = [apart.join(part) for part in (cut[:last], cut[last:]) if part]
    return "\n".join([head, rule, f"\n{rule}\n".join(parts)])


def _headed(rows: list[str], made: Grid, wide: int, above: str) -> list[str]:
    """The rows, each group's heading over its first, and what sets it apart."""
    return [
        f"{above if at else ''}{_wrapped(safe_line(made.groups[at]), wide)}\n{row}"
        if at in made.groups
        else row
        for at, row in enumerate(rows)
    ]


def _tall(row: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    """A row as it stands once each cell is wrapped to its width."""
    return "\n".join(_lines(_physical(row, widths), widths, right))


def _safe(column: Sequence[str]) -> Sequence[str]:
    """The cells as a terminal may show them; one look is enough where all are plain."""
    if "".join(column).isprintable():
        return column
    return [safe_text(text) for text in column]


def _fits(column: Sequence[str], width: int) -> bool:
    return max(map(len, column)) <= width and "\n" not in "".join(column)


def _lines(
    rows: Sequence[Sequence[str]], widths: Sequence[int], right: Sequence[bool]
) -> list[str]:
    """Each row on one line, its cells padded to their widths."""
    cells = (
        f"%{width}s" if at_right else f"%-{width}s"
        for width, at_right in zip(widths, right, strict=True)
    )
    line = _GAP.join(cells)
    return [line % tuple(row) for row in rows]


def _physical(row: Sequence[str], widths: Sequence[int]) -> list[list[str]]:
    """A row as the lines it takes once each cell is wrapped to its width."""
    cells = [_wrapped(text, width) for text, width in zip(row, widths, strict=True)]
    if not any("\n" in text for text in cells):
        return [cells]
    lines = zip_longest(*(text.split("\n") for text in cells), fillvalue="")
    return [list(line) for line in lines]


_WRITERS: dict[type[Block], Callable[[Any, View, int], str]] = {
    Heading: _heading,
    Text: _text,
    Bullets: _bullets,
    Fields: _fields,
    Table: _table,
    Chart: _chart,
    Quote: _quote,
    Sign: _sign,
    Space: _space,
}
"""A page break says nothing in plain text."""
