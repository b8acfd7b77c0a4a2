"""On which days sessions were due: to log a fortnight with one command."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Mapping
from fractions import Fraction
from math import ceil
from typing import Any

from sencli.core.calendar import DAYS
from sencli.core.calendar import Calendar
from sencli.core.calendar import dose_on
from sencli.core.dates import add_days
from sencli.core.dates import monday

Entry = Mapping[str, Any]


def open_days(
    item: Entry, first: str, last: str, taken: Iterable[str], terms: Iterable[Entry]
) -> list[str]:
    """The days from first to last on which a session was due and none is entered.

    A dose that names its days is due on those; any other as often as it says, on the
    first school days of each week. Days already taken count towards their week.

    Args:
        item: the intervention, with its dates and doses.
        first: first day asked for.
        last: last day asked for.
        taken: the days that have an entry.
        terms: the school's terms; holidays are left out.
    """
    began = max(item.get("from", first), add_days(first, -7 * 60))
    ended = min(item.get("until", last), add_days(monday(last), 6))
    calendar = Calendar(terms)
    weeks: dict[str, list[str]] = defaultdict(list)
    for day in calendar.days(began, ended):
        weeks[monday(day)].append(day)
    done: dict[str, set[str]] = defaultdict(set)
    for day in taken:
        done[monday(day)].add(day)
    found = []
    owed = Fraction(0)
    for week, days in weeks.items():
        due, owed = _due(item, days, owed)
        free = [d for d in due.days if d not in done[week]]
        found += free[: max(0, due.count - len(done[week]))]
    return [day for day in found if first <= day <= last]


class _Due:
    def __init__(self, days: list[str], count: int) -> None:
        self.days = days
        self.count = count


def _due(item: Entry, days: list[str], owed: Fraction) -> tuple[_Due, Fraction]:
    """The days of one week that can be due, and how many of them are.

    Parts of a session (every other week is 0.5) are carried from week to week.
    """
    dose = dose_on(item.get("dose", ()), days[0])
    if named := dose.get("days"):
        those = [d for d in days if DAYS[_weekday(d)] in named]
        return _Due(those, len(those)), owed
    often = Fraction(str(dose.get("sessions_per_week", 0)))
    count = ceil(owed + often) - ceil(owed)
    return _Due(days, min(count, len(days))), owed + often


def _weekday(day: str) -> int:
    from datetime import date

    return date.fromisoformat(day).weekday()
