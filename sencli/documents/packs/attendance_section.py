"""Attendance, suspensions, and where a pupil is taught."""

from __future__ import annotations

from sencli import terms
from sencli.core.record.types import Entry
from sencli.core.text.dates import words
from sencli.core.text.plural import plural
from sencli.documents.made_in.people import People
from sencli.documents.view import Block
from sencli.documents.view import Bullets
from sencli.documents.view import Column
from sencli.documents.view import Table

_FIGURES = (
    Column("percent", "Per cent", "number", width=2),
    Column("sessions_attended", "Sessions attended", "number", width=3),
    Column("sessions_possible", "Sessions possible", "number", width=3),
)
_TERMS = ("autumn", "spring", "summer")


def attendance_section(record: Entry, people: People, day: str) -> list[Block]:
    """Per cent by term, and what else was arranged; empty where nothing is recorded."""
    found = [e for e in record.get("attendance", ()) if "percent" in e]
    columns = [Column("term", "Term", width=4)]
    columns += [column for column in _FIGURES if any(column.key in e for e in found)]
    rows = [
        (
            f"{entry['term'].capitalize()} {entry['academic_year']}",
            *(entry.get(column.key) for column in columns[1:]),
        )
        for entry in sorted(found, key=_term)
    ]
    blocks: list[Block] = [Table(tuple(columns), tuple(rows))] if rows else []

    def begun(name: str, began: str = "from") -> list[Entry]:
        found = [e for e in record.get(name, ()) if e[began] <= day]
        return sorted(found, key=lambda entry: str(entry[began]))

    lines = [
        *(_suspended(e) for e in begun("suspensions", "date")),
        *(_part_time(e, people) for e in begun("part_time_timetables")),
        *(_elsewhere(e) for e in begun("alternative_provision")),
        *(_dual(e) for e in begun("dual_registrations")),
        *(_base(e) for e in begun("base_placements")),
    ]
    return [*blocks, *([Bullets(tuple(lines))] if lines else [])]


def _term(entry: Entry) -> tuple[str, int]:
    return str(entry["academic_year"]), _TERMS.index(entry["term"])


def _part_time(entry: Entry, people: People) -> str:
    hours, consent = entry.get("hours_a_week"), entry.get("consent", {})
    parts = [
        f"Part-time timetable {_span(entry)}",
        f"{hours:g} {'hour' if hours == 1 else 'hours'} a week" if hours else "",
        str(entry.get("reason", "")),
    ]
    if consent.get("given"):
        by = people.name(str(consent.get("by", "parent")))
        on = f" on {words(consent['date'])}" if "date" in consent else ""
        parts.append(f"agreed by {by}{on}")
    if "review_by" in entry:
        parts.append(f"to be reviewed by {words(entry['review_by'])}")
    return "; ".join(part for part in parts if part)


def _span(entry: Entry) -> str:
    until = f" to {words(entry['until'])}" if "until" in entry else ""
    return f"from {words(entry['from'])}{until}"


def _suspended(entry: Entry) -> str:
    name = terms.SUSPENSIONS[entry.get("kind", "suspension")].capitalize()
    half_days = entry.get("half_days", 0)
    days = f", {_days(half_days)}" if half_days else ""
    reason = f": {entry['reason']}" if "reason" in entry else ""
    return f"{name} from {words(entry['date'])}{days}{reason}"


def _days(half_days: int) -> str:
    """School days in words: half a day, 1 day, 1.5 days."""
    whole, half = divmod(half_days, 2)
    if half:
        return f"{whole}.5 days" if whole else "half a day"
    return plural(whole, "day")


def _elsewhere(entry: Entry) -> str:
    parts = [f"Alternative provision at {entry['provider']} {_span(entry)}"]
    for key, unit in (("days_a_week", "day"), ("hours_a_week", "hour")):
        if key in entry:
            several = "" if entry[key] == 1 else "s"
            parts.append(f"{entry[key]:g} {unit}{several} a week")
    parts += [str(entry[key]) for key in ("reason", "outcome") if key in entry]
    return "; ".join(parts)


def _dual(entry: Entry) -> str:
    here = terms.REGISTRATIONS.get(entry.get("registration", ""), "")
    at = f" ({here} registration here)" if here else ""
    return f"Also registered at {entry['school']} {_span(entry)}{at}"


def _base(entry: Entry) -> str:
    name = f" ({entry['name']})" if "name" in entry else ""
    return f"Place in a {terms.BASES[entry['base']]}{name} {_span(entry)}"
