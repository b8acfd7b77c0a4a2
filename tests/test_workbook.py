"""A workbook is read as a stranger's data: its texts, and nothing that it does."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED
from zipfile import ZipFile

import openpyxl
import pytest

from sencli.errors import InvalidValue
from sencli.exchange.workbook import read


def workbook(**cells: Any) -> bytes:
    """A workbook of one sheet as another program writes it."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for place, value in cells.items():
        sheet[place] = value
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def with_part(data: bytes, name: str, part: bytes) -> bytes:
    """The workbook with a part put in or exchanged."""
    held = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(held, "w", ZIP_DEFLATED) as new:
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
        new.writestr(name, part)
    return held.getvalue()


def test_texts_numbers_days_and_formulas() -> None:
    (sheet,) = read(
        workbook(
            A1="Zoë & <b>",
            B1=37.0,
            C1=6.5,
            D1=date(2026, 12, 1),
            E1="=HYPERLINK(1)",
            F1=True,
            AA9="last",
        )
    )
    assert [sheet.text(1, n) for n in range(1, 5)] == [
        *("Zoë & <b>", "37", "6.5", "2026-12-01")
    ]
    assert sheet.cells[1, 4].day
    assert sheet.cells[1, 5].formula
    assert sheet.cells[1, 5].text == "", "nothing was saved of it, and it never runs"
    assert (sheet.last_row, sheet.last_column, sheet.text(1, 6)) == (9, 27, "TRUE")
    assert sheet.cells[9, 27].place == "AA9"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04 nonsense", "cannot be read"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "password"),
        (b"PK" + b"\0" * 5_000_000, "larger than 5 MB"),
        (with_part(workbook(A1="x"), "xl/externalLinks/a.xml", b"<a/>"), "links"),
        (with_part(workbook(A1="x"), "xl/vbaProject.bin", b"x"), "macros"),
        (
            with_part(
                workbook(A1="x"),
                "xl/sharedStrings.xml",
                b'<!DOCTYPE a [<!ENTITY b "boom">]><sst>&b;</sst>',
            ),
            "declares",
        ),
        (
            with_part(
                workbook(A1="x"),
                "xl/styles.xml",
                b'<?xml version="1.0" encoding="UTF-nan"?><styleSheet/>',
            ),
            "cannot be read",
        ),
        (
            with_part(workbook(A1="x"), "xl/styles.xml", b"<a>" * 500),
            "nested",
        ),
        (
            with_part(workbook(A1="x"), "xl/styles.xml", b" " * 30_000_000),
            "unpacks to more",
        ),
    ],
)
def test_what_is_not_to_be_trusted_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(InvalidValue) as fault:
        read(data)
    assert said in fault.value.message
