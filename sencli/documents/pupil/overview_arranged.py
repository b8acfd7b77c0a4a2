"""Attendance and what is arranged for a pupil, in as few rows as will do."""

from __future__ import annotations

from collections.abc import Iterator

from sencli.core.people.young_person import family_on
from sencli.core.pupil import alternative_provision
from sencli.core.pupil import base_placement
from sencli.core.pupil import dual_registration
from sencli.core.pupil.arrangements import running
from sencli.core.pupil.arrangements import span_words
from sencli.core.pupil.attendance import attendance_in_order
from sencli.core.pupil.attendance import attendance_label
from sencli.core.pupil.part_time import consent_words
from sencli.core.pupil.part_time import hours_words
from sencli.core.pupil.part_time import part_time_on
from sencli.core.pupil.suspensions import suspension_label
from sencli.core.pupil.suspensions import suspensions_in_order
from sencli.core.record.types import Record
from sencli.core.text.dates import words

TERMS = 3
"""Attendance is shown of so many terms."""


def arranged_rows(record: Record, day: str) -> Iterator[tuple[str, str]]:
    """Attendance, suspensions and what is arranged on the day, each in a row."""
    if figures := attendance_in_order(record):
        yield "Attendance", "; ".join(map(attendance_label, figures[-TERMS:]))
    if listed := suspensions_in_order(record):
        yield "Suspensions", "; ".join(map(suspension_label, listed))
    if (timetable := part_time_on(record, day)) is not None:
        whose = family_on(record, day).possessive
        agreed = consent_words(timetable, record) or f"{whose} agreement not recorded"
        hours = hours_words(timetable)
        parts = [hours, span_words(timetable), agreed]
        if "review_by" in timetable:
            parts.append(f"review by {words(timetable['review_by'])}")
        yield "Part-time timetable", "; ".join(part for part in parts if part)
    for name, kind in (
        ("Alternative provision", alternative_provision.KIND),
        ("Dual registration", dual_registration.KIND),
        ("Base", base_placement.KIND),
    ):
        if now := running(record, kind, day):
            said = [kind.label(e).removeprefix(f"{kind.noun} ") for e in now]
            yield name, "; ".join(said)
