"""A csv file becomes rows with their lines."""

from __future__ import annotations

import pytest

from sencli.errors import InvalidValue
from sencli.exchange import spreadsheet
from tests.cases import each_case


@each_case("separator", [",", ";", "\t"])
def test_separators_and_lines(separator: str) -> None:
    text = f'name{separator}class\r\n"a\nb"{separator}4B\r\n\r\nc{separator}5A\r\n'
    sheet = spreadsheet.read(b"\xef\xbb\xbf" + text.encode())
    assert sheet.headings == ("name", "class")
    assert [row.line for row in sheet.rows] == [2, 5]
    assert sheet.rows[1].cells == ("c", "5A")
    assert not sheet.note


def test_windows_letters_are_told_apart() -> None:
    sheet = spreadsheet.read("name\nZoë O\u2019Neil\n".encode("cp1252"))
    assert sheet.rows[0].cells == ("Zoë O\u2019Neil",)
    assert "Windows-1252" in sheet.note


@each_case(
    "name", ["Siobh\u00e1n", "Zo\u00eb", "Ren\u00e9e", "\u00c9lise", "Jos\u00e9"]
)
def test_an_old_macs_letters_are_told_apart(name: str) -> None:
    sheet = spreadsheet.read(f"name\n{name}\n".encode("mac_roman"))
    assert sheet.rows[0].cells == (name,)
    assert "Mac" in sheet.note
    again = spreadsheet.read(f"name\n{name}\n".encode("cp1252"))
    assert again.rows[0].cells == (name,)
    assert "Windows-1252" in again.note


@each_case(
    "data",
    [
        b"",
        b"name\nSiobh\x87n\nZo\xeb\n",
        b"PK\x03\x04\0\0",
        b"a" * (spreadsheet.LARGEST + 1),
        b"name\n" + b"x\n" * (spreadsheet.MOST_ROWS + 1),
        b'name\n"open',
        b"\x81\xff",
    ],
)
def test_what_is_no_sheet_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidValue):
        spreadsheet.read(data)
