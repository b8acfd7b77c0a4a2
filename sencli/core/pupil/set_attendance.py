"""Record the attendance of a term, and put it right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sencli.core.people.context import Context
from sencli.core.pupil.attendance import SESSIONS
from sencli.core.pupil.attendance import Term
from sencli.core.pupil.attendance import attendance_in_order
from sencli.core.pupil.attendance import attendance_label
from sencli.core.pupil.attendance import odd_figures
from sencli.core.pupil.attendance import span_of
from sencli.core.pupil.attendance import term_meant
from sencli.core.pupil.attendance import term_of_entry
from sencli.core.pupil.attendance import term_on
from sencli.core.record.act import Act
from sencli.core.record.edit import given
from sencli.core.record.lookup import full_name
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.dates import words
from sencli.errors import InvalidValue
from sencli.errors import UsageFault

_FIGURES = ("percent", *SESSIONS)


def set_attendance(record: Record, typed: Mapping[str, Any], context: Context) -> Act:
    """The record with the attendance of a term; what is there is amended.

    Args:
        record: the pupil's.
        typed: ``percent``, ``term`` (as typed; default that of today),
            ``sessions_possible``, ``sessions_attended``, ``source``, ``date``.
        context: day and terms.

    Raises:
        InvalidValue: the figures do not fit each other, or the day the term.
        UsageFault: neither a per cent nor the sessions are given.
    """
    school_terms = context.school.get("terms", ())
    term = (
        term_meant(str(typed["term"]), context.today, school_terms)
        if typed.get("term")
        else term_on(str(typed.get("date") or context.today), school_terms)
    )
    listed = list(record.get("attendance", ()))
    old: Entry = next((e for e in listed if term_of_entry(e) == term), {})
    named = given({name: typed.get(name) for name in (*_FIGURES, "source")})
    entry: Record = {"academic_year": term.year, "term": term.season, **old, **named}
    gone = _outdated(entry, named)
    _count(entry, named)
    entry["date"] = _day(term, old, named, typed, context)
    kept = [e for e in listed if e is not old]
    made = attendance_in_order({"attendance": [*kept, entry]})
    day = "" if entry["date"] == context.today else f", as of {words(entry['date'])}"
    return Act(
        {**record, "attendance": made},
        f"Attendance of {full_name(record)}, {attendance_label(entry)}{day}.",
        {"attendance": f"{term.year} {term.season}"},
        gone,
    )


def _outdated(entry: Record, named: Entry) -> tuple[str, ...]:
    """Take out sessions that a new per cent leaves behind, and say so."""
    if "percent" not in named or not named.keys().isdisjoint(SESSIONS):
        return ()
    if not (entry.keys() >= {*SESSIONS} and odd_figures(entry)):
        return ()
    attended, possible = entry.pop("sessions_attended"), entry.pop("sessions_possible")
    said = f"{attended} of {possible}, recorded before, do not fit it and are taken out"
    return (f"the sessions, {said}.",)


def _count(entry: Record, named: Entry) -> None:
    """Put the per cent in, and refuse figures that do not fit each other."""
    counts = entry.keys() >= {*SESSIONS}
    if counts and "percent" not in named and not named.keys().isdisjoint(SESSIONS):
        possible, attended = (int(entry[name]) for name in SESSIONS)
        counted = round(100 * min(attended, possible) / possible, 1)
        entry["percent"] = int(counted) if counted == int(counted) else counted
    if "percent" not in entry:
        raise UsageFault(
            "The per cent is needed.",
            "Write it after the name, as 91.3, or give --possible and --attended.",
        )
    if wrong := odd_figures(entry):
        raise InvalidValue(
            f"{wrong}.",
            "Give the right --possible and --attended, and leave the per cent out.",
        )


def _day(
    term: Term, old: Entry, named: Entry, typed: Mapping[str, Any], context: Context
) -> str:
    """The day of a figure: as typed, else today within the term, else its last day."""
    first, last = span_of(term, context.school.get("terms", ()))
    day = str(typed.get("date") or "")
    if not day:
        if old and named.keys().isdisjoint(_FIGURES):
            return str(old["date"])
        return min(context.today, last)
    if day < first:
        raise InvalidValue(
            f"The {term.name} begins on {words(first)}, after {words(day)}.",
            "Give the right --date or --term.",
        )
    return day
