"""Which days a session was due on, as laws."""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from math import ceil
from typing import Any

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.core.cycle.sessions import open_days
from sencli.core.cycle.sessions import open_weeks
from sencli.core.cycle.sessions import over_dose
from sencli.core.text.dates import monday
from sencli.core.time.calendar import DAYS
from sencli.core.time.calendar import sessions_due

START = date(2025, 9, 1)
DAY = st.integers(0, 90).map(lambda n: (START + timedelta(days=n)).isoformat())
OFTEN = st.sampled_from([0.5, 1, 1.5, 2, 3, 5])
NAMED = st.lists(st.sampled_from(DAYS), min_size=1, max_size=5, unique=True)


def item(often: float | None = None, days: list[str] | None = None) -> dict[str, Any]:
    dose: dict[str, Any] = {"from": "2025-09-01"}
    if often is not None:
        dose["sessions_per_week"] = often
    if days is not None:
        dose["days"] = days
    return {"from": "2025-09-01", "until": "2025-12-12", "dose": [dose]}


@settings(max_examples=60, deadline=None)
@given(OFTEN, DAY, DAY)
def test_a_count_never_passes_what_was_due(often: float, one: str, other: str) -> None:
    first, last = sorted((one, other))
    found = open_weeks(item(often), first, last, ())
    due = sessions_due(item(often)["dose"], first, last, ())
    assert sum(count for _, count in found) == int(due)
    assert [week for week, _ in found] == sorted({monday(week) for week, _ in found})
    assert all(0 < count <= ceil(often) for _, count in found)
    assert open_days(item(often), first, last, (), ()) == []


@settings(max_examples=60, deadline=None)
@given(OFTEN, st.integers(0, 12), st.integers(0, 12), st.integers(0, 12))
def test_whole_weeks_are_counted_whole(often: float, a: int, b: int, c: int) -> None:
    first, middle, last = sorted((a, b, c))

    def weeks(start: int, end: int) -> int:
        days = [(START + timedelta(weeks=n)).isoformat() for n in (start, end)]
        until = (date.fromisoformat(days[1]) - timedelta(days=1)).isoformat()
        found = open_weeks(item(often), days[0], until, ()) if end > start else []
        return sum(count for _, count in found)

    assert weeks(first, last) == int(often * (last - first))
    parts = weeks(first, middle) + weeks(middle, last)
    assert 0 <= weeks(first, last) - parts <= 1


@settings(max_examples=40, deadline=None)
@given(NAMED, DAY, DAY)
def test_named_days_are_those_days(days: list[str], one: str, other: str) -> None:
    first, last = sorted((one, other))
    found = open_days(item(days=days), first, last, (), ())
    assert all(DAYS[date.fromisoformat(d).weekday()] in days for d in found)
    span = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    expected = sum(
        (date.fromisoformat(first) + timedelta(days=n)).strftime("%a").lower() in days
        for n in range(span)
    )
    assert len(found) == expected


def test_an_entry_on_another_day_stands_for_one_that_is_named() -> None:
    named = item(days=["tue", "thu"])
    found = open_days(named, "2025-09-01", "2025-09-12", ["2025-09-01"], ())
    assert found == ["2025-09-02", "2025-09-09", "2025-09-11"]


def test_holidays_are_left_out() -> None:
    terms = [
        {
            "start": "2025-09-02",
            "end": "2025-12-19",
            "half_term": {"start": "2025-10-27", "end": "2025-10-31"},
            "closed": ["2025-11-03"],
        }
    ]
    found = open_weeks(item(5), "2025-10-20", "2025-11-07", terms)
    assert found == [("2025-10-20", 5), ("2025-11-03", 4)]
    days = open_days(item(days=["mon", "tue"]), "2025-10-20", "2025-11-07", (), terms)
    assert days == ["2025-10-20", "2025-10-21", "2025-11-04"]


def test_every_other_week() -> None:
    found = open_weeks(item(0.5), "2025-09-01", "2025-09-28", ())
    assert found == [("2025-09-08", 1), ("2025-09-22", 1)]


def test_more_than_the_dose_in_a_week_is_found() -> None:
    tallies = [
        {"week": "2025-09-01", "intervention": "i5tr", "delivered": 3},
        {"week": "2025-09-08", "intervention": "i5tr", "delivered": 4},
        {
            "week": "2025-09-15",
            "intervention": "i5tr",
            "delivered": 3,
            "missed": {"trip": 1},
        },
    ]
    sessions = [
        {"date": f"2025-09-{day}", "intervention": "i5tr"} for day in (22, 23, 24, 26)
    ]
    weeks = ["2025-09-01", "2025-09-08", "2025-09-15", "2025-09-22"]
    for dose in (item(3), item(days=["mon", "wed", "fri"]), item(2.5)):
        cycle = {"do": {"tallies": tallies, "sessions": sessions}}
        found = over_dose(cycle, {**dose, "id": "i5tr"}, weeks)
        assert [over.week for over in found] == weeks[1:]
        assert {over.recorded for over in found} == {4}
