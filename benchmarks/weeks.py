"""The school weeks that a bench school lives by, and the terms that hold them."""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from functools import cache
from typing import Any

TODAY = date(2026, 11, 22)
# a repository with years of history began so many years ago, on the same day
AGO = 3
FIRST_YEAR, LAST_YEAR = 2017, 2026
# name, first and last day, Monday of the half-term holiday; month and day
_TERMS = (
    ("Autumn", 0, (9, 3), (12, 18), (10, 24)),
    ("Spring", 1, (1, 6), (3, 30), (2, 12)),
    ("Summer", 1, (4, 16), (7, 21), (5, 24)),
)


@cache
def terms() -> tuple[dict[str, Any], ...]:
    """Every term as `school.yaml` holds it."""
    made = []
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        for name, later, start, end, half in _TERMS:
            pause = monday_after(date(year + later, *half))
            made.append(
                {
                    "name": f"{name} {year + later}",
                    "start": weekday(date(year + later, *start)).isoformat(),
                    "end": date(year + later, *end).isoformat(),
                    "half_term": {
                        "start": pause.isoformat(),
                        "end": (pause + timedelta(days=4)).isoformat(),
                    },
                }
            )
    return tuple(made)


@cache
def mondays() -> tuple[date, ...]:
    """The Mondays of all whole school weeks."""
    found = []
    for term in terms():
        day = monday_after(date.fromisoformat(term["start"]))
        while (day + timedelta(days=4)).isoformat() <= term["end"]:
            if day.isoformat() != term["half_term"]["start"]:
                found.append(day)
            day += timedelta(weeks=1)
    return tuple(found)


@cache
def week_of(year: int) -> int:
    """Where the week of ``TODAY``, but of that year, stands among ``mondays``."""
    day = TODAY.replace(year=year)
    return max(n for n, monday in enumerate(mondays()) if monday <= day)


def day_of(week: int, weekday_number: int = 0) -> str:
    """The ISO date of a day of a school week."""
    return (mondays()[week] + timedelta(days=weekday_number)).isoformat()


def monday_after(day: date) -> date:
    """The first Monday on or after a day."""
    return day + timedelta(days=-day.weekday() % 7)


def weekday(day: date) -> date:
    """The day, or the Monday after where it is of a weekend."""
    return monday_after(day) if day.weekday() > 4 else day
