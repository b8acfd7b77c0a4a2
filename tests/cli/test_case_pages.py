"""A case on paper keeps to two pages, and uses them."""

from __future__ import annotations

import re
from io import BytesIO

import pikepdf

from tests.conftest import Typed
from tests.conftest import school_of


@school_of
def many_meetings(oak: Typed) -> None:
    oak("pupil", "add", "Ben Ash", "--year", "4")
    oak("contact", "add", "ben", "Lou Ash", "--relationship", "father")
    oak("status set ben K --since 13/01/2025 --reason Agreed")
    for number in range(70):
        day = f"{1 + number % 28}/{4 + number // 28}/2025"
        oak("meeting", "add", "ben", "--date", day, "--attended", "parent,teacher")


def pages_of(path):
    with pikepdf.open(BytesIO(path.read_bytes())) as pdf:
        return len(pdf.pages)


def test_two_pages_are_filled_and_no_more(many_meetings, tmp_path):
    file = tmp_path / "case.pdf"
    many_meetings("print", "case", "ben", "--format", "pdf", "--output", str(file))
    assert pages_of(file) == 2
    whole = many_meetings("print case ben").out
    assert len(re.findall("Meeting with", whole)) == 70
    assert "Not shown" not in whole


def test_a_case_that_fits_has_everything(many_meetings, tmp_path):
    file = tmp_path / "case.pdf"
    line = ("print", "case", "ben", "--as-at", "10/05/2025", "--format", "pdf")
    many_meetings(*line, "--output", str(file))
    assert pages_of(file) == 2
