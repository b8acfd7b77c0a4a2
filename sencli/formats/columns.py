"""How wide each column of a table is on paper; like tables of a View stand alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sencli.formats import grid
from sencli.formats import shares
from sencli.formats.breadths import ems
from sencli.formats.sheet import tables_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sencli.documents.view import Column
    from sencli.documents.view import View
    from sencli.formats.grid import Grid

Widths = dict[tuple["Column", ...], list[float]]

GUTTER = 1.2
"""Ems of air that each column has beside its text."""

_ROOM = {False: 50.0, True: 84.5}
"""Ems of a table's own letters across the page, upright and lying."""

_LETTER = 0.55


def widths_of(view: View) -> Widths:
    """The widths in ems of the columns that tables of the View have.

    Tables with the same columns (the classes of a provision map) share their widths, so
    that the eye finds each thing in one place down the page.
    """
    alike: dict[tuple[Column, ...], list[Grid]] = {}
    for table in tables_of(view.blocks):
        made = grid.of_table(table, view.labels)
        alike.setdefault(table.columns, []).append(made)
    return {
        columns: _widths(columns, grids, _ROOM[view.landscape])
        for columns, grids in alike.items()
    }


def _widths(
    columns: Sequence[Column], grids: Sequence[Grid], page: float
) -> list[float]:
    first = grids[0]
    if not first.titles:
        return []
    room = max(1.0, page - GUTTER * len(first.titles))
    rows = [row for made in grids for row in _measured(made)]
    texts = list(zip(*rows, strict=True))
    rule = shares.Rule(room, ems, _LETTER)
    given = [column.width for column in columns if not column.hidden]
    if all(given):
        wanted = [width * room / sum(given) for width in given]
        widths = shares.fitted(wanted, texts, first.stiff, rule)
    else:
        widths = shares.share(texts, first.stiff, rule)
    # together they fill the page
    return [width * room / sum(widths) for width in widths]


def _measured(made: Grid) -> list[list[str]]:
    """The title and the rows; what is set bold is a little longer."""
    total_from = len(made.rows) - made.totals
    rows = [
        [_as_bold(text) for text in row] if place >= total_from else row
        for place, row in enumerate(made.rows)
    ]
    return [[_as_bold(title) for title in made.titles], *rows]


def _as_bold(text: str) -> str:
    # two thin letters to a word make up for its being bold
    return "\n".join(
        " ".join(f"{word}ii" for word in line.split()) for line in text.split("\n")
    )
