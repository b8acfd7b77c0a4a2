"""Whether a meeting day is possible, and whether it gives enough notice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sencli.core.papers.eligibility import papers_standing
from sencli.core.papers.eligibility import plan_ceased
from sencli.core.papers.eligibility import support_ended
from sencli.core.record.lookup import days_between
from sencli.core.record.lookup import display_name
from sencli.core.record.lookup import left_on
from sencli.core.record.types import Entry
from sencli.core.statutory.deadlines import NOTICE_DAYS
from sencli.core.statutory.deadlines import BankHolidays
from sencli.core.statutory.deadlines import SchoolDays
from sencli.core.text.dates import words
from sencli.core.time.calendar import DAYS


def doubt(day: str, today: str, terms: Iterable[Entry]) -> str:
    """Why nobody can be invited to a meeting on that day, or ""."""
    told = words(day)
    if day < today:
        return f"{told} is past."
    when = date.fromisoformat(day)
    if when.weekday() >= len(DAYS):
        return f"{told} is a {when:%A}."
    holidays = BankHolidays()
    if day in holidays:
        return f"{told} is a bank holiday."
    if day not in SchoolDays(terms, holidays):
        return f"The school is closed on {told}."
    return ""


def parted(kind: str, record: Entry, day: str) -> str:
    """What will have ended before the meeting, or "".

    Args:
        kind: as for ``planned``.
        record: the pupil's; today it is all still so.
        day: ISO date of the meeting.
    """
    name = display_name(record)
    if papers_standing(record, day) == "left":
        return f"{name} leaves the school on {words(left_on(record))}."
    if kind == "annual-review-invitation" and (ceased := plan_ceased(record, day)):
        return f"The EHC plan of {name} ends on {words(ceased)}."
    if kind == "review-invitation" and (ended := support_ended(record, day)):
        return f"SEN support for {name} ends on {words(ended)}."
    return ""


def has_notice(day: str, today: str) -> bool:
    """Whether papers sent on the day are there two weeks before the meeting."""
    return days_between(today, day) >= NOTICE_DAYS


def planned(kind: str, record: Entry, day: str) -> str:
    """The ISO date of the next meeting of that kind that is recorded, or "".

    Args:
        kind: ``review-invitation`` or ``annual-review-invitation``.
        record: the pupil's.
        day: ISO date; a meeting on it is still to come.
    """
    return str(coming(kind, record, day).get("date", ""))


def coming(kind: str, record: Entry, day: str) -> Entry:
    """The next meeting of that kind, as it is recorded; an empty entry for none.

    Args:
        kind: as for ``planned``.
        record: the pupil's.
        day: the same.
    """
    if kind == "annual-review-invitation":
        held = record.get("ehc", {}).get("reviews", ())
        return min((r for r in held if r["date"] >= day), key=_date, default={})
    held = {c["review"]["date"] for c in record.get("cycles", ()) if "review" in c}
    to_come = [m for m in record.get("meetings", ()) if m["date"] >= day]
    # who came is recorded, or the review of that day is: it has been
    to_come = [m for m in to_come if not m.get("attended") and m["date"] not in held]
    reviews = [m for m in to_come if m.get("kind") == "review"]
    return min(reviews or to_come, key=_date, default={})


def _date(entry: Entry) -> str:
    return str(entry["date"])
