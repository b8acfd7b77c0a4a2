"""P07 to P14, P16: keeping records up to date, and linking plans."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from typing import Any

from sencli.core.pupil import support_since
from sencli.core.pupil.part_time import next_review
from sencli.core.record.lookup import STILL
from sencli.core.record.lookup import academic_year
from sencli.core.record.lookup import cycle_began
from sencli.core.record.lookup import health_on
from sencli.core.record.lookup import profile_on
from sencli.core.text.dates import add_days
from sencli.core.text.dates import words
from sencli.core.text.placeholders import PLANNED
from sencli.rules.case import Case
from sencli.rules.case import ItemAt
from sencli.rules.example import ON_SUPPORT
from sencli.rules.example import in_cycle
from sencli.rules.model import Gap
from sencli.rules.model import Rule
from sencli.rules.reviewing import reviewed_option
from sencli.rules.support import running

TERM_DAYS = 98
UNLOGGED_SCHOOL_DAYS = 20
EXIT_DAYS = 14
EXIT_BEFORE_DAYS = 21
NEW_DAYS = 90

_PLAN: dict[str, Any] = {
    "date": "2026-01-08",
    "review_by": "2026-03-27",
    "outcomes": [{"id": "o8fd", "outcome": "Reads 60 common words on sight"}],
}
_TAUGHT: dict[str, Any] = {
    "id": "i5tr",
    "provision": "precision-teaching",
    "outcomes": ["o8fd"],
    "from": "2026-01-12",
}
# The kinds of school that section 100 of the Children and Families Act 2014 binds.
_BOUND_BY_S100 = {"maintained", "academy", "alternative_provision"}


@Rule(
    code="P07",
    name="Provision recorded and up to date",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.72",
    confirmed=True,
    draft_section="Use of data and record keeping",
    asks="Record the provision made accurately, and keep it up to date.",
    why="What is not written down cannot be shown, and is soon not done.",
    meet="sen session log PUPIL --intervention ITEM --date DATE",
    fails=in_cycle(plan={**_PLAN, "interventions": [_TAUGHT]}),
    passes=in_cycle(
        plan={**_PLAN, "interventions": [_TAUGHT]},
        do={"sessions": [{"date": "2026-03-11", "intervention": "i5tr"}]},
    ),
)
def p07(case: Case) -> Iterator[Gap]:
    """Found when nothing is recorded for a term, or no session for four weeks."""
    last = max(case.last_event, case.here_since) if case.last_event else ""
    if last and last < case.ago(TERM_DAYS):
        here = last == case.here_since
        joined = f", {support_since.here_words(case.record, case.day)}" if here else ""
        yield Gap(
            (),
            f"Nothing has been recorded for this pupil since {words(last)}{joined}.",
            f"sen meeting add {case.id} --date DATE --attended WHO",
        )
        return
    if case.open is None:
        return
    done = case.open.item.get("do", {})
    for number, at in running(case):
        entry = at.item
        logged = [s["date"] for s in done.get("sessions", ()) if _of(s, entry)]
        logged += [
            add_days(t["week"], 4) for t in done.get("tallies", ()) if _of(t, entry)
        ]
        plan = case.open.item.get("plan", {})
        began = entry.get("from") or plan.get("date") or cycle_began(case.open.item)
        # what an outcome was measured at tells of no session of this support
        last = max([d for d in logged if d <= case.day], default="")
        since = max(last or began, case.here_since)
        if case.school_days.between(since, case.day) > UNLOGGED_SCHOOL_DAYS:
            told = f" since {words(since)}" if last else f"; it began {words(began)}"
            yield Gap(
                at.path,
                f"{case.name_of(entry['provision'])} runs, and no session has been "
                f"recorded{told}.",
                f"sen session log {case.id} --intervention {number} --date DATE",
            )


def _of(session: Mapping[str, Any], entry: Mapping[str, Any]) -> bool:
    return bool(session["intervention"] == entry["id"])


@Rule(
    code="P08",
    name="What ended, and what it did",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.73",
    confirmed=True,
    draft_section="Use of data and record keeping",
    asks="Keep evidence of the support given over the pupil's time in the school, and "
    "of its impact.",
    why="The next school, the authority and the tribunal ask what was tried and what "
    "it did.",
    meet="sen outcome measure PUPIL OUTCOME VALUE",
    fails=in_cycle(
        plan={**_PLAN, "interventions": [{**_TAUGHT, "until": "2026-02-13"}]}
    ),
    passes=in_cycle(
        plan={**_PLAN, "interventions": [{**_TAUGHT, "until": "2026-02-13"}]},
        do={
            "measurements": [
                {"id": "m6pz", "date": "2026-02-12", "outcome": "o8fd", "value": 60}
            ]
        },
    ),
)
def p08(case: Case) -> Iterator[Gap]:
    """Found when an intervention ended and nothing says what it did."""
    found = [case.open] if case.open else []
    for at in [*case.reviewed[-1:], *found]:
        review = at.item.get("review", {}) if at in case.reviewed else {}
        for index, entry in enumerate(at.item.get("plan", {}).get("interventions", ())):
            ended = _ended(entry, review)
            if (
                ended
                and ended <= case.ago(EXIT_DAYS)
                and not _is_judged(at, entry, ended)
            ):
                yield Gap(
                    at.to("plan", "interventions", index),
                    f"{case.name_of(entry['provision'])} ended on {words(ended)}, and "
                    "nothing says what it did.",
                    _say_what_it_did(case, at, entry, index + 1),
                )


def _ended(entry: Mapping[str, Any], review: Mapping[str, Any]) -> str:
    """When an intervention ended, at the latest with its cycle's review; or ""."""
    last = str(entry.get("ended", {}).get("date") or entry.get("until", ""))
    return last or str(review.get("date", ""))


def _is_judged(at: ItemAt, entry: Mapping[str, Any], ended: str) -> bool:
    """Whether its impact is judged, or one of its outcomes is rated or measured."""
    review, aims = at.item.get("review", {}), set(entry.get("outcomes", ()))
    since = add_days(ended, -EXIT_BEFORE_DAYS)
    return (
        any(_of(judged, entry) for judged in review.get("interventions", ()))
        or any(rated["outcome"] in aims for rated in review.get("outcomes", ()))
        or any(
            measured["outcome"] in aims and measured["date"] >= since
            for measured in at.item.get("do", {}).get("measurements", ())
        )
    )


def _say_what_it_did(
    case: Case, at: ItemAt, entry: Mapping[str, Any], number: int
) -> str:
    if "review" in at.item:
        return (
            f"sen cycle review {case.id}{reviewed_option(case, at)} "
            f"--intervention {number}=IMPACT"
        )
    outcomes = [o["id"] for o in at.item.get("plan", {}).get("outcomes", ())]
    aims = [outcomes.index(o) + 1 for o in entry.get("outcomes", ()) if o in outcomes]
    return f"sen outcome measure {case.id} {aims[0] if aims else 1} VALUE"


@Rule(
    code="P09",
    name="Records shared with parents",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.74",
    confirmed=True,
    asks="Share the records readily with parents, in a form that they can use.",
    why="Nothing about a child should be news to the parents.",
    meet="sen summary PUPIL --to WHO --record --format pdf --output FILE",
    fails=ON_SUPPORT,
    passes={
        **ON_SUPPORT,
        "issued": [
            {
                "id": "w3dc",
                "date": "2025-12-15",
                "document": "summary",
                "to": "Sana Khan",
                "content": "3f9a-2b7c",
            }
        ],
    },
)
def p09(case: Case) -> Iterator[Gap]:
    """Found when parents were given nothing on paper this school year."""
    since = max(f"{academic_year(case.day)}-09-01", case.here_since)
    settled = max(since, case.supported_since) <= case.ago(NEW_DAYS)
    if settled and not case.given_to_parents(since):
        yield Gap(
            ("issued",),
            f"{case.family.subject} {case.family.have} been given nothing in writing "
            "this school year.",
            f"sen summary {case.id} --to {case.whom} --record --format pdf --output "
            f"summary-{case.id}.pdf",
            together="sen summary PUPILS --record --format pdf --output summaries.pdf",
        )


@Rule(
    code="P10",
    name="Teaching strategies recorded",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.75",
    confirmed=True,
    draft_section="Use of data and record keeping",
    asks="Record details of SEN, outcomes, teaching strategies and the involvement of "
    "specialists; the other three have rules of their own.",
    why="A supply teacher needs one line on what helps.",
    meet='sen cycle plan PUPIL --strategy "WHAT IS PLANNED"',
    fails=in_cycle(plan=_PLAN),
    passes=in_cycle(
        plan={**_PLAN, "strategies": [{"id": "g7rn", "text": "Visual timetable"}]}
    ),
)
def p10(case: Case) -> Iterator[Gap]:
    """Found when neither plan nor profile says what helps in class."""
    at = case.planned
    profile = profile_on(case.record, case.day)
    helps = profile.get("how_to_support_me") or profile.get("please_do")
    if at is not None and not helps and not any(case.strategies()):
        yield Gap(
            at.to("plan"),
            f"The plan of {words(at.item['plan']['date'])} has no strategies for the "
            "classroom.",
            f"sen cycle plan {case.id}{case.of(at)} --strategy {PLANNED}",
        )


@Rule(
    code="P11",
    name="Provision that a map can show",
    level="may",
    scope="register",
    cites="SEND Code of Practice 6.76 and 6.77",
    confirmed=True,
    draft_section="Use of data and record keeping",
    asks="A provision map is an efficient way to show all that is additional to and "
    "different from what others get.",
    why="Without minutes and group size it shows neither time nor cost.",
    meet="sen intervention set PUPIL ITEM --minutes MINUTES --sessions-per-week NUMBER",
    fails=in_cycle(plan={**_PLAN, "interventions": [_TAUGHT]}),
    passes=in_cycle(
        plan={
            **_PLAN,
            "interventions": [
                {
                    **_TAUGHT,
                    "dose": [
                        {"from": "2026-01-12", "minutes": 30, "sessions_per_week": 3}
                    ],
                }
            ],
        }
    ),
)
def p11(case: Case) -> Iterator[Gap]:
    """Found when an intervention that runs does not say how long or how often."""
    for number, at in running(case):
        dose = [d for d in at.item.get("dose", ()) if d.get("minutes")]
        if not dose:
            yield Gap(
                at.path,
                f"{case.name_of(at.item['provision'])} does not say how long or how "
                "often, so that the provision map cannot show its time or cost.",
                f"sen intervention set {case.id} {number} --minutes MINUTES "
                "--sessions-per-week NUMBER",
            )


def _joined_up(case: Case, kind: str) -> tuple[list[Any], bool]:
    """The related plans of a kind in force, and whether anybody was told of the SEN."""
    plans = [
        plan
        for plan in case.record.get("related_plans", ())
        if plan["kind"] == kind and case.active(plan)
    ]
    return plans, any(plan.get("informed") for plan in plans)


@Rule(
    code="P13",
    name="Looked after: one plan with the PEP",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.90 and chapter 10",
    draft_section="The role of the SENCO in schools",
    asks="For a looked-after pupil, work with the designated teacher, and let the SEN "
    "support fit with the personal education plan (PEP).",
    why="A child who moves between homes should not also move between plans.",
    meet="sen plan-elsewhere add PUPIL pep --informed DATE",
    fails={**ON_SUPPORT, "flags": [{"flag": "looked_after", "from": "2025-09-01"}]},
    passes={
        **ON_SUPPORT,
        "flags": [{"flag": "looked_after", "from": "2025-09-01"}],
        "related_plans": [{"id": "k8ej", "kind": "pep", "informed": "2025-09-22"}],
    },
)
def p13(case: Case) -> Iterator[Gap]:
    """Found when there is no PEP, or the designated teacher was not told."""
    if "looked_after" not in case.flags:
        return
    plans, told = _joined_up(case, "pep")
    if not plans or not told:
        missing = (
            "no designated teacher is shown as told" if plans else "no PEP is named"
        )
        yield Gap(
            ("related_plans",),
            f"The pupil is looked after, and {missing}.",
            f"sen plan-elsewhere add {case.id} pep --informed DATE",
        )


@Rule(
    code="P14",
    name="Medical condition: one plan with the healthcare plan",
    level="must",
    scope="register",
    cites="SEND Code of Practice 6.11; Children and Families Act 2014 s.100",
    draft_section="The Equality Act 2010",
    asks="Where a pupil has a medical condition and SEN, plan the support together "
    "with the individual healthcare plan.",
    why="Medicine at noon and precision teaching at noon cannot both happen.",
    meet="sen plan-elsewhere add PUPIL healthcare_plan --reference PLACE",
    fails={**ON_SUPPORT, "flags": [{"flag": "medical_plan", "from": "2025-09-01"}]},
    passes={
        **ON_SUPPORT,
        "flags": [{"flag": "medical_plan", "from": "2025-09-01"}],
        "related_plans": [{"id": "k8ej", "kind": "healthcare_plan"}],
    },
)
def p14(case: Case) -> Iterator[Gap]:
    """Found when a healthcare plan is flagged and the record does not name it.

    A maintained school and an academy must (section 100); others should.
    """
    planned = any(entry.get("plan") for entry in health_on(case.record, case.day))
    known = planned or _joined_up(case, "healthcare_plan")[0]
    if "medical_plan" in case.flags and not known:
        yield Gap(
            ("related_plans",),
            "There is a medical condition with a plan, and the record does not say "
            "where the healthcare plan is.",
            f"sen plan-elsewhere add {case.id} healthcare_plan --reference PLACE",
            None if case.school.get("type") in _BOUND_BY_S100 else "should",
        )


_PART_TIME: dict[str, Any] = {
    "id": "xk3b",
    "from": "2026-01-12",
    "hours_a_week": 15,
    "review_by": "2026-02-09",
}


@Rule(
    code="P16",
    name="A part-time timetable reviewed on its day",
    level="should",
    scope="roll",
    cites="Working together to improve school attendance (DfE, August 2024)",
    asks="Keep a part-time timetable as short as can be, agree it with parents, and "
    "review it on the day that was set.",
    why="A child who is out of school by agreement is easily left there.",
    meet="sen part-time set PUPIL TIMETABLE --reviewed DATE --review-by DATE",
    fails={"part_time_timetables": [_PART_TIME]},
    passes={"part_time_timetables": [{**_PART_TIME, "review_by": "2026-03-23"}]},
)
def p16(case: Case) -> Iterator[Gap]:
    """Found when one runs past its review, or four weeks where no day was agreed."""
    for number, entry in enumerate(case.record.get("part_time_timetables", ())):
        due = next_review(entry)
        runs = entry["from"] <= case.day <= entry.get("until", STILL)
        if runs and due < case.day:
            yield Gap(
                ("part_time_timetables", number),
                f"The part-time timetable from {words(entry['from'])} was to be "
                f"reviewed by {words(due)}.",
                f"sen part-time set {case.id} {entry['id']} --reviewed DATE "
                "--review-by DATE",
            )
