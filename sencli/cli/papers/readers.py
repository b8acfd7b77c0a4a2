"""Recipients of a paper about one pupil: one copy for both parents, or one each."""

from __future__ import annotations

import re
from collections import Counter as Count
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sencli.cli.papers.order import CARD
from sencli.core.papers.meeting_told import AFTER
from sencli.core.papers.meeting_told import concerns
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.errors import UsageFault

if TYPE_CHECKING:
    from sencli.cli.papers.order import Copy
    from sencli.cli.papers.order import Order
    from sencli.cli.papers.print_job import PrintJob
    from sencli.core.papers.redact import LeftOut
    from sencli.core.papers.redact import Redacted
    from sencli.core.papers.redact import Rules
    from sencli.core.record.types import Record

_FAMILY = ("", "parent")
"""The kinds of readers for whom a parents' paper is one of the family's."""

_ANSWERED = frozenset({"letter-specialist-consent"})
"""Papers that ask for a decision of whoever may take it."""

_SHOWS = {"profile": ("profiles",), "letter-": ("status", "needs", "cycles", "specia")}
"""What the papers show that do not show the whole of the support."""

_WORDS = {
    "views": ("somebody's words", "what others said"),
    "concerns": ("a concern", "concerns"),
    "meetings": ("a meeting", "meetings"),
    "agreement": ("an agreement", "agreements"),
    "unclear": ("an entry of “parent”", "entries of “parent”"),
    "restricted": ("a restricted item", "restricted items"),
}
_OTHER = ("a note about another person", "notes about other people")
_LISTED = re.compile(r"([a-z_]+)\[[^\]]*\]$")


class Readers:
    """For whom the papers of one order are."""

    def __init__(self, job: PrintJob) -> None:
        self._left_out = job.left_out
        self.app = job.app
        self.reading = job.reading
        self.order = job.order
        self.rules = job.rules
        self._staff = job.document.staff
        self._for_staff = job.for_staff
        self._file = job.redaction

    def as_now(self, record: Record) -> Record:
        """The record with who may see what as it is today, also on a paper of the past.

        Raises:
            NotFound: there is no such record today.
        """
        app = self.app
        if not self.reading.past:
            return record
        from sencli.core.people.parent_privacy import as_now

        current = app.read().pupil(str(record["id"]))
        return as_now(record, current, app.today)

    @property
    def _family(self) -> bool:
        """Whether it is a paper for parents, and for nobody else."""
        return self.order.for_parents and self.order.audience in _FAMILY

    def of(self, record: Record, *, alone: bool) -> Iterator[tuple[str, str]]:
        """The contact who gets it, and how the record names the reader.

        Where the parents live apart, or with one of them less than everything is
        shared, each has a page of their own, as with letters.

        Args:
            record: the pupil's.
            alone: whether no other pupil's paper is made with it.

        Raises:
            InvalidValue: a letter to a child, or to a contact who may not have it.
        """
        from sencli.core.people.parent_privacy import separate
        from sencli.core.people.young_person import is_young_person

        self._check_include(record)
        order, day = self.order, self.reading.day
        to = self._named(record)
        if order.size == CARD and not to:
            # for the class's folder: one of each pupil, whoever their parents are
            yield "", self.rules.title
            return
        if self._family and is_young_person(record, day):
            yield from self._young_person(record, to)
            return
        together = not to or to[1] == "parent"
        if together and self._family and (order.letter or separate(record, day)):
            yield from self._each(record, to, alone=alone)
        elif to and to[1] == "pupil" and self._family and order.letter:
            raise InvalidValue(
                f"{record['first_name']} is a child, and a letter goes to the parents.",
                f"Leave --to out, or name a contact: sen contact list {record['id']}",
            )
        elif to:
            yield to
        else:
            if order.audience == "parent":
                self._some_parent(record)
            yield "", self._office(record) or self.rules.title

    def _office(self, record: Record) -> str:
        """The authority that a letter to it goes to, by name; else ""."""
        from sencli.core.papers.readership import for_authority
        from sencli.core.statutory.owed import owed

        if not for_authority(self.order.document):
            return ""
        found = owed([record], self.reading.school, self.reading.day)
        return found[0].authority if found else ""

    def _young_person(
        self, record: Record, to: tuple[str, str] | None
    ) -> Iterator[tuple[str, str]]:
        """The young person, and each parent whom they agree to have involved.

        Where somebody acts for them, it is that person in their place; what asks for an
        answer goes to whoever gives it.

        Raises:
            InvalidValue: it is for a parent of whom the young person has not said so.
        """
        from sencli.core.people.parent_privacy import PUPIL
        from sencli.core.people.young_person import acting_for
        from sencli.core.people.young_person import involved
        from sencli.documents.made_in.paper_request import allowed

        day = self.reading.day
        acting, agreed = acting_for(record, day), involved(record, day)
        kept = [c for c in (*acting, *agreed) if c.get("sharing") == "none"]
        owed = [str(c["id"]) for c in acting if c not in kept] or [PUPIL]
        others = [str(c["id"]) for c in agreed if c not in kept]
        others = [one for one in others if one not in owed]
        if to is None:
            self._say_kept(record, kept)
        if self.order.document in _ANSWERED:
            self._decides(record, to, {*owed, PUPIL, "parent"})
            others = []
        if to is None:
            found = self._concerned(record, [*owed, *others])
        elif to[1] == PUPIL:
            found = [PUPIL]
        elif to[1] == "parent":
            found = [one for one in [*owed, *others] if one != PUPIL]
        else:
            found = [to[0]] if to[0] in {*owed, *others} else []
        if not found:
            allowed(record, day, to[0] if to else "")
            self._not_agreed(record, to[0] if to else "")
        yield from ((one, one) for one in found)

    def _decides(
        self, record: Record, to: tuple[str, str] | None, owed: set[str]
    ) -> None:
        """Refuse to ask somebody else for what a young person decides.

        Raises:
            InvalidValue: it is for a parent who does not act for the young person.
        """
        from sencli.core.record import lookup

        if to is None or to[1] in owed:
            return
        name, pupil = lookup.display_name(record), record["id"]
        raise InvalidValue(
            f"{name} is a young person, so the answer is for {name} to give.",
            f"Leave out --to {to[0]}\n"
            f"If {name} cannot decide and this person acts: "
            f"sen contact set {pupil} {to[0]} --acts-for-pupil",
        )

    def _concerned(self, record: Record, found: list[str]) -> list[str]:
        """Those for whom there is anything in the paper; all, where there is no one."""
        from sencli.core.people.parent_privacy import PUPIL
        from sencli.core.record import lookup

        if found[1:] == []:
            return found
        known = {str(c["id"]): c for c in lookup.contacts_on(record, self.reading.day)}
        known[PUPIL] = {"id": PUPIL, "name": lookup.display_name(record)}
        return [one for one in found if self._has(record, known[one])] or found

    def _not_agreed(self, record: Record, contact: str) -> None:
        """Refuse a paper to a parent whom the young person did not agree to involve.

        Raises:
            InvalidValue: always.
        """
        from sencli.core.record import lookup

        name = lookup.display_name(record)
        who = contact or "CONTACT"
        raise InvalidValue(
            f"{name} is a young person: papers go to {name}, and to a parent if "
            f"{name} agrees, which is not recorded.",
            f"If it is agreed: sen contact set {record['id']} {who} --involved\n"
            f"If {name} cannot decide and this person acts: "
            f"sen contact set {record['id']} {who} --acts-for-pupil",
        )

    def _each(
        self, record: Record, to: tuple[str, str] | None, *, alone: bool
    ) -> Iterator[tuple[str, str]]:
        """Each parent who may have the paper; others are named in a note."""
        from sencli.core.people.parents import professionals
        from sencli.core.people.parents import readers
        from sencli.core.record import lookup

        found, kept = readers(record, self.reading.day)
        official = professionals(record, self.reading.day)
        if self.order.letter:
            found += official
        name = lookup.display_name(record)
        if not found and kept and alone and not self.order.letter:
            self._some_parent(record)
        self._say_kept(record, kept)
        if not found and not kept:
            self.app.tell(
                f"No parent of {name} is recorded: it is to parents or carers."
            )
            yield to or ("", "" if self.order.letter else self.rules.title)
        for contact in found:
            if self._has(record, contact):
                yield str(contact["id"]), str(contact["id"])

    def _has_meeting(self, record: Record, contact: Record) -> bool:
        """Whether a letter about a meeting that is over is for this contact."""
        who, day = str(contact["id"]), self.reading.day
        on = self.order.meeting.get("date", "")
        seen = self._seen(record, who, self.order.include).record
        if concerns(self.order.document, record, seen, who, day, on):
            return True
        self._left_out(
            f"No letter goes to {contact['name']}: no such meeting is recorded for "
            "this reader."
        )
        return False

    def _say_kept(self, record: Record, kept: Sequence[Record]) -> None:
        """Say to whom nothing goes."""
        from sencli.core.record import lookup

        name = lookup.display_name(record)
        for who in dict.fromkeys(str(contact["name"]) for contact in kept):
            self._left_out(f"Nothing goes to {who} ({name}): sharing: none.")

    def _has(self, record: Record, contact: Record) -> bool:
        """Whether anything of the paper is left for a reader; if not, it is said."""
        if self.order.document in AFTER:
            return self._has_meeting(record, contact)
        if self.order.document != "profile" or not record.get("profiles"):
            return True
        seen = self._seen(record, str(contact["id"]), self.order.include)
        if seen.record.get("profiles"):
            return True
        sharing = contact.get("sharing", "full")
        self._left_out(f"No profile goes to {contact['name']} (sharing: {sharing}).")
        return False

    def _seen(self, record: Record, contact: str, include: frozenset[str]) -> Redacted:
        from sencli.core.papers.redact import redact

        rules = self.rules_for(record, contact, contact)
        day = self.reading.day
        return redact(record, rules, to=contact, include=include, day=day)

    def _named(self, record: Record) -> tuple[str, str] | None:
        """Whom ``--to`` names: the contact, and how the record names the reader."""
        from sencli.core.record import find

        typed = self.order.to
        if not typed:
            return None
        contacts = {c["id"] for c in record.get("contacts", ())}
        try:
            who = find.person(typed, record, self.reading.school)
        except NotFound:
            if self._family:
                raise
            return self._noted(typed)
        if self._staff and who in contacts | {"parent", "pupil"}:
            raise self._for_staff()
        if who not in contacts and who in {"parent", "pupil"}:
            if who == "parent":
                self._some_parent(record)
            return "", who
        if who not in contacts and self._family:
            raise InvalidValue(
                f"{typed} is not a contact of {record['first_name']}.",
                f"See who is: sen pupil show {record['id']}",
            )
        return (who, who) if who in contacts else self._noted(typed)

    def _noted(self, typed: str) -> tuple[str, str]:
        """A reader who changes nothing on the paper, and is noted in the record.

        Raises:
            UsageFault: it is not to be noted either.
        """
        if not self.order.record:
            raise UsageFault(
                f"{typed} is no contact, so that --to only says to whom it was given.",
                "Add --record, or leave --to out.",
            )
        return "", typed

    def _some_parent(self, record: Record) -> None:
        from sencli.documents.made_in.paper_request import some_parent

        some_parent(record, self.reading.day)

    def _check_include(self, record: Record) -> None:
        """Refuse to show the family the words of somebody with whom nothing is shared.

        Raises:
            InvalidValue: ``--include`` names that contact.
        """
        from sencli.core.people.parent_privacy import contacts_ever

        if not self._family:
            return
        for contact in contacts_ever(record, self.reading.day):
            named = contact["id"] in self.order.include
            if named and contact.get("sharing") == "none":
                raise InvalidValue(
                    f"What {contact['name']} said goes on no paper for the family "
                    "(sharing: none).",
                    f"Leave out --include {contact['id']}",
                )

    def rules_for(self, record: Record, contact: str, to: str) -> Rules:
        """The redaction rules for one reader.

        Args:
            record: the pupil's.
            contact: id of the contact who reads it, or "".
            to: the reader as the record names them.
        """
        from sencli.core.papers.redact import FAMILY
        from sencli.core.papers.redact import rules_of
        from sencli.core.papers.redact import shared
        from sencli.core.people.parent_privacy import contacts_ever
        from sencli.core.people.parents import parents_of

        order, day = self.order, self.reading.day
        rules = self.rules
        family = order.for_parents or to in {"parent", "pupil"}
        family = family or contact in parents_of(record)
        if not family or order.audience not in _FAMILY:
            return rules
        if not order.for_parents:
            # what a parent is handed is cut as for a parent, named or not
            rules = rules_of(self._file, FAMILY)
        found = (c for c in contacts_ever(record, day) if c["id"] == contact)
        sharing = next(found, {}).get("sharing", "full")
        return shared(rules, self._file, sharing)


def left_out_of(job: PrintJob, copy: Copy) -> tuple[LeftOut, ...]:
    """What a paper for the family does not show, nor says itself."""
    from sencli.core.papers.redact import redact

    if copy.rules is None or not copy.rules.family:
        return ()
    order = job.order
    seen = redact(
        copy.record,
        copy.rules,
        to=copy.contact,
        include=order.include,
        day=job.reading.day,
    )
    return tuple(out for out in seen.left_out if _is_shown(order.document, out))


def say_left_out(job: PrintJob, made: Iterable[tuple[Copy, Sequence[LeftOut]]]) -> None:
    """Say what the papers for families do not show, nor say themselves.

    Args:
        job: the order.
        made: each copy with what is left out of it.
    """
    from sencli.core.record import lookup

    day = job.reading.day
    for copy, lost in made:
        if not lost:
            continue
        now = lookup.contacts_on(copy.record, day)
        names = [str(c["name"]) for c in now if c["id"] == copy.contact]
        reader = f", for {names[0]}" if names else ""
        job.left_out(
            f"{lookup.display_name(copy.record)}{reader}: left out, and not said on "
            f"the paper: {lookup.joined(list(_kinds_left_out(lost)))}."
        )
        for contact in now:
            if any(out.whose == contact["id"] for out in lost):
                job.app.tell(
                    f"     A page for {contact['name']} alone has it: "
                    f"{_own_page(job.order, copy, contact)}"
                )
        if any(out.why == "unclear" for out in lost):
            job.app.tell(
                "     Where there are two, nobody knows which parent is meant: name "
                "the contact."
            )


def _own_page(order: Order, copy: Copy, contact: Record) -> str:
    """The command that prints one parent's page."""
    from sencli.cli.papers.order import cycle_id

    document = order.document
    command = "summary" if document == "summary" else f"print {document}"
    reader = f" --for {order.audience}" if order.audience else ""
    cycle = f" --cycle {cycle_id(copy.record, order.cycle)}" if order.cycle else ""
    return f"sen {command} {copy.record['id']}{reader}{cycle} --to {contact['id']}"


def _is_shown(document: str, out: LeftOut) -> bool:
    """Whether a paper of that kind may have shown it."""
    if out.why == "rule":
        return False
    for name, heads in _SHOWS.items():
        if document.startswith(name):
            return out.path.startswith(heads)
    return True


def _kinds_left_out(lost: Sequence[LeftOut]) -> Iterator[str]:
    """The kinds of entries left out."""
    kinds: Count[str] = Count()
    kept: dict[str, None] = {}
    for out in lost:
        if out.why in {"restricted", "unclear"}:
            kinds[out.why] += 1
        elif out.why == "sharing":
            kept[out.path.partition("[")[0].partition(".")[0]] = None
        else:
            found = _LISTED.search(out.path)
            kind = found[1] if found else ""
            kinds[kind if kind in _WORDS else ""] += 1
    for kind, count in kinds.items():
        one, many = _WORDS.get(kind, _OTHER)
        yield one if count == 1 else f"{many} ({count})"
    if kept:
        yield f"by sharing: limited ({', '.join(kept)})"
