"""Which days a session was due on, as laws."""

from __future__ import annotations

from datetime import date
from datetime import timedelta

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.core.calendar import DAYS
from sencli.core.dates import monday
from sencli.core.session_days import open_days

START = date(2025, 9, 1)
DAY = st.integers(0, 90).map(lambda n: (START + timedelta(days=n)).isoformat())
OFTEN = st.sampled_from([0.5, 1, 1.5, 2, 3, 5])
NAMED = st.lists(st.sampled_from(DAYS), min_size=1, max_size=5, unique=True)


def item(
    often: float | None = None, days: list[str] | None = None
) -> dict[str, object]:
    dose: dict[str, object] = {"from": "2025-09-01"}
    if often is not None:
        dose["sessions_per_week"] = often
    if days is not None:
        dose["days"] = days
    return {"from": "2025-09-01", "until": "2025-12-12", "dose": [dose]}


@settings(max_examples=60, deadline=None)
@given(OFTEN, DAY, DAY, st.lists(DAY, max_size=8))
def test_never_more_than_due_nor_a_day_twice(
    often: float, one: str, other: str, taken: list[str]
) -> None:
    first, last = sorted((one, other))
    found = open_days(item(often), first, last, taken, ())
    assert found == sorted(set(found))
    assert all(first <= day <= last for day in found)
    assert all(date.fromisoformat(day).weekday() < 5 for day in found)
    assert not set(found) & set(taken)
    for week in {monday(day) for day in found}:
        total = {d for d in (*found, *taken) if monday(d) == week}
        own = [d for d in found if monday(d) == week]
        assert len(total) <= max(often + 1, len(total) - len(own))


@settings(max_examples=60, deadline=None)
@given(OFTEN, DAY, DAY, DAY)
def test_two_periods_are_one(often: float, a: str, b: str, c: str) -> None:
    first, middle, last = sorted((a, b, c))
    whole = open_days(item(often), first, last, (), ())
    left = open_days(item(often), first, middle, (), ())
    after = (date.fromisoformat(middle) + timedelta(days=1)).isoformat()
    right = open_days(item(often), after, last, left, ()) if after <= last else []
    assert left + right == whole


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


def test_holidays_are_left_out() -> None:
    terms = [
        {
            "start": "2025-09-02",
            "end": "2025-12-19",
            "half_term": {"start": "2025-10-27", "end": "2025-10-31"},
            "closed": ["2025-11-03"],
        }
    ]
    found = open_days(item(2), "2025-10-20", "2025-11-07", (), terms)
    assert found == ["2025-10-20", "2025-10-21", "2025-11-04", "2025-11-05"]


def test_every_other_week() -> None:
    found = open_days(item(0.5), "2025-09-01", "2025-09-28", (), ())
    assert found == ["2025-09-01", "2025-09-15"]
