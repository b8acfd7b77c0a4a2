"""Parents in a record: who they are, and when they were met or invited."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Container
from collections.abc import Iterable
from collections.abc import Iterator

from sencli.core.record.lookup import academic_year
from sencli.core.record.lookup import contacts_on
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.dates import add_days

SHORTCUTS = frozenset({"parent", "parents"})
TERMS_A_YEAR = 3
LATE_START_DAYS = 28

_FAMILY = (
    *("mother", "father", "mum", "dad", "parent", "carer", "guardian"),
    *("grand", "step", "foster", "aunt", "uncle", "sister", "brother"),
)
_CHILDREN = ("sister", "brother")
_FOSTER = ("foster",)
_AT_HOME = ("carer", "parent", "mother", "father", "mum", "dad", "famil", *_CHILDREN)
_POSTS = ("worker", "officer", "adviser", "manager")
_PROFESSIONALS = (
    *("social work", "social care", "authority", "council", "virtual school"),
    *("officer", "children's services", "personal adviser"),
)


def parents_of(record: Entry) -> frozenset[str]:
    """How the record names parents and carers."""
    found = set(SHORTCUTS)
    for contact in record.get("contacts", ()):
        held = contact.get("parental_responsibility") and not is_professional(contact)
        if held or is_family(contact):
            found.add(str(contact["id"]))
    return frozenset(found)


def is_family(contact: Entry) -> bool:
    """Whether a contact is a relative or a carer; one of whom nothing is said is."""
    relationship = str(contact.get("relationship", "")).casefold()
    if is_professional(contact):
        return False
    return not relationship or any(word in relationship for word in _FAMILY)


def _any(relationship: str, words: Iterable[str]) -> bool:
    return any(word in relationship for word in words)


def is_professional(contact: Entry) -> bool:
    """Whether a contact acts for an authority, as a social worker does."""
    relationship = str(contact.get("relationship", "")).casefold()
    kin = relationship.startswith(_FAMILY)
    if relationship.startswith(_FOSTER):
        # a fostering social worker is none of the family
        kin = not relationship.endswith(_POSTS) and _any(relationship, _AT_HOME)
    return not kin and _any(relationship, _PROFESSIONALS)


def is_foster_carer(contact: Entry) -> bool:
    """Whether a contact is a foster carer; a foster brother is none."""
    relationship = str(contact.get("relationship", "")).casefold()
    return _any(relationship, _FOSTER) and not (
        _any(relationship, _CHILDREN) or is_professional(contact)
    )


def has_care(contact: Entry) -> bool:
    """Whether the pupil lives with a contact who is a parent by having care.

    Education Act 1996 s.576(1)(b); a brother or a sister at home is none.
    """
    relationship = str(contact.get("relationship", "")).casefold()
    if contact.get("lives_with") is False or not is_family(contact):
        return False
    foster = is_foster_carer(contact)
    return foster or (
        contact.get("lives_with") is True
        and bool(relationship)
        and not any(word in relationship for word in _CHILDREN)
    )


def readers(record: Entry, day: str) -> tuple[list[Record], list[Record]]:
    """Who gets a paper about the child, and with whom nothing may be shared.

    Those with parental responsibility and those who have care of the child (Education
    Act 1996 s.576), a foster carer first; where nobody is recorded as either, the
    parents and carers.
    """
    contacts = contacts_on(record, day)
    known = parents_of(record)
    held = "parental_responsibility"
    parents = [
        c for c in contacts if has_care(c) or (c.get(held) and not is_professional(c))
    ]
    if not any(c.get(held) for c in contacts):
        more = [c for c in contacts if c["id"] in known and held not in c]
        parents += [c for c in more if c not in parents]
    parents.sort(key=lambda contact: not is_foster_carer(contact))
    kept = [c for c in parents if c.get("sharing") == "none"]
    return [c for c in parents if c not in kept], kept


def professionals(record: Entry, day: str) -> list[Record]:
    """Contacts who hold parental responsibility for an authority.

    They are written to as professionals.
    """
    return [
        contact
        for contact in contacts_on(record, day)
        if contact.get("parental_responsibility")
        and is_professional(contact)
        and contact.get("sharing") != "none"
    ]


def occasions(record: Entry) -> Iterator[Entry]:
    """Everything that may have been a meeting: those, reviews, and annual reviews.

    Who was invited stands in each as in ``attended``: contacts' ids, and roles.
    """
    yield from record.get("meetings", ())
    yield from (c["review"] for c in record.get("cycles", ()) if "review" in c)
    for review in record.get("ehc", {}).get("reviews", ()):
        roles = [i["role"] for i in review.get("invited", ())]
        known = ["pupil" if role == "young_person" else role for role in roles]
        yield {**review, "invited": known}


def met_or_asked(record: Entry, owed: Callable[[str], Container[str]]) -> list[str]:
    """The days on which those were met, or invited, to whom it was owed on the day.

    A meeting of which nobody is named was with a parent; a review names who came.
    """
    unnamed = [
        str(meeting["date"])
        for meeting in record.get("meetings", ())
        if not (meeting.get("attended") or meeting.get("invited"))
    ]
    found = {day for day in unnamed if "parent" in owed(day)}
    for occasion in occasions(record):
        day = str(occasion["date"])
        family = owed(day)
        people = (*occasion.get("attended", ()), *occasion.get("invited", ()))
        if any(who in family for who in people):
            found.add(day)
    return sorted(found)


def term_ends(school: Entry, since: str, day: str) -> list[tuple[str, int]]:
    """The terms of the day's school year that the pupil is here for.

    Returns:
        For each its last day, and the number of terms of the whole year; a term counts
        that began after ``since`` (or up to four weeks before).
    """
    year = academic_year(day)
    spans = sorted(
        (str(term["start"]), str(term["end"]))
        for term in school.get("terms", ())
        if academic_year(term["start"]) == year
    )
    if len(spans) < TERMS_A_YEAR:
        spans = [
            (f"{year}-09-01", f"{year}-12-31"),
            (f"{year + 1}-01-01", f"{year + 1}-04-15"),
            (f"{year + 1}-04-16", f"{year + 1}-07-31"),
        ]
    return [
        (end, len(spans))
        for start, end in spans
        if since <= add_days(start, LATE_START_DAYS)
    ]


def meetings_expected(school: Entry, a_year: int, since: str, day: str) -> int:
    """How many meetings there should have been so far in the school year, pro rata."""
    ends = term_ends(school, since, day)
    over = sum(end < day for end, _ in ends)
    return a_year * over // ends[0][1] if ends else 0
