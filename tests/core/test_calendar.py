from __future__ import annotations

from datetime import date
from datetime import timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.core.time import calendar

TERMS = [
    {
        "name": "Autumn 2025",
        "start": "2025-09-02",
        "end": "2025-12-19",
        "half_term": {"start": "2025-10-27", "end": "2025-10-31"},
        "closed": ["2025-11-28"],
    },
    {"name": "Spring 2026", "start": "2026-01-05", "end": "2026-03-27"},
]
DATES = st.dates(date(2024, 1, 1), date(2027, 12, 31))


def test_every_week_counts_without_terms():
    assert calendar.school_weeks("2025-09-22", "2025-12-12") == 12


def test_half_term_does_not_count():
    assert calendar.school_weeks("2025-09-22", "2025-12-12", TERMS) == 11


def test_holidays_between_terms_do_not_count():
    assert calendar.school_weeks("2025-12-15", "2026-01-09", TERMS) == 2


def test_a_year_without_terms_counts_every_week():
    # terms are entered for 2025-26 alone
    assert calendar.school_weeks("2024-09-23", "2024-12-13", TERMS) == 12


def test_a_week_of_which_only_the_weekend_is_in_the_span_does_not_count():
    assert calendar.school_weeks("2025-09-20", "2025-09-21") == 0
    assert calendar.school_weeks("2025-09-20", "2025-09-22") == 1


def test_a_week_closed_on_its_only_day_does_not_count():
    assert calendar.school_weeks("2025-11-28", "2025-11-30", TERMS) == 0
    assert calendar.school_weeks("2025-11-27", "2025-11-30", TERMS) == 1


def test_a_span_that_ends_before_it_begins_is_empty():
    assert calendar.school_weeks("2025-12-12", "2025-09-22") == 0


def test_a_week_stands_at_its_first_school_day():
    assert calendar.Calendar(TERMS).weeks("2025-08-25", "2025-09-12") == (
        "2025-08-25",
        "2025-09-02",
        "2025-09-08",
    )


@settings(deadline=None, max_examples=60)
@given(DATES, st.integers(0, 200), st.integers(0, 200))
def test_splitting_a_span_never_loses_a_week(start, ahead, more):
    first, middle = start, start + timedelta(ahead)
    last = middle + timedelta(more)
    whole = calendar.school_weeks(str(first), str(last), TERMS)
    left = calendar.school_weeks(str(first), str(middle), TERMS)
    right = calendar.school_weeks(str(middle + timedelta(1)), str(last), TERMS)
    assert whole <= left + right <= whole + 1


@settings(deadline=None, max_examples=60)
@given(DATES, st.integers(0, 300))
def test_weeks_agree_with_counting_days(start, length):
    last = start + timedelta(length)
    made = calendar.Calendar(TERMS)
    days = list(made.days(str(start), str(last)))
    mondays = {
        date.fromisoformat(d) - timedelta(date.fromisoformat(d).weekday()) for d in days
    }
    assert len(mondays) == len(made.weeks(str(start), str(last)))


def test_sessions_due_go_by_the_dose_of_the_week():
    doses = [
        {"from": "2025-09-22", "minutes": 30, "sessions_per_week": 3},
        {"from": "2025-10-15", "sessions_per_week": 1.5},
    ]
    # the change on a Wednesday takes effect in the week that begins after it
    due = calendar.sessions_by_week(doses, "2025-10-06", "2025-10-26")
    assert due == (
        ("2025-10-06", Fraction(3)),
        ("2025-10-13", Fraction(3)),
        ("2025-10-20", Fraction(3, 2)),
    )
    assert calendar.sessions_due(doses, "2025-10-06", "2025-10-26") == Fraction(15, 2)


def test_sessions_due_on_named_days_go_by_the_school_days():
    doses = [{"from": "2025-11-24", "sessions_per_week": 2, "days": ["mon", "fri"]}]
    # Friday 28 November is closed
    assert calendar.sessions_due(doses, "2025-11-24", "2025-11-30", TERMS) == 1
    assert calendar.sessions_due(doses, "2025-11-24", "2025-11-30") == 2


def test_a_later_dose_changes_only_what_it_names():
    doses = [
        {"from": "2025-09-22", "minutes": 30, "sessions_per_week": 3, "led_by": ["A"]},
        {"from": "2025-10-20", "minutes": 20, "role": "TA"},
    ]
    assert calendar.dose_on(doses, "2025-11-01") == {
        "from": "2025-10-20",
        "minutes": 20,
        "sessions_per_week": 3,
        "role": "TA",
    }
    assert calendar.dose_on(doses, "2025-09-01")["minutes"] == 30
    assert calendar.dose_on([], "2025-09-01") == {}


def test_named_days_end_when_a_dose_says_how_often():
    doses = [
        {"from": "2025-09-22", "sessions_per_week": 2, "days": ["mon", "tue"]},
        {"from": "2025-10-20", "sessions_per_week": 4},
    ]
    assert calendar.sessions_due(doses, "2025-10-20", "2025-10-24") == 4


def test_year_spans():
    assert calendar.year_span("2025-26") == ("2025-09-01", "2026-08-31")
    assert calendar.year_span("2025/26") == ("2025-09-01", "2026-08-31")
    assert calendar.year_span("2025-2026") == ("2025-09-01", "2026-08-31")
    assert calendar.year_span("2025") == ("2025-09-01", "2026-08-31")
    assert calendar.year_span("2025-27") is None
    assert calendar.year_span("last") is None
    assert calendar.year_of("2026-02-01") == ("2025-09-01", "2026-08-31")
