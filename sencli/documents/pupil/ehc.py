"""EHC requests, plan and reviews at a glance, with their deadlines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sencli import terms
from sencli.core.people.names import all_of
from sencli.core.people.names import who
from sencli.core.pupil.plan_in_force import plan_in_force
from sencli.core.record import lookup
from sencli.core.record.fingerprint import fingerprint
from sencli.core.record.lookup import display_name
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.statutory import deadlines
from sencli.core.statutory.annual_review import DECISIONS
from sencli.core.statutory.annual_review import review_label as review_words
from sencli.core.statutory.deadlines import due_words
from sencli.core.statutory.deadlines import request_label as request_words
from sencli.core.statutory.plan import AREAS
from sencli.core.text.dates import words
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
        blocks += _request(request, seen, school)
    plan = plan_in_force(seen, day)
    if plan is not None:
        blocks += _plan(plan)
    for review in ehc.get("reviews", ())[::-1]:
        blocks += _review(review, plan or {}, seen, school)
    due = deadlines.review_due(seen, day)
    if due:
        blocks.insert(
            0, Text(f"The next annual review is due by {words(due)}.", "lead")
        )
    if not blocks:
        blocks = [Text("Nothing is recorded about an EHC needs assessment or plan.")]
    data = {**ehc, "review_due": due or None, "steps": _steps(ehc)}
    return View(
        title=f"Education, health and care: {display_name(record)}",
        school=Letterhead(school.get("name", "")),
        day=day,
        blocks=tuple(blocks),
        fingerprint=fingerprint([record]),
        footer="Confidential: for staff of the school only",
        data=data,
    )


def _steps(ehc: Entry) -> list[dict[str, Any]]:
    """The legal steps of requests and reviews."""
    found = [
        (request["id"], step)
        for request in ehc.get("requests", ())
        for step in deadlines.assessment_steps(request, ehc.get("plans", ()))
    ]
    found += [
        (review["id"], step)
        for review in ehc.get("reviews", ())
        for step in deadlines.review_steps(review)
    ]
    return [
        {
            "of": of,
            "step": step.key,
            "name": step.name,
            "due": step.due,
            "done": step.done or None,
            "school": step.school,
            "excepted": step.excepted or None,
        }
        for of, step in found
    ]


def _timetable(steps: tuple[deadlines.StatutoryStep, ...]) -> Block:
    return Bullets(tuple(due_words([step]) for step in steps))


def _request(request: Entry, record: Record, school: Entry) -> Iterator[Block]:
    yield Heading(f"{capital(request_words(request))} for a needs assessment")
    decision = request.get("decision", {})
    planned = request.get("plan_decision", {})
    rows = {
        "By": who(request.get("by", ""), record, school),
        "Authority": request.get("authority", ""),
        "Why": request.get("reason", ""),
        "Whether to assess": _decided(decision),
        "Whether to issue a plan": _decided(planned),
        "Draft plan": _day(request.get("draft")),
        "Withdrawn": _day(request.get("withdrawn")),
    }
    if told := tuple((name, text) for name, text in rows.items() if text):
        yield Fields(told)
    steps = deadlines.assessment_steps(request, record["ehc"].get("plans", ()))
    if steps:
        yield _timetable(steps)


def _decided(decision: Entry) -> str:
    if not decision:
        return ""
    why = f" ({decision['reason']})" if "reason" in decision else ""
    return f"{decision['outcome']}, {words(decision['date'])}{why}"


def _plan(plan: Entry) -> Iterator[Block]:
    yield Heading(f"Plan of {words(plan['issued'])}")
    rows = {
        "Authority": plan.get("authority", ""),
        "Amended": ", ".join(words(day) for day in plan.get("amended", ())),
        "Placement": plan.get("placement", ""),
        "Staff told": _day(plan.get("shared_with_staff")),
    }
    if told := tuple((name, text) for name, text in rows.items() if text):
        yield Fields(told)
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


def _item(number: int, item: Entry) -> str:
    area = f" ({AREAS[item['pfa']]})" if "pfa" in item else ""
    minutes = item.get("minutes_per_week")
    week = f" ({minutes} minutes a week)" if minutes else ""
    return f"{number}. {item['text']}{area}{week}"


def _review(
    review: Entry, plan: Entry, record: Record, school: Entry
) -> Iterator[Block]:
    yield Heading(capital(review_words(review)))
    yield _timetable(deadlines.review_steps(review))
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


def _advised(entry: Entry, record: Record, school: Entry) -> tuple[Any, ...]:
    """A row: whose advice, when it was asked for, by when, and when it came."""
    of = _ROLES.get(entry["of"], "") or who(entry["of"], record, school)
    return (of, *(entry.get(key) for key in ("requested", "due", "received")))


def _target(target: Entry) -> str:
    by = f" (by {words(target['by'])})" if "by" in target else ""
    return f"{target['text']}{by}"


def _day(day: str | None) -> str:
    return words(day) if day else ""
