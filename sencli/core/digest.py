"""The part of a record that registers and lists ask for: small enough to cache."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sencli.core.types import Record

_WHOLE = (
    *("id", "first_name", "last_name", "known_as", "date_of_birth", "sex", "upn"),
    *("roll", "placements", "status", "flags"),
)
_NEED = ("id", "from", "until", "type", "rank", "area", "restricted")
_STATUS = ("from", "provision", "layer", "monitoring", "taken_over")
_PARTS: dict[str, tuple[str, ...]] = {
    "assess": ("date",),
    "plan": ("date", "review_by"),
    "review": ("date", "next_review"),
    "closed": ("date", "reason"),
}


def digest(record: Mapping[str, Any]) -> Record:
    """The record without its prose, its outcomes and its sessions.

    What ``lookup`` derives for registers and lists is the same for both.
    """
    small: Record = {key: record[key] for key in _WHOLE if key in record}
    if "status" in record:
        small["status"] = [_part(entry, _STATUS) for entry in record["status"]]
    if "needs" in record:
        small["needs"] = [_part(entry, _NEED) for entry in record["needs"]]
    if "cycles" in record:
        small["cycles"] = [_cycle(cycle) for cycle in record["cycles"]]
    return small


def _part(entry: Mapping[str, Any], keys: tuple[str, ...]) -> Record:
    return {key: entry[key] for key in keys if key in entry}


def _cycle(cycle: Mapping[str, Any]) -> Record:
    small = _part(cycle, ("id", "teacher"))
    for name, keys in _PARTS.items():
        if name in cycle:
            small[name] = _part(cycle[name], keys)
    if "teacher_assessment" in cycle.get("assess", {}):
        small["assess"]["teacher_assessment"] = "yes"
    return small
