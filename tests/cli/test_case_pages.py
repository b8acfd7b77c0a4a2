"""A case: what came of it on the first page, then the whole of its history."""

from __future__ import annotations

import json
import re

from tests.conftest import Typed
from tests.conftest import school_of
from tests.formats.pdf_text import page_texts

WORRY = "A long worry " * 40


@school_of
def long_case(oak: Typed) -> None:
    oak("pupil", "add", "Ben Ash", "--year", "4")
    oak("contact", "add", "ben", "Lou Ash", "--relationship", "father")
    oak("status set ben K --since 13/01/2025 --reason Agreed")
    oak("concern", "add", "ben", "--date", "6/1/2025", "--text", f"{WORRY}END")
    oak("cycle open ben --date 13/01/2025 --assessment 'Words are hard.'")
    oak("cycle plan ben --date 15/01/2025 --review-by 28/03/2025")
    oak("outcome add ben 'Reads list 1' --baseline 3 --target 9 --by 28/03/2025")
    oak("cycle review ben --date 27/03/2025 --outcome 1=partly_achieved:7")
    for number in range(70):
        day = f"{1 + number % 28}/{4 + number // 28}/2025"
        oak("meeting", "add", "ben", "--date", day, "--attended", "parent,teacher")


def test_all_of_the_history_follows_the_first_page(long_case: Typed) -> None:
    long_case("print case ben --output case.pdf")
    first, *rest = page_texts((long_case.folder / "case.pdf").read_bytes())
    assert "3→7(aim9)" in first
    assert "Whathappened,andwhen" not in first
    assert "Whathappened,andwhen" in rest[0]
    assert "".join(rest).count("Meetingwith") == 70
    assert "END" in rest[0]


def test_when_it_was_written_is_said_only_of_what_was_late(long_case: Typed) -> None:
    told = long_case("print case ben").out
    (worry,) = [line for line in told.splitlines() if "A long worry" in line]
    assert re.search(r"END \[recorded \d\d/\d\d/\d{4}, source [0-9a-f]{8}\]$", worry)
    made = json.loads(long_case("print case ben --format json").out)
    table = made["blocks"][-1]
    assert [column["key"] for column in table["columns"]][-2:] == ["recorded", "commit"]
    assert all(len(row["commit"]) == 8 for row in table["rows"])
