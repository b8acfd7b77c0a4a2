"""D01 to D06: the annual review of an EHC plan, before and after the meeting."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sencli.core.people.parent_privacy import PUPIL
from sencli.core.record.lookup import STILL
from sencli.core.record.lookup import joined
from sencli.core.statutory import deadlines
from sencli.core.statutory.clocks import clocks
from sencli.core.text.dates import add_days
from sencli.core.text.dates import words
from sencli.core.text.placeholders import PLAN_CHOICE
from sencli.rules.case import Case
from sencli.rules.case import ItemAt
from sencli.rules.example import WITH_PLAN
from sencli.rules.model import Gap
from sencli.rules.model import Rule

SOON_DAYS = 56
YEAR_DAYS = 366

_ROLES = {
    "parent": "parent or young person",
    "school": "school",
    "authority": "local authority",
    "health": "health",
    "social_care": "social care",
}
_PLAN: dict[str, Any] = {
    "id": "e3ph",
    "issued": "2025-06-10",
    "outcomes": [{"id": "u5ra", "text": "Takes part in a conversation of five turns"}],
}
_REVIEW: dict[str, Any] = {
    "id": "q8wn",
    "plan": "e3ph",
    "date": "2026-02-02",
    "invited": [{"role": role, "date": "2026-01-12"} for role in _ROLES],
    "circulated": "2026-01-16",
    "attended": ["parent", "pupil", "JP"],
    "outcomes": [{"outcome": "u5ra", "result": "on_track"}],
    "recommendation": "keep",
    "report_sent": "2026-02-12",
    "decision": {"date": "2026-02-27", "outcome": "keep"},
}


def _held(**changes: Any) -> dict[str, Any]:
    review = {k: v for k, v in {**_REVIEW, **changes}.items() if v is not None}
    return {**WITH_PLAN, "ehc": {"plans": [_PLAN], "reviews": [review]}}


def judged(case: Case) -> Iterator[ItemAt]:
    """The reviews to be judged: the last held in the past year, and those to come."""
    last = case.annual_review
    if last is not None and last.item["date"] >= case.ago(YEAR_DAYS):
        yield last
    for index, review in enumerate(case.record.get("ehc", {}).get("reviews", ())):
        if review["date"] > case.day:
            yield ItemAt(("ehc", "reviews", index), review)


def last_held(case: Case) -> ItemAt | None:
    """The last review held in the past year."""
    last = case.annual_review
    return last if last and last.item["date"] >= case.ago(YEAR_DAYS) else None


@Rule(
    code="D01",
    name="The EHC plan reviewed every twelve months",
    level="reminder",
    scope="plan",
    cites="SEND Code of Practice 9.166 and 9.169",
    confirmed=True,
    asks="An EHC plan is reviewed within twelve months of its issue, and within twelve "
    "months of each review. The authority owns the duty; the school holds the meeting.",
    why="A plan that nobody reviews describes a child who has grown out of it.",
    meet="sen ehc review PUPIL --date DATE",
    fails={**WITH_PLAN, "ehc": {"plans": [{"id": "e3ph", "issued": "2025-02-10"}]}},
    passes=_held(),
)
def d01(case: Case) -> Iterator[Gap]:
    """Found when the review of the plan in force is overdue or due in eight weeks."""
    if case.plan is None:
        return
    due = deadlines.review_due(case.record, case.day)
    if due > add_days(case.day, SOON_DAYS):
        return
    planned = [at.item["date"] for at in judged(case) if at.item["date"] > case.day]
    if any(date <= due for date in planned):
        return
    verb = "was" if due < case.day else "is"
    yield Gap(
        case.plan.path,
        f"The annual review {verb} due by {words(due)}.",
        f"sen ehc review {case.id} --date DATE",
    )


@Rule(
    code="D02",
    name="Five invited, with two weeks' notice",
    level="must",
    scope="plan",
    cites="SEND Regulations 2014 reg 20(2) and (3); SEND Code of Practice 9.176",
    confirmed=True,
    asks="Invite the parent or young person, the school, the local authority's SEN "
    "officer, health and social care, at least two weeks before the meeting.",
    why="Who is not asked in time cannot come, and cannot help.",
    meet="sen ehc review PUPIL --invited WHO --invited-on DATE",
    fails=_held(invited=_REVIEW["invited"][:3]),
    passes=_held(),
)
def d02(case: Case) -> Iterator[Gap]:
    """Found when one of the five was not invited, or less than two weeks before."""
    for at in judged(case):
        meeting = at.item["date"]
        latest = add_days(meeting, -deadlines.NOTICE_DAYS)
        if case.day < latest:
            continue
        grown = case.family_on(meeting).to == PUPIL
        roles = {**_ROLES}
        if grown:
            del roles["parent"]
            roles = {"young_person": "young person", **roles}
        asked: dict[str, str] = {}
        for invitation in at.item.get("invited", ()):
            role = invitation["role"]
            role = "parent" if role == "young_person" and not grown else role
            asked[role] = min(invitation["date"], asked.get(role, STILL))
        missing = [role for role in roles if role not in asked]
        late = [role for role in roles if asked.get(role, "") > latest]
        command = f"sen ehc review {case.id} --date {meeting} --invited"
        if missing:
            yield Gap(
                at.path,
                f"To the review of {words(meeting)} these were not invited: "
                f"{joined([roles[role] for role in missing])}.",
                f"{command} WHO --invited-on DATE",
            )
        if late:
            yield Gap(
                at.to("invited"),
                f"Less than two weeks before the review of {words(meeting)} these were "
                f"invited: {joined([roles[role] for role in late])}.",
                f"{command} WHO --invited-on DATE",
            )


@Rule(
    code="D03",
    name="Advice sought and sent round two weeks before",
    level="must",
    scope="plan",
    cites="SEND Regulations 2014 reg 20(4); SEND Code of Practice 9.176",
    confirmed=True,
    asks="Seek advice from everybody invited, and send it round at least two weeks "
    "before the meeting.",
    why="Nobody can take part in a meeting about papers first seen at the table.",
    meet="sen ehc review PUPIL --circulated DATE",
    fails=_held(circulated="2026-01-29"),
    passes=_held(),
)
def d03(case: Case) -> Iterator[Gap]:
    """Found when the papers went round late, or not at all."""
    for at in judged(case):
        meeting, sent = at.item["date"], at.item.get("circulated", "")
        latest = add_days(meeting, -deadlines.NOTICE_DAYS)
        if case.day < latest or "" < sent <= latest:
            continue
        happened = f"went on {words(sent)}" if sent else "are not shown as sent"
        yield Gap(
            at.path,
            f"The papers for the review of {words(meeting)} {happened}; they were due "
            f"by {words(latest)}.",
            f"sen ehc review {case.id} --date {meeting} --circulated DATE",
        )


@Rule(
    code="D04",
    name="Progress towards the plan's outcomes considered",
    level="reminder",
    scope="plan",
    cites="SEND Regulations 2014 reg 20(5); SEND Code of Practice 9.166 and 9.176",
    confirmed=True,
    asks="The meeting considers the pupil's progress towards each outcome of the plan, "
    "and whether the outcomes are still right.",
    why="The outcomes are what the plan is for.",
    meet="sen ehc review PUPIL --outcome 1=RESULT",
    fails=_held(outcomes=None),
    passes=_held(),
)
def d04(case: Case) -> Iterator[Gap]:
    """Found when an outcome of the plan was not rated at the last review."""
    at = last_held(case)
    if at is None or case.plan is None:
        return
    rated = {result["outcome"] for result in at.item.get("outcomes", ())}
    outcomes = case.plan.item.get("outcomes", ())
    missing = [n for n, o in enumerate(outcomes, 1) if o["id"] not in rated]
    if missing:
        options = " ".join(f"--outcome {number}=RESULT" for number in missing)
        numbers = joined([str(number) for number in missing])
        yield Gap(
            at.path,
            f"The review of {words(at.item['date'])} does not rate outcome "
            f"{numbers} of the plan.",
            f"sen ehc review {case.id} --date {at.item['date']} {options}",
        )


@Rule(
    code="D05",
    name="The report within two weeks",
    level="must",
    scope="plan",
    cites="SEND Regulations 2014 reg 20; SEND Code of Practice 9.176",
    confirmed=True,
    asks="Within two weeks of the meeting, send everybody invited a report with the "
    "amendments recommended and any difference of view.",
    why="The authority decides on the report, and its four weeks run already.",
    meet='sen ehc review PUPIL --report-sent DATE --recommendation "keep|amend|cease"',
    fails=_held(report_sent=None),
    passes=_held(),
)
def d05(case: Case) -> Iterator[Gap]:
    """Found when the report is late or not sent, or recommends nothing."""
    at = last_held(case)
    if at is None:
        return
    meeting, sent = at.item["date"], at.item.get("report_sent", "")
    due = add_days(meeting, deadlines.REPORT_DAYS)
    command = f"sen ehc review {case.id} --date {meeting}"
    if sent > due or (not sent and case.day > due):
        happened = f"went on {words(sent)}" if sent else "is not shown as sent"
        yield Gap(
            at.path,
            f"The report of the review of {words(meeting)} {happened}; it was due by "
            f"{words(due)}.",
            f"{command} --report-sent DATE",
        )
    if sent and "recommendation" not in at.item:
        yield Gap(
            at.path,
            f"The report of the review of {words(meeting)} recommends nothing: to "
            "keep, amend or cease the plan.",
            f"{command} --recommendation {PLAN_CHOICE}",
        )


@Rule(
    code="D06",
    name="The authority's decision within four weeks",
    level="reminder",
    scope="plan",
    cites="SEND Code of Practice 9.169 and 9.176",
    confirmed=True,
    asks="Within four weeks of the meeting the local authority decides to keep, amend "
    "or cease the plan, and tells parents and school.",
    why="It is the authority's duty; a reminder from the school often brings it.",
    meet='sen ehc review PUPIL --decision "keep|amend|cease" --decided DATE',
    fails=_held(decision=None),
    passes=_held(),
)
def d06(case: Case) -> Iterator[Gap]:
    """Found when the decision has not come four weeks after the meeting."""
    for clock in clocks(case.record, case.school, case.day):
        step = clock.step
        if (clock.part, step.key) == ("review", "decision") and step.owed(case.day):
            reviews = case.record["ehc"]["reviews"]
            index = [review["id"] for review in reviews].index(clock.about)
            yield Gap(
                ("ehc", "reviews", index),
                "The authority's decision after the review of "
                f"{words(reviews[index]['date'])} was due by {words(step.due)}. "
                "Ask for it.",
                clock.command,
            )
