"""What was due over a period: the days that a dose names, or a number for each week."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import ceil

from sencli.core.calendar import DAYS
from sencli.core.calendar import Calendar
from sencli.core.calendar import dose_on
from sencli.core.calendar import sessions_by_week
from sencli.core.dates import add_days
from sencli.core.dates import monday
from sencli.core.delivery import delivery
from sencli.core.types import Entry
from sencli.value import Value


class OverDose(Value):
    """A week in which more is recorded than the dose.

    Attributes:
        week: its Monday.
        recorded: sessions given and missed.
        planned: sessions a week by the dose.
    """

    week: str
    recorded: int
    planned: int


def open_days(
    item: Entry, first: str, last: str, taken: Iterable[str], terms: Iterable[Entry]
) -> list[str]:
    """The days from first to last that the dose names and that have no entry.

    An entry on another day of a week stands for one of the days named: a week never
    gets more than it names.

    Args:
        item: the intervention, with its dates and doses.
        first: first day asked for.
        last: last day asked for.
        taken: the days that have an entry.
        terms: the school's terms; holidays are left out.
    """
    end = min(item.get("until", last), add_days(monday(last), 6))
    named: dict[str, list[str]] = {}
    for day in Calendar(terms).days(max(item.get("from", first), monday(first)), end):
        if DAYS[_weekday(day)] in dose_on(item.get("dose", ()), day).get("days", ()):
            named.setdefault(monday(day), []).append(day)
    there = set(taken)
    found = []
    for week, days in named.items():
        done = sum(monday(day) == week for day in there)
        free = [day for day in days if day not in there]
        found += free[: max(0, len(days) - done)]
    return [day for day in found if first <= day <= last]


def open_weeks(
    item: Entry, first: str, last: str, terms: Iterable[Entry]
) -> list[tuple[str, int]]:
    """The Mondays of weeks whose dose names no days, and how many sessions were due.

    Parts of a session (every other week is 0.5) are carried from week to week; what is
    counted never passes what was due.
    """
    doses = item.get("dose", ())
    found = []
    due = Fraction(0)
    for week, sessions in sessions_by_week(doses, *_within(item, first, last), terms):
        if dose_on(doses, max(week, item.get("from", ""))).get("days"):
            continue
        count = int(due + sessions) - int(due)
        due += sessions
        if count:
            found.append((week, count))
    return found


def over_dose(cycle: Entry, item: Entry, weeks: Iterable[str]) -> list[OverDose]:
    """Those of the weeks in which more is recorded than the dose."""
    found = []
    for week in weeks:
        end = add_days(week, 6)
        dose = dose_on(item.get("dose", ()), max(week, min(item.get("from", ""), end)))
        named = dose.get("days")
        often = len(named) if named else dose.get("sessions_per_week", 0)
        planned = ceil(Fraction(str(often)))
        given = delivery(cycle, str(item["id"]), week, end)
        recorded = given.delivered + given.not_delivered
        if planned and recorded > planned:
            found.append(OverDose(week, recorded, planned))
    return found


def _within(item: Entry, first: str, last: str) -> tuple[str, str]:
    """The part of a period in which the intervention runs."""
    return max(item.get("from", first), first), min(item.get("until", last), last)


def _weekday(day: str) -> int:
    from datetime import date

    return date.fromisoformat(day).weekday()
