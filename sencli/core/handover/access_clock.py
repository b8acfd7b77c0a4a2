"""The clocks of requests for what is held about a pupil, and who asks.

Two rights, which are not one: access under UK GDPR, which is the child's own (one
month, two more where it is complex), and a parent's own right to the educational record
of a maintained school (15 school days, Education (Pupil Information) (England)
Regulations 2005 reg 5).
"""

from __future__ import annotations

from collections.abc import Container
from datetime import date
from typing import Any
from typing import Protocol

from sencli.core.people.parent_privacy import PUPIL
from sencli.core.record.lookup import full_name
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.dates import add_days
from sencli.core.text.dates import add_months
from sencli.core.text.dates import words

SUBJECT, EDUCATIONAL = "subject_access", "educational_record"
KINDS = {
    SUBJECT: "access under UK GDPR",
    EDUCATIONAL: "the educational record",
}
ANSWERS = {"sent": "sent", "refused": "refused", "withdrawn": "withdrawn"}
SCHOOL_DAYS = 15
MONTH, EXTENDED = 1, 3
_WEEKEND = 5


class Days(Protocol):
    """School days, as the law counts them."""

    def after(self, day: str, count: int) -> str:
        """The day so many school days after one."""


def working(day: str, bank_holidays: Container[str]) -> str:
    """The day, or the next working day after a weekend or a bank holiday.

    The ICO's guidance on the last day of the month [fairly].
    """
    while date.fromisoformat(day).weekday() >= _WEEKEND or day in bank_holidays:
        day = add_days(day, 1)
    return day


def month_after(day: str, months: int, bank_holidays: Container[str]) -> str:
    """The last day to answer: the same date of the month, or its last one.

    Holidays count within it, and only the last day moves on from one.
    """
    return working(add_months(day, months), bank_holidays)


def begins(request: Entry) -> str:
    """From when the clock runs: the day it came, or that on which proof came.

    Only where proof was asked for, and not before it came (ICO [fairly]); while it is
    awaited the day it came is counted, so that nobody forgets it.
    """
    asked, checked = request.get("identity_asked"), request.get("identity_checked")
    if request["kind"] == SUBJECT and asked and checked:
        return str(max(request["date"], checked))
    return str(request["date"])


def answer_by(request: Entry, days: Days, bank_holidays: Container[str]) -> str:
    """The last day for the answer."""
    if request["kind"] == EDUCATIONAL:
        return days.after(request["date"], SCHOOL_DAYS)
    months = EXTENDED if "extended" in request else MONTH
    return month_after(begins(request), months, bank_holidays)


def is_open(request: Entry) -> bool:
    """Whether it is not answered yet."""
    return "answer" not in request


def open_requests(record: Entry) -> list[Record]:
    """What was asked and is not answered, oldest first."""
    waiting = [r for r in record.get("access", ()) if is_open(r)]
    return sorted(waiting, key=lambda request: str(request["date"]))


def asker(request: Entry, record: Entry) -> str:
    """Who asks, by name."""
    by = str(request["by"])
    if by == PUPIL:
        return full_name(record)
    names = {c["id"]: c["name"] for c in record.get("contacts", ())}
    return str(names.get(by, by))


def due_words(
    record: Entry, days: Days, bank_holidays: Container[str]
) -> list[tuple[str, str, str]]:
    """What is to be done of the open requests: ISO day, words and command."""
    found = []
    for request in open_requests(record):
        by = answer_by(request, days, bank_holidays)
        what = f"Answer the request of {words(request['date'])} for "
        what += KINDS[request["kind"]]
        if request.get("identity_asked") and not request.get("identity_checked"):
            what += " (proof of identity is awaited)"
        found.append((by, what, f"sen export subject-access {record['id']}"))
    return found


def listed(
    record: Record, days: Days, bank_holidays: Container[str], *, every: bool
) -> list[dict[str, Any]]:
    """The requests of a record as rows of a list, each with its number.

    Args:
        record: the pupil's.
        days: school days.
        bank_holidays: ISO dates.
        every: those that are answered too.
    """
    found = sorted(record.get("access", ()), key=lambda r: str(r["date"]))
    return [
        {
            "pupil": record["id"],
            "name": full_name(record),
            "number": number,
            **{key: value for key, value in request.items() if key != "marks"},
            "asker": asker(request, record),
            "due": answer_by(request, days, bank_holidays),
        }
        for number, request in enumerate(found, 1)
        if every or is_open(request)
    ]
