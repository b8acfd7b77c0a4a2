"""B12 to B15: delivering support, and who is responsible for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sencli.core.text.dates import words
from sencli.core.text.placeholders import PLANNED
from sencli.rules.case import Case
from sencli.rules.case import ItemAt
from sencli.rules.example import in_cycle
from sencli.rules.model import Gap
from sencli.rules.model import Rule

TELL_PARENTS_DAYS = 14

_PLAN: dict[str, Any] = {
    "date": "2025-12-01",
    "review_by": "2026-03-27",
    "outcomes": [{"id": "o8fd", "outcome": "Reads 60 common words on sight"}],
}


def _given(provision: str, **more: Any) -> dict[str, Any]:
    return {
        "id": "i5tr",
        "provision": provision,
        "outcomes": ["o8fd"],
        "from": "2025-12-08",
        **more,
    }


def running(case: Case) -> Iterator[tuple[int, ItemAt]]:
    """The interventions that run on the day, with their number in the open cycle."""
    if case.open is None:
        return
    plan = case.open.item.get("plan", {})
    for index, entry in enumerate(plan.get("interventions", ())):
        if case.active(entry):
            yield index + 1, ItemAt(case.open.to("plan", "interventions", index), entry)


@Rule(
    code="B12",
    name="Support that is known to work",
    level="should",
    scope="school",
    cites="SEND Code of Practice 6.50",
    draft_section="Plan",
    asks="Base support on reliable evidence that it works.",
    why="A pupil has one childhood; an hour that does nothing is an hour lost.",
    meet='sen provision set PROVISION --evidence "WHAT IT SHOWS"',
    fails=in_cycle(plan={**_PLAN, "interventions": [_given("lunch-club")]}),
    passes=in_cycle(plan={**_PLAN, "interventions": [_given("precision-teaching")]}),
)
def b12(case: Case) -> Iterator[Gap]:
    """Found when a provision in use has no evidence in the catalogue."""
    for _, at in running(case):
        entry = case.catalogue.get(at.item["provision"])
        if entry is not None and not entry.get("evidence"):
            yield Gap(
                ("provisions", list(case.catalogue).index(entry["key"])),
                f"The catalogue does not say what shows that {entry['name']} works.",
                f'sen provision set {entry["key"]} --evidence "WHAT IT SHOWS"',
                file="provisions.yaml",
            )


@Rule(
    code="B13",
    name="Staff who know how",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.50",
    draft_section="Plan",
    asks="Support is given by staff with sufficient skills and knowledge.",
    why="The same programme works in trained hands and fails in others.",
    meet="sen intervention set PUPIL ITEM --led-by INITIALS",
    fails=in_cycle(plan={**_PLAN, "interventions": [_given("lunch-club")]}),
    passes=in_cycle(
        plan={
            **_PLAN,
            "interventions": [
                _given("lunch-club", dose=[{"from": "2025-12-08", "led_by": ["TA2"]}])
            ],
        }
    ),
)
def b13(case: Case) -> Iterator[Gap]:
    """Found when nobody is named, or nobody named has the training asked for."""
    for number, at in running(case):
        doses = at.item.get("dose", ())
        leaders = {initials for dose in doses for initials in dose.get("led_by", ())}
        if not leaders and not any(dose.get("role") for dose in doses):
            yield Gap(
                at.path,
                f"Nobody is named who leads {case.name_of(at.item['provision'])}.",
                f"sen intervention set {case.id} {number} --led-by INITIALS",
            )
            continue
        wanted = case.catalogue.get(at.item["provision"], {}).get("training", "")
        if wanted and leaders and not _trained(case, leaders, wanted):
            yield Gap(
                at.path,
                f"{case.name_of(at.item['provision'])} asks for training ({wanted}), "
                f"and none is recorded for {', '.join(sorted(leaders))}.",
                f"sen staff set {min(leaders)} --training COURSE",
            )


def _trained(case: Case, leaders: set[str], wanted: str) -> bool:
    for person in case.school.get("staff", ()):
        if person["initials"] in leaders:
            for course in person.get("training", ()):
                if wanted.casefold() in str(course["what"]).casefold():
                    return True
    return False


@Rule(
    code="B14",
    name="Parents aware of the support",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.51",
    asks="Make parents fully aware of the planned support and, where it helps, of what "
    "they can do at home.",
    why="Ten minutes at home each evening can double what school gives.",
    meet="sen cycle plan PUPIL --shared-with-parents DATE",
    fails=in_cycle(plan=_PLAN),
    passes=in_cycle(plan={**_PLAN, "shared_with_parents": "2025-12-03"}),
)
def b14(case: Case) -> Iterator[Gap]:
    """Found when parents neither answered the plan nor were given it in two weeks."""
    at = case.planned
    if at is None or at.item["plan"]["date"] > case.ago(TELL_PARENTS_DAYS):
        return
    plan = at.item["plan"]
    answered = any(
        case.is_parent(answer["who"], plan["date"])
        and answer["answer"] != "not_reached"
        for answer in plan.get("agreement", ())
    )
    if not (answered or case.given_to_parents(plan["date"])):
        yield Gap(
            at.to("plan"),
            f"{case.family.subject} {case.family.were} not given the plan of "
            f"{words(plan['date'])}.",
            f"sen cycle plan {case.id}{case.of(at)} --shared-with-parents DATE",
        )


@Rule(
    code="B15",
    name="The teacher stays responsible",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.36 and 6.52",
    draft_section="Do",
    asks="The class or subject teacher stays responsible, also where support is given "
    "away from the class, and links it to class teaching.",
    why="What is learnt in the corridor is lost unless the class picks it up.",
    meet="sen cycle set PUPIL --teacher INITIALS",
    fails=in_cycle(assess={"date": "2025-11-28"}, plan=_PLAN),
    passes=in_cycle(teacher="KM", assess={"date": "2025-11-28"}, plan=_PLAN),
)
def b15(case: Case) -> Iterator[Gap]:
    """Found when no teacher answers for it, or support away has no class link."""
    at = case.planned
    if at is None:
        return
    teacher = at.item.get("teacher", "")
    command = f"sen cycle set {case.id}{case.of(at)} --teacher INITIALS"
    if not teacher:
        yield Gap(at.path, "No teacher is named as responsible for this plan.", command)
    elif case.is_assistant(teacher):
        yield Gap(
            at.to("teacher"),
            f"{teacher} is an assistant; the class teacher stays responsible.",
            command,
        )
    for number, entry in running(case):
        away = case.catalogue.get(entry.item["provision"], {}).get("withdrawal")
        if away and not entry.item.get("class_link"):
            yield Gap(
                entry.path,
                f"{case.name_of(entry.item['provision'])} takes the pupil out of "
                "class, and nothing says how the teacher links it to class work.",
                f"sen intervention set {case.id} {number} --class-link {PLANNED}",
            )
