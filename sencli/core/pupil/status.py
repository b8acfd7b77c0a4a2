"""SEN status over time: N, K or E from a day, with the layer of support."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sencli import terms
from sencli.core.record.act import Act
from sencli.core.record.edit import given
from sencli.core.record.edit import placed
from sencli.core.record.lookup import full_name
from sencli.core.record.lookup import newest
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text import dates
from sencli.errors import InvalidValue

_STAYS = ("layer", "monitoring")

WORDS = {
    "none": "N",
    "no": "N",
    "no sen": "N",
    "support": "K",
    "sen": "K",
    "on register": "K",
    "plan": "E",
    "ehc": "E",
    "ehcp": "E",
    "ehc plan": "E",
    "eh": "E",
}


def set_status(
    record: Record,
    provision: str,
    fields: Mapping[str, Any],
    today: str,
    since: str | None = None,
    told: Entry | None = None,
) -> Act:
    """The record with a status from a day; an entry of that day is amended.

    Without ``since`` the entry in force is amended where the code and the layer stay as
    they are, else a new one begins today.

    Args:
        record: the pupil's.
        provision: N, K or E.
        fields: ``layer``, ``monitoring``, ``reason``, ``decided_by``, or ``None``.
        today: ISO date.
        since: from when.
        told: ``{who, date, how}`` of a parent who was told.
    """
    named = {key: value for key, value in fields.items() if value is not None}
    entries = record.get("status", [])
    now: Record = newest(entries, since or today) or {}
    kept = bool(now) and _kept(now, provision, named)
    day = since or (now["from"] if kept else today)
    _check_day(record, day)
    if kept and day != now["from"] and not told and not {*named} - {*_STAYS}:
        return Act(record, "")
    entry = _entry(now, day, provision, named)
    if told:
        entry["told"] = _add_told(entry.get("told", []), told)
    changed = {**record, "status": placed(entries, entry)}
    return Act(
        changed,
        f"{full_name(record)}: {terms.PROVISION[provision]} ({provision}) from "
        f"{dates.words(day)}.",
        {"status": day},
        tuple(_warnings(changed, entry, today)),
    )


def _kept(now: Entry, provision: str, named: Mapping[str, Any]) -> bool:
    """Whether code and layer are unchanged."""
    return now["provision"] == provision and all(
        key not in named or named[key] == now.get(key) for key in _STAYS
    )


def _entry(now: Entry, day: str, provision: str, named: Mapping[str, Any]) -> Record:
    """The entry of that day: amended, begun with what stays true, or new."""
    if now.get("from") == day:
        return {**now, "provision": provision, **named}
    stays = {}
    if now.get("provision") == provision:
        stays = given({key: now.get(key) for key in _STAYS})
    return {"from": day, "provision": provision, **stays, **named}


def _add_told(before: list[Record], told: Entry) -> list[Record]:
    """The people informed, with one entry added or amended."""
    key = (told["who"], told["date"])
    same = {**told}
    for entry in before:
        if (entry["who"], entry["date"]) == key:
            same = {**entry, **told}
    return [*(e for e in before if (e["who"], e["date"]) != key), same]


def _check_day(record: Record, day: str) -> None:
    born = record.get("date_of_birth", "")
    if born and day < born:
        raise InvalidValue(
            f"{dates.words(day)} is before {full_name(record)} was born, "
            f"{dates.words(born)}.",
            "Give the right date: --since DATE",
        )


def _warnings(record: Record, entry: Entry, today: str) -> list[str]:
    found = []
    if entry["from"] > today:
        found.append(f"it counts from {dates.words(entry['from'])}, not yet today.")
    later = [e for e in record["status"] if e["from"] > entry["from"]]
    if later:
        code = terms.PROVISION[later[0]["provision"]]
        found.append(f"from {dates.words(later[0]['from'])} it is {code}, as before.")
    return found
