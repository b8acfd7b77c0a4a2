"""The young person: from when the duties run to the pupil, and who acts for one.

Over compulsory school age, which is not the sixteenth birthday (Children and Families
Act 2014 s.83(2), Education Act 1996 s.8): from the day after the last Friday in June of
the school year in which the pupil turns 16. Parents are then involved as the young
person agrees (s.80 and the Mental Capacity Act 2005 for one who cannot decide).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from datetime import timedelta
from functools import partial
from typing import NamedTuple

from sencli.core.people.parent_privacy import PUPIL
from sencli.core.people.parents import SHORTCUTS
from sencli.core.people.parents import is_family
from sencli.core.people.parents import met_or_asked
from sencli.core.people.parents import parents_of
from sencli.core.record.lookup import academic_year
from sencli.core.record.lookup import contacts_on
from sencli.core.record.lookup import placement_on
from sencli.core.record.types import Entry
from sencli.core.record.types import Record

_SCHOOL_AGE = 16
_FRIDAY = 4
_SIXTH_FORM = 12


class Family(NamedTuple):
    """Parents, or the young person in their place, as the words of a sentence."""

    name: str
    subject: str
    have: str
    were: str
    possessive: str
    view: str
    to: str


_PARENTS = Family(
    *("parents", "Parents", "have", "were", "parents'", "--parent-view", "parent")
)
_YOUNG = Family(
    *("the young person", "The young person", "has", "was"),
    *("the young person's", "--pupil-view", PUPIL),
)


def compulsory_until(born: str) -> str:
    """The last day of compulsory school age (ISO) of somebody born on the day."""
    year = academic_year(f"{int(born[:4]) + _SCHOOL_AGE}{born[4:]}") + 1
    last = date(year, 6, 30)
    return (last - timedelta((last.weekday() - _FRIDAY) % 7)).isoformat()


def is_young_person(record: Entry, day: str) -> bool:
    """Whether the duties run to the pupil; without a date of birth from Year 12 on."""
    if born := record.get("date_of_birth"):
        return day > compulsory_until(str(born))
    year = str(placement_on(record, day).get("year_group", ""))
    return year.isdigit() and int(year) >= _SIXTH_FORM


def acting_for(record: Entry, day: str) -> list[Record]:
    """The contacts who act for a young person who lacks the capacity to decide."""
    if not is_young_person(record, day):
        return []
    return [c for c in contacts_on(record, day) if c.get("acts_for_pupil")]


def involved(record: Entry, day: str) -> list[Record]:
    """The parents and carers whom the young person agrees to have involved."""
    found = [c for c in contacts_on(record, day) if c.get("involved")]
    return [contact for contact in found if is_family(contact)]


def duty_holders(record: Entry, day: str) -> frozenset[str]:
    """To whom the school owes what it owes to parents, as the record names them.

    The parents and carers of a child; a young person, or whoever acts for one.
    """
    if not is_young_person(record, day):
        return parents_of(record)
    acting = frozenset(str(contact["id"]) for contact in acting_for(record, day))
    return acting | SHORTCUTS if acting else frozenset({PUPIL})


def family_on(record: Entry, day: str) -> Family:
    """To whom the school owes what it owes to parents, in words."""
    return _YOUNG if PUPIL in duty_holders(record, day) else _PARENTS


def reached(record: Entry, who: Sequence[str], day: str) -> bool:
    """Whether what went to somebody on the day went to whom it was owed.

    Where nobody is named it did; a child's own copy is not the parents'.
    """
    named = [one for one in who if one]
    if not named:
        return True
    if is_young_person(record, day):
        owed = duty_holders(record, day)
        return any(one in owed for one in named)
    return any(one != PUPIL for one in named)


def family_met(record: Entry) -> list[str]:
    """The days on which the parents, or the young person, were met or invited."""
    return met_or_asked(record, partial(duty_holders, record))
