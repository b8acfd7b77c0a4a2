"""People named in a record: each must be a contact, staff or a known word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sencli.core.record.walk import Entries
from sencli.core.record.walk import Entry
from sencli.core.record.walk import Fault
from sencli.core.record.walk import Path
from sencli.core.record.walk import logs
from sencli.terms import ROLES

# Fields that name a person, and lists of such fields.
PERSON_FIELDS = frozenset((
    "by", "of", "who", "with", "raised_by", "decided_by", "made_with", "led_by",
    "attended", "invited", "agreed_with", "teacher", "evidence_by",
))  # fmt: skip
# Lists in which "to" is a person; elsewhere it may be a school or an office.
PERSON_TO = ("reports", "information")
# Where names come from outside: whoever issued a paper, an authority, an adviser.
_OUTSIDE = frozenset(("issued", "corrections", "advice", "requests"))
_GROUPS = frozenset(("parents", "staff", "school", "authority", "governors"))
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def people_faults(record: Entry, school: Entry, found: Entries) -> list[Fault]:
    """Everybody named who is neither a contact, nor staff, nor ``parent`` and the like.

    A name with a blank in it is a name written out, of somebody from outside.

    Args:
        record: a pupil's.
        school: for its staff.
        found: the entries of the record.
    """
    contacts = {str(contact["id"]) for contact in record.get("contacts", ())}
    staff = {str(member["initials"]) for member in school.get("staff", ())}
    outside = {
        str(one[field])
        for one in record.get("specialists", ())
        for field in ("id", "name", "service")
        if field in one
    }
    known = contacts | staff | outside | _GROUPS | set(ROLES)
    return [
        Fault(
            path,
            f"{_field(path)} names {name}, who is not in the records",
            _mend(name, str(record.get("id", "PUPIL")), contacts | staff),
            "person",
        )
        for path, name in _unknown_people(record, found, known)
        if name not in known and " " not in name and not _DATE.fullmatch(name)
    ]


def _field(path: Path) -> str:
    return next((part for part in reversed(path) if isinstance(part, str)), "it")


def _mend(name: str, pupil: str, known: set[str]) -> str:
    same = [other for other in sorted(known) if other.casefold() == name.casefold()]
    if same:
        return f"Write {same[0]}."
    if name.islower():
        return (
            "Write parent, pupil, teacher, senco, or enter the person: "
            f"sen contact add {pupil} NAME --relationship RELATIONSHIP"
        )
    return f"Enter the person: sen staff add {name} --name NAME --role ROLE"


def _unknown_people(
    record: Entry, found: Entries, known: set[str]
) -> Iterator[tuple[Path, str]]:
    for path, entry in found:
        if not PERSON_FIELDS.isdisjoint(entry) and _OUTSIDE.isdisjoint(path):
            for field, value in entry.items():
                if field in PERSON_FIELDS and not (
                    type(value) is str and value in known
                ):
                    yield from _names((*path, field), value)
        if "to" in entry and path and path[0] in PERSON_TO:
            yield from _names((*path, "to"), entry["to"])
    for path, listed in logs(record):
        if not {entry.get("by", "pupil") for entry in listed} <= known:
            for number, entry in enumerate(listed):
                yield (*path, number, "by"), entry.get("by", "pupil")


def _names(path: Path, value: object) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for number, item in enumerate(value):
            if isinstance(item, str):
                yield (*path, number), item
