"""Estimate the height of blocks, to keep them together on a page."""

from __future__ import annotations

import unicodedata
from functools import cache
from math import ceil
from typing import TYPE_CHECKING
from typing import Any

from sencli.core.text.lines import words
from sencli.documents.view import Beside
from sencli.documents.view import Boxes
from sencli.documents.view import Break
from sencli.documents.view import Bullets
from sencli.documents.view import Chart
from sencli.documents.view import Cut
from sencli.documents.view import Fields
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Quote
from sencli.documents.view import Sign
from sencli.documents.view import Space
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.formats import cells
from sencli.formats import columns as shares
from sencli.formats.csv_ import tables_of
from sencli.value import replace

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from sencli.documents.view import Bar
    from sencli.documents.view import Block
    from sencli.documents.view import Column
    from sencli.documents.view import View
    from sencli.formats.cells import Grid


_LATIN = {
    0.27: " ijl',.:;!J`",
    0.34: "()-[]If",
    0.38: "t/\\{}",
    0.42: 'r"',
    0.48: "?_zsc",
    0.54: "vyxkFL",
    0.57: "aeSETY*|$+0123456789<=>Z^~£",
    0.62: "obdgpqhnuXVPKR",
    0.66: "CA#B",
    0.75: "GDU&H",
    0.79: "NOQw",
    0.94: "%@MWm—",
}
"""The advances of our own sans-serif, rounded up."""

_ADVANCE = {char: wide for wide, chars in _LATIN.items() for char in chars}
_OTHER = 0.62
_INDIC = range(0x0900, 0x0E00)
_INDIC_ADVANCE = 0.72
_SIGNS = range(0x1E00, 0x2100)
_FULL_FROM = 0x1100
"""From here on (Hangul, Chinese, emoji) most characters take a whole em."""


def ems(text: str) -> float:
    """The breadth of the text in ems of its size."""
    return sum(map(_advance, text))


@cache
def _advance(char: str) -> float:
    known = _ADVANCE.get(char)
    if known is not None:
        return known
    if unicodedata.combining(char):
        return 0.0
    code = ord(char)
    if code in _INDIC:
        return _INDIC_ADVANCE
    if code >= _FULL_FROM and code not in _SIGNS:
        return 1.0
    # a letter with an accent is as wide as without
    plain = unicodedata.normalize("NFD", char)[0]
    return _ADVANCE.get(plain, _OTHER)


Like = tuple[tuple["Column", ...], tuple[int, ...]]
"""The columns of a table and those of them that are shown."""
Widths = dict[Like, list[float]]

GUTTER = 1.2
"""Ems of air that each column has beside its text."""
_GUTTER_OF_SQUARES = 0.5

_ROOM = {False: 50.0, True: 84.5}
"""Ems of a table's own letters across an A4 page, upright and lying."""

_OWN_TYPE = {False: 9.5, True: 8.5}
"""Points of a table's letters, upright and lying."""

_USUAL = 10.5
"""Points of type where nothing else is asked for."""

_BREADTH = {"a3": 1.5, "a4": 1.0, "a5": 0.72, "card": 0.52}
_HEIGHT = {"a3": 1.45, "a4": 1.0, "a5": 0.68, "card": 0.5}
"""How broad and high the text of a sheet is beside that of A4."""

_LETTER = 0.55

DENSE = 0.9
"""The letters of a dense table beside those of another."""


def widths_of(view: View) -> Widths:
    """The widths in ems of the columns that tables of the View have.

    Tables with the same columns (the classes of a provision map) share their widths, so
    that the eye finds each thing in one place down the page.
    """
    alike: dict[Like, list[Grid]] = {}
    closer: set[Like] = set()
    for table in tables_of(view.blocks):
        made = cells.of_table(table, view.labels)
        alike.setdefault(like(table), []).append(made)
        if table.dense and not view.landscape:
            closer.add(like(table))
    room = room_of(view)
    most = max(view.sheet.type) / min(view.sheet.type) if grows(view) else 1.0
    return {
        (columns, places): _widths(
            [columns[at] for at in places],
            grids,
            room / DENSE if (columns, places) in closer else room,
            most,
        )
        for (columns, places), grids in alike.items()
    }


def sides_of_break(view: View) -> tuple[View, View]:
    """What is fitted to the sheet's sizes of type, and what comes after a break."""
    breaks = (
        at
        for at, block in enumerate(view.blocks)
        if isinstance(block, Break) and not block.if_over
    )
    at = next(breaks, len(view.blocks))
    own = replace(view.sheet, type=(), tables=False)
    return (
        replace(view, blocks=view.blocks[:at]),
        replace(view, blocks=view.blocks[at:], sheet=own),
    )


def held(view: View) -> View:
    """The view without the sizes of type in which a table would break a word."""
    if not view.sheet.tables:
        return view
    sizes = view.sheet.type
    while len(sizes) > 1 and not _breaks_no_word(view, sizes[0]):
        sizes = sizes[1:]
    return replace(view, sheet=replace(view.sheet, type=sizes))


def _breaks_no_word(view: View, size: float) -> bool:
    """Whether no word of its tables is broken in type of that size."""
    room = _ROOM[view.landscape] * _BREADTH[view.sheet.size]
    page = room * _OWN_TYPE[view.landscape] / size
    for table in tables_of(view.blocks):
        made = cells.of_table(table, view.labels)
        columns = [table.columns[at] for at in cells.shown_places(table)]
        texts = list(zip(*_measured(made), strict=True))
        if made.titles and not all(
            map(_holds, _shared(columns, texts, made, page), texts)
        ):
            return False
    return True


def like(table: Table) -> Like:
    """What tables that share their widths have alike."""
    return table.columns, tuple(cells.shown_places(table))


def room_of(view: View) -> float:
    """Ems of a table's own letters across the page; where they grow, at their least."""
    room = _ROOM[view.landscape] * _BREADTH[view.sheet.size]
    if not grows(view):
        return room
    return room * _OWN_TYPE[view.landscape] / min(view.sheet.type)


def grows(view: View) -> bool:
    """Whether type may be larger than usual: then a table's letters are as large."""
    return view.sheet.tables or max(view.sheet.type, default=0) > _USUAL


def _widths(
    columns: Sequence[Column], grids: Sequence[Grid], page: float, most: float
) -> list[float]:
    """The widths where type is at its least, so many times smaller than at its most.

    Where no word need be broken in type at its most, they are as there.
    """
    if not grids[0].titles:
        return []
    rows = [row for made in grids for row in _measured(made)]
    texts = list(zip(*rows, strict=True))
    if most > 1:
        widths = _shared(columns, texts, grids[0], page / most)
        if all(map(_holds, widths, texts)):
            return [width * most for width in widths]
    return _shared(columns, texts, grids[0], page)


_NEARLY = 1e-6
"""Ems by which a width that was made for a word may seem too narrow for it."""


def _holds(width: float, texts: Sequence[str]) -> bool:
    room = width + _NEARLY
    return all(ems(word) <= room for text in texts for word in words(text))


def _shared(
    columns: Sequence[Column],
    texts: Sequence[Sequence[str]],
    first: Grid,
    page: float,
) -> list[float]:
    room = max(1.0, page - sum(map(gutter, columns)))
    rule = shares.Rule(room, ems, _LETTER)
    given = [column.width for column in columns]
    if all(given):
        wanted = [width * room / sum(given) for width in given]
        widths = shares.fitted(wanted, texts, first.stiff, rule)
    else:
        widths = shares.share(texts, first.stiff, rule)
    # together they fill the page
    return [width * room / sum(widths) for width in widths]


def gutter(column: Column) -> float:
    """Ems of air beside a column's text; squares stand close together."""
    return _GUTTER_OF_SQUARES if column.kind == "square" else GUTTER


def _measured(made: Grid) -> list[list[str]]:
    """The title and the rows; what is set bold is a little longer."""
    total_from = len(made.rows) - made.totals
    texts = [[*row] for row in made.rows]
    for (at, place), bars in made.bars.items():
        texts[at][place] = "\n".join(map(_unbroken, bars))
    rows = [
        [_as_bold(text) for text in row] if place >= total_from else row
        for place, row in enumerate(texts)
    ]
    return [[_as_bold(title) for title in made.titles], *rows]


def _unbroken(bar: Bar) -> str:
    """The text of a bar; the picture and what it says are one word."""
    said = cells.counted(bar).replace(" ", "n")
    return f"{bar.text} {'m' * 4}{said}" if said else bar.text


def _as_bold(text: str) -> str:
    # two thin letters to a word make up for its being bold
    return "\n".join(
        " ".join(f"{word}ii" for word in line.split()) for line in text.split("\n")
    )


_KEPT = {True: 28, False: 38}
"""Lines that fit on a page that lies, and on an upright one, whatever else is there.

What is taller is let break: kept together it would run off the page and be lost.
"""

_LINE = {True: 130, False: 80}
"""Letters across a page that lies, and across an upright one."""

_LARGER = 1.75
"""The letters of large print beside the usual ones."""

_VALUE = 60
_NAME = 20
_SIGNED = 2
_SIGN = 4
_AIR = 0.3


def fits_on_page(block: Block, view: View) -> bool:
    """Whether the block fits on one page, so that it may be kept there."""
    size = view.sheet.size
    larger = _LARGER if view.large else 1.0
    line = int(_LINE[view.landscape] * _BREADTH[size] / larger)
    return _lines(block, line) <= _KEPT[view.landscape] * _HEIGHT[size] / larger


def _lines(block: Block, line: int) -> int:
    """About how many lines of a page the block takes, rather too many than too few."""
    count = _LINES.get(type(block))
    return count(block, line) if count else 0


def _of(text: Any, line: int) -> int:
    return 1 + len(str(text)) // line + str(text).count("\n")


def _of_fields(block: Fields, _line: int) -> int:
    # a long name has a line of its own
    return sum(_of(value, _VALUE) + len(name) // _NAME for name, value in block.rows)


def _of_table(block: Table, line: int) -> int:
    texts = [[str(cell) for cell in row] for row in block.rows]
    if all(sum(map(len, row)) + 3 * len(row) < line for row in texts):
        # nothing is wrapped: a row is a line and its air
        rows = sum(1 + _AIR + max(map(_breaks, row), default=0) for row in texts)
    else:
        rows = sum(sum(_of(t, line) for t in row) - len(row) + 2 for row in texts)
    rows += sum(1 + _AIR + len(group.heading) // line for group in block.groups)
    return 4 + ceil(rows) + len(block.caption) // line


def _breaks(text: str) -> int:
    return text.count("\n")


def _of_chart(block: Chart, _line: int) -> int:
    if block.kind in {"line", "course"}:
        return 11 if block.kind == "line" else 6
    if block.kind in {"stack", "spark"}:
        return 4 + 2 * len(block.labels) if block.kind == "stack" else 4
    return 9 + len(block.labels) * max(1, len(block.series))


def _of_all(blocks: Sequence[Block], line: int) -> int:
    return sum(_lines(inner, line) for inner in blocks)


def _of_beside(block: Beside, line: int) -> int:
    right = max(1, line * block.wide // 100)
    return max(_of_all(block.left, max(1, line - right)), _of_all(block.right, right))


def _of_boxes(block: Boxes, line: int) -> int:
    columns = max(1, block.columns or len(block.boxes))
    narrow = max(1, line // columns - 2)
    tall = [3 + _of_all(box.blocks, narrow) for box in block.boxes]
    return sum(max(tall[at : at + columns]) for at in range(0, len(tall), columns))


_LINES: dict[type[Block], Callable[[Any, int], int]] = {
    Heading: lambda block, line: 2 + _of(block.text, line),
    Text: lambda block, line: 1 + _of(block.text, line),
    Quote: lambda block, line: 2 + _of(block.text, line) + _of(block.by, line),
    Bullets: lambda block, line: sum(_of(item, line) for item in block.items),
    Fields: _of_fields,
    Table: _of_table,
    Chart: _of_chart,
    Sign: lambda block, _line: _SIGN * -(-len(block.who) // _SIGNED),
    Space: lambda block, _line: 1 + 2 * block.lines,
    Cut: lambda _block, _line: 2,
    # what breaks a page cannot be kept on one
    Break: lambda _block, _line: max(_KEPT.values()) + 1,
    Keep: lambda block, line: _of_all(block.blocks, line),
    Beside: _of_beside,
    Boxes: _of_boxes,
}
