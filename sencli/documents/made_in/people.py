"""People in words, for readers who do not know staff initials or ids."""

from __future__ import annotations

from collections.abc import Iterable

from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.wording import Wording

_LONGEST_CODE = 8


class People:
    """The people of one pupil's record on a day, by name.

    Args:
        record: the pupil's record.
        setting: the school and the wording.
        teacher: initials of the class teacher in the cycle shown.
    """

    def __init__(self, record: Entry, setting: PaperContext, teacher: str = "") -> None:
        self._record = record
        self._words = setting.words
        self._day = setting.day
        self._staff = {s["initials"]: s for s in setting.school.get("staff", ())}
        # who has left is nobody's class teacher any more
        self._teacher = "" if self.gone(teacher, setting.day) else teacher
        self._contacts = {c["id"]: c for c in record.get("contacts", ())}
        now = lookup.contacts_on(record, setting.day)
        self._contacts |= {c["id"]: c for c in now}

    @property
    def teacher(self) -> str:
        """The class teacher's name alone, or "" if there is none now."""
        return self.plain(self._teacher)

    @property
    def pupil(self) -> str:
        """The name that the pupil is known by."""
        return str(self._record.get("known_as") or self._record["first_name"])

    def name(self, who: str) -> str:
        """Name and part of a person: ``Sana Khan (mother)``, ``B. Ali (...)``."""
        if who == "pupil":
            return self.pupil
        if who == "parent":
            return self._words("people.parent")
        if who in {"teacher", "senco"}:
            return self._by_role(who)
        if who in self._contacts:
            contact = self._contacts[who]
            return self._with(contact["name"], self._kin(contact))
        if who in self._staff:
            return self._member(who)
        # an id or initials that nobody has any more says nothing to a reader
        coded = len(who) <= _LONGEST_CODE and " " not in who
        return self._words("people.staff") if coded else who

    def names(self, many: Iterable[str], day: str = "") -> list[str]:
        """Several people, each once; who had left by the day is a member of staff."""
        return list(dict.fromkeys(self.name_on(who, day) for who in many))

    def name_on(self, who: str, day: str) -> str:
        """A person's name; not of somebody who had left the school by the day."""
        left = bool(day) and self.gone(who, day)
        return self._words("people.staff") if left else self.name(who)

    def here(self, many: Iterable[str], day: str) -> list[str]:
        """Of several people those who had not left the school by the day."""
        return [who for who in many if not self.gone(who, day)]

    def gone(self, who: str, day: str) -> bool:
        """Whether a member of staff had left by the day."""
        return lookup.staff_left(self._staff.get(who, {}), day)

    def kin(self, who: str) -> bool:
        """Whether it is a contact of the pupil's, or a parent who is not named."""
        return who == "parent" or who in self._contacts

    def known(self, role: str) -> bool:
        """Whether anybody is known to be the ``teacher`` or the ``senco`` now."""
        return (self._teacher if role == "teacher" else self._senco()) in self._staff

    def plain(self, who: str) -> str:
        """The name of a member of staff alone, or "" where it is not known."""
        return str(self._staff.get(who, {}).get("name", ""))

    def role(self, role: str) -> str:
        """A role in words: ``TA`` is a teaching assistant."""
        return self._words.find(f"roles.{role.casefold()}") or role

    def _kin(self, contact: Entry) -> str:
        kin = str(contact.get("relationship", ""))
        return self._words.find(f"relationships.{kin.casefold()}") or kin

    def _by_role(self, who: str) -> str:
        holder = self._teacher if who == "teacher" else self._senco()
        if holder in self._staff:
            return self._with(self._staff[holder]["name"], self._words(f"people.{who}"))
        return self._words(f"people.{who}")

    def _senco(self) -> str:
        for initials, person in self._staff.items():
            for role in person.get("roles", ()):
                named = role["role"].casefold() == "senco"
                if named and lookup.holds(role, self._day):
                    return str(initials)
        return ""

    def _member(self, initials: str) -> str:
        person = self._staff[initials]
        if initials == self._teacher:
            return self._with(person["name"], self._words("roles.class_teacher"))
        role = lookup.newest(person.get("roles", ()), self._day) or {}
        return self._with(person["name"], self.role(role.get("role", "")))

    def _with(self, name: str, part: str) -> str:
        if not part:
            return name
        # a capital is for the head of a line: (mother), but (SENCO)
        if part[1:2].islower():
            part = part[:1].lower() + part[1:]
        return self._words("people.with", name=name, role=part)


def signs(words: Wording, pupil: str) -> tuple[str, ...]:
    """Who signs a paper for a family; a young person signs in a parent's place."""
    family = "people.parent" if words.find("people.signs") is None else "people.signs"
    who = [words(family, name=pupil), pupil]
    who += [words("people.teacher"), words("people.senco")]
    return tuple(dict.fromkeys(who))
