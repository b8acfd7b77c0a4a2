"""Dual registration: another school on whose roll the pupil is too."""

from __future__ import annotations

from sencli import terms
from sencli.core.pupil.arrangements import Kind
from sencli.core.pupil.arrangements import in_order
from sencli.core.pupil.arrangements import running
from sencli.core.pupil.arrangements import span_words
from sencli.core.record.types import Entry
from sencli.core.record.types import Record

CURRENT = "C"
"""Enrolment status of a pupil who is on the roll of one school alone."""


def registration_words(entry: Entry) -> str:
    """``main registration here``."""
    return f"{terms.REGISTRATIONS[entry['registration']]} registration here"


def school_words(entry: Entry) -> str:
    """``Elm School (URN 123456)``."""
    codes = [
        f"{name} {entry[key]}"
        for key, name in (("urn", "URN"), ("laestab", "LAESTAB"))
        if key in entry
    ]
    known = f" ({', '.join(codes)})" if codes else ""
    return f"{entry['school']}{known}"


def dual_label(entry: Entry) -> str:
    """``on the roll of Elm School too, main registration here, from ...``."""
    said = f"{registration_words(entry)}, {span_words(entry)}"
    return f"on the roll of {school_words(entry)} too, {said}"


KIND = Kind(
    *("dual_registrations", "dual registration", dual_label, "dual-registration"),
    *("SCHOOL --here main|subsidiary", "--here main|subsidiary", ("school",)),
)


def registrations_in_order(record: Entry) -> list[Record]:
    """The dual registrations, oldest first."""
    return in_order(record, KIND)


def enrolment_on(record: Entry, day: str) -> str:
    """The census' enrolment status: C, M or S."""
    found = running(record, KIND, day)
    return terms.ENROLMENT[found[-1]["registration"]] if found else CURRENT
