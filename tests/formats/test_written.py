"""How raw values are written for people, and how columns and colours are chosen."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.formats import cells
from sencli.formats import columns as shares
from sencli.formats.typst import colours
from sencli.formats.typst.data import Levels
from tests.formats.views import summary


@pytest.mark.parametrize(
    ("value", "kind", "shown"),
    [
        (None, "pence", ""),
        (7425, "pence", "£74.25"),
        (123456, "pence", "£1,234.56"),
        (-5, "pence", "-£0.05"),
        ("not costed", "pence", "not costed"),
        ("2026-03-12", "date", "12/03/2026"),
        ("2026-03", "date", "2026-03"),
        (45, "percent", "45%"),
        (True, "yes", "Yes"),
        (False, "yes", "No"),
        (12.0, "number", "12"),
        (1.25, "number", "1.25"),
        (-0.001, "number", "0"),
        (["SLCN", "SEMH"], "text", "SLCN, SEMH"),
        ({"a": 1}, "text", '{"a": 1}'),
    ],
)
def test_a_cell_is_written(value: Any, kind: Any, shown: str) -> None:
    assert cells.cell(value, kind) == shown


def test_yes_and_no_speak_the_language_of_the_view() -> None:
    assert cells.cell(True, "yes", {"yes": "Ydy"}) == "Ydy"
    assert cells.cell(False, "yes", {"yes": "Ydy"}) == "No"


def test_a_long_date_has_no_leading_nought() -> None:
    assert cells.long_date("2026-03-02") == "2 March 2026"
    assert cells.long_date("soon") == "soon"


def test_the_foot_speaks_the_language_of_the_view() -> None:
    assert cells.foot(summary()).split(" · ")[1] == "11 December 2025"
    assert cells.foot(summary(lang="pl")).split(" · ")[1] == "11/12/2025"
    dated = summary(lang="pl", labels={"day": "11 grudnia 2025", "fingerprint": "Kod"})
    assert cells.foot(dated).split(" · ")[1:] == [
        "11 grudnia 2025",
        "Kod 7f3a-91c2-b04e",
    ]


def test_headings_never_skip_a_level() -> None:
    levels = Levels()
    assert [levels.next(level) for level in (4, 2, 3, 6, 6, 6, 1)] == [
        2,
        2,
        3,
        4,
        5,
        6,
        2,
    ]


@settings(deadline=None, max_examples=200)
@given(st.integers(0, 0xFFFFFF))
def test_any_colour_of_a_school_becomes_readable(colour: int) -> None:
    made = colours.readable(f"#{colour:06x}")
    assert colours.contrast_on_white(made) >= 4.5
    assert colours.readable(made) == made


def test_what_is_no_colour_becomes_the_programmes_own() -> None:
    assert colours.readable("red; background: url(x)") == colours.DEFAULT
    assert colours.readable("#123") == "#112233"


@settings(deadline=None, max_examples=200)
@given(
    st.lists(st.lists(st.text("ab ", max_size=40), min_size=2, max_size=4), min_size=1),
    st.integers(1, 120),
)
def test_columns_never_take_more_than_the_room(
    columns: list[list[str]], spare: int
) -> None:
    room = len(columns) * 5 + spare
    widths = shares.share(columns, [False] * len(columns), shares.Rule(room))
    assert sum(widths) <= room + 0.001
    assert all(width >= 1 for width in widths)


def test_sums_and_dates_are_not_broken_for_a_long_name() -> None:
    columns = [["Name", "x" * 60], ["Cost", "£1,234.56"], ["From", "12/03/2026"]]
    widths = shares.share(columns, [False, True, True], shares.Rule(30))
    assert [int(width) for width in widths[1:]] == [9, 10]


def test_widths_that_were_asked_for_give_way_to_a_sum() -> None:
    columns = [["Name", "Ann"], ["Cost", "£1,234,567.89"]]
    widths = shares.fitted([20.0, 5.0], columns, [False, True], shares.Rule(25))
    assert widths == [12.0, 13.0]
