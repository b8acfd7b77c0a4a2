"""Read dates as a SENCO types them (always British order) and write them out.

Ours rather than a library's: the ones on the registry guess the order of day and month.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Mapping
from datetime import date
from datetime import timedelta
from typing import Any
from typing import Literal

from sencli.errors import InvalidValue

Prefer = Literal["past", "future", "near"]

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
WEEKDAYS = (
    *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
    *("Saturday", "Sunday"),
)
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)

_ISO = r"([12]\d{3})-(\d{1,2})-(\d{1,2})"
_NUMBERS = r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?"
_DAY_MONTH = r"(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?([a-z]+)\.?,?(?:\s+(\d{4}))?"
_MONTH_DAY = r"([a-z]+)\s+(\d{1,2})(?:st|nd|rd|th)?,?(?:\s+(\d{4}))?"
_STEP = r"([+-]?)\s*(\d{1,4})\s*([dwmy])"
_IN = r"in (\d{1,3}|a) (day|week|fortnight|month|year)s?"
_AGO = r"(\d{1,3}|a) (day|week|fortnight|month|year)s? ago"
_WEEK = r"(next|last) week"
_WEEK_ON = r"(?:a )?week (?:on )?([a-z]{3,9})|([a-z]{3,9}) week"
_WEEKDAY = r"(?:(last|next|this|on)\s+)?([a-z]{3,9})"
_TERM = r"(start|end) of (?:(autumn|spring|summer)(?: term)?|term|half[- ]term)"
_HALF_TERM = r"(?:(before|after|by) )?half[- ]term"

HINT = (
    "Type 12/03/2026, 2026-03-12, 12 March, today, yesterday, last friday, next week, "
    "6w, half term or end of term."
)


def words(iso: str) -> str:
    """``12 March 2026``."""
    day = date.fromisoformat(iso)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short(iso: str) -> str:
    """``12/03/2026``."""
    return f"{iso[8:10]}/{iso[5:7]}/{iso[:4]}"


def add_days(iso: str, days: int) -> str:
    """The day so many days later (or earlier)."""
    return (date.fromisoformat(iso) + timedelta(days=days)).isoformat()


def add_months(iso: str, months: int) -> str:
    """The same day so many months later; the month's last day where it has none."""
    day = date.fromisoformat(iso)
    month = day.year * 12 + day.month - 1 + months
    for last in (day.day, 30, 29, 28):
        try:
            return date(month // 12, month % 12 + 1, min(day.day, last)).isoformat()
        except ValueError:
            continue
    raise AssertionError


def monday(iso: str) -> str:
    """The Monday of the week that holds the day."""
    return add_days(iso, -date.fromisoformat(iso).weekday())


def parse_date(
    typed: str,
    today: str,
    terms: Iterable[Mapping[str, Any]] = (),
    prefer: Prefer = "near",
) -> str:
    """The ISO date that the words mean on the day ``today``.

    Args:
        typed: what was typed.
        today: ISO date that relative words count from.
        terms: the school's terms, for ``end of term``.
        prefer: which year a date without one falls in: the last before today, the
            next after it, or whichever is nearer.

    Raises:
        InvalidValue: no such date, or not a date at all.
    """
    text = " ".join(typed.casefold().split())
    found = (
        _fixed(text, typed, today, prefer)
        or _relative(text, today, prefer)
        or _by_term(text, today, list(terms))
    )
    if found is None:
        raise InvalidValue(f"{typed!r} is not a date.", HINT)
    if not EARLIEST <= date.fromisoformat(found) <= LATEST:
        raise InvalidValue(f"{typed!r} is {words(found)}: too far away to be right.")
    return found


def without_year(typed: str) -> bool:
    """Whether the words name a day and month and leave the year open."""
    text = " ".join(typed.casefold().split())
    if m := re.fullmatch(_NUMBERS, text):
        return not m[3]
    if (m := re.fullmatch(_DAY_MONTH, text)) and _month(m[2]):
        return not m[3]
    m = re.fullmatch(_MONTH_DAY, text)
    return bool(m and _month(m[1]) and not m[3])


def _fixed(text: str, typed: str, today: str, prefer: Prefer) -> str | None:
    if m := re.fullmatch(_ISO, text):
        return _build(int(m[1]), int(m[2]), int(m[3]), typed)
    if m := re.fullmatch(_NUMBERS, text):
        day, month, year = int(m[1]), int(m[2]), m[3]
    elif (m := re.fullmatch(_DAY_MONTH, text)) and (month := _month(m[2])):
        day, year = int(m[1]), m[3]
    elif (m := re.fullmatch(_MONTH_DAY, text)) and (month := _month(m[1])):
        day, year = int(m[2]), m[3]
    else:
        return None
    if year:
        return _build(
            int(year) + (2000 if len(year) == len("26") else 0), month, day, typed
        )
    return _nearest(month, day, typed, today, prefer)


def _month(word: str) -> int:
    """The number of a month named in full or by three letters or more; 0 if none."""
    if len(word) < len("jan"):
        return 0
    starts = [n for n, m in enumerate(MONTHS, 1) if m.casefold().startswith(word)]
    return 9 if word == "sept" else starts[0] if len(starts) == 1 else 0


def _build(year: int, month: int, day: int, typed: str) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        pass
    if month > len(MONTHS):
        reason = f"there is no month {month}; dates are day/month/year"
    else:
        reason = (
            f"{MONTHS[month - 1]} {year} has no day {day}" if month else "no month 0"
        )
    raise InvalidValue(f"{typed!r} is not a date: {reason}.", HINT)


def _nearest(month: int, day: int, typed: str, today: str, prefer: Prefer) -> str:
    """The date without a year; 29 February looks as far as the next leap year."""
    year = int(today[:4])
    near = []
    for other in range(year - 4, year + 5):
        try:
            near.append(date(other, month, day).isoformat())
        except ValueError:
            continue
    if not near:
        return _build(year, month, day, typed)
    if prefer == "past":
        return max(d for d in near if d <= today)
    if prefer == "future":
        return min(d for d in near if d >= today)
    base = date.fromisoformat(today)
    return min(near, key=lambda d: abs((date.fromisoformat(d) - base).days))


def _relative(text: str, today: str, prefer: Prefer) -> str | None:
    simple = {"today": 0, "now": 0, "yesterday": -1, "tomorrow": 1}
    if text in simple:
        return add_days(today, simple[text])
    if m := re.fullmatch(_STEP, text):
        sign = m[1] or ("-" if prefer == "past" else "+")
        return _step(today, int(sign + m[2]), m[3])
    if m := re.fullmatch(_IN, text):
        return _step(today, 1 if m[1] == "a" else int(m[1]), m[2][0])
    if m := re.fullmatch(_AGO, text):
        return _step(today, -1 if m[1] == "a" else -int(m[1]), m[2][0])
    return _by_week(text, today, prefer)


def _by_week(text: str, today: str, prefer: Prefer) -> str | None:
    """A day by its week: next week is its Monday; friday week, the one after it."""
    if m := re.fullmatch(_WEEK, text):
        return add_days(monday(today), 7 if m[1] == "next" else -7)
    if m := re.fullmatch(_WEEK_ON, text):
        word = m[1] or m[2]
        day = today if word == "today" else _weekday("", word, today, "future")
        return add_days(day, 7) if day else None
    if m := re.fullmatch(_WEEKDAY, text):
        return _weekday(m[1] or "", m[2], today, prefer)
    return None


_DAYS = {"d": 1, "w": 7, "f": 14}


def _step(today: str, count: int, unit: str) -> str:
    if unit in _DAYS:
        return add_days(today, count * _DAYS[unit])
    return add_months(today, count * (12 if unit == "y" else 1))


def _weekday(which: str, word: str, today: str, prefer: Prefer) -> str | None:
    starts = [n for n, w in enumerate(WEEKDAYS) if w.casefold().startswith(word)]
    if len(starts) != 1:
        return None
    ahead = (starts[0] - date.fromisoformat(today).weekday()) % 7
    if which == "last" or (not which and prefer == "past"):
        back = (7 - ahead) % 7
        return add_days(today, -(back or (7 if which == "last" else 0)))
    if which == "next":
        return add_days(today, ahead or 7)
    return add_days(today, ahead)


def _of_terms(
    text: str, named: re.Match[str], terms: list[Mapping[str, Any]]
) -> list[str]:
    """The starts or ends of the terms named, or of their half-terms."""
    found = []
    for term in terms:
        name = str(term.get("name", "")).casefold()
        if named[2] and not name.startswith(named[2]):
            continue
        if "half" not in text:
            found.append(str(term[named[1]]))
        elif "half_term" in term:
            found.append(str(term["half_term"][named[1]]))
    return found


def _beside(holiday: Mapping[str, str], *, after: bool) -> str:
    """The last weekday before a holiday, or the first one after it."""
    step = 1 if after else -1
    day = add_days(holiday["end" if after else "start"], step)
    while date.fromisoformat(day).weekday() >= _SATURDAY:
        day = add_days(day, step)
    return day


_SATURDAY = WEEKDAYS.index("Saturday")


def _by_term(text: str, today: str, terms: list[Mapping[str, Any]]) -> str | None:
    m = re.fullmatch(_TERM, text)
    half = re.fullmatch(_HALF_TERM, text)
    if m is None and half is None:
        return None
    if not terms:
        raise InvalidValue(
            f"{text!r} needs the term dates, and none are entered.",
            "Enter them: sen term add NAME DATE DATE",
        )
    if m is not None:
        found = _of_terms(text, m, terms)
    else:
        after = half is not None and half[1] == "after"
        breaks = [t["half_term"] for t in terms if "half_term" in t]
        found = [_beside(one, after=after) for one in breaks]
    later = [d for d in found if d >= today]
    if not later and not found:
        raise InvalidValue(f"No term entered fits {text!r}.", "See them: sen term list")
    return min(later) if later else max(found)
