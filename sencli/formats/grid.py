"""A table or a chart as the written cells that people see, the same in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from sencli.formats import written

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from sencli.documents.view import Chart
    from sencli.documents.view import Column
    from sencli.documents.view import Table


class Grid(NamedTuple):
    """Written cells under titles.

    Attributes:
        titles: over each column.
        rows: the cells, row by row.
        right: for each column, whether it stands at its right edge.
        stiff: for each column, whether its words (sums, dates) must not be broken.
        totals: how many of the last rows are totals.
    """

    titles: list[str]
    rows: list[list[str]]
    right: list[bool]
    stiff: list[bool]
    totals: int = 0


def of_table(table: Table, words: Mapping[str, str]) -> Grid:
    """The table's columns that people see; ``words`` are the View's labels."""
    places = [at for at, column in enumerate(table.columns) if not column.hidden]
    columns = [table.columns[at] for at in places]
    right = [written.to_the_right(column) for column in columns]
    # column by column: a school's whole register has tens of thousands of cells
    cells = [
        _column([row[at] for row in table.rows], column, words)
        for at, column in zip(places, columns, strict=True)
    ]
    return Grid(
        titles=[column.title for column in columns],
        rows=[*map(list, zip(*cells, strict=True))] if cells else [],
        right=right,
        stiff=[
            at_right or column.kind in {"date", "yes"}
            for at_right, column in zip(right, columns, strict=True)
        ],
        totals=table.totals,
    )


def _column(
    values: Sequence[object], column: Column, words: Mapping[str, str]
) -> list[str]:
    kind = column.kind
    if kind == "text":
        return [v if type(v) is str else written.cell(v, kind, words) for v in values]
    if kind == "date":
        known = {day: written.cell(day, kind, words) for day in set(values)}
        return [known[day] for day in values]
    return [written.cell(value, kind, words) for value in values]


def of_chart(chart: Chart) -> Grid:
    """A chart as a small table: a row for each label, a column for each series."""
    words = dict(chart.names)
    rows = []
    for place, label in enumerate(chart.labels):
        values = [series.values[place : place + 1] for series in chart.series]
        shown = [
            "" if not at or at[0] is None else words.get(at[0], written.number(at[0]))
            for at in values
        ]
        rows.append([label, *shown])
    numbers = not chart.names
    return Grid(
        titles=["", *(series.name for series in chart.series)],
        rows=rows,
        right=[False, *[numbers] * len(chart.series)],
        stiff=[False, *[numbers] * len(chart.series)],
    )
