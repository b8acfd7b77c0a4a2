"""Parents in a record: who they are, and when they were met or invited."""

from __future__ import annotations

from collections.abc import Container
from collections.abc import Iterator

from sencli.core.record.lookup import academic_year
from sencli.core.record.lookup import age_on
from sencli.core.record.lookup import contacts_on
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.dates import add_days

SHORTCUTS = frozenset({"parent", "parents"})
YOUNG_PERSON = 16
TERMS_A_YEAR = 3
LATE_START_DAYS = 28

_FAMILY = (
    *("mother", "father", "mum", "dad", "parent", "carer", "guardian"),
    *("grand", "step", "foster", "aunt", "uncle", "sister", "brother"),
)


def parents_of(record: Entry, day: str) -> frozenset[str]:
    """How the record names parents and carers.

    A young person of 16 or more speaks for themselves, and counts as one.
    """
    found = set(SHORTCUTS)
    for contact in record.get("contacts", ()):
        if contact.get("parental_responsibility") or is_family(contact):
            found.add(str(contact["id"]))
    if (age_on(record, day) or 0) >= YOUNG_PERSON:
        found.add("pupil")
    return frozenset(found)


def is_family(contact: Entry) -> bool:
    """Whether a contact is a relative or a carer; one of whom nothing is said is."""
    relationship = str(contact.get("relationship", "")).casefold()
    return not relationship or any(word in relationship for word in _FAMILY)


def readers(record: Entry, day: str) -> tuple[list[Record], list[Record]]:
    """Who gets a paper about the child, and with whom nothing may be shared.

    Those with parental responsibility; where nobody's is recorded, the parents and
    carers.
    """
    contacts = contacts_on(record, day)
    known = parents_of(record, day)
    parents = [c for c in contacts if c.get("parental_responsibility")]
    if not parents:
        unsaid = "parental_responsibility"
        parents = [c for c in contacts if c["id"] in known and unsaid not in c]
    kept = [c for c in parents if c.get("sharing") == "none"]
    return [c for c in parents if c not in kept], kept


def _attendees(meeting: Entry) -> Iterator[str]:
    """Everybody who came or was invited, as the record names them."""
    yield from meeting.get("attended", ())
    for invited in meeting.get("invited", ()):
        if isinstance(invited, str):
            yield invited
        else:
            yield "parent" if invited["role"] == "young_person" else invited["role"]


def _occasions(record: Entry) -> Iterator[Entry]:
    """Everything that may have been a meeting with parents.

    A review and an annual review count as one, so that nothing is entered twice.
    """
    for meeting in record.get("meetings", ()):
        nobody = not (meeting.get("attended") or meeting.get("invited"))
        yield {**meeting, "attended": ["parent"]} if nobody else meeting
    yield from (c["review"] for c in record.get("cycles", ()) if "review" in c)
    yield from record.get("ehc", {}).get("reviews", ())


def met_or_asked(record: Entry, parents: Container[str]) -> list[str]:
    """The days on which parents were met, or were invited and did not come."""
    return sorted(
        {
            str(occasion["date"])
            for occasion in _occasions(record)
            if any(who in parents for who in _attendees(occasion))
        }
    )


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
