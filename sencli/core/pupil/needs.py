"""Needs by rank over time: add, change from a day, end."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from typing import Any

from sencli import terms
from sencli.core.pupil.plan_in_force import under_plan
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
from sencli.core.record.lookup import needs_on
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text import dates
from sencli.errors import NotFound

_KEYS = ("id", "from")

TYPES = {code: words for code, (words, _) in terms.NEED_TYPES.items()}
TYPE_WORDS = {
    "autism": "ASD",
    "autistic": "ASD",
    "asc": "ASD",
    "dyslexia": "SPLD",
    "dyscalculia": "SPLD",
    "dyspraxia": "SPLD",
    "speech and language": "SLCN",
    "mental health": "SEMH",
    "besd": "SEMH",
    "deaf": "HI",
    "blind": "VI",
    "visual impairment": "VI",
    "down's syndrome": "DS",
    "downs syndrome": "DS",
}
BASES = {
    "school": "the school's own assessment",
    "specialist": "a specialist's assessment",
    "diagnosis": "a diagnosis",
    "parent": "what parents say",
    "authority": "the local authority",
}


def need_label(need: Entry) -> str:
    """A need on one line: ``SLCN, Speech, language ...: follows one-step ...``."""
    text = " ".join(need.get("description", "").split())
    return f"{need['type']}, {TYPES[need['type']]}" + (f": {text}" if text else "")


def find_need(typed: str, record: Record, day: str) -> Record:
    """The need in force by its number by rank, its type, id or part of its wording."""
    listed = needs_on(record, day)
    if not listed:
        raise NotFound(
            f"{full_name(record)} has no need recorded.",
            f"Add one: sen need add {record['id']} TYPE",
        )
    by_type = [n for n in listed if n["type"] == typed.strip().upper()]
    if len(by_type) == 1:
        return by_type[0]
    return dict(find.item(typed, listed, need_label, "need"))


def since_support(record: Record, today: str) -> str:
    """The day on which the support (K or E) of today began; today without any."""
    began = today
    for entry in sorted(
        record.get("status", ()), key=lambda e: str(e["from"]), reverse=True
    ):
        if entry["from"] > today:
            continue
        if entry["provision"] == "N":
            break
        began = entry["from"]
    return began


def add_need(
    record: Record,
    need_type: str,
    fields: Mapping[str, Any],
    today: str,
    new_id: Callable[[str], str],
    day: str | None = None,
) -> Act:
    """The record with a need more; one of the same type in force is amended.

    The first need holds from the day SEN support began, a later one from today.

    Args:
        record: the pupil's.
        need_type: DfE code, such as SLCN.
        fields: ``rank``, ``description``, ``basis``, ``area``, ``impact``.
        today: ISO date.
        new_id: gives a new id of a kind.
        day: from when.
    """
    for need in needs_on(record, day or today):
        if need["type"] == need_type:
            return set_need(record, need["id"], fields, today, day, in_place=not day)
    refuse_later(
        record.get("needs", ()),
        {"type": need_type},
        day or today,
        f"{need_type}, {TYPES[need_type]},",
        f"sen need list {record['id']}",
    )
    day = day or (today if record.get("needs") else since_support(record, today))
    held = [n.get("rank", 0) for n in needs_on(record, today)]
    entry = {
        "id": new_id("need"),
        "from": day,
        "type": need_type,
        "rank": fields.get("rank") or max(held, default=0) + 1,
        **given({k: v for k, v in fields.items() if k != "rank"}),
    }
    changed = {**record, "needs": placed(record.get("needs", []), entry, _KEYS)}
    return Act(
        changed,
        f"Added need {entry['rank']} for {full_name(record)} from {dates.words(day)}: "
        f"{need_label(entry).rstrip('.')}.",
        {"need": entry["id"]},
        tuple(_warnings(changed, entry, today)),
    )


def set_need(
    record: Record,
    need: str,
    fields: Mapping[str, Any],
    today: str,
    day: str | None = None,
    *,
    in_place: bool = False,
) -> Act:
    """The record with a need changed from the day (today), or put right in place."""
    current = find_need(need, record, day or today)
    named = given(fields)
    entries = amended(
        record.get("needs", []),
        current,
        named,
        day or today,
        keys=_KEYS,
        in_place=in_place,
    )
    changed = {**record, "needs": entries}
    entry = {**current, **named}
    if all(current.get(key) == value for key, value in named.items()):
        refuse_unmoved(current, day, need_label(current).rstrip("."))
        return Act(record, "")
    when = "" if in_place else f" from {dates.words(day or today)}"
    return Act(
        changed,
        f"Changed the need of {full_name(record)}{when}: {need_label(entry)}.",
        {"need": current["id"]},
        tuple(_warnings(changed, entry, today)),
    )


def end_need(record: Record, need: str, day: str) -> Act:
    """The record with a need ended on the day."""
    current = find_need(need, record, STILL)
    last = ended(current, day, "The need")
    return Act(
        {**record, "needs": placed(record["needs"], last, _KEYS)},
        f"Ended the need of {full_name(record)} on {dates.words(day)}: "
        f"{need_label(current)}.",
        {"need": current["id"]},
    )


def _warnings(record: Record, entry: Entry, today: str) -> list[str]:
    found = []
    tied = [
        n
        for n in needs_on(record, max(today, entry.get("from", "")))
        if n.get("rank") == entry.get("rank") and n["id"] != entry["id"]
    ]
    if tied:
        found.append(
            f"{tied[0]['type']} is need {entry.get('rank')} too; give each its own "
            f"rank: sen need set {record['id']} {tied[0]['type']} --rank NUMBER"
        )
    if entry["type"] == "NSA" and under_plan(record, today):
        found.append("NSA goes with SEN support only, not with an EHC plan.")
    return found
