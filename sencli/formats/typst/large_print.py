"""A View in large print: one thing under another, in type of 18 points.

What stands side by side on an ordinary page has no room in large type. So boxes and
charts follow each other, a table whose columns are too narrow becomes a list for each
of its rows, and what keeps to one page may take as many as it needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from sencli.documents.view import Beside
from sencli.documents.view import Box
from sencli.documents.view import Boxes
from sencli.documents.view import Chart
from sencli.documents.view import Fields
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Sheet
from sencli.documents.view import Sign
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.formats import cells
from sencli.formats.typst.fit import GUTTER
from sencli.formats.typst.fit import ems
from sencli.formats.typst.fit import room_of
from sencli.value import replace

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator

    from sencli.documents.view import Block
    from sencli.documents.view import View

POINTS = 18
"""The size of its type: large print begins at 16."""

_COLUMN = 8.0
"""Ems that a column of sentences needs, not to be a ladder of single words."""


def in_large_print(view: View) -> View:
    """The view as it is set in large print; one that is not large as it is."""
    if not view.large:
        return view
    sheet = Sheet(type=(POINTS,), over=POINTS)
    made = replace(view, sheet=sheet, landscape=False)
    return replace(made, blocks=tuple(_below(view.blocks, made)))


def _below(blocks: Iterable[Block], view: View) -> list[Block]:
    made: list[Block] = []
    for block in blocks:
        mend = _MENDED.get(type(block))
        under = [block] if mend is None else list(mend(block, view))
        if isinstance(block, Sign) and made and isinstance(made[-1], Text):
            # "Yours sincerely" goes over with the name
            under = [Keep((made.pop(), *under))]
        made += under
    return made


def _keep(block: Keep, view: View) -> Iterator[Block]:
    yield Keep(tuple(_below(block.blocks, view)))


def _beside(block: Beside, view: View) -> Iterator[Block]:
    under = tuple(_below((*block.left, *block.right), view))
    yield replace(block, left=under, right=())


def _boxes(block: Boxes, view: View) -> Iterator[Block]:
    made = (
        replace(box, blocks=tuple(_below(box.blocks, view)), span=1)
        for box in block.boxes
    )
    yield Boxes(tuple[Box, ...](made), columns=1)


def _text(block: Text, _view: View) -> Iterator[Block]:
    yield replace(block, style="normal") if block.style == "small" else block


def _fields(block: Fields, _view: View) -> Iterator[Block]:
    yield replace(block, across=1)


def _sign(block: Sign, _view: View) -> Iterator[Block]:
    yield replace(block, across=1)


def _chart(block: Chart, _view: View) -> Iterator[Block]:
    yield block
    # a drawing has room for few words, so those that say it follow
    if block.alt.strip():
        yield Text(block.alt)


def _table(block: Table, view: View) -> Iterator[Block]:
    made = cells.of_table(block, view.labels)
    if not made.rows or _wide(made.titles, made.rows) <= room_of(view):
        yield replace(block, dense=False, large=False)
        return
    if block.caption:
        yield Heading(block.caption, 3)
    heads = {group.at: group.heading for group in block.groups}
    # a row is headed by who it is about: an id is looked up, and stands last
    titles, listed = made.titles, made.rows
    if titles[0] == "Id" and len(titles) > 1:
        titles = [*titles[1:], titles[0]]
        listed = [[*row[1:], row[0]] for row in listed]
    for place, row in enumerate(listed):
        if place in heads:
            yield Heading(heads[place], 3)
        pairs = zip(titles[1:], row[1:], strict=True)
        rows = tuple((title, text) for title, text in pairs if text.strip())
        yield Keep((Heading(row[0] or titles[0], 4), Fields(rows)))


def _wide(titles: list[str], rows: list[list[str]]) -> float:
    """Ems that the columns need, so that none is torn."""
    columns = zip(titles, *rows, strict=True)
    return sum(
        GUTTER + max(min(_COLUMN, max(map(ems, texts))), *map(_word, texts))
        for texts in map(list[Any], columns)
    )


def _word(text: str) -> float:
    """Ems of the longest word."""
    return max(map(ems, text.split()), default=0.0)


_MENDED: dict[type[Block], Callable[[Any, View], Iterator[Block]]] = {
    Keep: _keep,
    Beside: _beside,
    Boxes: _boxes,
    Text: _text,
    Fields: _fields,
    Sign: _sign,
    Chart: _chart,
    Table: _table,
}
