"""C04 to C10: specialists, and requesting an EHC needs assessment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sencli.core.record.lookup import STILL
from sencli.core.record.lookup import cycle_began
from sencli.core.record.lookup import joined
from sencli.core.text import placeholders as blank
from sencli.core.text.dates import words
from sencli.rules.assess import agreed_by
from sencli.rules.case import Case
from sencli.rules.case import ItemAt
from sencli.rules.example import ON_SUPPORT
from sencli.rules.example import in_cycle
from sencli.rules.model import Gap
from sencli.rules.model import Rule
from sencli.rules.planning import short
from sencli.rules.reviewing import little_progress

SHARE_DAYS = 14
ADVISE_DAYS = 84
ANSWER_DAYS = 28
EVIDENCE_CYCLES = 2

_BEYOND_SCHOOL = {"health", "social_care"}


def _stuck(number: int) -> dict[str, Any]:
    starts = ("2024-09-20", "2025-01-15", "2025-04-28", "2025-09-18")
    ends = ("2024-12-10", "2025-03-28", "2025-07-10", "2025-12-10")
    return {
        **ON_SUPPORT,
        "cycles": [
            {
                "id": f"y{index}qf",
                "plan": {
                    "date": starts[index],
                    "outcomes": [{"id": f"o{index}fd", "outcome": "Reads 60 words"}],
                },
                "review": {
                    "date": ends[index],
                    "outcomes": [{"outcome": f"o{index}fd", "result": "not_achieved"}],
                },
            }
            for index in range(4 - number, 4)
        ],
    }


_SEEN: dict[str, Any] = {
    "id": "s5qe",
    "service": "Educational psychologist",
    "consent": {"given": True, "by": "parent", "date": "2025-09-25"},
    "referred": "2025-10-01",
    "first_seen": "2025-11-05",
}
_ADVICE: dict[str, Any] = {
    "id": "v4hn",
    "date": "2025-11-20",
    "recommendation": "Ten minutes of paired reading a day",
    "decision": "declined",
    "why": "Done already",
}


def _advised(advice: dict[str, Any]) -> dict[str, Any]:
    """A fragment: a cycle with one outcome, and this advice."""
    outcome = {"id": "o8fd", "outcome": "Reads 60 common words on sight"}
    return {
        **in_cycle(plan={"date": "2025-10-06", "outcomes": [outcome]}),
        "specialists": [{**_SEEN, "advice": [advice]}],
    }


def stuck(case: Case) -> list[ItemAt]:
    """The newest reviewed cycles in a row that found little progress, oldest first."""
    run: list[ItemAt] = []
    for at in reversed(case.reviewed):
        if not little_progress(at.item):
            break
        run.append(at)
    return run[::-1]


def _involved(case: Case, since: str) -> bool:
    """Whether any specialist was involved, or still was, from a day on."""
    return any(
        entry.get("referred", entry.get("first_seen", STILL)) <= case.day
        and entry.get("discharged", STILL) >= since
        for entry in case.record.get("specialists", ())
    )


@Rule(
    code="C04",
    name="Specialists considered",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.58",
    draft_section="Involving Specialists",
    asks="Where progress stays less than expected despite well-founded support, "
    "consider involving specialists.",
    why="Somebody else may see what the school cannot.",
    meet='sen consider PUPIL specialist --conclusion "yes|no" --reason "THE REASON"',
    fails=_stuck(2),
    passes={
        **_stuck(2),
        "considerations": [
            {
                "id": "c2nd",
                "date": "2025-12-10",
                "about": "specialist",
                "conclusion": "not_yet",
                "reason": "New programme only begun in November",
            }
        ],
    },
)
def c04(case: Case) -> Iterator[Gap]:
    """Found after two cycles of little progress, with no thought of a specialist."""
    run = stuck(case)
    if len(run) != case.settings.cycles_without_progress:
        return
    since = cycle_began(run[0].item)
    if not (case.considered("specialist", since) or _involved(case, since)):
        yield Gap(
            run[-1].to("review"),
            f"{len(run)} cycles in a row found little progress, and it is not recorded "
            "that a specialist was considered.",
            f"sen consider {case.id} specialist --conclusion {blank.YES_NO} "
            f"--reason {blank.REASON}",
        )


@Rule(
    code="C05",
    name="A specialist always involved in the end",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.59",
    draft_section="Involving Specialists",
    asks="Always involve a specialist where a pupil continues to make little or no "
    "progress despite evidence-based support.",
    why="The Code says always: go without one only for a reason that you can show.",
    meet="sen specialist refer PUPIL SERVICE --consent WHO --date DATE",
    fails=_stuck(3),
    passes={**_stuck(3), "specialists": [_SEEN]},
)
def c05(case: Case) -> Iterator[Gap]:
    """Found after one cycle of little progress more, with no specialist involved."""
    run = stuck(case)
    if len(run) <= case.settings.cycles_without_progress:
        return
    if not _involved(case, cycle_began(run[0].item)):
        yield Gap(
            run[-1].to("review"),
            f"{len(run)} cycles in a row found little progress, and no specialist is "
            "involved.",
            f"sen specialist refer {case.id} SERVICE --consent WHO --date DATE",
        )


@Rule(
    code="C06",
    name="Parents involved in the decision to ask a specialist",
    level="should",
    scope="roll",
    cites="SEND Code of Practice 6.59",
    draft_section="Involving Specialists",
    asks="Always involve parents in any decision to involve a specialist.",
    why="It is their child who is to be seen.",
    meet="sen specialist consent PUPIL SERVICE --by WHO --date DATE",
    fails={
        **ON_SUPPORT,
        "specialists": [{k: v for k, v in _SEEN.items() if k != "consent"}],
    },
    passes={**ON_SUPPORT, "specialists": [_SEEN]},
)
def c06(case: Case) -> Iterator[Gap]:
    """Found when a specialist was asked before the parents had agreed."""
    for index, entry in enumerate(case.record.get("specialists", ())):
        asked = entry.get("referred") or entry.get("first_seen", "")
        if not asked or asked > case.day or entry.get("source") in _BEYOND_SCHOOL:
            continue
        if case.ours({}, asked) and not agreed_by(case, entry, asked):
            yield Gap(
                ("specialists", index),
                f"{entry['service']} was asked on {words(asked)}, and it is not "
                f"recorded that {case.family_on(asked).name} had agreed by then.",
                f"sen specialist consent {case.id} {entry['id']} --by {case.whom} "
                "--date DATE",
            )


@Rule(
    code="C07",
    name="Advice recorded and shared",
    level="should",
    scope="roll",
    cites="SEND Code of Practice 6.59",
    draft_section="Involving Specialists",
    asks="Record what the specialist found and what was agreed, and share it with "
    "parents and teaching staff.",
    why="Advice that stays in the SENCO's drawer helps nobody.",
    meet="sen specialist advise PUPIL SERVICE --shared-with WHO --shared-on DATE",
    fails={**ON_SUPPORT, "specialists": [{**_SEEN, "advice": [_ADVICE]}]},
    passes={
        **ON_SUPPORT,
        "specialists": [
            {
                **_SEEN,
                "advice": [_ADVICE],
                "shared": [
                    {"with": "parents", "date": "2025-11-24"},
                    {"with": "staff", "date": "2025-11-24"},
                ],
            }
        ],
    },
)
def c07(case: Case) -> Iterator[Gap]:
    """Found when a specialist came and left no advice, or it was not shared."""
    for index, entry in enumerate(case.record.get("specialists", ())):
        advice = [a["date"] for a in entry.get("advice", ()) if a["date"] <= case.day]
        seen = entry.get("first_seen", "")
        if not case.ours({}, max([seen, *advice])):
            continue
        command = f"sen specialist advise {case.id} {entry['id']}"
        if not advice and "" < seen <= case.ago(ADVISE_DAYS):
            yield Gap(
                ("specialists", index),
                f"{entry['service']} first saw the pupil on {words(seen)}, and no "
                "advice is recorded.",
                f"{command} --recommendation {blank.SAID} --date DATE",
            )
        if not advice or min(advice) > case.ago(SHARE_DAYS):
            continue
        shared = entry.get("shared", ())
        told = [share["with"] for share in shared]
        missing = []
        if not any(case.is_parent(s["with"], s["date"]) for s in shared):
            missing.append(case.family.name)
        if not any(map(case.is_staff, told)):
            missing.append("staff")
        if missing:
            yield Gap(
                ("specialists", index),
                f"The advice of {entry['service']} ({words(min(advice))}) was not "
                f"shared with {joined(missing, 'or')}.",
                f"{command} --shared-with WHO --shared-on DATE",
            )


@Rule(
    code="C08",
    name="Advice carried into the plan",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.62",
    draft_section="Involving Specialists",
    asks="SENCO, teacher, specialist and parents agree the outcomes, the support and "
    "the date by which progress is reviewed.",
    why="Each recommendation is taken up, adapted or declined with a reason; silence "
    "is none of these.",
    meet='sen specialist advise PUPIL SERVICE --decision "accepted|adapted|declined" '
    "--outcome NUMBER",
    fails=_advised({k: v for k, v in _ADVICE.items() if k not in {"decision", "why"}}),
    passes=_advised(_ADVICE),
)
def c08(case: Case) -> Iterator[Gap]:
    """Found when advice is unanswered after four weeks, or accepted and in no plan."""
    for index, entry in enumerate(case.record.get("specialists", ())):
        for number, advice in enumerate(entry.get("advice", ())):
            if advice["date"] > case.ago(ANSWER_DAYS) or not case.ours(
                {}, advice["date"]
            ):
                continue
            path = ("specialists", index, "advice", number)
            command = f"sen specialist advise {case.id} {entry['id']}"
            answer = advice.get("decision")
            said = (
                f"{entry['service']}, {words(advice['date'])}: the advice "
                f"{short(advice['recommendation'])}"
            )
            if not answer:
                yield Gap(
                    path,
                    f"{said} is neither accepted, adapted nor declined.",
                    f"{command} --advice {advice['id']} --decision "
                    f"{blank.ADVICE_CHOICE} --outcome NUMBER",
                )
            elif answer != "declined" and not advice.get("items"):
                yield Gap(
                    path,
                    f"{said} was {answer}, and no outcome or intervention carries it "
                    "out.",
                    f"{command} --advice {advice['id']} --outcome NUMBER",
                )


@Rule(
    code="C09",
    name="An EHC needs assessment considered",
    level="should",
    scope="support",
    cites="SEND Code of Practice 6.63 and 9.14",
    draft_section="Use of data and record keeping",
    asks="Where a pupil has not made expected progress despite all that was done, "
    "school or parents consider asking for an EHC needs assessment.",
    why="The right to ask is the family's; the evidence is the school's.",
    meet='sen consider PUPIL ehc_needs_assessment --conclusion "yes|no" '
    '--reason "THE REASON"',
    fails={**_stuck(3), "specialists": [_SEEN]},
    passes={
        **_stuck(3),
        "specialists": [_SEEN],
        "ehc": {"requests": [{"id": "r7vb", "date": "2026-01-12", "by": "parent"}]},
    },
)
def c09(case: Case) -> Iterator[Gap]:
    """Found after three cycles of little progress with a specialist's help."""
    run = stuck(case)
    if len(run) <= case.settings.cycles_without_progress:
        return
    since = cycle_began(run[0].item)
    asked = any(
        r["date"] >= since for r in case.record.get("ehc", {}).get("requests", ())
    )
    decided = any(
        "request_ehc_assessment" in at.item["review"].get("decisions", ()) for at in run
    )
    considered = asked or decided or case.considered("ehc_needs_assessment", since)
    if _involved(case, since) and not considered:
        yield Gap(
            run[-1].to("review"),
            f"{len(run)} cycles found little progress, with a specialist involved, and "
            "an EHC needs assessment was not considered.",
            f"sen consider {case.id} ehc_needs_assessment --conclusion {blank.YES_NO} "
            f"--reason {blank.REASON}",
        )


@Rule(
    code="C10",
    name="The evidence for an EHC needs assessment",
    level="may",
    scope="roll",
    cites="SEND Code of Practice 9.14",
    confirmed=True,
    draft_section="Use of data and record keeping",
    asks="The local authority looks for attainment and rate of progress, the nature of "
    "the needs, what was done, and what was needed to make progress.",
    why="A request that lacks its evidence costs the child half a year.",
    meet="sen print case PUPIL",
    fails={
        **ON_SUPPORT,
        "ehc": {"requests": [{"id": "r7vb", "date": "2026-01-12", "by": "parent"}]},
    },
    passes={
        **ON_SUPPORT,
        "ehc": {
            "requests": [
                {"id": "r7vb", "date": "2026-01-12", "evidence_sent": "2026-01-20"}
            ]
        },
    },
)
def c10(case: Case) -> Iterator[Gap]:
    """Found when a request is open and the record lacks what counts as evidence."""
    for index, request in enumerate(case.record.get("ehc", {}).get("requests", ())):
        settled = any(
            request.get(part) for part in ("evidence_sent", "decision", "withdrawn")
        )
        if settled or request["date"] > case.day:
            continue
        missing = _evidence_missing(case)
        if missing:
            yield Gap(
                ("ehc", "requests", index),
                f"For the request of {words(request['date'])} the record does not "
                f"show {joined(missing, 'or')}.",
                f"sen print case {case.id}",
            )


def _evidence_missing(case: Case) -> list[str]:
    measured = any(
        at.item.get("do", {}).get("measurements")
        or at.item.get("review", {}).get("outcomes")
        for at in case.cycles
    )
    there = {
        "measured progress": measured,
        "a described need": any(need.get("description") for need in case.needs),
        "two reviewed cycles": len(case.reviewed) >= EVIDENCE_CYCLES,
        "a specialist's advice": any(
            entry.get("advice") for entry in case.record.get("specialists", ())
        ),
    }
    return [said for said, found in there.items() if not found]
