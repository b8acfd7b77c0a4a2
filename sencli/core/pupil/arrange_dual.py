"""Record dual registration with another school, change it, end it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sencli.core.people.context import Context
from sencli.core.pupil.arrange import added
from sencli.core.pupil.arrange import changed
from sencli.core.pupil.arrange import typed_of
from sencli.core.pupil.dual_registration import KIND
from sencli.core.record.act import Act
from sencli.core.record.types import Record
from sencli.errors import InvalidValue

_FIELDS = ("from", "until", "urn", "laestab", "registration", "school", "restricted")
_URN = re.compile(r"[1-9][0-9]{5}")
_LAESTAB = re.compile(r"([0-9]{3})[/ -]?([0-9]{4})")


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
    made = typed_of(typed, _FIELDS)
    for name, checked in (("urn", urn_of), ("laestab", laestab_of)):
        if name in made:
            made[name] = checked(made[name])
    return made
