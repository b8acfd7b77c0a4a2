"""September: everybody up a year."""

from __future__ import annotations

import pytest

from sencli.core.pupil import year_roll
from sencli.core.record.lookup import on_roll
from sencli.core.record.lookup import placement_on
from sencli.errors import Conflict
from sencli.errors import InvalidValue
from tests.cases import each_case

DAY = "2026-09-01"


def pupil(number, year=None, group=None, **more):
    record = {
        "schema": 1,
        "id": f"p000{number}",
        "first_name": f"Pupil{number}",
        **more,
    }
    placement = {
        key: value
        for key, value in (("year_group", year), ("class", group))
        if value is not None
    }
    if placement:
        record["placements"] = [placement]
    return record


def rolled(*records, classes=None, last="6"):
    return year_roll.roll(list(records), DAY, last, classes or {}, DAY)


@each_case(
    ("old", "new"),
    [
        ("4B", "5B"),
        ("9 Oak", "10 Oak"),
        ("10", "11"),
        ("RB", "1B"),
        ("R", "1"),
        ("R Elm", "1 Elm"),
        ("Robins", "Robins"),
        ("3/4B", "3/4B"),
        ("Oak", "Oak"),
        ("4-5", "4-5"),
    ],
)
def test_classes(old, new):
    assert year_roll.next_class(old) == new


@each_case(("year", "after"), [("4", "5"), ("R", "1"), ("N2", "R"), ("E2", "N1")])
def test_everybody_goes_up(year, after):
    (moved,) = rolled(pupil(1, year, "4B"))
    assert moved.changed
    assert placement_on(moved.record, DAY)["year_group"] == after
    assert placement_on(moved.record, "2026-08-31")["year_group"] == year


def test_the_last_year_leaves():
    cycle = {"id": "y2qf", "assess": {"date": "2026-05-01"}}
    (moved,) = rolled(pupil(1, "6", "6A", cycles=[cycle]))
    assert moved.leaves
    assert on_roll(moved.record, "2026-08-31")
    assert not on_roll(moved.record, DAY)
    assert moved.record["cycles"][0]["closed"]["reason"] == "left"


def test_the_school_says_which_year_is_the_last():
    assert year_roll.last_year({"ages": {"from": 4, "to": 11}}, [], DAY) == "6"
    assert year_roll.last_year({"ages": {"from": 11, "to": 16}}, [], DAY) == "11"
    assert year_roll.last_year({}, [pupil(1, "4")], DAY) == "6"
    assert year_roll.last_year({}, [pupil(1, "9")], DAY) == "11"
    assert year_roll.last_year({}, [pupil(1, "12")], DAY) == "13"


def test_a_class_by_its_own_new_name():
    moved = rolled(pupil(1, "4", "4B"), pupil(2, "4", "4C"), classes={"4b": "5 Elm"})
    assert [m.new["class"] for m in moved] == ["5 Elm", "5C"]
    with pytest.raises(InvalidValue, match="9Z"):
        rolled(pupil(1, "4", "4B"), classes={"9Z": "1"})


def test_it_cannot_be_run_twice():
    records = [pupil(1, "4", "4B"), pupil(2, "6", "6A"), pupil(3, "5", "5A")]
    done = [m.record for m in rolled(*records)]
    with pytest.raises(Conflict, match="2026-27"):
        rolled(*done)
    # nor when somebody was added since
    with pytest.raises(Conflict):
        rolled(*done, pupil(4, "3", "3A"))


def test_one_moved_by_hand_does_not_stop_the_others():
    early = pupil(1, "4", "4B")
    early["placements"].append({"from": DAY, "year_group": "5", "class": "5A"})
    moved = rolled(early, pupil(2, "4", "4B"), pupil(3, "4", "4B"))
    assert [m.note for m in moved] == ["already placed", "", ""]
    assert not moved[0].changed


def test_who_has_no_year_group_or_has_left_is_left_alone():
    gone = pupil(1, "4", roll=[{"until": "2026-07-22"}])
    moved = rolled(gone, pupil(2), pupil(3, "X", "Elm"))
    assert [m.record["id"] for m in moved] == ["p0002", "p0003"]
    assert not any(m.changed for m in moved)
    assert "Pupil2" in year_roll.warnings(moved)[0]


@each_case(
    ("today", "day"),
    [
        ("2026-07-10", "2026-09-01"),
        ("2026-09-03", "2026-09-01"),
        ("2026-11-22", "2026-09-01"),
        ("2027-02-01", "2026-09-01"),
    ],
)
def test_the_first_day(today, day):
    assert year_roll.first_day(today) == day
