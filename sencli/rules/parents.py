"""P01 to P06: reports to parents, and meetings with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sencli.core.people.parent_privacy import PUPIL
from sencli.core.people.parents import meetings_expected
from sencli.core.people.young_person import family_met
from sencli.core.record.lookup import academic_year
from sencli.core.record.lookup import age_on
from sencli.core.record.lookup import cycle_began
from sencli.core.record.lookup import joined
from sencli.core.record.lookup import on_roll
from sencli.core.record.lookup import placement_on
from sencli.core.record.lookup import profile_on
from sencli.core.record.lookup import status_on
from sencli.core.text.dates import add_days
from sencli.core.text.dates import words
from sencli.core.text.placeholders import PLANNED
from sencli.core.text.placeholders import SAID
from sencli.rules.case import Case
from sencli.rules.case import ItemAt
from sencli.rules.example import ON_SUPPORT
from sencli.rules.example import in_cycle
from sencli.rules.model import Gap
from sencli.rules.model import Rule
from sencli.rules.reviewing import reviewed_option

RECORD_SCHOOL_DAYS = 10
VIEW_DAYS = 60
YEAR_DAYS = 366

_RECEPTION_AGE = 4  # on the day before the school year
_ALL_LAST_YEAR = {
    "roll": [{"from": "2021-09-06"}],
    "status": [{"from": "2024-09-10", "provision": "K", "reason": "Yes"}],
}
_MET: dict[str, Any] = {
    "id": "m4tk",
    "date": "2026-02-02",
    "kind": "termly",
    "led_by": "KM",
    "attended": ["parent", "pupil", "KM"],
    "aspirations": "To be a vet",
    "record_given": "2026-02-04",
    "shared_with_staff": "2026-02-04",
}


def _with_meeting(**changes: Any) -> dict[str, Any]:
    meeting = {k: v for k, v in {**_MET, **changes}.items() if v is not None}
    return {**ON_SUPPORT, "meetings": [meeting]}


def last_meeting(case: Case) -> ItemAt | None:
    """The last meeting or review of the past year that is ours to answer for."""
    held = [
        ItemAt(("meetings", index), meeting)
        for index, meeting in enumerate(case.record.get("meetings", ()))
        if meeting["date"] <= case.day
        and meeting.get("kind") != "early_discussion"
        and case.ours(meeting, meeting["date"])
    ]
    held += [ItemAt(at.to("review"), at.item["review"]) for at in case.reviewed]
    last = max(held, key=lambda at: str(at.item["date"]), default=None)
    return last if last and last.item["date"] >= case.ago(YEAR_DAYS) else None


def amend_command(case: Case, at: ItemAt) -> str:
    """The command that amends a meeting or a review."""
    if at.path[0] == "meetings":
        return f"sen meeting add {case.id} --date {at.item['date']}"
    held = ItemAt(at.path[:2], case.record["cycles"][at.path[1]])
    return f"sen cycle review {case.id}{reviewed_option(case, held)}"


def _year_ended(case: Case) -> str:
    """The last day of the last school year that is over."""
    this = academic_year(case.day)
    for year in (this, this - 1):
        end = case.year_end(year)
        if end < case.day:
            break
    return end


def _in_nursery(case: Case, ended: str) -> bool:
    """Whether the pupil was below Reception in the school year that ended."""
    age = age_on(case.record, f"{academic_year(ended)}-08-31")
    if age is not None:
        return age < _RECEPTION_AGE
    then = placement_on(case.record, ended).get("year_group", "")
    return then in {"E1", "E2", "N1", "N2"}


@Rule(
    code="P01",
    name="A report to parents each year",
    level="must",
    scope="register",
    cites="SEND Code of Practice 6.64",
    confirmed=True,
    draft_section="Involving parents",
    asks="Give parents a report on their child's progress each year.",
    why="It is the law for every pupil, and the one paper that every family keeps.",
    meet="sen report add PUPIL --to WHO --date DATE",
    fails=_ALL_LAST_YEAR,
    passes={**_ALL_LAST_YEAR, "reports": [{"date": "2025-07-11", "to": ["parent"]}]},
)
def p01(case: Case) -> Iterator[Gap]:
    """Found when the last school year ended without a report to parents.

    The record must show the pupil here then: by the roll, or by an entry since Easter.
    A child of three in a nursery has none.
    """
    ended = _year_ended(case)
    seen = case.last_event >= f"{ended[:4]}-04-01"
    if (
        not (case.here_since or seen)
        or status_on(case.record, ended)["provision"] == "N"
        or not on_roll(case.record, ended)
        or (case.here_since and case.here_since > ended)
        or _in_nursery(case, ended)
    ):
        return
    began = f"{academic_year(ended)}-09-01"
    if not any(
        began <= report["date"] <= case.day
        and case.reached(report.get("to", ()), report["date"])
        for report in case.record.get("reports", ())
    ):
        yield Gap(
            ("reports",),
            f"No report to {case.family.name} is recorded for the school year that "
            f"ended on {words(ended)}.",
            f"sen report add {case.id} --to {case.whom} --date DATE",
            together=f"sen report add PUPILS --to {case.family.to} --date DATE",
        )


@Rule(
    code="P02",
    name="Meetings with parents, three a year",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.65",
    confirmed=True,
    draft_section="Involving parents",
    asks="Talk to parents regularly, and meet them at least three times a year. A "
    "review that a parent attended is one; an invitation not taken up counts as "
    "offered.",
    why="Once a term is as long as a family should wait to be asked.",
    meet="sen meeting add PUPIL --date DATE --attended WHO",
    fails=ON_SUPPORT,
    passes=in_cycle(review={"date": "2025-12-11", "attended": ["parent", "KM"]}),
)
def p02(case: Case) -> Iterator[Gap]:
    """Found when fewer meetings were held or offered than terms have passed."""
    began = f"{academic_year(case.day)}-09-01"
    wanted = meetings_expected(
        case.school, case.settings.meetings_a_year, case.supported_since, case.day
    )
    days = [
        day
        for day in family_met(case.record)
        if max(began, case.here_since) <= day <= case.day
    ]
    if len(days) < wanted:
        held = {0: "none", 1: "one"}.get(len(days), str(len(days)))
        yield Gap(
            ("meetings",),
            f"{case.family.subject} should have been met {_times(wanted)} so far this "
            f"school year; {held} is recorded.",
            f"sen meeting add {case.id} --date DATE --attended WHO",
        )


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


@Rule(
    code="P03",
    name="Who does what, agreed with parents",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.65",
    confirmed=True,
    draft_section="Involving parents",
    asks="Set outcomes, review progress, discuss support, and identify the "
    "responsibilities of the parent, the pupil and the school.",
    why="What nobody has promised, nobody does.",
    meet='sen meeting add PUPIL --date DATE --school-does "WHAT IS PLANNED" '
    '--parent-does "WHAT IS PLANNED"',
    fails=in_cycle(
        plan={"date": "2025-12-01", "responsibilities": {"school": "Reads daily"}}
    ),
    passes=in_cycle(
        plan={
            "date": "2025-12-01",
            "responsibilities": {
                "school": "Precision teaching three times a week",
                "parent": "Ten minutes of reading at bedtime",
                "pupil": "Chooses the book",
            },
        }
    ),
)
def p03(case: Case) -> Iterator[Gap]:
    """Found when nothing says what school, parent or pupil will do."""
    at = case.planned
    if at is None:
        return
    since = min(cycle_began(at.item), at.item["plan"]["date"])
    parts = [at.item["plan"], *(c.item["review"] for c in case.reviewed[-1:])]
    parts += [m for m in case.record.get("meetings", ()) if m["date"] >= since]
    said = {who for part in parts for who in part.get("responsibilities", {})}
    young = case.family.to == PUPIL  # who has agreed to no part of the parents'
    wanted = ("school", "pupil") if young else ("school", "parent", "pupil")
    missing = [who for who in wanted if who not in said]
    if missing:
        options = " ".join(f"--{who}-does {PLANNED}" for who in missing)
        yield Gap(
            at.to("plan"),
            f"The plan of {words(at.item['plan']['date'])} does not say what "
            f"{joined([f'the {who}' for who in missing], 'or')} will do.",
            f"sen cycle plan {case.id}{case.of(at)} {options}",
        )


@Rule(
    code="P04",
    name="Led by a teacher who knows the pupil",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.67",
    draft_section="Involving parents",
    asks="The meeting is led by a teacher with good knowledge of the pupil, supported "
    "by the SENCO; parents share concerns and agree aspirations.",
    why="Parents want to hear from the person who teaches their child.",
    meet="sen meeting add PUPIL --date DATE --led-by INITIALS",
    fails=_with_meeting(led_by="JP", attended=["parent", "JP"]),
    passes=_with_meeting(),
)
def p04(case: Case) -> Iterator[Gap]:
    """Found when no teacher led the last meeting, or no aspiration is known."""
    at = last_meeting(case)
    if at is None:
        return
    cycle = case.latest.item if case.latest else None
    who = [at.item.get("led_by", ""), *at.item.get("attended", ())]
    if not any(case.is_teacher(person, cycle) for person in who):
        yield Gap(
            at.path,
            f"No teacher is shown as leading the meeting of {words(at.item['date'])}, "
            "or as being there.",
            f"{amend_command(case, at)} --led-by INITIALS",
        )
    hoped = profile_on(case.record, case.day).get("aspirations") or any(
        meeting.get("aspirations") for meeting in case.record.get("meetings", ())
    )
    if not hoped:
        yield Gap(
            ("profiles",),
            "No aspiration of the pupil or the family is recorded.",
            f"sen pupil set {case.id} profile.aspirations={SAID}",
        )


@Rule(
    code="P05",
    name="The pupil's views at the meeting",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.70",
    draft_section="Involving parents",
    asks="Include the pupil's views: by coming for all or part, or by views gathered "
    "before.",
    why="It is about the child.",
    meet='sen meeting add PUPIL --date DATE --pupil-view "WHAT WAS SAID"',
    fails=_with_meeting(attended=["parent", "KM"]),
    passes=_with_meeting(
        attended=["parent", "KM"],
        views=[{"of": "pupil", "how": "drawing and talking", "text": "I like PE"}],
    ),
)
def p05(case: Case) -> Iterator[Gap]:
    """Found when the pupil neither came to the last meeting nor gave any views."""
    at = last_meeting(case)
    if at is None or at.path[0] != "meetings":
        return
    day = at.item["date"]
    views = list(at.item.get("views", ()))
    for cycle in case.cycles:
        for part in ("assess", "review"):
            section = cycle.item.get(part, {})
            if add_days(day, -VIEW_DAYS) <= section.get("date", "") <= day:
                views += section.get("views", ())
    if "pupil" not in at.item.get("attended", ()) and not any(
        view["of"] == "pupil" for view in views
    ):
        yield Gap(
            at.path,
            f"The meeting of {words(day)} has no views of the pupil.",
            f"{amend_command(case, at)} --pupil-view {SAID}",
        )


@Rule(
    code="P06",
    name="The record of the meeting given and shared",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.71",
    draft_section="Involving parents",
    asks="Keep a record of the outcomes, action and support agreed; give it to the "
    "parents and share it with staff.",
    why="A promise on paper is kept more often.",
    meet="sen meeting add PUPIL --date DATE --record-given DATE "
    "--shared-with-staff DATE",
    fails=_with_meeting(record_given=None),
    passes=_with_meeting(),
)
def p06(case: Case) -> Iterator[Gap]:
    """Found when, ten school days on, parents or staff have no record of it."""
    at = last_meeting(case)
    if at is None:
        return
    day = at.item["date"]
    if case.school_days.between(day, case.day) <= RECORD_SCHOOL_DAYS:
        return
    missing = []
    if not case.given_to_parents(day):
        meeting = at.path[0] == "meetings"
        option = "--record-given" if meeting else "--shared-with-parents"
        missing.append((case.family.name, f"{option} DATE"))
    plans = [c.item.get("plan", {}).get("shared_with_staff", "") for c in case.cycles]
    if not at.item.get("shared_with_staff") and max([*plans, ""]) < day:
        missing.append(("staff", "--shared-with-staff DATE"))
    if missing:
        options = " ".join(option for _, option in missing)
        yield Gap(
            at.path,
            f"What was agreed on {words(day)} was not passed on to "
            f"{joined([said for said, _ in missing], 'or')}.",
            f"{amend_command(case, at)} {options}",
        )
