"""A number names an item by its place; one that does not exist is never words."""

from __future__ import annotations

import pytest

from sencli.core.record import find
from sencli.core.record.numbering import NONE
from sencli.core.record.numbering import number_of
from sencli.errors import NotFound
from tests.cases import each_case

MEETINGS = [
    {"id": "m6pz", "text": "2 November 2026, termly, 9 came, 12 sheets"},
    {"id": "m7qa", "text": "25 November 2026, early discussion"},
]


@each_case(
    ("typed", "number"),
    [
        ("2", 2),
        (" 02 ", 2),
        ("meeting 2", 2),
        ("Meetings 2", 2),
        ("meeting no. 2", 2),
        ("No 2", 2),
        ("#2", 2),
        ("２", 2),
        ("m2", 2),
        ("meeting2", 2),
        ("2nd meeting", 2),
        ("2 meeting", 2),
        ("2.", 2),
        ("-1", NONE),
        ("meeting 1.5", NONE),
    ],
)
def test_a_number_is_read_however_it_is_written(typed: str, number: int) -> None:
    assert number_of(typed, ("meeting",)) in {("", number), ("meeting", number)}


@each_case(
    "typed",
    ["early", "2 November", "meeting of 2 November", "Phonics 2", "target 60", "i5tr"],
)
def test_words_are_words(typed: str) -> None:
    assert number_of(typed, ("meeting",)) is None


@each_case(
    "typed",
    ["3", "9", "12", "2026", "meeting 3", "no. 9", "0", "-1", "m9", "meeting 25"],
)
def test_a_number_that_is_not_there_is_not_looked_for_in_words(typed: str) -> None:
    with pytest.raises(NotFound, match=r"There are:\n  1\. 2 November"):
        find.item(typed, MEETINGS, lambda m: str(m["text"]), "meeting")


@each_case(
    ("typed", "found"),
    [("early", 1), ("2 November", 0), ("meeting 2", 1), ("m6pz", 0), ("12 sheets", 0)],
)
def test_what_fits_is_found(typed: str, found: int) -> None:
    item = find.item(typed, MEETINGS, lambda m: str(m["text"]), "meeting")
    assert item == MEETINGS[found]


def test_a_number_is_never_part_of_another() -> None:
    names = ["HFW 12", "HFW 1", "Words 2026"]
    assert find.matches("hfw1", names, str) == ["HFW 1"]
    assert find.matches("words 2", names, str) == []
    assert find.matches("words 20", names, str) == []
