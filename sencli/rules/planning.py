"""B07 to B11: the plan and its agreement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sencli.core.papers.plain_english import SHORT
from sencli.core.people.parent_privacy import PUPIL
from sencli.core.record.lookup import joined
from sencli.core.text.dates import add_days
from sencli.core.text.dates import words
from sencli.core.text.lines import shortened
from sencli.rules.case import Case
from sencli.rules.example import in_cycle
from sencli.rules.model import Gap
from sencli.rules.model import Rule

TELL_STAFF_SCHOOL_DAYS = 10

_OUTCOME: dict[str, Any] = {
    "id": "o8fd",
    "outcome": "Reads 60 common words on sight",
    "measure": "words of 100",
    "baseline": {"date": "2025-09-15", "value": 22},
    "target": {"by": "2026-03-27", "value": 60},
}
_SUPPORT: dict[str, Any] = {
    "id": "i5tr",
    "provision": "precision-teaching",
    "outcomes": ["o8fd"],
    "from": "2025-09-22",
}
_PLAN: dict[str, Any] = {"date": "2025-12-01", "review_by": "2026-03-27"}
_AGREED = [
    {"who": who, "answer": "agreed", "date": "2025-12-01"}
    for who in ("parent", "pupil", "teacher", "senco")
]


@Rule(
    code="B07",
    name="The plan agreed with everybody",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.48",
    confirmed=True,
    draft_section="Plan",
    asks="Teacher and SENCO agree with the parent and the pupil the adjustments, "
    "interventions and support.",
    why="A plan made over a family's head is nobody's plan at home.",
    meet="sen cycle plan PUPIL --agreed-with WHO",
    fails=in_cycle(plan={**_PLAN, "agreement": _AGREED[:1]}),
    passes=in_cycle(plan={**_PLAN, "agreement": _AGREED}),
)
def b07(case: Case) -> Iterator[Gap]:
    """Found when parent, pupil, teacher or SENCO gave no answer to the plan."""
    at = case.planned
    if at is None:
        return
    plan = at.item["plan"]
    family = case.family_on(plan["date"])
    young = family.to == PUPIL
    who = [answer["who"] for answer in plan.get("agreement", ())]
    missing = {
        "parent": not any(case.is_parent(w, plan["date"]) for w in who),
        "pupil": PUPIL not in who and not young,
        "teacher": not any(case.is_teacher(w, at.item) for w in who),
        "senco": not any(map(case.is_senco, who)),
    }
    names = {
        "parent": family.name if young else "a parent",
        "pupil": "the pupil",
        "teacher": "the class teacher",
    }
    absent = [key for key, gone in missing.items() if gone]
    if absent:
        said = joined([names.get(key, "the SENCO") for key in absent], "or")
        yield Gap(
            at.to("plan"),
            f"The plan of {words(plan['date'])} has no answer from {said}.",
            f"sen cycle plan {case.id}{case.of(at)} --agreed-with WHO",
        )


@Rule(
    code="B08",
    name="Expected impact stated",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.48",
    confirmed=True,
    draft_section="Plan",
    asks="State for each outcome the expected impact on progress, development or "
    "behaviour: where the pupil starts, and what will show success.",
    why="A review can only say whether it worked if the plan said what working means.",
    meet="sen outcome set PUPIL 1 --baseline VALUE --target TARGET --by DATE",
    fails=in_cycle(
        plan={**_PLAN, "outcomes": [{"id": "o8fd", "outcome": "Reads better"}]}
    ),
    passes=in_cycle(plan={**_PLAN, "outcomes": [_OUTCOME]}),
)
def b08(case: Case) -> Iterator[Gap]:
    """Found when an outcome lacks a starting point or what would show success."""
    at = case.planned
    outcomes = at.item["plan"].get("outcomes", ()) if at else ()
    for index, outcome in enumerate(outcomes):
        missing = []
        if "baseline" not in outcome and "continues" not in outcome:
            missing.append(("a starting point", "--baseline VALUE"))
        if "value" not in outcome.get("target", {}) and not outcome.get(
            "success_criteria"
        ):
            missing.append(("what will show success", "--target TARGET"))
        if missing and at:
            options = " ".join(option for _, option in missing)
            yield Gap(
                at.to("plan", "outcomes", index),
                f"Outcome {index + 1} ({short(outcome['outcome'])}) is without "
                f"{joined([said for said, _ in missing], 'or')}.",
                f"sen outcome set {case.id} {index + 1}{case.of(at)} {options}",
            )


def short(text: str, limit: int = SHORT) -> str:
    """A wording in quotation marks, cut where it is long."""
    return f'"{shortened(text, limit)}"'


@Rule(
    code="B09",
    name="A clear date for the review",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.48",
    confirmed=True,
    draft_section="Plan",
    asks="Agree a clear date on which the plan is reviewed.",
    why="What has no date slips behind what has one.",
    meet="sen cycle plan PUPIL --review-by DATE",
    fails=in_cycle(plan={"date": "2025-12-01"}),
    passes=in_cycle(plan=_PLAN),
)
def b09(case: Case) -> Iterator[Gap]:
    """Found when the plan has no review date, or one before it or too far off."""
    at = case.planned
    if at is None:
        return
    plan = at.item["plan"]
    weeks = case.settings.weeks_between_reviews
    due, made = plan.get("review_by", ""), plan["date"]
    command = f"sen cycle plan {case.id}{case.of(at)} --review-by DATE"
    if not due:
        message = f"The plan of {words(made)} has no date for its review."
    elif due <= made:
        message = (
            f"The review ({words(due)}) is not after the plan itself ({words(made)})."
        )
    elif due > add_days(made, 7 * weeks):
        message = (
            f"The review ({words(due)}) is more than {weeks} weeks after the plan "
            f"({words(made)})."
        )
    else:
        return
    yield Gap(at.to("plan"), message, command)


@Rule(
    code="B10",
    name="Staff know the plan",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.49",
    draft_section="Plan",
    asks="Make all teachers and support staff who work with the pupil aware of needs, "
    "outcomes, support and strategies.",
    why="A strategy that the Thursday teacher has not heard of does not exist on "
    "Thursdays.",
    meet="sen cycle plan PUPIL --shared-with-staff DATE",
    fails=in_cycle(plan=_PLAN),
    passes=in_cycle(plan={**_PLAN, "shared_with_staff": "2025-12-02"}),
)
def b10(case: Case) -> Iterator[Gap]:
    """Found when staff were not told of the plan within ten school days."""
    at = case.planned
    if at is None or at.item["plan"].get("shared_with_staff"):
        return
    made = at.item["plan"]["date"]
    if case.school_days.between(made, case.day) > TELL_STAFF_SCHOOL_DAYS:
        yield Gap(
            at.to("plan"),
            f"It is not recorded that staff know the plan of {words(made)}.",
            f"sen cycle plan {case.id}{case.of(at)} --shared-with-staff DATE",
        )


@Rule(
    code="B11",
    name="Support and outcomes belong together",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.50",
    confirmed=True,
    draft_section="Plan",
    asks="Choose support to meet the outcomes: each intervention serves one, and each "
    "outcome is served.",
    why="It shows why the pupil leaves the class, and what for.",
    meet="sen intervention set PUPIL ITEM --outcome NUMBER",
    fails=in_cycle(
        plan={
            **_PLAN,
            "outcomes": [_OUTCOME],
            "interventions": [{"id": "i5tr", "provision": "precision-teaching"}],
        }
    ),
    passes=in_cycle(
        plan={**_PLAN, "outcomes": [_OUTCOME], "interventions": [_SUPPORT]}
    ),
)
def b11(case: Case) -> Iterator[Gap]:
    """Found when an intervention serves no outcome, or an outcome has no support."""
    at = case.planned
    if at is None:
        return
    plan = at.item["plan"]
    served: set[str] = set()
    loose = False
    for index, entry in enumerate(plan.get("interventions", ())):
        served.update(entry.get("outcomes", ()))
        if not entry.get("outcomes"):
            loose = True
            yield Gap(
                at.to("plan", "interventions", index),
                f"{case.name_of(entry['provision'])} serves no outcome.",
                f"sen intervention set {case.id} {index + 1}{case.of(at)} "
                "--outcome NUMBER",
            )
    if loose or plan.get("strategies"):
        return
    for index, outcome in enumerate(plan.get("outcomes", ())):
        if outcome["id"] not in served:
            yield Gap(
                at.to("plan", "outcomes", index),
                f"Nothing in the plan serves outcome {index + 1} "
                f"({short(outcome['outcome'])}).",
                f"sen intervention add {case.id} PROVISION{case.of(at)} "
                f"--outcome {index + 1}",
            )
