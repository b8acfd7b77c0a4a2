"""Names and numbers: never a guess."""

from __future__ import annotations

import pytest

from sencli.core.record import find
from sencli.core.record.find import PupilName
from sencli.errors import Ambiguous
from sencli.errors import NotFound
from tests.cases import each_case

PUPILS = [
    PupilName("p7k2q", "Amelia", "Khan", "Millie"),
    PupilName("p3xyz", "Amelia", "Jones"),
    PupilName("pbb22", "Ben", "Adeyemi"),
    PupilName("pzzoe", "Zoë", "O\u2019Brien"),
    PupilName("pann2", "Ann", "Lee"),
    PupilName("panna", "Anna", "Smith"),
]
OUTCOMES = [
    {"id": "o8fd", "outcome": "Reads 60 common words on sight"},
    {"id": "o9gh", "outcome": "Asks an adult for help"},
]


@each_case(
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


@each_case("typed", ["zzz", "", "   ", "amelia adeyemi"])
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


@each_case(
    "typed",
    [
        "Khan, Amelia",
        "KHAN,AMELIA",
        "amelia kahn",
        "amela khan",
        "mlilie",
        "Amelie Kham",
    ],
)
def test_a_slip_is_asked_about_and_never_guessed(typed: str) -> None:
    with pytest.raises(NotFound) as fault:
        find.pupil(typed, PUPILS)
    assert "Did you mean Amelia Khan (Millie)? sen pupil show p7k2q" in fault.value.hint


def test_part_of_a_double_name_is_a_whole_word() -> None:
    names = [
        PupilName("pzolt", "Zoltan", "Brown"),
        PupilName("pzoee", "Zoë", "O'Neill-Brown"),
    ]
    with pytest.raises(Ambiguous):
        find.pupil("brown", names)
    for typed in ("oneill", "o\u2019neill", "zoe brown", "ONEILL BROWN", "o neill"):
        assert find.pupil(typed, names).id == "pzoee"
    assert find.pupil("zoltan brown", names).id == "pzolt"


@each_case(
    ("typed", "meant"),
    [
        *(("lukasz", "pa"), ("lovas", "pb"), ("oneill", "pc"), ("darcy", "pd")),
        *(
            ("mary jane", "pe"),
            ("maryjane", "pe"),
            ("o`neill's", "pc"),
            ("d arcy", "pd"),
        ),
        *(("gudrun", "pf"), ("mary\u2010jane", "pe"), ("lo\u0308va\u0301s", "pb")),
    ],
)
def test_a_name_is_found_without_its_accents_and_marks(typed: str, meant: str) -> None:
    names = [
        PupilName("pa", "Łukasz", "Nowak"),
        PupilName("pb", "Bence", "Lövás"),
        PupilName("pc", "Niamh", "O'Neill"),
        PupilName("pd", "D’Arcy", "Lee"),
        PupilName("pe", "Mary-Jane", "Orr"),
        PupilName("pf", "Guðrún", "Æon"),
    ]
    assert find.pupil(typed, names).id == meant


def test_a_person_with_a_slip_is_asked_about() -> None:
    record = {"first_name": "A", "contacts": [{"id": "c4wm", "name": "Sana Khan"}]}
    with pytest.raises(NotFound) as fault:
        find.person("snaa khan", record, {})
    assert "Did you mean Sana Khan? Type c4wm." in fault.value.hint


def test_an_item_with_a_slip_is_asked_about() -> None:
    with pytest.raises(NotFound) as fault:
        find.item("common wrods", OUTCOMES, worded, "outcome")
    assert "Did you mean 1. Reads 60 common words on sight?" in fault.value.hint
