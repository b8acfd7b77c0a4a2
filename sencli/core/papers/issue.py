"""The entry in a record for a paper that was given to somebody."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli import terms
from sencli.core.papers import review_pack
from sencli.core.papers.meeting_told import meeting_held
from sencli.core.papers.review_pack import PackReader
from sencli.core.people.context import Context
from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.statutory import annual_review
from sencli.core.support import meetings
from sencli.core.support import specialists
from sencli.errors import InvalidValue

HOW = "letter"
_MEETING = ("date", "time", "place")


def with_letter(
    record: Record, kind: str, to: Sequence[str], typed: Entry, context: Context
) -> Record:
    """The record with what the letter proves: parents informed or invited.

    Args:
        record: the pupil's.
        kind: the letter, such as ``letter-support-begins``.
        to: ids of the contacts; empty is parents together.
        typed: ``date``, ``time`` and ``place`` of the meeting, ``service`` of the
            specialist.
        context: day, ids, school.
    """
    people = list(to) or ["parent"]
    if kind in {"letter-support-begins", "letter-support-ends"}:
        return _told_status(record, people, context.today)
    if kind == "letter-review-invitation":
        return _invited(record, people, typed, context)
    if kind == "letter-annual-review-invitation":
        day = str(typed["date"])
        wanted = {"date": day, "invited": ("parent",), "invited_on": context.today}
        return annual_review.review(record, wanted, context).record
    if kind == "letter-after-meeting":
        return _given(record, context.today, str(typed.get("date", "")))
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


def _given(record: Record, today: str, on: str) -> Record:
    """The meeting that the letter is the record of, given today (Code 6.71)."""
    held = meeting_held(record, today, on) or {"date": ""}
    made = [
        {**meeting, "record_given": today}
        if meeting["date"] == held["date"] and "record_given" not in meeting
        else meeting
        for meeting in record.get("meetings", ())
    ]
    return {**record, "meetings": made} if made else record


def _invited(
    record: Record, people: Sequence[str], meeting: Entry, context: Context
) -> Record:
    """A meeting to come with those who were asked; one of that day is amended."""
    day = str(meeting["date"])
    before: Entry = next(
        (m for m in record.get("meetings", ()) if m["date"] == day), {}
    )
    invited = [*before.get("invited", ()), *people]
    typed: dict[str, Any] = {"date": day, "kind": before.get("kind", "review")}
    typed |= {key: meeting[key] for key in ("time", "place") if meeting.get(key)}
    typed["invited"] = list(dict.fromkeys(invited))
    return meetings.add_meeting(record, typed, context).record


def with_pack(
    record: Record,
    sent: Sequence[tuple[str, PackReader]],
    meeting: Mapping[str, str],
    context: Context,
    *,
    everybody: bool,
) -> Record:
    """The record with what sending parts of an annual review pack proves.

    What was sent before keeps its day.

    Args:
        record: the pupil's.
        sent: each part and its reader.
        meeting: ``date``, ``time``, ``place``; without a date nothing is noted.
        context: day, ids, school.
        everybody: whether they go to all who get them, so that the papers went round.
    """
    if "date" not in meeting:
        return record
    today = context.today
    review = review_pack.review_of(record, today, meeting["date"])
    known = {(e["role"], e.get("who", "")) for e in review.get("invited", ())}
    asked = {a["of"] for a in review.get("advice", ()) if "requested" in a}
    invite, advice = [], []
    for part, reader in sent:
        if part == "invitation" and reader.role in terms.INVITED:
            name = "" if reader.role in review_pack.FAMILY else reader.name
            if not {(reader.role, name), (reader.role, "")} & known:
                who = f"={name}" if name else ""
                invite.append(f"{reader.role}{who}:{today}")
        of = reader.contact or reader.role
        if part == "views" and not {of, reader.role} & asked:
            advice.append(f"{of}:{today}")
    typed: dict[str, Any] = {k: meeting[k] for k in meeting if k in _MEETING}
    typed |= {"invite": tuple(invite), "advice_requested": tuple(dict.fromkeys(advice))}
    due = review_pack.advice_due(review, "", today)
    if advice and due:
        typed["advice_due"] = due
    step = "report_sent" if review_pack.is_held(review, today) else "circulated"
    if everybody and step not in review and any(part == "report" for part, _ in sent):
        typed[step] = today
    return annual_review.review(record, typed, context).record


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
