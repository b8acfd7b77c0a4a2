"""A13 to A15: telling parents, meeting the need, describing the need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sencli.core.text.dates import add_days
from sencli.core.text.dates import words
from sencli.core.text.placeholders import REASON
from sencli.core.text.placeholders import SEEN
from sencli.rules.case import Case
from sencli.rules.case import ItemAt
from sencli.rules.example import ON_SUPPORT
from sencli.rules.example import in_cycle
from sencli.rules.model import Gap
from sencli.rules.model import Rule

UNSUPPORTED_DAYS = 42
TOLD_BEFORE_DAYS = 90
FEW_SESSIONS = 6

_OURS_TO_MEND = {"staff_absent", "staff_redeployed", "other"}

_NEED = {"id": "d5hy", "type": "SLCN", "rank": 1, "description": "Word finding is slow"}


def _notices(case: Case, since: str) -> list[str]:
    """Dates on which parents were informed during the present support.

    Of a pupil who arrived with support only what this school said counts: the duty is
    that of the school which makes the provision.
    """
    told = [entry for at in case.spell for entry in at.item.get("told", ())]
    earliest = add_days(since, -TOLD_BEFORE_DAYS)
    for at in case.cycles:
        plan = at.item.get("plan", {})
        told += [entry for entry in plan.get("told", ()) if entry["date"] >= earliest]
    arrived = case.spell[0].item["from"] < case.joined
    first = case.joined if arrived else ""
    return sorted(
        entry["date"]
        for entry in told
        if first <= entry["date"] <= case.day
        and case.reached([entry.get("who", "")], entry["date"])
    )


@Rule(
    code="A13",
    name="Parents told that support is being given",
    level="must",
    scope="support",
    cites="Children and Families Act 2014 s.68; SEND Code of Practice 6.2, 6.43, 6.48",
    confirmed=True,
    draft_section="Plan",
    asks="Tell the parents, or the young person, formally that special educational "
    "provision is being made, where there is no EHC plan.",
    why="It is the law, and the first thing that a parent, an inspector or a tribunal "
    "asks to see.",
    meet="sen cycle plan PUPIL --parents-notified DATE",
    fails=ON_SUPPORT,
    passes={
        "status": [
            {
                "from": "2025-09-15",
                "provision": "K",
                "told": [{"who": "parent", "date": "2025-09-18", "how": "letter"}],
            }
        ]
    },
)
def a13(case: Case) -> Iterator[Gap]:
    """Found when nobody was told (must), or after the first support began (should)."""
    first = _support_alone(case)
    if first is None:
        return
    since = max(first.item["from"], case.joined)
    command = f"sen cycle plan {case.id} --parents-notified"
    if case.open is None or not case.planned:
        command = (
            f"sen status set {case.id} K --since {first.item['from']} --told "
            f"{case.whom} "
            "--told-on"
        )
    told, who = _notices(case, since), case.family
    if not told:
        here = ", the day of joining" if since > first.item["from"] else ""
        yield Gap(
            first.path,
            f"{who.subject} {who.have} not been told that SEN support is being given "
            f"(since {words(since)}{here}).",
            f"{command} DATE",
            together="sen print letter-support-begins PUPILS --record --output "
            "letters.pdf",
        )
        return
    starts = [
        entry["from"]
        for at in case.cycles
        for entry in at.item.get("plan", {}).get("interventions", ())
        if entry.get("from", "") >= since
    ]
    if starts and min(starts) < told[0]:
        yield Gap(
            first.path,
            f"{who.subject} {who.were} told on {words(told[0])}, after the first "
            f"support began on {words(min(starts))}.",
            f"{command} DATE",
            "should",
        )


def _support_alone(case: Case) -> ItemAt | None:
    """The entry that began the support without an EHC plan, if it is ours to tell of.

    Whoever arrived with support is: this school makes the provision now.
    """
    run: list[ItemAt] = []
    for at in case.spell:
        run = [*run, at] if at.item["provision"] == "K" else []
    if not run:
        return None
    first = run[0].item
    arrived = first["from"] < case.joined
    return run[0] if arrived or case.ours(first, first["from"]) else None


@Rule(
    code="A14",
    name="Every need met with something",
    level="must",
    scope="register",
    cites="Children and Families Act 2014 s.66; SEND Code of Practice 6.2",
    confirmed=True,
    draft_section="High quality provision to meet the needs",
    asks="Use best endeavours to secure the special educational provision that the "
    "pupil's needs call for.",
    why="A need that is on paper and that nobody does anything about is the plainest "
    "breach there is.",
    meet="sen intervention add PUPIL PROVISION --outcome NUMBER",
    fails={**ON_SUPPORT, "needs": [_NEED]},
    passes={
        **in_cycle(
            plan={
                "date": "2025-09-18",
                "strategies": [{"id": "g7rn", "text": "Visual timetable"}],
            }
        ),
        "needs": [_NEED],
    },
)
def a14(case: Case) -> Iterator[Gap]:
    """Found when a need has no support; a warning where most sessions are lost."""
    yield from _needs_unmet(case)
    at = case.open
    if at is None:
        return
    plan, done = at.item.get("plan", {}), at.item.get("do", {})
    for index, entry in enumerate(plan.get("interventions", ())):
        mine = [s for s in done.get("sessions", ()) if s["intervention"] == entry["id"]]
        counts = Counter(
            str(s.get("missed", "delivered")) for s in mine if not s.get("note")
        )
        delivered = sum(1 for s in mine if "missed" not in s)
        for tally in done.get("tallies", ()):
            if tally["intervention"] == entry["id"]:
                delivered += tally["delivered"]
                counts.update(tally.get("missed", {}))
        lost = sum(counts[reason] for reason in _OURS_TO_MEND)
        if lost + delivered >= FEW_SESSIONS and lost > delivered:
            yield Gap(
                at.to("plan", "interventions", index),
                f"{case.name_of(entry['provision'])}: {lost} of {lost + delivered} "
                "recorded sessions did not happen, for reasons of the school's own.",
                f"sen intervention set {case.id} {index + 1} --reason {REASON}",
                "should",
            )


def _needs_unmet(case: Case) -> Iterator[Gap]:
    at = case.open
    plan = at.item.get("plan", {}) if at else {}
    if any(case.active(entry) for entry in case.strategies()):
        return
    running = [e for e in plan.get("interventions", ()) if case.active(e)]
    served = {outcome for entry in running for outcome in entry.get("outcomes", ())}
    met = {o.get("need") for o in plan.get("outcomes", ()) if o["id"] in served}
    if running and (None in met or not met):
        return
    if not running and _just_between(case):
        return
    for need in case.needs:
        if need["id"] not in met:
            yield Gap(
                case.need_path(need),
                f"Nothing is being done for the need {need['type']}: no intervention, "
                "no strategy and no adjustment runs today.",
                f"sen intervention add {case.id} PROVISION"
                if at
                else f"sen cycle open {case.id} --assessment {SEEN}",
            )


def _just_between(case: Case) -> bool:
    """Whether support has just begun, or one cycle ended and the next may follow."""
    turning = [case.supported_since]
    turning += [str(at.item["review"]["date"]) for at in case.reviewed]
    if case.open is not None:
        turning.append(str(case.open.item.get("assess", {}).get("date", "")))
    return max(turning) > case.ago(UNSUPPORTED_DAYS)


@Rule(
    code="A15",
    name="Needs described, not only coded",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.25 to 6.27",
    draft_section="SEN support in Schools",
    asks="Look at the full range of the pupil's needs; a category is a guide to "
    "action, not a label.",
    why="Two pupils with the same code need different things.",
    meet='sen need set PUPIL TYPE --description "WHAT WAS SEEN"',
    fails={**ON_SUPPORT, "needs": [{"id": "d5hy", "type": "SLCN", "rank": 1}]},
    passes={**ON_SUPPORT, "needs": [_NEED]},
)
def a15(case: Case) -> Iterator[Gap]:
    """Found when a need has a code and no words for what it means for this pupil."""
    for need in case.needs:
        if not (need.get("description") or need.get("impact")):
            yield Gap(
                case.need_path(need),
                f"The need {need['type']} does not say what it means for this pupil.",
                f"sen need set {case.id} {need['type']} --description {SEEN}",
            )
