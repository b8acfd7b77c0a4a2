"""Ending SEN support: the decision, reasons, and telling parents."""

from __future__ import annotations

from sencli import terms
from sencli.core.cycle.review import review_cycle
from sencli.core.people.context import Context
from sencli.core.people.context import people
from sencli.core.people.context import person
from sencli.core.people.context import whom_told
from sencli.core.people.young_person import duty_holders
from sencli.core.people.young_person import family_on
from sencli.core.pupil.plan_in_force import under_plan
from sencli.core.pupil.status import set_status
from sencli.core.record import lookup
from sencli.core.record.act import Act
from sencli.core.record.edit import given
from sencli.core.record.lookup import full_name
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.dates import words
from sencli.core.text.placeholders import CLOSE_CHOICE
from sencli.core.text.placeholders import REASON
from sencli.errors import InvalidValue
from sencli.errors import UsageFault


def end_support(record: Record, typed: Entry, context: Context) -> Act:
    """End SEN support from a day, with the reason and who was informed.

    Args:
        record: the pupil's.
        typed: ``date`` (the first day without), ``reason``, ``decided_by`` (people as
            typed), ``told`` (a person), ``told_on``, ``how``, ``monitoring``.
        context: day and school.

    Raises:
        InvalidValue: there is no SEN support on that day, or an EHC plan is in force,
            which only the authority can cease.
    """
    day = str(typed.get("date") or context.today)
    now = lookup.status_on(record, day)
    name = full_name(record)
    if now["provision"] == "N" and not under_plan(record, day):
        raise InvalidValue(
            f"{name} has no SEN support on {words(day)} to end.",
            f"See: sen pupil show {record['id']}",
        )
    if under_plan(record, day):
        raise InvalidValue(
            f"{name} has an EHC plan: the authority ceases it, not the school.",
            "When it has ceased: "
            f"sen ehc cease {record['id']} --date DATE --reason {REASON}",
        )
    fields: Record = {
        "reason": typed.get("reason"),
        "monitoring": typed.get("monitoring"),
        "decided_by": people(typed["decided_by"], record, context, day)
        if typed.get("decided_by")
        else None,
    }
    act = set_status(
        record, "N", fields, context.today, day, _parents_told(record, typed, context)
    )
    return Act(
        act.record,
        f"SEN support for {name} ends: {terms.PROVISION['N']} (N) from {words(day)}.",
        act.ids,
        (*act.warnings, *_left(record, typed, day)),
    )


def reminded(act: Act, record: Record, day: str) -> Act:
    """A change of status to N with what ending support asks for, where it ended any."""
    entry = lookup.status_on(act.record, day)
    if lookup.status_on(record, day)["provision"] == "N" or entry["provision"] != "N":
        return act
    missing = [
        option
        for option, field in ((f"--reason {REASON}", "reason"), ("--told WHO", "told"))
        if not entry.get(field)
    ]
    if not missing:
        return act
    command = f"sen status set {record['id']} N --since {day} {' '.join(missing)}"
    whom = family_on(act.record, day).name
    note = f"ending support asks for a reason, and to tell {whom}: {command}"
    return Act(act.record, act.said, act.ids, (*act.warnings, note), act.trailers)


def refuse_how(typed: Entry) -> None:
    """Refuse ``--how`` where no parent was informed.

    Raises:
        UsageFault: ``how`` stands alone.
    """
    if typed.get("how") and not (typed.get("told") or typed.get("told_on")):
        raise UsageFault(
            "--how says how a parent was told, and nobody is named.",
            "Add --told parent, or leave --how out.",
        )


def _parents_told(record: Record, typed: Entry, context: Context) -> Record | None:
    refuse_how(typed)
    if not (typed.get("told") or typed.get("told_on")):
        return None
    day = str(typed.get("told_on") or context.today)
    who = person(str(typed.get("told") or whom_told(record, day)), record, context, day)
    return given({"who": who, "date": day, "how": typed.get("how")})


def _left(record: Record, typed: Entry, day: str) -> list[str]:
    """Items still open after support has ended."""
    pupil = record["id"]
    whom = family_on(record, day).name.removeprefix("the ")
    found = []
    if not (typed.get("told") or typed.get("told_on")):
        found.append(
            f"tell the {whom}, and record it: "
            f"sen status set {pupil} N --since {day} --told WHO --told-on DATE"
        )
    cycle = lookup.open_cycle(record)
    if cycle is not None:
        label = lookup.cycle_label(record, cycle)
        found.append(
            f"{label} is still open; review it, or close it: "
            f"sen cycle close {pupil} --reason {CLOSE_CHOICE}"
        )
    return found


def review_and_end(record: Record, typed: Entry, context: Context) -> Act:
    """The record with a cycle reviewed and SEN support ended by it, in one act.

    Parents who came were told there.

    Args:
        record: the pupil's.
        typed: as for ``review_cycle``, and ``told`` (a person).
        context: day, ids, school.
    """
    decisions = [*typed.get("decision", ()), "end_support"]
    named = {**typed, "decision": decisions, "end_support": True}
    reviewed = review_cycle(record, named, context)
    held = next(
        cycle["review"]
        for cycle in reviewed.record["cycles"]
        if cycle["id"] == reviewed.ids["cycle"]
    )
    day = held["date"]
    if lookup.status_on(reviewed.record, day)["provision"] == "N":
        if told := typed.get("told"):
            raise InvalidValue(
                f"Support had ended by {words(day)}, so that --told has no entry here.",
                f"Say it with the status: sen status set {record['id']} N --told "
                f"{told}",
            )
        return reviewed
    came = held.get("attended", ())
    parents = [who for who in came if who in duty_holders(record, day)]
    told = typed.get("told") or next(iter(parents), None)
    ended = end_support(
        reviewed.record,
        {
            "date": day,
            "reason": held.get("decision_reason")
            or f"Decided at the review of {words(day)}",
            "decided_by": [",".join(came)] if came else None,
            "told": told,
            "told_on": day if told else None,
            "how": "at the review" if told in came else None,
        },
        context,
    )
    return Act(
        ended.record,
        f"{reviewed.said} {ended.said}",
        reviewed.ids,
        (*reviewed.warnings, *ended.warnings),
        reviewed.trailers,
    )
