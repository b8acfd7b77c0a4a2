"""People of a record in words, for staff."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from typing import Any

from sencli.terms import ROLES


def who(person: str, record: Mapping[str, Any], school: Mapping[str, Any]) -> str:
    """``Sana Khan (mother)``, ``K. Morris``, ``parent/carer``; else unchanged."""
    for contact in record.get("contacts", ()):
        if contact["id"] == person:
            kin = contact.get("relationship")
            return f"{contact['name']} ({kin})" if kin else str(contact["name"])
    for member in school.get("staff", ()):
        if member["initials"] == person:
            return str(member["name"])
    return ROLES.get(person, person)


def all_of(
    people: Iterable[str], record: Mapping[str, Any], school: Mapping[str, Any]
) -> str:
    """Several people, separated by commas."""
    return ", ".join(who(person, record, school) for person in people)
