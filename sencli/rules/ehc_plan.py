"""D07 to D14: the content of an EHC plan and its review, and the status."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sencli import terms
from sencli.core.pupil import support_since
from sencli.core.record.lookup import academic_year
from sencli.core.record.lookup import age_on
from sencli.core.record.lookup import joined
from sencli.core.record.walk import Path
from sencli.core.statutory import deadlines
from sencli.core.statutory import moves
from sencli.core.text.dates import add_months
from sencli.core.text.dates import words
from sencli.core.text.placeholders import PLANNED
from sencli.core.text.placeholders import SAID
from sencli.core.text.placeholders import SEEN
from sencli.core.text.plural import plural
from sencli.rules.annual_review import judged
from sencli.rules.annual_review import last_held
from sencli.rules.case import Case
from sencli.rules.example import ON_SUPPORT
from sencli.rules.example import WITH_PLAN
from sencli.rules.model import Gap
from sencli.rules.model import Rule

ADULTHOOD_YEAR = 9
UNDER_FIVE = 5
TELL_STAFF_DAYS = 14

_AREAS = {
    "employment": "employment",
    "independent_living": "independent living",
    "participation": "taking part in society",
}
_PLAN: dict[str, Any] = {
    "id": "e3ph",
    "issued": "2025-06-10",
    "shared_with_staff": "2025-06-12",
}
_REVIEW: dict[str, Any] = {
    "id": "q8wn",
    "date": "2026-02-02",
    "kind": "annual",
    "views": [
        {"of": "parent", "text": "He is happier"},
        {"of": "pupil", "text": "I want to be a chef"},
    ],
    "interim_targets": [{"id": "j4fm", "text": "Asks for help in each lesson"}],
}
_YEAR_9: dict[str, Any] = {"placements": [{"from": "2025-09-01", "year_group": "9"}]}
_YEAR_6: dict[str, Any] = {"placements": [{"from": "2025-09-01", "year_group": "6"}]}


def _ehc(review: dict[str, Any] | None = None, **plan: Any) -> dict[str, Any]:
    whole = {k: v for k, v in {**_PLAN, **plan}.items() if v is not None}
    reviews = [review] if review else []
    return {**WITH_PLAN, "ehc": {"plans": [whole], "reviews": reviews}}


def _without(key: str) -> dict[str, Any]:
    return {k: v for k, v in _REVIEW.items() if k != key}


@Rule(
    code="D07",
    name="Adulthood considered from Year 9",
    level="must",
    scope="plan",
    cites="SEND Regulations 2014 reg 20(6); SEND Code of Practice 9.184",
    confirmed=True,
    draft_section="Supporting successful preparation for adulthood",
    asks="From Year 9 the review considers what prepares the pupil for adulthood and "
    "independent living.",
    why="Four years pass quickly, and nobody else will ask.",
    meet='sen ehc review PUPIL --date DATE --employment "WHAT WAS SAID"',
    fails={**_YEAR_9, **_ehc(_REVIEW)},
    passes={**_YEAR_9, **_ehc({**_REVIEW, "pfa": dict.fromkeys(_AREAS, "Talked of")})},
)
def d07(case: Case) -> Iterator[Gap]:
    """Found when a review in Year 9 or above leaves out an area of adult life."""
    at = last_held(case)
    if at is None or case.year < ADULTHOOD_YEAR:
        return
    looked_at = at.item.get("pfa", {})
    missing = [area for area in _AREAS if not looked_at.get(area)]
    if missing:
        options = " ".join(f"--{area.replace('_', '-')} {SAID}" for area in missing)
        yield Gap(
            at.path,
            f"The review of {words(at.item['date'])} does not consider "
            f"{joined([_AREAS[area] for area in missing], 'or')}.",
            f"sen ehc review {case.id} --date {at.item['date']} {options}",
        )


@Rule(
    code="D08",
    name="The plan amended in time for the next phase",
    level="reminder",
    scope="plan",
    cites="SEND Regulations 2014 reg 18; SEND Code of Practice 9.179 to 9.181",
    confirmed=True,
    asks="Where a pupil moves to the next phase, the plan is reviewed and amended by "
    "15 February (31 March from secondary to post-16).",
    why="The place for September is named in the plan; without it there is none.",
    meet="sen ehc review PUPIL --kind phase_transfer --date DATE",
    fails={**_YEAR_6, **_ehc()},
    passes={
        **_YEAR_6,
        **_ehc({**_REVIEW, "date": "2025-10-14"}, issued="2026-01-20"),
    },
)
def d08(case: Case) -> Iterator[Gap]:
    """Found when the review before a move is late, or the plan not amended in time."""
    step = moves.phase_step(case.record, case.school, case.day)
    for missed in moves.phase_steps(case.record, case.school, case.day):
        if missed != step and case.plan:
            yield Gap(
                case.plan.path,
                f"The plan was to be amended by {words(missed.due)} for the move of "
                "last school year, and is not recorded as amended "
                f"({plural(missed.days_late(case.day), 'day')} late).",
                f"sen ehc issue {case.id} --amended DATE",
            )
    if step is None and (case.plan or not _moves_on(case)):
        return
    since = f"{academic_year(case.day)}-{moves.SUMMER_BEFORE}"
    by = deadlines.transfer_review_by(case.school, case.day)
    reviews = case.record.get("ehc", {}).get("reviews", ())
    done = any(since <= review["date"] <= case.day for review in reviews)
    where = case.plan.path if case.plan else ("ehc",)
    amend_by = step.due if step else deadlines.transfer_by(case.year_group, case.day)
    ends = f"{terms.year_group_name(case.year_group)} ends a phase"
    if case.day > by and not done and not any(judged(case)):
        yield Gap(
            where,
            f"{ends}: the plan must be amended by {words(amend_by)}, and no review has "
            "been held this school year.",
            f"sen ehc review {case.id} --kind phase_transfer --date DATE",
        )
    elif step and step.owed(case.day):
        late = plural(step.days_late(case.day), "day")
        yield Gap(
            where,
            f"{ends}: the authority was to amend the plan by {words(amend_by)}, and it "
            f"is not recorded as amended ({late} late).",
            f"sen ehc issue {case.id} --amended DATE",
        )


def _moves_on(case: Case) -> bool:
    return bool(moves.leaves_on(case.record, case.school, case.day))


@Rule(
    code="D09",
    name="Under five: looked at every six months",
    level="should",
    scope="plan",
    cites="SEND Code of Practice 9.178",
    confirmed=True,
    asks="Consider reviewing the plan of a child under five every three to six months.",
    why="At four, six months is an eighth of a life.",
    meet="sen ehc review PUPIL --kind early --date DATE",
    fails={"date_of_birth": "2021-09-20", **_ehc()},
    passes={"date_of_birth": "2021-09-20", **_ehc(_REVIEW)},
)
def d09(case: Case) -> Iterator[Gap]:
    """Found when a child under five has a plan not looked at for six months."""
    age = age_on(case.record, case.day)
    if age is None or age >= UNDER_FIVE or case.plan is None:
        return
    due = deadlines.review_due(case.record, case.day, deadlines.UNDER_FIVE_MONTHS)
    if max(due, add_months(case.here_since or due, 1)) < case.day:
        yield Gap(
            case.plan.path,
            f"The child is under five, and the plan was due another look by "
            f"{words(due)}.",
            f"sen ehc review {case.id} --kind early --date DATE",
        )


@Rule(
    code="D10",
    name="Views, wishes and feelings taken into account",
    level="reminder",
    scope="plan",
    cites="Children and Families Act 2014 s.19; SEND Code of Practice 9.168",
    draft_section="2.1 Principles underpinning the Code of Practice",
    asks="Take into account the views, wishes and feelings of the child and of the "
    "parents, or of the young person.",
    why="It is the first principle of the Act.",
    meet='sen ehc review PUPIL --date DATE --parent-view "WHAT WAS SAID" '
    '--pupil-view "WHAT WAS SAID"',
    fails=_ehc(_without("views")),
    passes=_ehc(_REVIEW),
)
def d10(case: Case) -> Iterator[Gap]:
    """Found when the last review holds no views of parents or of the pupil."""
    at = last_held(case)
    if at is None:
        return
    views = at.item.get("views", ())
    missing = []
    for whose, option in case.views_lacking(views, at.item["date"]):
        missing.append((whose.removesuffix("'s").rstrip("'"), f"{option} {SAID}"))
    if missing:
        options = " ".join(option for _, option in missing)
        yield Gap(
            at.path,
            f"The review of {words(at.item['date'])} has no views of "
            f"{joined([said for said, _ in missing], 'or')}.",
            f"sen ehc review {case.id} --date {at.item['date']} {options}",
        )


@Rule(
    code="D11",
    name="Interim targets for the coming year",
    level="should",
    scope="plan",
    cites="SEND Code of Practice 9.167",
    asks="Review the interim targets and set new ones for the coming year.",
    why="An outcome at the end of a key stage needs steps on the way.",
    meet='sen ehc review PUPIL --date DATE --target "WHAT IS PLANNED"',
    fails=_ehc(_without("interim_targets")),
    passes=_ehc(_REVIEW),
)
def d11(case: Case) -> Iterator[Gap]:
    """Found when the last review set no targets for the coming year."""
    at = last_held(case)
    if at is not None and not at.item.get("interim_targets"):
        yield Gap(
            at.path,
            f"The review of {words(at.item['date'])} sets no targets for the coming "
            "year.",
            f"sen ehc review {case.id} --date {at.item['date']} --target {PLANNED}",
        )


@Rule(
    code="D12",
    name="Those who teach the pupil know the plan",
    level="should",
    scope="plan",
    cites="SEND Code of Practice 9.130",
    draft_section="Plan",
    asks="Those who teach a pupil with an EHC plan know the needs and the provision in "
    "it.",
    why="Section F is delivered by whoever is in the room.",
    meet="sen ehc issue PUPIL --shared-with-staff DATE",
    fails=_ehc(shared_with_staff=None),
    passes=_ehc(),
)
def d12(case: Case) -> Iterator[Gap]:
    """Found when nothing says that staff know the plan."""
    if case.plan is None or case.plan.item.get("shared_with_staff"):
        return
    issued = case.plan.item["issued"]
    shared = any(at.item.get("plan", {}).get("shared_with_staff") for at in case.cycles)
    if not shared and max(issued, case.here_since) <= case.ago(TELL_STAFF_DAYS):
        yield Gap(
            case.plan.path,
            "It is not recorded that those who teach the pupil know the EHC plan of "
            f"{words(issued)}.",
            f"sen ehc issue {case.id} --date {issued} --shared-with-staff DATE",
        )


@Rule(
    code="D13",
    name="Section F delivered",
    level="reminder",
    scope="plan",
    cites="Children and Families Act 2014 s.42; SEND Code of Practice 9.131",
    draft_section="High quality provision to meet the needs",
    asks="The provision in section F is delivered, all of it. The duty is the local "
    "authority's; the school shows what is given.",
    why="It is the one part of the plan that a court can enforce.",
    meet="sen intervention add PUPIL PROVISION --section-f NUMBER",
    fails={
        **_ehc(provision=[{"id": "f9tb", "text": "Speech therapy, an hour a week"}]),
        "cycles": [{"id": "y2qf", "plan": {"date": "2026-01-08"}}],
    },
    passes={
        **_ehc(provision=[{"id": "f9tb", "text": "Speech therapy, an hour a week"}]),
        "cycles": [
            {
                "id": "y2qf",
                "plan": {
                    "date": "2026-01-08",
                    "interventions": [
                        {
                            "id": "i5tr",
                            "provision": "lunch-club",
                            "section_f": "f9tb",
                        }
                    ],
                },
            }
        ],
    },
)
def d13(case: Case) -> Iterator[Gap]:
    """Found when an item of section F is delivered by no intervention."""
    if case.plan is None:
        return
    plan = case.open.item.get("plan", {}) if case.open else {}
    given = {
        entry.get("section_f")
        for entry in plan.get("interventions", ())
        if case.active(entry)
    }
    for index, item in enumerate(case.plan.item.get("provision", ())):
        if item["id"] not in given:
            yield Gap(
                case.plan.to("provision", index),
                f"Item {index + 1} of section F is delivered by no intervention of the "
                "open cycle.",
                f"sen intervention add {case.id} PROVISION --section-f {index + 1}"
                if case.open
                else f"sen cycle open {case.id} --assessment {SEEN}",
            )


@Rule(
    code="D14",
    name="The status and the EHC plan agree",
    level="should",
    scope="roll",
    cites="Children and Families Act 2014 s.37, s.42 and s.45; SEND Code of Practice "
    "6.72 and 6.83",
    draft_section="Use of data and record keeping",
    asks="A pupil has the status E while an EHC plan is in force, and only then.",
    why="The duties hang on the plan and the census on the status; where the two "
    "disagree, one of them is wrong, and so is the funding.",
    meet="sen status set PUPIL E --since DATE",
    fails={**ON_SUPPORT, "ehc": {"plans": [_PLAN]}},
    passes=_ehc(),
)
def d14(case: Case) -> Iterator[Gap]:
    """Found when a plan is in force without status E, or E without a plan in force."""
    code = case.status["provision"]
    if case.plan is not None and code != "E":
        yield Gap(
            _status_path(case),
            f"The EHC plan of {words(case.plan.item['issued'])} is in force, and the "
            f"status is {code}. If the plan has ended, type sen ehc cease {case.id} "
            "--date DATE instead.",
            f"sen status set {case.id} E --since DATE",
        )
    elif case.plan is None and code == "E":
        plans = case.record.get("ehc", {}).get("plans", ())
        ceased = max((str(plan.get("ceased", "")) for plan in plans), default="")
        if "" < ceased <= case.day:
            yield Gap(
                _status_path(case),
                f"The EHC plan ceased on {words(ceased)}, and the status is still E. "
                "It is K where SEN support goes on, else N.",
                f'sen status set {case.id} "K|N" --since {ceased}',
            )
            return
        yield Gap(
            _status_path(case),
            "The status is E, and no EHC plan is recorded. If the pupil came with one, "
            f"type sen ehc join {case.id} --date DATE --issued DATE instead.",
            f"sen ehc issue {case.id} --date DATE",
        )


def _status_path(case: Case) -> Path:
    """The status in force, or where the first one belongs."""
    run = support_since.same_code(case.record, case.day)
    return ("status", run[-1][0]) if run else ("status",)
