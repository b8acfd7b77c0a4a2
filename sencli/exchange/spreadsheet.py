"""Read a spreadsheet saved as csv: rows with their line numbers."""

from __future__ import annotations

import csv
import io

from sencli.core.text.encoding import decoded
from sencli.errors import InvalidValue
from sencli.value import Value

LARGEST = 1_000_000
MOST_ROWS = 5_000
_SEPARATORS = ",;\t"


class Row(Value):
    """One row: the line of the file on which it begins, and its cells."""

    line: int
    cells: tuple[str, ...]


class Sheet(Value):
    """What the file holds.

    Attributes:
        headings: the first row.
        rows: the others; empty ones are left out.
        note: a word on how the file was read, or "".
    """

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""


def read(data: bytes) -> Sheet:
    """The sheet in the bytes of a csv file (comma, semicolon or tab).

    Raises:
        InvalidValue: too large, no csv, or without headings.
    """
    if len(data) > LARGEST:
        raise InvalidValue(
            "The file is larger than 1 MB: that is no list of pupils.",
            "Save the one sheet with the pupils as csv.",
        )
    text, note = _decoded(data)
    found = _rows(text)
    if not found:
        raise InvalidValue(
            "The file is empty.", "Its first row names the columns: name, class ..."
        )
    if len(found) > MOST_ROWS + 1:
        raise InvalidValue(
            f"The file has more than {MOST_ROWS:,} rows.", "Import it in parts."
        )
    return Sheet(found[0].cells, tuple(found[1:]), note)


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


def _rows(text: str) -> list[Row]:
    head = text.lstrip("\r\n").partition("\n")[0]
    separator = max(_SEPARATORS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found: list[Row] = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append(Row(line, tuple(cells)))
            line = reader.line_num + 1
    except csv.Error as error:
        raise InvalidValue(
            f"Line {reader.line_num} is not csv: {error}.",
            "Save the sheet as csv again.",
        ) from None
    return found
