"""Opening a cycle: the assessment, and what is carried on from the last one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sencli.core import lookup
from sencli.core.act import Act
from sencli.core.carry import carried
from sencli.core.dates import words
from sencli.core.edit import label_of
from sencli.core.edit import laid
from sencli.core.edit import put_cycle
from sencli.core.edit import the_cycle
from sencli.core.ground import Ground
from sencli.core.ground import future_note
from sencli.core.ground import people
from sencli.core.ground import staff
from sencli.core.ground import views
from sencli.core.placeholders import CLOSE_CHOICE
from sencli.core.placeholders import SEEN
from sencli.core.types import Record
from sencli.errors import InvalidValue
from sencli.errors import UsageFault

Typed = Mapping[str, Any]

_LATER = (("plan", "plan"), ("review", "review"), ("closed", "close"))

_TEXTS = {
    "assessment": "teacher_assessment",
    "attainment": "attainment",
    "compared_with_peers": "compared_with_peers",
    "specialist_advice": "specialist_advice",
}


def open_cycle(record: Record, typed: Typed, ground: Ground) -> Act:
    """Open a cycle with what was assessed; ``carry`` continues what was unmet.

    Raises:
        InvalidValue: there is an open cycle already.
    """
    _refuse_second(record)
    day = typed.get("date") or ground.today
    cycle: Record = {"id": ground.new_id("cycle")}
    cycle["assess"] = {"date": day, **_assessed(record, typed, ground, day)}
    if teacher := typed.get("teacher"):
        cycle["teacher"] = staff(teacher, ground.school)
        cycle["assess"].setdefault("by", [cycle["teacher"]])
    new = record
    told: tuple[str, ...] = ()
    notes: tuple[str, ...] = (*future_note(day, ground), *_order_notes(record, day))
    if which := typed.get("carry"):
        moved = carried(record, cycle, which, ground)
        new, cycle, told = moved.record, moved.cycle, moved.said
        notes += moved.warnings
    new = put_cycle(new, cycle)
    said = f"Opened {label_of(new, cycle)}, assessed on {words(day)}."
    ids = {"cycle": cycle["id"], **_made(cycle)}
    return Act(new, " ".join((said, *told)), ids, notes, (("Cycle", str(cycle["id"])),))


def set_assessment(record: Record, typed: Typed, ground: Ground) -> Act:
    """Amend what is named of a cycle's assessment, and no more.

    Raises:
        UsageFault: nothing is named.
        InvalidValue: the assessment would come after the plan or the review.
    """
    cycle = the_cycle(record, typed.get("cycle"), open_only=True)
    old = cycle.get("assess", {})
    day = typed.get("date") or old.get("date") or ground.today
    fragment = _assessed(record, typed, ground, day)
    made = dict(cycle)
    if teacher := typed.get("teacher"):
        made["teacher"] = staff(teacher, ground.school)
    if not fragment and not teacher and "date" not in typed:
        raise UsageFault(
            "Nothing to change was given.",
            "Name what to change: --assessment, --attainment, --parent-view, --date",
        )
    made["assess"] = laid({**old, "date": day}, fragment)
    for part, name in _LATER:
        later = cycle.get(part, {}).get("date", "9999")
        if day > later:
            raise InvalidValue(
                f"The assessment of {words(day)} would come after the {name} of "
                f"{words(later)}.",
            )
    new = put_cycle(record, made)
    said = f"Amended the assessment of {label_of(new, made)}."
    ids = {"cycle": cycle["id"]}
    return Act(new, said, ids, (), (("Cycle", str(cycle["id"])),))


def _assessed(record: Record, typed: Typed, ground: Ground, day: str) -> Record:
    found: Record = {
        name: typed[option] for option, name in _TEXTS.items() if typed.get(option)
    }
    if by := typed.get("by"):
        found["by"] = people(by, record, ground, day)
    if said := views(typed, record, ground, day):
        found["views"] = said
    return found


def _refuse_second(record: Record) -> None:
    found = lookup.open_cycle(record)
    if found is None:
        return
    who = record["id"]
    plan = found.get("plan", {}).get("review_by")
    due = f", review due {words(plan)}" if plan else ""
    raise InvalidValue(
        f"{lookup.display_name(record)} has an open cycle already: "
        f"{lookup.cycle_label(record, found)}{due}.",
        f"Review it: sen cycle review {who} --date DATE\n"
        f"or close it unreviewed: sen cycle close {who} --reason {CLOSE_CHOICE}\n"
        f"or amend its assessment: sen cycle set {who} --assessment {SEEN}",
    )


def _order_notes(record: Record, day: str) -> tuple[str, ...]:
    notes = []
    last = lookup.latest_cycle(record) or {}
    ended = str((last.get("review") or last.get("closed") or {}).get("date", ""))
    if day < ended:
        notes.append(
            f"{words(day)} is before the end of {lookup.cycle_label(record, last)} "
            f"({words(ended)})."
        )
    if (left := lookup.left_on(record)) and left < day:
        notes.append(f"{lookup.display_name(record)} left the school on {words(left)}.")
    return tuple(notes)


def _made(cycle: Record) -> dict[str, Any]:
    plan = cycle.get("plan", {})
    names = {"outcomes": "outcomes", "interventions": "interventions"}
    return {
        key: [item["id"] for item in plan[part]]
        for part, key in names.items()
        if plan.get(part)
    }
