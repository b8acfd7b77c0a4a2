"""Which parent an entry belongs to: one parent's words are not for the other."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli.core.people.parents import SHORTCUTS
from sencli.core.people.parents import has_care
from sencli.core.people.parents import is_family
from sencli.core.people.parents import is_foster_carer
from sencli.core.people.parents import parents_of
from sencli.core.people.parents import readers
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.folding import key as key_of
from sencli.core.text.ids import is_id
from sencli.value import Value

_ONE = {
    "views": "of",
    "advice": "of",
    "concerns": "raised_by",
    "agreement": "who",
    "told": "who",
    "asked": "who",
    "invited": "who",
    "information": "to",
    "shared": "with",
    "issued": "to",
    "documents": "from",
}
"""In these lists an entry is that of the person in the field."""

_SEVERAL = {"meetings": ("attended", "invited"), "reports": ("to",)}
"""In these lists an entry is that of the first people named."""

PUPIL = "pupil"
_NOT_PARENTS = ("step", "grand", "foster", "aunt", "uncle", "sister", "brother")

_ALONE = frozenset({"concerns", "meetings"})
"""On a page for several, what is in these lists of one of them alone does not stand."""

_MADE = {"profiles": ("made_with",)}
"""Whose these are is asked only for a reader who gets no more than their own."""

_PEOPLE = frozenset(
    {"attended", "invited", "made_with", "agreed_with", "decided_by", "by", "to"}
)
_WORDS_OF = ("by", "note", "reason")
"""What goes from an entry that was made by somebody else; its figures stay."""


class Reader(Value):
    """One reader of a family, and who the others are.

    Attributes:
        id: the contact's, or "" for the family together.
        hidden: the people whose entries the reader does not get, as a record names
            them.
        names: the ids of contacts by their folded names; of ``parent`` where there is
            but one.
        own_only: lists of which the reader gets only what is their own.
        together: ids of the parents who read one page.
        others: ids of the family whose own page has what is theirs alone.
    """

    id: str = ""
    hidden: frozenset[str] = frozenset()
    names: Mapping[str, str] = {}
    own_only: frozenset[str] = frozenset()
    together: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()

    def who(self, person: Any) -> str:
        """A person as an id, also where the whole name was written out."""
        return self.names.get(key_of(str(person)), str(person))

    def hides(self, person: Any) -> bool:
        """Whether a person's words are not for the reader.

        The id of a contact who was taken out of the record is nobody's that we know.
        """
        who = self.who(person)
        if who == self.id:
            return False
        gone = is_id("contact", who) and who not in self.names.values()
        return who in self.hidden or (gone and self.hidden >= SHORTCUTS)

    def keeps(self, kind: str, item: Entry) -> bool:
        """Whether the reader may have an entry of a list."""
        there = self._there(kind, item)
        if kind in self.own_only:
            return self.id in there
        return self.id in there or kind in _MADE or not any(map(self.hides, there))

    def alone(self, kind: str, item: Entry) -> str:
        """The one parent that an entry belongs to, on a page for several; else ""."""
        if kind not in _ALONE or not self.together:
            return ""
        there = self._there(kind, item)
        if not SHORTCUTS.isdisjoint(_people(kind, item)) or self.together <= there:
            return ""
        mine = there & self.others
        return min(mine & self.together or mine, default="")

    def unclear(self, kind: str, item: Entry) -> bool:
        """Whether nobody knows which of the parents an entry is of."""
        return not self._there(kind, item).isdisjoint(SHORTCUTS)

    def _there(self, kind: str, item: Entry) -> set[str]:
        """The people of an entry; a meeting without names was with parents."""
        people = list(_people(kind, item))
        if kind == "meetings" and not people:
            people = ["parent"]
        return {self.who(person) for person in people}

    def without(self, entry: Entry) -> dict[str, Any]:
        """An entry that stays, without the people that the reader does not hear of."""
        kept = dict(entry)
        by = entry.get("by")
        if isinstance(by, str) and self.hides(by):
            kept = {key: value for key, value in kept.items() if key not in _WORDS_OF}
        for key in _PEOPLE & kept.keys():
            people = kept[key]
            if not isinstance(people, list) or self.id in map(self.who, people):
                continue
            left = [p for p in people if isinstance(p, dict) or not self.hides(p)]
            if left:
                kept[key] = left
            elif people:
                del kept[key]
        return kept


def reader_of(
    record: Entry,
    to: str,
    day: str,
    include: frozenset[str] = frozenset(),
    own_only: frozenset[str] = frozenset(),
) -> Reader:
    """The reader of a family's paper.

    Args:
        record: the pupil's.
        to: id of the contact who is to read it, or ``pupil`` for a young person; "" is
            the family together.
        day: ISO date on which the contacts count.
        include: ids of contacts whose words may be seen.
        own_only: lists of which the reader gets only what is their own.
    """
    contacts = contacts_ever(record, day)
    together: set[str] = set()
    if not to and not separate(record, day):
        together = {str(contact["id"]) for contact in readers(record, day)[0]}
    hidden = {
        str(c["id"])
        for c in contacts
        if to or c.get("sharing") == "none" or c.get("restricted")
    }
    if separate(record, day) or to == PUPIL:
        # nobody knows which of the parents is meant
        hidden = {str(c["id"]) for c in contacts} | SHORTCUTS
    return Reader(
        id=to,
        hidden=frozenset(hidden - include - {to}),
        names={
            **dict.fromkeys(SHORTCUTS, _only(contacts)),
            **{key_of(str(c["name"])): str(c["id"]) for c in contacts},
        },
        own_only=own_only,
        together=frozenset(together),
        others=parents_of(record) - SHORTCUTS - include,
    )


def contacts_ever(record: Entry, day: str) -> list[Record]:
    """All contacts, past ones too, each as at the day."""
    latest: dict[str, Entry] = {}
    for contact in sorted(
        record.get("contacts", ()), key=lambda c: str(c.get("from", ""))
    ):
        if contact["id"] not in latest or contact.get("from", "") <= day:
            latest[contact["id"]] = contact
    return [dict(contact) for contact in latest.values()]


_MAY_SEE = ("sharing", "lives_with", "restricted")


def as_now(record: Record, current: Entry, day: str) -> Record:
    """A record of the past, with who may see what as it is now.

    Args:
        record: as it was.
        current: the pupil's record today.
        day: today, ISO.
    """
    now = {str(contact["id"]): contact for contact in contacts_ever(current, day)}
    contacts = []
    for contact in record.get("contacts", ()):
        if contact["id"] in now:
            kept = {key: contact[key] for key in contact if key not in _MAY_SEE}
            today = now[contact["id"]]
            contacts.append(
                kept | {key: today[key] for key in _MAY_SEE if key in today}
            )
        else:
            contacts.append(contact)
    there = {contact["id"] for contact in contacts}
    new = [{"from": day, **now[one]} for one in now if one not in there]
    return {**record, "contacts": [*contacts, *new]} if contacts or new else record


def separate(record: Entry, day: str) -> bool:
    """Whether each parent is to have a page of their own.

    They live apart, as parents do from a foster carer, or with one of them less than
    everything may be shared.
    """
    contacts = contacts_ever(record, day)
    fostered = any(is_foster_carer(contact) for contact in contacts)
    return any(
        contact.get("sharing", "full") != "full"
        or (contact.get("lives_with") is False and is_family(contact))
        or (fostered and is_family(contact) and not has_care(contact))
        for contact in contacts
    )


def _only(contacts: Sequence[Entry]) -> str:
    """The contact that ``parent`` must mean; ``parent`` where it may be several."""
    found = [c for c in contacts if _is_parent(c)]
    found = found or [c for c in contacts if is_family(c)]
    return str(found[0]["id"]) if len(found) == 1 else "parent"


def _is_parent(contact: Entry) -> bool:
    """Whether somebody is a mother or a father, and as far as we know holds the rights.

    A relative who was never said to hold parental responsibility is none.
    """
    kin = str(contact.get("relationship", "")).casefold()
    near = not any(word in kin for word in _NOT_PARENTS)
    held = contact.get("parental_responsibility", near)
    return bool(held) and is_family(contact)


def _people(kind: str, item: Entry) -> Iterator[Any]:
    """The people that an entry belongs to, as the record names them."""
    if kind in _ONE:
        if _ONE[kind] in item:
            yield item[_ONE[kind]]
        return
    for field in (*_SEVERAL.get(kind, ()), *_MADE.get(kind, ())):
        if people := item.get(field):
            yield from (p.get("who", "") if isinstance(p, dict) else p for p in people)
            return
