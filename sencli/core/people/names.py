"""People of a record in words, for staff."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping
from typing import Any

from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.core.text import dates
from sencli.core.text.folding import fold
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


def told_apart(names: Mapping[str, str], records: Iterable[Entry]) -> dict[str, str]:
    """The names by pupil's id, with the day of birth, or the id, where two are one."""
    made = dict(names)
    born = {str(r["id"]): str(r.get("date_of_birth", "")) for r in records}
    for pupil in alike(made):
        made[pupil] += f" (born {dates.words(born[pupil])})" if born[pupil] else ""
    for pupil in alike(made):
        made[pupil] += f" ({pupil})"
    return made


def alike(names: Mapping[str, str]) -> list[str]:
    """The ids of those whose name another has too."""
    count = Counter(map(fold, names.values()))
    return [pupil for pupil, name in names.items() if count[fold(name)] > 1]


def class_teachers(school: Entry, day: str) -> dict[str, str]:
    """Initials of the class teacher, by class."""
    return {
        role["class"]: person["initials"]
        for person in school.get("staff", ())
        for role in person.get("roles", ())
        if "class" in role and "teacher" in role["role"].casefold()
        if lookup.holds(role, day)
    }


def specialist_label(entry: Entry) -> str:
    """A specialist by service and name."""
    name = f" ({entry['name']})" if "name" in entry else ""
    return f"{entry['service']}{name}"
