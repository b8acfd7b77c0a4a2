"""School days and weeks, for planning, costing and delivering support.

Terms stand in ``school.yaml`` as dicts with ``start``, ``end``, ``half_term`` and
``closed``. They count year by year: in an academic year of which at least one term is
entered, a school day is a weekday in one of its terms; in a year of which none is
entered every weekday is one, since nothing is known against it.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING
from typing import Any

from sencli.core.record.lookup import academic_year

if TYPE_CHECKING:
    from fractions import Fraction

Term = Mapping[str, Any]
Dose = Mapping[str, Any]

DAYS = ("mon", "tue", "wed", "thu", "fri")
"""Weekdays as a dose names them, Monday first."""

_WEEK = 7


class Calendar:
    """The school days that the terms make.

    Args:
        terms: the school's terms; none at all makes every weekday a school day.
    """

    def __init__(self, terms: Iterable[Term] = ()) -> None:
        self._open: list[tuple[int, int]] = []
        self._shut: set[int] = set()
        self._breaks: list[tuple[int, int]] = []
        self._years: set[int] = set()
        for term in terms:
            self._open.append((_ordinal(term["start"]), _ordinal(term["end"])))
            self._years.add(academic_year(term["start"]))
            self._shut.update(map(_ordinal, term.get("closed", ())))
            if half := term.get("half_term"):
                self._breaks.append((_ordinal(half["start"]), _ordinal(half["end"])))

    def is_school_day(self, day: str) -> bool:
        """Whether pupils are in school on the day, as far as the terms say."""
        return self._in_school(_ordinal(day))

    def weeks(self, first: str, last: str) -> tuple[str, ...]:
        """The first school day of each week (Monday to Sunday) that holds one.

        Only days from ``first`` to ``last``, both included, are looked at. A week has
        its place by that first school day, so that nothing counts it twice.
        """
        found: list[str] = []
        day, end = _ordinal(first), _ordinal(last)
        while day <= end:
            if self._in_school(day):
                found.append(date.fromordinal(day).isoformat())
                day = _next_monday(day)
            else:
                day += 1
        return tuple(found)

    def days(self, first: str, last: str) -> Iterator[str]:
        """Every school day from first to last, both included."""
        for day in range(_ordinal(first), _ordinal(last) + 1):
            if self._in_school(day):
                yield date.fromordinal(day).isoformat()

    def _in_school(self, day: int) -> bool:
        if (day - 1) % _WEEK >= len(DAYS):
            return False
        if not self._years:
            return True
        if academic_year(date.fromordinal(day).isoformat()) not in self._years:
            return True
        return (
            day not in self._shut
            and any(start <= day <= end for start, end in self._open)
            and not any(start <= day <= end for start, end in self._breaks)
        )


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _next_monday(day: int) -> int:
    """The ordinal of the Monday after; ordinal 1 was a Monday."""
    return day + _WEEK - (day - 1) % _WEEK


def school_weeks(first: str, last: str, terms: Iterable[Term] = ()) -> int:
    """How many calendar weeks from first to last hold a school day."""
    return len(Calendar(terms).weeks(first, last))


def dose_on(doses: Sequence[Dose], day: str) -> dict[str, Any]:
    """The dose in force on the day; before the first begins, the first.

    What a later dose does not name holds on from the one before: an entry that gives
    new minutes alone changes nothing else. A dose that names who leads it, or a role,
    takes the place of both; one that names how often takes the place of the days.
    """
    made: dict[str, Any] = {}
    for dose in sorted(doses, key=lambda entry: str(entry.get("from", ""))):
        if made and dose.get("from", "") > day:
            break
        if "led_by" in dose or "role" in dose:
            made.pop("led_by", None)
            made.pop("role", None)
        if "sessions_per_week" in dose:
            made.pop("days", None)
        made.update(dose)
    return made


def sessions_by_week(
    doses: Sequence[Dose], first: str, last: str, terms: Iterable[Term] = ()
) -> tuple[tuple[str, Fraction], ...]:
    """How many sessions are due in each school week: ``(Monday, sessions)``.

    A dose that names its days is due on those that are school days. Any other is due
    by the share of its week's five days that are school days from first to last: three
    a week make 2.4 in a week with one day closed, 0.6 by the end of its Monday. A week
    goes by the dose of its first school day.
    """
    from fractions import Fraction

    calendar = Calendar(terms)
    due = []
    for start in calendar.weeks(first, last):
        monday = _monday(start)
        dose = dose_on(doses, start)
        end = min(last, _later(monday, _WEEK - 1))
        school = {DAYS[_weekday(day)] for day in calendar.days(start, end)}
        if named := dose.get("days"):
            sessions = Fraction(len(school & set(named)))
        else:
            often = Fraction(str(dose.get("sessions_per_week", 0)))
            sessions = often * len(school) / len(DAYS)
        due.append((monday, sessions))
    return tuple(due)


def sessions_due(
    doses: Sequence[Dose], first: str, last: str, terms: Iterable[Term] = ()
) -> Fraction:
    """How many sessions are due from first to last, as a fraction."""
    from fractions import Fraction

    weeks = sessions_by_week(doses, first, last, terms)
    return sum((sessions for _, sessions in weeks), Fraction(0))


def _weekday(day: str) -> int:
    return date.fromisoformat(day).weekday()


def _monday(day: str) -> str:
    return date.fromordinal(_ordinal(day) - _weekday(day)).isoformat()


def _later(day: str, days: int) -> str:
    return date.fromordinal(_ordinal(day) + days).isoformat()


def year_span(label: str) -> tuple[str, str] | None:
    """First and last day of an academic year named ``2025-26`` or ``2025/26``."""
    began, _, ended = label.strip().replace("/", "-").partition("-")
    if not (began.isdecimal() and len(began) == len("2025")):
        return None
    year = int(began)
    if ended and _whole_number(ended) not in {(year + 1) % 100, year + 1}:
        return None
    return f"{year}-09-01", f"{year + 1}-08-31"


def _whole_number(text: str) -> int | None:
    """The whole number that the text is, or ``None``."""
    return int(text) if text.isascii() and text.isdecimal() else None


def year_of(day: str) -> tuple[str, str]:
    """First and last day of the academic year that holds the day."""
    year = academic_year(day)
    return f"{year}-09-01", f"{year + 1}-08-31"
