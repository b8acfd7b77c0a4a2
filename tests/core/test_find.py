"""Names and numbers: never a guess."""

from __future__ import annotations

import pytest

from sencli.core import find
from sencli.core.find import Named
from sencli.errors import Ambiguous
from sencli.errors import NotFound

PUPILS = [
    Named("p7k2q", "Amelia", "Khan", "Millie"),
    Named("p3xyz", "Amelia", "Jones"),
    Named("pbb22", "Ben", "Adeyemi"),
    Named("pzzoe", "Zoë", "O\u2019Brien"),
    Named("pann2", "Ann", "Lee"),
    Named("panna", "Anna", "Smith"),
]
OUTCOMES = [
    {"id": "o8fd", "outcome": "Reads 60 common words on sight"},
    {"id": "o9gh", "outcome": "Asks an adult for help"},
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("p7k2q", "p7k2q"),
        ("P7K2Q", "p7k2q"),
        ("millie", "p7k2q"),
        ("amelia k", "p7k2q"),
        ("Khan", "p7k2q"),
        ("jones amelia", "p3xyz"),
        ("ben", "pbb22"),
        ("zoe o'brien", "pzzoe"),
        ("adey", "pbb22"),
        ("ann", "pann2"),
        ("anna", "panna"),
        ("yem", "pbb22"),
    ],
)
def test_an_unmistakable_part_of_the_name_is_enough(typed: str, meant: str) -> None:
    assert find.pupil(typed, PUPILS).id == meant


def test_two_amelias_are_listed_and_neither_is_taken() -> None:
    with pytest.raises(Ambiguous) as fault:
        find.pupil("amelia", PUPILS)
    assert "p7k2q" in fault.value.message
    assert "p3xyz" in fault.value.message
    assert fault.value.exit_code == 4


@pytest.mark.parametrize("typed", ["zzz", "", "   ", "amelia adeyemi"])
def test_nobody_of_that_name(typed: str) -> None:
    with pytest.raises(NotFound):
        find.pupil(typed, PUPILS)


def worded(item: find.Mapping[str, str]) -> str:
    return item["outcome"]


def test_an_item_by_number_id_or_wording() -> None:
    for typed in ("1", "o8fd", "common words", "READS"):
        assert find.item(typed, OUTCOMES, worded, "outcome")["id"] == "o8fd"


def test_a_number_that_does_not_exist_says_what_does() -> None:
    with pytest.raises(NotFound) as fault:
        find.item("3", OUTCOMES, worded, "outcome")
    assert "1. Reads 60" in fault.value.message
    with pytest.raises(NotFound) as empty:
        find.item("1", [], worded, "outcome")
    assert "sen outcome add" in empty.value.hint


def test_people_are_contacts_staff_or_roles() -> None:
    record = {
        "first_name": "Amelia",
        "contacts": [{"id": "c4wm", "name": "Sana Khan", "relationship": "mother"}],
    }
    school = {"staff": [{"initials": "KM", "name": "K. Morris"}]}
    typed = "parents, pupil, sana, mother, km, k. morris, SENCO, amelia"
    assert find.people(typed, record, school) == [
        *("parent", "pupil", "c4wm", "KM", "senco")
    ]
    with pytest.raises(NotFound) as fault:
        find.person("Uncle Bob", record, school)
    assert "sen contact add" in fault.value.hint
