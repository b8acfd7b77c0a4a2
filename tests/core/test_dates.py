"""Dates as a SENCO types them: British order, always."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.core.text import dates
from sencli.errors import InvalidValue
from tests.cases import each_case

SUNDAY = "2026-11-22"
TERMS = [
    {
        "name": "Autumn 2026",
        "start": "2026-09-02",
        "end": "2026-12-18",
        "half_term": {"start": "2026-10-26", "end": "2026-10-30"},
    },
    {"name": "Spring 2027", "start": "2027-01-04", "end": "2027-03-26"},
]


@each_case(
    ("typed", "meant"),
    [
        ("2026-03-12", "2026-03-12"),
        ("12/03/2026", "2026-03-12"),
        ("12.3.26", "2026-03-12"),
        ("12 March 2026", "2026-03-12"),
        ("12th of Mar 2026", "2026-03-12"),
        ("March 12, 2026", "2026-03-12"),
        ("1 sept 2025", "2025-09-01"),
        ("03/11", "2026-11-03"),
        ("12 march", "2027-03-12"),
        ("today", "2026-11-22"),
        ("Yesterday", "2026-11-21"),
        ("tomorrow", "2026-11-23"),
        ("last friday", "2026-11-20"),
        ("friday", "2026-11-27"),
        ("next sunday", "2026-11-29"),
        ("last sunday", "2026-11-15"),
        ("+6w", "2027-01-03"),
        ("-2d", "2026-11-20"),
        ("+3m", "2027-02-22"),
        ("in 2 weeks", "2026-12-06"),
        ("3 days ago", "2026-11-19"),
        ("end of term", "2026-12-18"),
        ("end of spring term", "2027-03-26"),
        ("start of spring", "2027-01-04"),
        ("start of half-term", "2026-10-26"),
        ("half term", "2026-10-23"),
        ("after half-term", "2026-11-02"),
        ("next week", "2026-11-23"),
        ("last week", "2026-11-09"),
        ("friday week", "2026-12-04"),
        ("a week on friday", "2026-12-04"),
        ("week today", "2026-11-29"),
        ("in a fortnight", "2026-12-06"),
        ("6w", "2027-01-03"),
    ],
)
def test_what_is_typed_and_what_is_meant(typed: str, meant: str) -> None:
    assert dates.parse_date(typed, SUNDAY, TERMS) == meant


def test_a_date_without_a_year_looks_the_way_it_is_asked_to() -> None:
    assert dates.parse_date("12 march", SUNDAY, prefer="past") == "2026-03-12"
    assert dates.parse_date("12/03", SUNDAY, prefer="future") == "2027-03-12"
    assert dates.parse_date("friday", SUNDAY, prefer="past") == "2026-11-20"
    assert dates.parse_date("29/02", SUNDAY) == "2028-02-29"


@each_case(
    ("typed", "reason"),
    [
        ("30/02/2025", "February 2025 has no day 30"),
        ("03/25/2026", "no month 25"),
        ("29/02/2025", "February 2025 has no day 29"),
        ("32 January", "has no day 32"),
        ("someday", "not a date"),
        ("", "not a date"),
        ("12/03/1066", "too far away"),
        ("01/01/2999", "too far away"),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(typed: str, reason: str) -> None:
    with pytest.raises(InvalidValue) as fault:
        dates.parse_date(typed, SUNDAY)
    assert reason in str(fault.value)


def test_a_number_of_weeks_goes_the_way_it_is_asked_to() -> None:
    assert dates.parse_date("2w", SUNDAY, prefer="past") == "2026-11-08"
    assert dates.parse_date("2w", SUNDAY, prefer="future") == "2026-12-06"


def test_term_words_need_the_terms() -> None:
    with pytest.raises(InvalidValue) as fault:
        dates.parse_date("end of term", SUNDAY)
    assert "sen term add" in fault.value.hint


@settings(deadline=None, max_examples=200)
@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_every_way_of_writing_a_day_means_that_day(day: date) -> None:
    iso = day.isoformat()
    for written in (
        iso,
        dates.words(iso),
        dates.short(iso),
        dates.words(iso).upper(),
        f"{day.day}.{day.month}.{day.year}",
    ):
        assert dates.parse_date(written, SUNDAY) == iso


@settings(deadline=None, max_examples=100)
@given(st.dates(date(1995, 1, 1), date(2095, 1, 1)), st.integers(0, 60))
def test_months_on_never_leave_the_month(day: date, months: int) -> None:
    later = date.fromisoformat(dates.add_months(day.isoformat(), months))
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=30))
def test_nothing_typed_ends_in_a_traceback(text: str) -> None:
    try:
        found = dates.parse_date(text, SUNDAY, TERMS)
    except InvalidValue:
        return
    date.fromisoformat(found)
