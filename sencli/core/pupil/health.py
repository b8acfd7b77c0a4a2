"""Health: conditions over time, the healthcare plan and the medicine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sencli.core.people.context import Context
from sencli.core.record import find
from sencli.core.record.act import Act
from sencli.core.record.edit import amended
from sencli.core.record.edit import ended
from sencli.core.record.edit import given
from sencli.core.record.edit import placed
from sencli.core.record.edit import refuse_later
from sencli.core.record.edit import refuse_unmoved
from sencli.core.record.lookup import STILL
from sencli.core.record.lookup import full_name
from sencli.core.record.lookup import health_on
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.dates import words
from sencli.core.text.folding import same
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.errors import UsageFault

_KEYS = ("id", "from")


def health_label(entry: Entry) -> str:
    """A condition in words: plan, its review, medicine, who holds it."""
    parts = [entry["condition"]]
    if entry.get("plan"):
        told = "individual healthcare plan"
        if "review_by" in entry:
            told += f", review by {words(entry['review_by'])}"
        parts.append(told)
    elif entry.get("plan") is False:
        parts.append("no healthcare plan")
    if "medication" in entry:
        told = "medicine in school" if entry["medication"] else "no medicine in school"
        parts.append(told)
    if "held_by" in entry:
        parts.append(f"held by {entry['held_by']}")
    return "; ".join(parts)


def add_health(
    record: Record, condition: str, fields: Mapping[str, Any], context: Context
) -> Act:
    """The record with a condition; one of that name in force is amended.

    Args:
        record: the pupil's.
        condition: what it is.
        fields: ``plan``, ``review_by``, ``medication``, ``held_by``, ``note``,
            ``from``, ``restricted``.
        context: day and ids.
    """
    day = fields.get("from") or context.today
    for entry in health_on(record, day):
        if same(entry["condition"], condition):
            rest = {k: v for k, v in fields.items() if k != "from"}
            return _changed(record, entry, rest, fields.get("from"), context)
    for entry in record.get("health", ()):
        if same(entry["condition"], condition):
            known = {"condition": entry["condition"]}
            see = f"sen health list {record['id']}"
            refuse_later(record["health"], known, day, entry["condition"], see)
    entry = {"id": context.new_id("health"), "from": day, "condition": condition}
    entry |= _checked(given({k: v for k, v in fields.items() if k != "from"}), day)
    return Act(
        {**record, "health": placed(record.get("health", []), entry, _KEYS)},
        f"Recorded for {full_name(record)} from {words(day)}: {health_label(entry)}.",
        {"health": entry["id"]},
    )


def set_health(
    record: Record, which: str, fields: Mapping[str, Any], context: Context
) -> Act:
    """The record with a condition changed from the day, or put right in place.

    Raises:
        UsageFault: nothing is named.
    """
    day = fields.get("from")
    named = given({k: v for k, v in fields.items() if k != "from"})
    if not named:
        raise UsageFault(
            "Nothing to change was given.",
            "Name what to change: --medication, --review-by, --held-by ...",
        )
    current = find_condition(which, record, day or context.today)
    return _changed(record, current, named, day, context)


def _changed(
    record: Record,
    current: Record,
    fields: Mapping[str, Any],
    day: str | None,
    context: Context,
) -> Act:
    named = _checked(given(fields), current.get("from", ""))
    if all(current.get(name) == value for name, value in named.items()):
        refuse_unmoved(current, day, current["condition"])
        return Act(record, "")
    entries = amended(
        record.get("health", []),
        current,
        named,
        day or context.today,
        keys=_KEYS,
        in_place=context.correct,
    )
    entry = {**current, **named}
    when = "" if context.correct else f" from {words(day or context.today)}"
    return Act(
        {**record, "health": entries},
        f"Changed for {full_name(record)}{when}: {health_label(entry)}.",
        {"health": current["id"]},
    )


def end_health(record: Record, which: str, day: str) -> Act:
    """The record with a condition that holds until the day."""
    current = find_condition(which, record, STILL)
    last = ended(current, day, str(current["condition"]))
    return Act(
        {**record, "health": placed(record["health"], last, _KEYS)},
        f"{full_name(record)}: {current['condition']} until {words(day)}.",
        {"health": current["id"]},
    )


def find_condition(which: str, record: Entry, day: str) -> Record:
    """A condition in force by its number, id or part of its wording."""
    listed = health_on(record, day)
    if not listed:
        raise NotFound(
            f"{full_name(record)} has no health condition recorded.",
            f"Add one: sen health add {record['id']} CONDITION",
        )
    found = find.item(which, listed, lambda e: str(e["condition"]), "condition")
    return dict(found)


def _checked(named: Record, began: str) -> Record:
    """What was named; a day of review means that there is a plan."""
    if "review_by" not in named:
        return named
    if named.get("plan") is False:
        raise UsageFault(
            "--review-by is of a healthcare plan, and --no-plan says there is none.",
            "Leave one of them out.",
        )
    if named["review_by"] < began:
        raise InvalidValue(
            f"The review, {words(named['review_by'])}, comes before {words(began)}.",
            "Give a later day: --review-by",
        )
    return {**named, "plan": True}
