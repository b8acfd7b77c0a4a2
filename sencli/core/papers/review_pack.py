"""The annual review pack: which review it is of, its parts, and whose each part is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from sencli import terms
from sencli.core.people.parents import professionals
from sencli.core.people.parents import readers
from sencli.core.people.young_person import acting_for
from sencli.core.people.young_person import involved
from sencli.core.people.young_person import is_young_person
from sencli.core.pupil.plan_in_force import plan_in_force
from sencli.core.record import lookup
from sencli.core.record.lookup import STILL
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.statutory.deadlines import NOTICE_DAYS
from sencli.core.text.dates import add_days
from sencli.core.text.folding import fold
from sencli.value import Value

Part = Literal["missing", "invitation", "views", "report", "attendance", "cover"]

BEFORE: tuple[Part, ...] = ("missing", "invitation", "views", "report", "attendance")
AFTER: tuple[Part, ...] = ("missing", "report", "attendance", "cover")
OURS = ("missing", "attendance")
"""The parts that stay with the school and are sent to nobody."""

PROFESSIONALS = ("school", "authority", "health", "social_care")
"""The four of regulation 20(2) beside the parent or young person."""
OUTSIDE = ("authority", "health", "social_care", "other")
FAMILY = ("parent", "young_person", "pupil")

_CLEARING_DAYS = 7
_HEADS = ("headteacher", "head", "headofschool", "executiveheadteacher", "principal")


class PackReader(Value):
    """One reader of a part.

    Attributes:
        role: as what they are invited, ``pupil``, or "" for the school itself.
        contact: id of the contact, or "".
        name: the person, or "" where nobody is named.
    """

    role: str = ""
    contact: str = ""
    name: str = ""

    @property
    def noted(self) -> str:
        """How the record names the reader."""
        if self.contact or self.role in {"", "pupil", "young_person"}:
            return self.contact or (self.role and "pupil")
        role = terms.INVITED[self.role]
        return f"{self.name} ({role})" if self.name else role

    @property
    def file(self) -> str:
        """The reader in the name of a file, which names nobody."""
        return self.contact or self.role.replace("_", "-")


OURSELVES = PackReader()
"""The school itself, which keeps the part."""


def review_of(record: Entry, day: str, on: str = "") -> Record:
    """The review that the pack is of; an empty dict where none is recorded.

    That of the day asked for, else the next to come, else the last whose report has
    not gone or that was held in the last eight weeks.
    """
    reviews = sorted(
        (r for r in record.get("ehc", {}).get("reviews", ()) if "source" not in r),
        key=lambda review: str(review["date"]),
    )
    if on:
        return dict(next((r for r in reviews if r["date"] == on), {"date": on}))
    coming = [r for r in reviews if r["date"] >= day]
    since = add_days(day, -56)
    held = [r for r in reviews if r["date"] < day]
    recent = [r for r in held[-1:] if r["date"] >= since or not r.get("report_sent")]
    return dict(next(iter(coming or recent), {}))


def is_held(review: Entry, day: str) -> bool:
    """Whether the meeting has been: its day is past, or who came is recorded."""
    date = str(review.get("date", STILL))
    return date < day or (date == day and bool(review.get("attended")))


def parts_of(review: Entry, day: str) -> tuple[Part, ...]:
    """The parts that the whole pack has on a day: before the meeting, or after it."""
    return AFTER if is_held(review, day) else BEFORE


def advice_due(review: Entry, of: str, day: str) -> str:
    """By when advice is to come: the day kept, else a week before papers go round.

    Where that is past it is the day on which the papers must go round; "" where this
    is past as well, or no meeting is planned.
    """
    kept = (a.get("due", "") for a in review.get("advice", ()) if a["of"] == of)
    if due := next(kept, ""):
        return str(due)
    if "date" not in review:
        return ""
    round_by = add_days(review["date"], -NOTICE_DAYS)
    choices = (add_days(round_by, -_CLEARING_DAYS), round_by)
    return next((choice for choice in choices if choice > day), "")


def parents(record: Entry, day: str) -> list[Record]:
    """Those who get a parent's papers.

    Of a young person that is who acts for them, and the parents whom they agree to
    have involved.
    """
    if not is_young_person(record, day):
        return readers(record, day)[0]
    both = [*acting_for(record, day), *involved(record, day)]
    once = {str(contact["id"]): contact for contact in both}
    return [c for c in once.values() if c.get("sharing") != "none"]


def readers_of(
    part: str, record: Entry, review: Entry, school: Entry, day: str
) -> list[PackReader]:
    """Whose a part is: one reader for each copy.

    Args:
        part: one of the parts.
        record: the pupil's.
        review: the review.
        school: ``school.yaml``.
        day: ISO date.
    """
    if part in OURS:
        return [PackReader()]
    outside = list(_professionals(record, review, school, day))
    if part == "cover":
        return [reader for reader in outside if reader.role == "authority"][:1]
    made = list(_family(record, day))
    if part == "report":  # the child's is read with them, by who prints it for them
        made = [reader for reader in made if reader.role != "pupil"]
    return [*made, *outside]


def _family(record: Entry, day: str) -> Iterator[PackReader]:
    """The parents, and the child; a young person in the parents' place."""
    parts = [
        PackReader("parent", str(c["id"]), str(c["name"])) for c in parents(record, day)
    ]
    if is_young_person(record, day):
        yield PackReader("young_person", name=lookup.display_name(record))
        yield from parts
        return
    _, kept = readers(record, day)
    # a copy for nobody in particular would go to those with whom nothing is shared
    yield from parts or ([] if kept else [PackReader("parent")])
    yield PackReader("pupil", name=lookup.display_name(record))


def _professionals(
    record: Entry, review: Entry, school: Entry, day: str
) -> Iterator[PackReader]:
    """The four of the regulations and whoever else was asked, by name where known."""
    named: dict[str, list[str]] = {role: [] for role in (*PROFESSIONALS, "other")}
    for entry in review.get("invited", ()):
        if entry["role"] in named and "who" in entry:
            named[entry["role"]].append(str(entry["who"]))
    named["school"] = named["school"] or _heads(school, day)
    officer = (plan_in_force(record, day) or {}).get("officer", "")
    if officer and not named["authority"]:
        named["authority"] = [str(officer)]
    if not named["social_care"]:
        # a social worker who holds responsibility is written to as a professional
        named["social_care"] = [str(c["name"]) for c in professionals(record, day)]
    for role, names in named.items():
        usual = [""] if role != "other" else []
        yield from (PackReader(role, name=name) for name in names or usual)


def _heads(school: Entry, day: str) -> list[str]:
    """The headteacher by name, where one is entered."""
    return [
        str(person["name"])
        for person in school.get("staff", ())
        for role in person.get("roles", ())
        if lookup.holds(role, day) and fold(role["role"]).replace(" ", "") in _HEADS
    ][:1]
