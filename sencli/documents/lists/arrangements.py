"""Lists of attendance and of what is arranged for one pupil."""

from __future__ import annotations

from sencli import terms
from sencli.core.pupil import alternative_provision as elsewhere
from sencli.core.pupil import base_placement
from sencli.core.pupil import dual_registration
from sencli.core.pupil import part_time as timetables
from sencli.core.pupil import suspensions as suspended
from sencli.core.pupil.attendance import attendance_in_order
from sencli.core.pupil.attendance import term_of_entry
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.documents.lists.record_list import Rows
from sencli.documents.lists.record_list import record_list
from sencli.documents.view import Column

_NUMBER = Column("number", "No.", "number")
_FROM = Column("from", "From", "date")
_UNTIL = Column("until", "Until", "date")
_REASON = Column("reason", "Why")


@record_list(
    "Attendance",
    "Attendance",
    Column("name", "Term"),
    Column("percent", "Per cent", "number"),
    Column("sessions_attended", "Attended", "number"),
    Column("sessions_possible", "Possible", "number"),
    Column("date", "As of", "date"),
    Column("source", "Source"),
)
def attendance(record: Record, _school: Entry) -> Rows:
    """Attendance by term."""
    entries = attendance_in_order(record)
    objects = [{**e, "name": term_of_entry(e).name.capitalize()} for e in entries]
    return entries, objects


@record_list(
    "Suspensions",
    "Suspension",
    _NUMBER,
    Column("date", "From", "date"),
    Column("kind", "Kind"),
    Column("days", "Days", "number"),
    _REASON,
    hides=True,
)
def suspensions(record: Record, _school: Entry) -> Rows:
    """Suspensions, numbered by date."""
    entries = suspended.suspensions_in_order(record)
    objects = [
        {
            **e,
            "number": n,
            "kind": suspended.kind_words(e),
            "days": _days(e),
        }
        for n, e in enumerate(entries, 1)
    ]
    return entries, objects


def _days(entry: Entry) -> float | None:
    """The length in days; a whole number as such."""
    if "half_days" not in entry:
        return None
    days, half = divmod(int(entry["half_days"]), 2)
    return days + 0.5 if half else days


@record_list(
    "Part-time timetables",
    "PartTimeTimetable",
    _NUMBER,
    Column("hours_a_week", "Hours a week", "number"),
    _FROM,
    _REASON,
    Column("agreed", "Agreement"),
    Column("review_by", "Review by", "date"),
    _UNTIL,
    hides=True,
)
def part_time(record: Record, _school: Entry) -> Rows:
    """Part-time timetables, numbered by date."""
    entries = timetables.timetables_in_order(record)
    objects = [
        {
            **e,
            "number": n,
            "agreed": timetables.consent_words(e, record) or "not recorded",
        }
        for n, e in enumerate(entries, 1)
    ]
    return entries, objects


@record_list(
    "Alternative provision",
    "AlternativeProvision",
    _NUMBER,
    Column("provider", "Provider"),
    Column("amount", "How much"),
    _FROM,
    _UNTIL,
    _REASON,
    Column("commissioned_by", "Commissioned by"),
    Column("outcome", "What it came to"),
    hides=True,
)
def alternative_provision(record: Record, _school: Entry) -> Rows:
    """Education elsewhere, numbered by date."""
    entries = elsewhere.alternative_in_order(record)
    objects = [
        {
            **e,
            "number": n,
            "amount": elsewhere.amount_words(e),
            "commissioned_by": elsewhere.commissioner_words(e),
        }
        for n, e in enumerate(entries, 1)
    ]
    return entries, objects


@record_list(
    "Dual registrations",
    "DualRegistration",
    _NUMBER,
    Column("school", "Other school"),
    Column("urn", "URN"),
    Column("laestab", "LAESTAB"),
    Column("registration", "Here"),
    _FROM,
    _UNTIL,
    hides=True,
)
def dual_registrations(record: Record, _school: Entry) -> Rows:
    """Dual registrations, numbered by date."""
    entries = dual_registration.registrations_in_order(record)
    return entries, [{**e, "number": n} for n, e in enumerate(entries, 1)]


@record_list(
    "Places in a base",
    "BasePlacement",
    _NUMBER,
    Column("base", "Base"),
    Column("name", "Name"),
    _FROM,
    _UNTIL,
    hides=True,
)
def bases(record: Record, _school: Entry) -> Rows:
    """Places in a base, numbered by date."""
    entries = base_placement.bases_in_order(record)
    objects = [
        {**e, "number": n, "base": terms.BASES[e["base"]]}
        for n, e in enumerate(entries, 1)
    ]
    return entries, objects
