"""Circumstances over time: pupil premium, looked after, and so on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sencli.core.record.act import Act
from sencli.core.record.edit import ended
from sencli.core.record.edit import given
from sencli.core.record.edit import placed
from sencli.core.record.edit import refuse_later
from sencli.core.record.lookup import full_name
from sencli.core.record.lookup import holds
from sencli.core.record.types import Record
from sencli.core.text import dates
from sencli.errors import NotFound
from sencli.errors import UsageFault
from sencli.terms import FLAGS

_KEYS = ("flag", "from")
_AFTER_CARE = "previously_looked_after"
_SHOWN = ("arrangement", "evidence", "evidence_seen", "evidence_by")

WORDS = {
    "pp": "pupil_premium",
    "ppg": "pupil_premium",
    "fsm": "free_school_meals",
    "lac": "looked_after",
    "cla": "looked_after",
    "plac": "previously_looked_after",
    "cin": "social_care",
    "ihp": "medical_plan",
    "healthcare plan": "medical_plan",
}

CARE_WORDS = {
    "a": "adoption",
    "adopted": "adoption",
    "g": "special_guardianship",
    "sgo": "special_guardianship",
    "c": "child_arrangements",
    "cao": "child_arrangements",
    "residence order": "child_arrangements",
    "n": "not_declared",
}


def add_flag(record: Record, flag: str, day: str, fields: Mapping[str, Any]) -> Act:
    """The record with a flag from the day; one already in force is amended.

    Args:
        record: the pupil's.
        flag: such as ``pupil_premium``.
        day: from when.
        fields: ``note``, ``restricted``, and of previously looked after how the care
            ended and how that was shown; ``None`` where not named.
    """
    flags: list[Record] = record.get("flags", [])
    shown = [name for name in _SHOWN if fields.get(name)]
    if shown and flag != _AFTER_CARE:
        option = f"--{shown[0].replace('_', '-')}"
        raise UsageFault(
            f"{option} is of {FLAGS[_AFTER_CARE]}, not of {FLAGS[flag]}.",
            f"Leave it out, or name that one: sen flag add {record['id']} "
            f"{_AFTER_CARE}",
        )
    current = next((f for f in flags if f["flag"] == flag and holds(f, day)), None)
    if current is None:
        see = f"sen flag list {record['id']}"
        refuse_later(flags, {"flag": flag}, day, FLAGS[flag], see)
    entry = {**(current or {"flag": flag, "from": day}), **given(fields)}
    return Act(
        {**record, "flags": placed(flags, entry, _KEYS)},
        f"{full_name(record)}: {FLAGS[flag]} from {dates.words(entry['from'])}.",
        {"flag": flag},
    )


def end_flag(record: Record, flag: str, day: str) -> Act:
    """The record with a flag that holds until the day.

    Raises:
        NotFound: it is not in force.
    """
    flags: list[Record] = record.get("flags", [])
    mine = [f for f in flags if f["flag"] == flag and "until" not in f]
    if not mine:
        now = [FLAGS[f["flag"]] for f in flags if holds(f, day)]
        there = f" There is: {', '.join(now)}." if now else ""
        raise NotFound(
            f"{full_name(record)} has no {FLAGS[flag]} to end.{there}",
            f"See: sen pupil show {record['id']}",
        )
    last = ended(mine[-1], day, FLAGS[flag])
    return Act(
        {**record, "flags": placed(flags, last, _KEYS)},
        f"{full_name(record)}: {FLAGS[flag]} until {dates.words(day)}.",
        {"flag": flag},
    )
