"""The order of classes and of names with figures in them."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sencli.core.provision.register import place_in_list
from sencli.core.text.folding import sort_key
from sencli.core.text.natural import class_key
from sencli.core.text.natural import natural
from tests.cases import each_case

IN_ORDER = (
    *("N1", "N2", "Nursery", "Pre-school", "R", "RA", "RB", "Reception", "Reception 2"),
    *("1A", "Year 1B", "2A", "2 Oak", "Y3", "4B", "9C", "10A", "10B", "11 Maths 2"),
    *("11 Maths 10", "Ash", "Nightingales", "Oak 2", "Oak 10", "Robins", ""),
)


def test_classes_stand_as_a_school_counts_them() -> None:
    for before, after in pairwise(IN_ORDER):
        assert class_key(before) < class_key(after), (before, after)


def test_pupils_of_one_year_stand_by_class_as_people_count() -> None:
    def record(room: str) -> dict[str, object]:
        stay = {"from": "2025-09-01", "year_group": "X", "class": room}
        names = {"id": "p", "first_name": "Ann", "last_name": "Ash"}
        return {**names, "placements": [stay]}

    rooms = ["10A", "Oak", "2A", "Reception", "Nursery"]
    rooms.sort(key=lambda room: place_in_list(record(room), "2025-10-01"))
    assert rooms == ["Nursery", "Reception", "2A", "10A", "Oak"]


def test_groups_stand_by_their_number() -> None:
    assert sorted(["Reading 10", "reading 2", "Ábel"], key=sort_key) == [
        "Ábel",
        "reading 2",
        "Reading 10",
    ]


@given(st.integers(0, 10**8), st.integers(0, 10**8), st.text("aB é-", max_size=3))
def test_figures_sort_by_what_they_are(one: int, other: int, words: str) -> None:
    made = [natural(f"{words}{figure}{words}") for figure in (one, other)]
    assert (made[0] < made[1]) == (one < other)


@each_case("name", ["RA", " ra", "Ra "])
def test_case_and_blanks_make_no_other_class(name: str) -> None:
    assert class_key(name) == class_key("ra")
