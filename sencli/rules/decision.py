"""A08 to A12: consulting, then deciding on SEN support."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from typing import Any

from sencli.core.people.parent_privacy import PUPIL
from sencli.core.record.lookup import joined
from sencli.core.text.dates import words
from sencli.core.text.placeholders import REASON
from sencli.core.text.placeholders import SAID
from sencli.rules.case import Case
from sencli.rules.case import ItemAt
from sencli.rules.example import ON_SUPPORT
from sencli.rules.example import in_cycle
from sencli.rules.model import Gap
from sencli.rules.model import Rule

NOTE_DAYS = 28

_DISCUSSED = {
    "strengths": "the pupil's strengths",
    "difficulties": "the difficulties",
    "parent_concerns": "parents' concerns",
    "outcomes_sought": "what is hoped for",
    "next_steps": "next steps",
}

_DISCUSSION: dict[str, Any] = {
    "id": "m4tk",
    "date": "2025-09-10",
    "kind": "early_discussion",
    "attended": ["parent", "pupil", "KM"],
    "strengths": "Kind; loves stories",
    "difficulties": "Finding words",
    "parent_concerns": "Will not read at home",
    "outcomes_sought": "Reads a page for pleasure",
    "next_steps": "Assess, then plan together",
}


def discussion(case: Case) -> ItemAt | None:
    """The early discussion with parents before or on the day support began."""
    if case.began is None:
        return None
    start = case.began.item["from"]
    found = [
        ItemAt(("meetings", index), meeting)
        for index, meeting in enumerate(case.record.get("meetings", ()))
        if meeting["date"] <= start
        and (
            meeting.get("kind") == "early_discussion"
            or any(
                case.is_parent(who, meeting["date"])
                for who in meeting.get("attended", ())
            )
        )
    ]
    early = [at for at in found if at.item.get("kind") == "early_discussion"]
    return max(early or found, key=lambda at: str(at.item["date"]), default=None)


def _options(parts: Iterable[str]) -> str:
    """The options of ``sen meeting add`` that say what was discussed."""
    return "".join(f" --{part.replace('_', '-')} {SAID}" for part in parts)


def _told_while_assessing(case: Case, start: str) -> bool:
    """Whether both gave their views for an assessment made by the day."""
    for at in case.cycles:
        assessed = at.item.get("assess", {})
        day, views = assessed.get("date", ""), assessed.get("views", ())
        if "" < day <= start and any(case.is_parent(v["of"], day) for v in views):
            return any(view["of"] == PUPIL for view in views)
    return False


@Rule(
    code="A08",
    name="Early discussion before the decision",
    level="should",
    scope="support",
    cites="SEND Code of Practice 6.39",
    draft_section="SEN support in Schools",
    asks="Before SEN support is decided, talk with the pupil and the parents: "
    "strengths, difficulties, parents' concerns, outcomes hoped for, next steps.",
    why="Parents know most about their child; what is agreed with them lasts.",
    meet="sen meeting add PUPIL --kind early_discussion --date DATE --attended WHO",
    fails=ON_SUPPORT,
    passes={**ON_SUPPORT, "meetings": [_DISCUSSION]},
)
def a08(case: Case) -> Iterator[Gap]:
    """Found when support began without a discussion, or it leaves something out."""
    if case.began is None or case.began.item["provision"] != "K":
        return
    start = case.began.item["from"]
    command = f"sen meeting add {case.id} --kind early_discussion"
    held = discussion(case)
    if held is None:
        whom = case.family_on(start).name
        whom = f"pupil and {whom}" if whom == "parents" else whom
        if not _told_while_assessing(case, start):
            yield Gap(
                case.began.path,
                f"No discussion with {whom} is recorded before SEN support began on "
                f"{words(start)}.",
                f"{command} --date DATE --attended WHO{_options(_DISCUSSED)}",
            )
        return
    if held.item.get("kind") == "early_discussion":
        missing = [key for key in _DISCUSSED if not held.item.get(key)]
        if missing:
            said = joined([_DISCUSSED[key] for key in missing], "or")
            yield Gap(
                held.path,
                f"The early discussion of {words(held.item['date'])} does not say "
                f"{said}.",
                f"{command} --date {held.item['date']}{_options(missing)}",
            )


@Rule(
    code="A09",
    name="Note of the early discussion given to parents",
    level="should",
    scope="support",
    cites="SEND Code of Practice 6.39",
    asks="Keep a short note of the early discussion on the pupil's record, and give "
    "it to the parents.",
    why="Both sides then remember the same conversation.",
    meet="sen meeting add PUPIL --kind early_discussion --record-given DATE",
    fails={**ON_SUPPORT, "meetings": [_DISCUSSION]},
    passes={
        **ON_SUPPORT,
        "meetings": [{**_DISCUSSION, "record_given": "2025-09-12"}],
    },
)
def a09(case: Case) -> Iterator[Gap]:
    """Found when the discussion is recorded and nothing was given to the parents."""
    held = discussion(case)
    if held is None:
        return
    day = held.item["date"]
    if held.item.get("record_given") or case.given_to_parents(day, NOTE_DAYS):
        return
    yield Gap(
        held.path,
        f"{case.family.subject} {case.family.were} not given a note of the discussion "
        f"of {words(day)}.",
        f"sen meeting add {case.id} --date {day} --record-given DATE",
    )


@Rule(
    code="A10",
    name="Parents told of the advice service",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.39",
    draft_section="2.2 The principles in practice",
    asks="Tell parents, or the young person, about the local SEND information, advice "
    "and support service (SENDIASS).",
    why="It is free and impartial, and parents who disagree with the school need it.",
    meet="sen information add PUPIL sendiass --to WHO --date DATE",
    fails=ON_SUPPORT,
    passes={
        **ON_SUPPORT,
        "information": [{"date": "2025-09-15", "what": "sendiass", "to": "parent"}],
    },
)
def a10(case: Case) -> Iterator[Gap]:
    """Found when nothing says that parents were told of the service."""
    told = any(
        i["what"] == "sendiass" and case.reached([i.get("to", "")], i["date"])
        for i in case.record.get("information", ())
    )
    if case.began is not None and not told:
        yield Gap(
            ("information",),
            f"It is not recorded that {case.family.name} {case.family.were} told of "
            "the local advice service (SENDIASS).",
            f"sen information add {case.id} sendiass --to {case.whom} --date DATE",
            together=f"sen information add PUPILS sendiass --to {case.family.to} "
            "--date DATE",
        )


@Rule(
    code="A11",
    name="Support starts from outcomes",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.40",
    draft_section="Plan",
    asks="Start from the outcomes that are wanted, and from what pupil and parents "
    "wish, and choose support to reach them.",
    why="Support without an aim cannot be seen to work.",
    meet="sen outcome add PUPIL OUTCOME --baseline VALUE --target TARGET --by DATE",
    fails=in_cycle(
        plan={
            "date": "2025-09-18",
            "strategies": [{"id": "g7rn", "text": "Visual timetable"}],
        }
    ),
    passes=in_cycle(
        plan={
            "date": "2025-09-18",
            "strategies": [{"id": "g7rn", "text": "Visual timetable"}],
            "outcomes": [{"id": "o8fd", "outcome": "Gets ready for each lesson alone"}],
        }
    ),
)
def a11(case: Case) -> Iterator[Gap]:
    """Found when a plan has support and not one outcome."""
    at = case.planned
    if at is None:
        return
    plan = at.item["plan"]
    support = plan.get("strategies") or plan.get("interventions")
    if support and not plan.get("outcomes"):
        yield Gap(
            at.to("plan"),
            f"The plan of {words(plan['date'])} has support and no outcomes.",
            f"sen outcome add {case.id} OUTCOME{case.of(at)} --baseline VALUE "
            "--target TARGET",
        )


@Rule(
    code="A12",
    name="The decision recorded",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.43",
    draft_section="SEN support in Schools",
    asks="Record in the school's records the decision that the pupil has SEN.",
    why="Years later somebody will ask when it was decided, and on what grounds.",
    meet='sen status set PUPIL "K|E" --since DATE --reason "THE REASON"',
    fails={"status": [{"from": "2025-09-15", "provision": "K"}]},
    passes=ON_SUPPORT,
)
def a12(case: Case) -> Iterator[Gap]:
    """Found when support began here and the status does not say why."""
    if case.began is None or case.began.item.get("reason"):
        return
    status = case.began.item
    yield Gap(
        case.began.path,
        f"The decision of {words(status['from'])} ({status['provision']}) has no "
        "reason with it.",
        f"sen status set {case.id} {status['provision']} --since {status['from']} "
        f"--reason {REASON}",
    )
