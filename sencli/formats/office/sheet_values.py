"""Fill a sheet of a workbook with values as Excel counts, sorts and adds them."""

from __future__ import annotations

import math
import re
from datetime import date
from typing import TYPE_CHECKING
from typing import Any

from xlsxwriter.utility import xl_range

from sencli.documents.view import Column
from sencli.formats import cells as written
from sencli.formats.typst.fit import ems
from sencli.formats.typst.text_runs import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sencli.documents.view import ColumnKind
    from sencli.documents.view import Table
    from sencli.documents.view import View

_MOST_LETTERS = 32_767
_EXACT = 10**15
"""From here on Excel rounds: such a number is kept as text."""

_FIRST_DAY = date(1900, 1, 1)
_FORMULA = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
_POUNDS = '"£"#,##0.00;[Red]-"£"#,##0.00'
_DAY = "dd/mm/yyyy"
_LEAST, _MOST = 8.0, 60.0
_ARROW = 3.0
"""What the button of the filter takes from a heading."""

_LETTER = 0.55
_LINE, _HIGHEST = 15.0, 409.0
_FIRST = 3
_WHOM = frozenset({"name", "pupil", "provision_name"})
_FIGURE = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]+)?")
_NARROW: dict[str, float] = {"pence": 13.0, "date": 12.0}

_LOOKS: dict[str, dict[str, Any]] = {
    "bold": {"bold": True},
    "head": {"bold": True, "bottom": 1, "bg_color": "#EEF2F6"},
    "quoted": {"quote_prefix": True},
    "right": {"align": "right"},
    "total": {"bold": True, "top": 1},
    "wrap": {"text_wrap": True},
}
"""A quoted text stays one also when somebody edits its cell."""


class Styles:
    """The looks of cells in one workbook, each made once.

    Attributes:
        cut: how many texts were too long for a cell.
        early: how many days were before Excel's first.
    """

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, ...], Any] = {}
        self.cut = 0
        self.early = 0

    def of(self, form: str = "", **looks: bool) -> Any:
        """A look: the form of its numbers, and those of ``_LOOKS`` that it has."""
        key = (form, *sorted(name for name, wanted in looks.items() if wanted))
        if key not in self._made:
            look: dict[str, Any] = {"valign": "top"}
            look |= {"num_format": form} if form else {}
            for name in key[1:]:
                look |= _LOOKS[name]
            self._made[key] = self._book.add_format(look)
        return self._made[key]

    def text(
        self, sheet: Any, place: tuple[int, int], text: str, form: Any = None
    ) -> None:
        """A text as text, whatever it begins with."""
        shown = clean(text)
        raw = shown.encode("utf-16-le")
        if len(raw) // 2 > _MOST_LETTERS:
            self.cut += 1
            whole = raw[: 2 * (_MOST_LETTERS - 1)].decode("utf-16-le", "ignore")
            shown = f"{whole}…"
        if shown:
            sheet.write_string(*place, shown, form)


def lines_of(text: str, wide: float) -> int:
    """About how many lines a text takes in a column so many letters wide."""
    room = max(1.0, wide - 1)
    return sum(
        max(1, math.ceil(ems(line) / _LETTER / room)) for line in text.split("\n")
    )


def set_height(sheet: Any, row: int, lines: Sequence[int]) -> None:
    """A row as high as its tallest cell: not every program works that out."""
    if (most := max(lines, default=1)) > 1:
        sheet.set_row(row, min(_HIGHEST, most * _LINE))


class TableSheet:
    """One table on a sheet of its own.

    Args:
        sheet: the empty sheet.
        styles: of its workbook.
        view: what the table is of.
    """

    def __init__(self, sheet: Any, styles: Styles, view: View) -> None:
        self._sheet = sheet
        self._styles = styles
        self._wide: list[float] = []
        self._words = {**written.FRAME_WORDS, **view.labels}

    def fill(self, table: Table) -> None:
        """The headings, which stay in sight; the rows, filtered; the totals apart."""
        columns, rows = _columns_and_rows(table)
        body = len(rows) - table.totals
        for at, column in enumerate(columns):
            head = self._styles.of(
                head=True,
                wrap=True,
                right=written.to_the_right(column),
            )
            self._styles.text(self._sheet, (0, at), column.title, head)
            shown = [_counted(row[at], column) for row in rows]
            self._wide.append(self._width(column, shown))
            self._sheet.set_column(at, at, self._wide[at])
        for number, row in enumerate(rows):
            # an empty row keeps the totals out of what is filtered and sorted
            total = number >= body
            self._row(number + 1 + total * (body > 0), row, columns, total=total)
        if not rows and columns:
            self._styles.text(self._sheet, (1, 0), table.empty)
        if columns and body:
            self._sheet.autofilter(0, 0, body, len(columns) - 1)
        if columns:
            self._sheet.freeze_panes(1, _in_sight(columns))
            self._sheet.repeat_rows(0)
            # a class called 4 is no mistake, and no green corner is to say so
            area = xl_range(0, 0, len(rows) + 1, len(columns) - 1)
            self._sheet.ignore_errors({"number_stored_as_text": area})

    def _row(
        self, number: int, row: Sequence[Any], columns: Sequence[Column], *, total: bool
    ) -> None:
        lines = [
            self._cell((number, at), _counted(value, column), column.kind, total=total)
            for at, (value, column) in enumerate(zip(row, columns, strict=True))
            if value is not None and value != ""
        ]
        set_height(self._sheet, number, lines)

    def _cell(
        self, place: tuple[int, int], value: Any, kind: ColumnKind, *, total: bool
    ) -> int:
        """Write a cell, and say how many lines it takes."""
        if _is_number(value) and kind != "yes":
            number, form = _number(value, kind)
            self._sheet.write_number(*place, number, self._styles.of(form, total=total))
            return 1
        if kind == "date" and (day := _day(value)):
            if day >= _FIRST_DAY:
                form = self._styles.of(_DAY, total=total)
                self._sheet.write_datetime(*place, day, form)
                return 1
            self._styles.early += 1
        text = written.cell(value, kind, self._words)
        lines = lines_of(text, self._wide[place[1]])
        look = self._styles.of(
            total=total,
            wrap=lines > 1,
            quoted=text[:1] in _FORMULA,
        )
        self._styles.text(self._sheet, place, text, look)
        return lines

    def _width(self, column: Column, values: Sequence[Any]) -> float:
        """Characters that the column is wide: its heading and nearly all of it."""
        texts = [written.cell(value, column.kind, self._words) for value in values]
        lines = [line for text in texts for line in text.split("\n")]
        wide = max((ems(line) / _LETTER for line in lines), default=0.0)
        head = max((ems(word) / _LETTER for word in column.title.split()), default=0.0)
        least = max(_LEAST, _NARROW.get(column.kind, 0.0), head * 1.1 + _ARROW)
        return round(min(_MOST, max(least, wide * 1.05 + 1)), 1)


def _columns_and_rows(table: Table) -> tuple[list[Column], list[list[Any]]]:
    """The columns and rows that people see; a note has a column of its own here.

    So has the heading of a group, which a filter would tear from its rows.
    """
    noted = {at for at, column in enumerate(table.columns) if column.kind == "note"}
    places = sorted({*written.shown_places(table), *noted})
    columns = [table.columns[at] for at in places]
    rows = [[row[at] for at in places] for row in table.rows]
    if not table.groups:
        return columns, rows
    heading, headings = "", {group.at: group.heading for group in table.groups}
    for at, row in enumerate(rows):
        total = at >= len(rows) - table.totals
        heading = "" if total else headings.get(at, heading)
        row.insert(0, heading)
    return [Column("group", "Group"), *columns], rows


def _in_sight(columns: Sequence[Column]) -> int:
    """How many columns stay where they are: those up to whom a row is about."""
    for at, column in enumerate(columns[:_FIRST]):
        if column.key in _WHOM:
            return at + 1
    return int(len(columns) > 1)


def _counted(value: Any, column: Column) -> Any:
    """A figure that came as text as the number it is, where figures are expected.

    A class called 4 or a code stays text.
    """
    told = column.kind == "number" or column.key in written.MEASURED
    if told and isinstance(value, str) and _FIGURE.fullmatch(value):
        return float(value) if "." in value else int(value)
    return value


def _is_number(value: Any) -> bool:
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and math.isfinite(value)
        and abs(value) < _EXACT
    )


def _number(value: float, kind: ColumnKind) -> tuple[float, str]:
    """The number as Excel keeps it, and how it shows it."""
    if kind == "pence":
        return round(value) / 100, _POUNDS
    if kind == "percent":
        return round(value / 100, 6), "0%" if value == round(value) else "0.0%"
    return (value, "0") if value == round(value) else (round(value, 4), "0.0#")


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
