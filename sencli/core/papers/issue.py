"""The entry in a record for a paper that was given to somebody."""

from __future__ import annotations

from collections.abc import Sequence

from sencli.core.people.context import Context
from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.statutory import annual_review
from sencli.core.support import meetings
from sencli.core.support import specialists
from sencli.errors import InvalidValue

HOW = "letter"


def with_letter(
    record: Record, kind: str, to: Sequence[str], typed: Entry, context: Context
) -> Record:
    """The record with what the letter proves: parents informed or invited.

    Args:
        record: the pupil's.
        kind: the letter, such as ``letter-support-begins``.
        to: ids of the contacts; empty is parents together.
        typed: ``date`` of the meeting, ``service`` of the specialist.
        context: day, ids, school.
    """
    people = list(to) or ["parent"]
    if kind in {"letter-support-begins", "letter-support-ends"}:
        return _told_status(record, people, context.today)
    if kind == "letter-review-invitation":
        return _invited(record, people, str(typed["date"]), context)
    if kind == "letter-annual-review-invitation":
        day = str(typed["date"])
        wanted = {"date": day, "invited": ("parent",), "invited_on": context.today}
        return annual_review.review(record, wanted, context).record
    if kind == "letter-specialist-consent":
        return specialists.ask(record, str(typed["service"]), people, context)
    return record


def _told_status(record: Record, people: Sequence[str], day: str) -> Record:
    now = lookup.status_on(record, day)
    entries = []
    for entry in record.get("status", ()):
        if entry.get("from") == now.get("from"):
            before = [
                t
                for t in entry.get("told", ())
                if (t["who"], t["date"]) not in {(who, day) for who in people}
            ]
            made = [{"who": who, "date": day, "how": HOW} for who in people]
            entries.append({**entry, "told": [*before, *made]})
        else:
            entries.append(entry)
    return {**record, "status": entries}


def _invited(
    record: Record, people: Sequence[str], day: str, context: Context
) -> Record:
    """A meeting to come with those who were asked; one of that day is amended."""
    before: Entry = next(
        (m for m in record.get("meetings", ()) if m["date"] == day), {}
    )
    invited = [*before.get("invited", ()), *people]
    typed = {"date": day, "kind": before.get("kind", "review")}
    typed["invited"] = list(dict.fromkeys(invited))
    return meetings.add_meeting(record, typed, context).record


def issue(record: Record, paper: Entry, context: Context) -> Record:
    """The record with a paper more in ``issued``.

    Args:
        record: the pupil's.
        paper: ``document``, ``content`` (the fingerprint), ``to``, ``audience``.
        context: day, ids.

    Raises:
        InvalidValue: the paper has no fingerprint.
    """
    if not paper.get("content"):
        raise InvalidValue(
            "This paper has no check code, so that it cannot be recorded.",
            "Print it without --record.",
        )
    entry = {"id": context.new_id("issued"), "date": context.today}
    entry |= {key: value for key, value in paper.items() if value}
    return {**record, "issued": [*record.get("issued", ()), entry]}
