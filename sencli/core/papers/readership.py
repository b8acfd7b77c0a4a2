"""Which papers parents read, and how their readers are spoken to."""

from __future__ import annotations

from collections.abc import Iterator

from sencli.core.people.parent_privacy import PUPIL
from sencli.core.people.parents import is_professional
from sencli.core.people.young_person import acting_for
from sencli.core.people.young_person import is_young_person
from sencli.core.record.lookup import contacts_on
from sencli.core.record.lookup import placement_on
from sencli.core.record.types import Entry

_PARENTS = ("summary", "profile", "support-plan", "isp")
_TRANSLATED = ("annual-review",)
"""Papers with parts for parents, which are in their language."""
_AUTHORITY = frozenset({"letter-authority-late"})
_TO_PROFESSIONALS = frozenset(
    ("letter-specialist-referral", "letter-health", "letter-social-worker")
)
_NURSERY = frozenset({"E1", "E2", "N1", "N2"})
_SECONDARY = 7


def is_letter(document: str) -> bool:
    """Whether it is a letter."""
    return document.startswith("letter-")


def for_authority(document: str) -> bool:
    """Whether it is a letter to the local authority."""
    return document in _AUTHORITY


def for_parents(document: str) -> bool:
    """Whether it is written for parents: a letter to them, or a page for them."""
    if professional_reader(document):
        return False
    return is_letter(document) or document in _PARENTS


def in_english_alone(document: str) -> bool:
    """Whether its own words are English, and in no wording that can be translated."""
    return not for_parents(document) and document not in _TRANSLATED


def professional_reader(document: str) -> str:
    """The professional to whom a letter is written, in words; "" of other papers."""
    if for_authority(document):
        return "the local authority"
    return "a professional" if document in _TO_PROFESSIONALS else ""


def reader_kinds(record: Entry, day: str, to: str) -> tuple[str, ...]:
    """How a reader of a family's paper is spoken to, as kinds of the wording.

    Args:
        record: the pupil's.
        day: ISO date.
        to: id of the contact who reads it, ``pupil``, or "" for the family together.
    """
    return (*_setting_kind(record, day), *_reader_kind(record, day, to))


def _setting_kind(record: Entry, day: str) -> Iterator[str]:
    """The early years have key persons, secondary schools form tutors."""
    year = str(placement_on(record, day).get("year_group", ""))
    if year in _NURSERY:
        yield "early_years"
    elif year.isdigit() and int(year) >= _SECONDARY:
        yield "secondary"


def _reader_kind(record: Entry, day: str, to: str) -> Iterator[str]:
    if is_young_person(record, day):
        acting = {contact["id"] for contact in acting_for(record, day)}
        if to == PUPIL:
            yield "young_person"
        elif to in acting:
            yield "acting"
        elif to:
            yield "young_person_parent"
        return
    contact = next((c for c in contacts_on(record, day) if c["id"] == to), {})
    if is_professional(contact):
        yield "professional"
