"""EHC requests, plan and reviews at a glance, with their deadlines."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any

from sencli import terms
from sencli.core.people.names import all_of
from sencli.core.people.names import who
from sencli.core.pupil.plan_in_force import plan_in_force
from sencli.core.record import lookup
from sencli.core.record.fingerprint import fingerprint
from sencli.core.record.lookup import days_between
from sencli.core.record.lookup import display_name
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.statutory import appeals
from sencli.core.statutory import deadlines
from sencli.core.statutory import moves
from sencli.core.statutory.annual_review import DECISIONS
from sencli.core.statutory.annual_review import review_label as review_words
from sencli.core.statutory.deadlines import StatutoryStep
from sencli.core.statutory.deadlines import exception_words
from sencli.core.statutory.deadlines import request_label as request_words
from sencli.core.statutory.deadlines import state_words
from sencli.core.statutory.plan import AREAS
from sencli.core.text.dates import words
from sencli.core.text.plural import plural
from sencli.documents.made_in.wording import capital
from sencli.documents.pupil.overview import open_part
from sencli.documents.view import Block
from sencli.documents.view import Bullets
from sencli.documents.view import Column
from sencli.documents.view import Fields
from sencli.documents.view import Heading
from sencli.documents.view import Letterhead
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View

_ROLES = {"social_care": "social care", "young_person": "young person"}
_ADVICE = (
    Column("of", "Advice of", width=4),
    Column("requested", "Asked for", "date", width=3),
    Column("due", "By", "date", width=3),
    Column("received", "Came", "date", width=3),
)


def ehc_overview(
    record: Record, school: Entry, day: str, *, restricted: bool = False
) -> View:
    """Requests, plan in force, reviews; json prints ``ehc`` with what is due.

    Args:
        record: the pupil's, as at the day.
        school: ``school.yaml``.
        day: ISO date.
        restricted: whether what is so marked is shown.
    """
    seen: Record = record if restricted else open_part(record)[0]
    ehc = seen.get("ehc", {})
    blocks: list[Block] = []
    for request in ehc.get("requests", ()):
        blocks += _request(request, seen, school, day)
    in_force = plan_in_force(seen, day)
    if in_force is not None:
        blocks += _plan(in_force, seen, school, day)
    for plan in ehc.get("plans", ()):
        if plan is not in_force and "ceased" in plan:
            blocks += _ceased(plan)
    for review in ehc.get("reviews", ())[::-1]:
        blocks += _review(review, in_force or {}, seen, school, day)
    for right in appeals.rights(seen, day):
        blocks += _appeal(right, day)
    due = deadlines.review_due(seen, day)
    if due:
        late = f", {plural(days_between(due, day), 'day')} late" if due < day else ""
        said = f"The next annual review is due by {words(due)}{late}."
        blocks.insert(0, Text(said, "lead"))
    if not blocks:
        blocks = [Text("Nothing is recorded about an EHC needs assessment or plan.")]
    data = {**ehc, "review_due": due or None, "steps": _steps(seen, school, day)}
    return View(
        title=f"Education, health and care: {display_name(record)}",
        school=Letterhead(school.get("name", "")),
        day=day,
        blocks=tuple(blocks),
        fingerprint=fingerprint([record]),
        footer="Confidential: for staff of the school only",
        data=data,
    )


def _steps(record: Entry, school: Entry, day: str) -> list[dict[str, Any]]:
    """The legal steps of requests, reviews, the plan and appeals."""
    ehc = record.get("ehc", {})
    plans = ehc.get("plans", ())
    found = [
        (request["id"], step)
        for request in ehc.get("requests", ())
        for step in deadlines.assessment_steps(request, plans)
    ]
    found += [
        (review["id"], step)
        for review in ehc.get("reviews", ())
        for step in _review_steps(review, plans)
    ]
    if plan := plan_in_force(record, day):
        found += [(plan["id"], s) for s in _plan_steps(plan, record, school, day)]
    found += [
        (right.get("id", right["about"]), step)
        for right in appeals.rights(record, day)
        if appeals.running(right, day)
        for step in appeals.appeal_steps(right)
    ]
    return [{"of": of, **step_data(step, day)} for of, step in found]


def step_data(step: StatutoryStep, day: str) -> dict[str, Any]:
    """One legal step as json shows it."""
    return {
        "step": step.key,
        "name": step.name,
        "due": step.due,
        "done": step.done or None,
        "school": step.school,
        "excepted": step.excepted or None,
        "whose": step.whose,
        "state": step.state(day),
        "days_late": step.days_late(day),
        "law": step.law,
        "confirmed": step.confirmed,
    }


def _plan_steps(
    plan: Entry, record: Entry, school: Entry, day: str
) -> tuple[StatutoryStep, ...]:
    """The clocks of the plan itself: a move of the pupil, or of the plan."""
    reviews = record.get("ehc", {}).get("reviews", ())
    moved = moves.transfer_steps(plan, reviews, day)
    return (*moved, *moves.phase_steps(record, school, day))


def _timetable(steps: Iterable[StatutoryStep], day: str) -> Block:
    return Bullets(tuple(state_words(step, day) for step in steps))


def _request(
    request: Entry, record: Record, school: Entry, day: str
) -> Iterator[Block]:
    yield Heading(f"{capital(request_words(request))} for a needs assessment")
    decision = request.get("decision", {})
    planned = request.get("plan_decision", {})
    rows = {
        "By": who(request.get("by", ""), record, school),
        "Authority": _authority(request.get("authority", ""), request),
        "Why": request.get("reason", ""),
        "Whether to assess": _decided(decision),
        "Whether to issue a plan": _decided(planned),
        "Draft plan": _day(request.get("draft")),
        "Withdrawn": _day(request.get("withdrawn")),
        "Exceptions": _exceptions(request),
    }
    if told := tuple((name, text) for name, text in rows.items() if text):
        yield Fields(told)
    steps = deadlines.assessment_steps(request, record["ehc"].get("plans", ()))
    if steps:
        yield _timetable(steps, day)


def _exceptions(item: Entry) -> str:
    """Why times in law do not apply, a line for each."""
    return "\n".join(
        f"{terms.EHC_STEPS[entry['step']]}: {exception_words(entry)}"
        for entry in item.get("exceptions", ())
    )


def _authority(name: str, item: Entry) -> str:
    """The authority, and who deals with it there."""
    officer = item.get("officer", "")
    return ", ".join(part for part in (name, officer) if part)


def _decided(decision: Entry) -> str:
    if not decision:
        return ""
    why = f" ({decision['reason']})" if "reason" in decision else ""
    return f"{decision['outcome']}, {words(decision['date'])}{why}"


def _plan(plan: Entry, record: Entry, school: Entry, day: str) -> Iterator[Block]:
    yield Heading(f"Plan of {words(plan['issued'])}")
    rows = {
        "Authority": _authority(_maintains(plan, day), plan),
        "Came with the pupil": _came(plan),
        "Moved": "\n".join(_moved(entry) for entry in plan.get("transfers", ())),
        "Amended": ", ".join(words(day) for day in plan.get("amended", ())),
        "Placement": plan.get("placement", ""),
        "Staff told": _day(plan.get("shared_with_staff")),
    }
    if told := tuple((name, text) for name, text in rows.items() if text):
        yield Fields(told)
    if steps := _plan_steps(plan, record, school, day):
        yield _timetable(steps, day)
    for key, title in (
        ("needs", "Needs (section B)"),
        ("outcomes", "Outcomes (section E)"),
        ("provision", "Provision (section F)"),
    ):
        listed = plan.get(key, ())
        if listed:
            yield Heading(title, 3)
            lines = (_item(n, item) for n, item in enumerate(listed, 1))
            yield Bullets(tuple(lines))


def _maintains(plan: Entry, day: str) -> str:
    return moves.authority_of(plan, day, {})


def _came(plan: Entry) -> str:
    since = f" from {plan['joined_from']}" if "joined_from" in plan else ""
    return f"{words(plan['joined'])}{since}" if "joined" in plan else ""


def _moved(entry: Entry) -> str:
    """A move of the plan in a line, with what the new authority said."""
    parts = [f"to {entry['to_authority']} on {words(entry['date'])}"]
    if "reassess" in entry:
        parts.append("assesses anew" if entry["reassess"] else "does not assess anew")
    if "review_by" in entry:
        parts.append(f"reviews by {words(entry['review_by'])}")
    return "; ".join(parts)


def _ceased(plan: Entry) -> Iterator[Block]:
    yield Heading(f"Plan of {words(plan['issued'])}, ceased")
    rows = {
        "Authority": _maintains(plan, plan["ceased"]),
        "Ceased": _day(plan["ceased"]),
        "Why": plan.get("ceased_reason", ""),
    }
    yield Fields(tuple((name, text) for name, text in rows.items() if text))


def _appeal(right: Entry, day: str) -> Iterator[Block]:
    """What became of a decision that the family may appeal against, or did."""
    if not appeals.running(right, day):
        return
    yield Heading(f"Mediation and appeal: {appeals.appeal_label(right)}")
    rows = {
        "Mediation": _day(right.get("mediation")),
        "Ended": _day(right.get("ended")),
        "Result": appeals.RESULTS.get(right.get("result", ""), ""),
        "Note": right.get("note", ""),
    }
    if told := tuple((name, text) for name, text in rows.items() if text):
        yield Fields(told)
    if steps := appeals.appeal_steps(right):
        yield _timetable(steps, day)


def _item(number: int, item: Entry) -> str:
    area = f" ({AREAS[item['pfa']]})" if "pfa" in item else ""
    minutes = item.get("minutes_per_week")
    week = f" ({minutes} minutes a week)" if minutes else ""
    return f"{number}. {item['text']}{area}{week}"


def _review(
    review: Entry, plan: Entry, record: Record, school: Entry, day: str
) -> Iterator[Block]:
    yield Heading(capital(review_words(review)))
    plans = record.get("ehc", {}).get("plans", ())
    steps = _review_steps(review, plans)
    if "source" in review:
        yield Text(f"Held elsewhere: {review['source']}")
    if steps:
        yield _timetable(steps, day)
    asked = [_ROLES.get(i["role"], i["role"]) for i in review.get("invited", ())]
    decision = review.get("decision", {})
    rows = {
        "Meeting": lookup.joined(
            [review[key] for key in ("time", "place") if key in review], "in"
        ),
        "Invited": ", ".join(asked),
        "Who came": all_of(review.get("attended", ()), record, school),
        "Recommended": DECISIONS.get(review.get("recommendation", ""), ""),
        "Amendments": review.get("amendments", ""),
        "Differences of view": review.get("differences", ""),
        "Authority decided": DECISIONS.get(decision.get("outcome", ""), ""),
        "Exceptions": _exceptions(review),
    }
    if told := tuple((name, text) for name, text in rows.items() if text):
        yield Fields(told)
    if advice := review.get("advice"):
        yield Table(_ADVICE, tuple(_advised(entry, record, school) for entry in advice))
    wording = {o["id"]: o["text"] for o in plan.get("outcomes", ())}
    rated = tuple(
        (wording.get(r["outcome"], ""), terms.RESULTS.get(r.get("result", ""), ""))
        for r in review.get("outcomes", ())
    )
    if rated:
        yield Table((Column("outcome", "Outcome"), Column("result", "Result")), rated)
    if targets := review.get("interim_targets"):
        yield Heading("Steps for the coming year", 3)
        yield Bullets(tuple(_target(target) for target in targets))


def _review_steps(review: Entry, plans: Sequence[Entry]) -> tuple[StatutoryStep, ...]:
    """The steps of a review; of one held elsewhere what was done, and is waited for."""
    steps = deadlines.review_steps(review, plans)
    if "source" not in review:
        return steps
    return tuple(s for s in steps if s.done or s.key in {"notice", "amended"})


def _advised(entry: Entry, record: Record, school: Entry) -> tuple[Any, ...]:
    """A row: whose advice, when it was asked for, by when, and when it came."""
    of = _ROLES.get(entry["of"], "") or who(entry["of"], record, school)
    return (of, *(entry.get(key) for key in ("requested", "due", "received")))


def _target(target: Entry) -> str:
    by = f" (by {words(target['by'])})" if "by" in target else ""
    return f"{target['text']}{by}"


def _day(day: str | None) -> str:
    return words(day) if day else ""
