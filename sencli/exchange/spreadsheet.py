"""Read a spreadsheet, csv or Excel's: its headings, and rows with their numbers.

Titles above the headings, headings that a report repeats on each page, and empty rows
are left out.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Sequence
from itertools import groupby
from itertools import islice
from operator import itemgetter

from sencli.core.text.encoding import decoded
from sencli.core.text.plural import plural
from sencli.errors import InvalidValue
from sencli.exchange import workbook
from sencli.value import Value

LARGEST = workbook.LARGEST
MOST_ROWS = 20_000
UNSAVED = "#FORMULA"
"""What stands for a formula of which no value was saved; nothing works it out here."""
_SEPARATORS = ",;\t"
_HEAD = 30
_LONG_LINE = 4_000
_TWO = 2

Known = Callable[[str], bool]


class Row(Value):
    """One row: the line of the file on which it begins, and its cells."""

    line: int
    cells: tuple[str, ...]


class Grid(Value):
    """One sheet as it stands.

    Attributes:
        name: of the sheet; "" for a csv file.
        rows: those that hold something.
        note: a word on how the file was read, or "".
        since_1904: whether its days are counted from 1904, as on an old Mac.
    """

    name: str
    rows: tuple[Row, ...]
    note: str = ""
    since_1904: bool = False


class Sheet(Value):
    """What a sheet holds.

    Attributes:
        headings: the row that names the columns.
        rows: those under it; empty ones are left out.
        note: a word on how the file was read, or "".
        since_1904: whether its days are counted from 1904.
    """

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""
    since_1904: bool = False


def _nothing_known(_heading: str) -> bool:
    return False


def read(data: bytes, known: Known = _nothing_known) -> Sheet:
    """The first sheet in the bytes of a file."""
    return sheet_of(grids(data, known)[0], known)


def grids(data: bytes, known: Known = _nothing_known) -> list[Grid]:
    """The sheets in the bytes of a csv file (comma, semicolon or tab) or a workbook.

    Args:
        data: the file's.
        known: whether a text is a heading that somebody waits for.

    Raises:
        InvalidValue: too large, no spreadsheet, or empty.
    """
    if len(data) > LARGEST:
        raise InvalidValue(
            f"The file is larger than {LARGEST // 1_000_000} MB: that is no list of "
            "pupils.",
            "Save the one sheet with the pupils by itself.",
        )
    found = (
        [_of_workbook(one) for one in workbook.read(data)]
        if workbook.is_workbook(data)
        else [_of_csv(data, known)]
    )
    full = [grid for grid in found if grid.rows]
    if not full:
        raise InvalidValue(
            "The file is empty.", "Its first row names the columns: name, class ..."
        )
    return full


def known_in(grid: Grid, known: Known) -> int:
    """How many known headings the sheet has: what tells the right one of several."""
    return max(_headings_in(row, known) for row in grid.rows[:_HEAD])


def sheet_of(grid: Grid, known: Known = _nothing_known) -> Sheet:
    """The sheet with its headings: in the row that has most of those known.

    Raises:
        InvalidValue: it has too many rows.
    """
    if len(grid.rows) > MOST_ROWS + 1:
        raise InvalidValue(
            f"The file has more than {MOST_ROWS:,} rows.", "Import it in parts."
        )
    head = max(grid.rows[:_HEAD], key=lambda row: _headings_in(row, known))
    if _headings_in(head, known) < _TWO:
        head = grid.rows[0]
    headings = _trimmed(head.cells)
    rows = (row for row in grid.rows if row.line > head.line)
    own = tuple(row for row in rows if _trimmed(row.cells) != headings)
    return Sheet(headings, own, grid.note, grid.since_1904)


def _headings_in(row: Row, known: Known) -> int:
    return sum(known(cell) for cell in row.cells)


def _trimmed(cells: Sequence[str]) -> tuple[str, ...]:
    """The cells without the empty ones at the end."""
    last = max((n for n, cell in enumerate(cells, 1) if cell.strip()), default=0)
    return tuple(cells[:last])


def _of_workbook(sheet: workbook.Worksheet) -> Grid:
    rows = []
    formulas = 0
    for number, cells in groupby(sorted(sheet.cells.items()), lambda one: one[0][0]):
        texts: list[str] = []
        for (_, column), cell in cells:
            formulas += cell.formula
            texts += [""] * (column - len(texts) - 1)
            texts.append(cell.text if cell.text or not cell.formula else UNSAVED)
        if any(text.strip() for text in texts):
            rows.append(Row(number, tuple(texts)))
    note = ""
    if formulas:
        note = (
            f"{plural(formulas, 'cell')} with a formula: what Excel saved as the value "
            "was read, and nothing was worked out."
        )
    return Grid(sheet.name, tuple(rows), note, sheet.since_1904)


def _of_csv(data: bytes, known: Known) -> Grid:
    text, note = _decoded(data)
    if text.lstrip()[:1] == "<":
        raise InvalidValue(
            "This is a web page or XML, not a spreadsheet.",
            "Open it in Excel and save it as an Excel workbook (.xlsx). A Common "
            "Transfer File: sen import ctf FILE.xml",
        )
    return Grid("", tuple(_rows(text, known)), note)


def _decoded(data: bytes) -> tuple[str, str]:
    try:
        text, encoding = decoded(data)
    except UnicodeError:
        raise InvalidValue(
            "The characters in this file cannot be read.",
            'Save the sheet as "CSV UTF-8" and try again.',
        ) from None
    if "\0" in text:
        raise InvalidValue(
            "This is not a csv file.", 'Save the sheet as "CSV UTF-8" and try again.'
        )
    if not encoding:
        return text, ""
    told = f"the file is not UTF-8; it was read as {encoding}. Look at the names in it."
    return text, told


def _rows(text: str, known: Known) -> list[Row]:
    first, _, rest = text.partition("\n")
    # Excel's own word on the separator, in a line before the headings
    said = first.strip().casefold().removeprefix("sep=") if rest else ""
    named = len(said) == 1 and said in _SEPARATORS and "sep=" in first.casefold()
    separator = said if named else _separator(text, known)
    skipped = 1 if named else 0
    reader = csv.reader(
        io.StringIO(rest if named else text, newline=""),
        delimiter=separator,
        strict=True,
    )
    found: list[Row] = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append(Row(line + skipped, tuple(cells)))
            line = reader.line_num + 1
    except csv.Error as error:
        raise InvalidValue(
            f"Line {reader.line_num + skipped} is not csv: {error}.",
            "Save the sheet as csv again.",
        ) from None
    return found


def _separator(text: str, known: Known) -> str:
    """What parts the cells: it gives most headings that are known, else most cells."""
    found = islice(io.StringIO(text.lstrip("\r\n"), newline=None), _HEAD)
    lines = [line[:_LONG_LINE] for line in found]
    scores = [(_score(lines, mark, known), mark) for mark in _SEPARATORS]
    return max(scores, key=itemgetter(0))[1]


def _score(lines: Iterable[str], separator: str, known: Known) -> tuple[int, int]:
    rows = list(csv.reader(lines, delimiter=separator))
    most = max((sum(map(known, row)) for row in rows), default=0)
    return most, len(rows[0]) if rows else 0
