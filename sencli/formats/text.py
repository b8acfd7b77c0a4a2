"""Plain text for a terminal or e-mail: nothing cut, no control codes."""

from __future__ import annotations

from itertools import chain
from itertools import repeat
from itertools import zip_longest
from typing import TYPE_CHECKING
from typing import Any

from sencli.core.text.lines import hung
from sencli.core.text.lines import measure
from sencli.core.text.lines import wrapped as _wrapped
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
from sencli.formats import cells as grid
from sencli.formats import cells as written
from sencli.formats import columns as shares
from sencli.formats.flat import flat
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
_UNDER = "    "
"""Before what stands under a row or a name."""
_TALLEST = 4
"""Lines of a row, with the one between, above which a block a row may be shorter."""


def write(views: Sequence[View], options: RenderOptions) -> bytes:
    """The views one under another, a double rule between two."""
    wide = options.wide or _UNWRAPPED
    rule = "=" * min(wide, 78)
    pages = [
        _in_order("\n\n".join(_page(view, view.blocks, wide)), view, options)
        for view in views
    ]
    return _tidy(f"\n\n{rule}\n\n".join(pages))


def pieces(
    view: View, blocks: Iterable[Block], _data: object, options: RenderOptions
) -> Iterator[bytes]:
    """What ``write`` gives for a view with these blocks after its own, in pieces."""
    between = b""
    for part in _page(view, chain(view.blocks, blocks), options.wide or _UNWRAPPED):
        yield between + _tidy(_in_order(part, view, options))
        between = b"\n"


def _in_order(text: str, view: View, options: RenderOptions) -> str:
    """The text, its names isolated where it goes to a reader that heeds that."""
    if not options.isolate:
        return text
    return bidi.isolated_lines(text, leftward=bidi.language_is_leftward(view.lang))


def _tidy(text: str) -> bytes:
    lines = "\n".join(map(str.rstrip, text.split("\n")))
    return f"{lines}\n".encode("utf-8", "backslashreplace")


def _page(view: View, blocks: Iterable[Block], wide: int) -> Iterator[str]:
    title = _wrapped(safe_line(view.title), wide)
    broad = _broad(title)
    under = f"{title}\n{'=' * max(1, min(broad, wide))}"
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
        shown = " ".join(view.picture.shown.split())
        yield _wrapped(f"[{safe_line(shown)}]", wide)
    yield from _blocks(blocks, view, wide)
    yield _wrapped(safe_text(written.foot(view)), wide)


def _blocks(blocks: Iterable[Block], view: View, wide: int) -> Iterator[str]:
    for block in flat(blocks):
        if text := _block(block, view, wide):
            yield text


def _block(block: Block, view: View, wide: int) -> str:
    writer = _WRITERS.get(type(block))
    return writer(block, view, wide) if writer else ""


def _text(block: Text, _view: View, wide: int) -> str:
    said = " ".join(part for part in (block.label, block.text) if part)
    return _wrapped(safe_text(said), wide)


def _bullets(block: Bullets, _view: View, wide: int) -> str:
    leads = written.leads(block)
    return "\n".join(map(_hung, leads, block.items, repeat(wide)))


def _heading(block: Heading, _view: View, wide: int) -> str:
    text = _wrapped(safe_line(block.text), wide)
    if block.level > _RULED or not text:
        return text
    return f"{text}\n{'-' * _broad(text)}"


def _quote(block: Quote, _view: View, wide: int) -> str:
    said = _hung(_UNDER, block.text, wide) if block.text else ""
    by = _hung("    — ", block.by, wide) if block.by else ""
    return "\n".join(part for part in (said, by) if part)


def _sign(block: Sign, _view: View, wide: int) -> str:
    date = safe_line(block.date_label)
    lines = (
        f"{safe_line(who)}: {'_' * 24}  {date}: {'_' * 12}"
        for who in written.signers(block)
    )
    return "\n\n".join(_wrapped(line, wide) for line in lines)


def _cut(block: Cut, _view: View, wide: int) -> str:
    label = f"- - - 8< - - - {safe_line(block.label)} "
    return _wrapped(label + "- " * max(3, (min(wide, 78) - len(label)) // 2), wide)


def _space(block: Space, _view: View, wide: int) -> str:
    rule = "_" * min(_SHORT_RULE, wide)
    return "\n\n".join([_wrapped(safe_text(block.label), wide), *[rule] * block.lines])


def _hung(lead: str, text: str, wide: int) -> str:
    return hung(lead, safe_text(text), wide)


def _fields(block: Fields, _view: View, wide: int) -> str:
    return _pairs([(safe_line(name), value) for name, value in block.rows], wide)


def _pairs(pairs: Sequence[tuple[str, str]], wide: int, longest_name: int = 0) -> str:
    """Each value after its name, all values under one another."""
    names = [f"{name}:" if name else "" for name, _ in pairs]
    widest = longest_name + 1 if longest_name else max(map(measure, names), default=0)
    room = min(widest, max(12, wide // 3)) + len(_GAP)
    return "\n".join(
        _hung(_padded(name, room) if measure(name) < room else f"{name} ", value, wide)
        for name, (_, value) in zip(names, pairs, strict=True)
    )


def _chart(block: Chart, _view: View, wide: int) -> str:
    table = "" if block.kind in written.SAID else _drawn(grid.of_chart(block), wide)
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

    Commands that do not fit beside the rest stand under their rows. Where a word or a
    figure would not fit, or the rows would be taller so, each row is a block of lines.

    Drawn here and not by a library: the cells are wrapped already, and importing one
    that also measures them costs more than printing the register of a large school.
    """
    columns = [_safe(column) for column in zip(made.titles, *made.rows, strict=True)]
    room = max(1, wide - len(_GAP) * (len(columns) - 1))
    full = [max(map(_broad, column)) for column in columns]
    if sum(full) > room and any(made.commands) and not all(made.commands):
        return _commands_under(made, columns, wide)
    return _grid(made, columns, [()] * len(columns[0]), wide)


def _commands_under(made: Grid, columns: list[Sequence[str]], wide: int) -> str:
    """The table without its commands, each of which stands whole under its row."""
    pairs = [*zip(columns, made.commands, strict=True)]
    under = [*zip(*(column for column, command in pairs if command), strict=True)]
    seen = [at for at, (_, command) in enumerate(pairs) if not command]
    rest = made._replace(
        titles=[made.titles[at] for at in seen],
        rows=[[row[at] for at in seen] for row in made.rows],
        right=[made.right[at] for at in seen],
        stiff=[made.stiff[at] for at in seen],
        commands=(),
    )
    return _grid(rest, [columns[at] for at in seen], under, wide)


def _grid(
    made: Grid,
    columns: Sequence[Sequence[str]],
    under: Sequence[Sequence[str]],
    wide: int,
) -> str:
    """Columns side by side where that shows every word and is not too tall.

    ``under`` has what stands under the head and under each row.
    """
    rule = shares.Rule(max(1, wide - len(_GAP) * (len(columns) - 1)))
    rows = [*zip(*columns, strict=True)]
    if not shares.holds(columns, rule):
        return _stacked(made, rows, under, wide)
    widths = [max(1, int(width)) for width in shares.share(columns, made.stiff, rule)]
    ruled = _GAP.join("-" * width for width in widths)
    if not any(under) and all(map(_fits, columns, widths)):
        head, *lines = _lines(rows, widths, made.right)
        lines = _headed(lines, made, wide, "\n")
        if 0 < made.totals < len(lines):
            lines.insert(len(lines) - made.totals, ruled)
        return "\n".join([head, ruled, *lines])
    titles = [hung(_UNDER, title, wide) for title in under[0] if title]
    head = "\n".join([_tall(rows[0], widths, made.right), *titles])
    cut = [
        "\n".join([_tall(row, widths, made.right), *_indented(more)])
        for row, more in zip(rows[1:], under[1:], strict=True)
    ]
    if _lines_of(cut) > _TALLEST * len(cut):
        stacked = _stacked(made, rows, under, wide)
        if stacked.count("\n") <= _lines_of(cut):
            return stacked
    apart = "\n\n" if any("\n" in row for row in cut) else "\n"
    cut = _headed(cut, made, wide, "\n" if apart == "\n" else "")
    last = len(cut) - made.totals
    parts = [apart.join(part) for part in (cut[:last], cut[last:]) if part]
    return "\n".join([head, ruled, f"\n{ruled}\n".join(parts)])


def _lines_of(rows: Sequence[str]) -> int:
    return sum(row.count("\n") + 2 for row in rows)


def _stacked(
    made: Grid, rows: Sequence[Sequence[str]], under: Sequence[Sequence[str]], wide: int
) -> str:
    """Each row a block of names and values; what is empty is left out."""
    names = [" ".join(title.split()) for title in rows[0]]
    widest = max(map(measure, names))
    typed = [_wrapped(f"{name}:", wide) if name else "" for name in under[0]]
    blocks = []
    for row, more in zip(rows[1:], under[1:], strict=True):
        seen = [pair for pair in zip(names, row, strict=True) if pair[1]]
        parts = [_pairs(seen, wide, widest)] if seen else []
        for name, command in zip(typed, more, strict=True):
            parts += [name, *_indented([command])] if command else ()
        blocks.append("\n".join(filter(None, parts)))
    blocks = _headed(blocks, made, wide, "")
    last = len(blocks) - made.totals
    parts = ["\n\n".join(part) for part in (blocks[:last], blocks[last:]) if part]
    return f"\n\n{'-' * min(_SHORT_RULE, wide)}\n\n".join(parts)


def _indented(texts: Iterable[str]) -> list[str]:
    """Commands on lines of their own, whole however long they are."""
    return [f"{_UNDER}{line}" for text in texts if text for line in text.split("\n")]


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


def _broad(text: str) -> int:
    """The places that the longest line of a cell takes."""
    return max(map(measure, text.split("\n"))) if "\n" in text else measure(text)


def _fits(column: Sequence[str], width: int) -> bool:
    return max(map(measure, column)) <= width and "\n" not in "".join(column)


def _padded(text: str, width: int, *, right: bool = False) -> str:
    blank = " " * (width - measure(text))
    return f"{blank}{text}" if right else f"{text}{blank}"


def _lines(
    rows: Sequence[Sequence[str]], widths: Sequence[int], right: Sequence[bool]
) -> list[str]:
    """Each row on one line, its cells padded to their widths."""
    if not all(len(text) == measure(text) for row in rows for text in row):
        return [
            _GAP.join(
                _padded(text, width, right=at_right)
                for text, width, at_right in zip(row, widths, right, strict=True)
            )
            for row in rows
        ]
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
    Cut: _cut,
}
"""A page break says nothing in plain text."""
