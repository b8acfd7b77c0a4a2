"""Dual registration: another school on whose roll the pupil is too."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sencli import terms
from sencli.core.people.context import Context
from sencli.core.pupil.arrangements import Kind
from sencli.core.pupil.arrangements import added
from sencli.core.pupil.arrangements import changed
from sencli.core.pupil.arrangements import in_order
from sencli.core.pupil.arrangements import running
from sencli.core.pupil.arrangements import span_words
from sencli.core.record.act import Act
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.errors import InvalidValue

_FIELDS = ("from", "until", "urn", "laestab", "registration", "school", "restricted")
_URN = re.compile(r"[1-9][0-9]{5}")
_LAESTAB = re.compile(r"([0-9]{3})[/ -]?([0-9]{4})")
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


def urn_of(text: str) -> str:
    """A school's unique reference number, checked."""
    found = "".join(text.split())
    if not _URN.fullmatch(found):
        raise InvalidValue(f"{text!r} is not a URN.", "It has six digits, as 123456.")
    return found


def laestab_of(text: str) -> str:
    """An authority and establishment number, checked."""
    found = _LAESTAB.fullmatch(text.strip())
    if found is None:
        raise InvalidValue(
            f"{text!r} is not a LAESTAB.",
            "It has seven digits, the authority's three first, as 9994001.",
        )
    return f"{found[1]}{found[2]}"


def add_dual(
    record: Record, school: str, typed: Mapping[str, Any], context: Context
) -> Act:
    """The record with a registration at another school more."""
    entry = {"school": school, "from": context.today, **_read(typed)}
    return added(record, KIND, entry, context)


def set_dual(record: Record, which: str, typed: Mapping[str, Any]) -> Act:
    """The record with what is named of one registration changed; ``until`` ends it."""
    return changed(record, KIND, which, _read(typed))


def _read(typed: Mapping[str, Any]) -> Record:
    made = {n: typed[n] for n in _FIELDS if typed.get(n) is not None}
    for name, checked in (("urn", urn_of), ("laestab", laestab_of)):
        if name in made:
            made[name] = checked(made[name])
    return made
