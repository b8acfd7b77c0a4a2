"""Sessions are due by the share of the school days gone."""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.core.time.calendar import Calendar
from sencli.core.time.calendar import sessions_due

START = date(2025, 9, 1)
DAY = st.integers(0, 120).map(lambda n: (START + timedelta(days=n)).isoformat())
OFTEN = st.sampled_from([0.5, 1, 1.5, 2, 3, 5])
TERMS = [
    {
        "start": "2025-09-02",
        "end": "2025-12-19",
        "half_term": {"start": "2025-10-27", "end": "2025-10-31"},
        "closed": ["2025-09-05", "2025-11-28"],
    }
]


def due(often: float, first: str, last: str, terms=TERMS) -> Fraction:
    return sessions_due([{"sessions_per_week": often}], first, last, terms)


def test_the_week_in_progress_counts_by_its_days_gone():
    # 30 November 2026 is a Monday
    for days, sessions in ((0, "0.6"), (1, "1.2"), (2, "1.8"), (4, "3"), (6, "3")):
        last = (date(2026, 11, 30) + timedelta(days=days)).isoformat()
        assert due(3, "2026-11-30", last, ()) == Fraction(sessions)


def test_a_closed_day_is_not_due_and_half_term_is_none_at_all():
    assert due(3, "2025-11-24", "2025-11-28") == Fraction("2.4")
    assert due(3, "2025-10-27", "2025-10-31") == 0
    # ten weeks of which five days were closed: 135 for six pupils, and not 150
    closed = [f"2026-{d}" for d in ("09-14", "09-15", "09-24", "10-05", "10-16")]
    terms = [{"start": "2026-09-07", "end": "2026-11-13", "closed": closed}]
    assert 5 * due(3, "2026-09-07", "2026-11-13", terms) == 135
    assert 5 * due(3, "2026-09-07", "2026-11-13", ()) == 150


def test_a_start_or_an_end_within_a_week_counts_its_days():
    assert due(5, "2025-09-10", "2025-09-16") == 5
    assert due(2, "2025-09-18", "2025-09-19") == Fraction("0.8")


@settings(max_examples=80, deadline=None)
@given(OFTEN, DAY, DAY)
def test_it_is_the_dose_by_the_school_days(often, one, other):
    first, last = sorted((one, other))
    days = len(list(Calendar(TERMS).days(first, last)))
    assert due(often, first, last) == Fraction(str(often)) * days / 5


@settings(max_examples=60, deadline=None)
@given(OFTEN, DAY, DAY, DAY)
def test_two_periods_are_one(often, a, b, c):
    first, middle, last = sorted((a, b, c))
    after = (date.fromisoformat(middle) + timedelta(days=1)).isoformat()
    rest = due(often, after, last) if after <= last else Fraction(0)
    assert due(often, first, middle) + rest == due(often, first, last)
