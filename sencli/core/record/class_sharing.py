"""Entries marked for the class page; nothing is shared unless marked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sencli import terms
from sencli.core.record.types import Record
from sencli.errors import UsageFault

NOBODY = "nobody"
CHOICES = {**terms.SHARE, NOBODY: "nobody beside those who see the plan"}
"""What can be typed, each in words."""

FOR_CLASS = "class"


def for_class(entry: Mapping[str, Any]) -> bool:
    """Whether an entry is marked for the class's page."""
    return entry.get("share") == FOR_CLASS


def shared(entry: Record, typed: str | None) -> Record:
    """The entry with the mark that was typed, or without one; as it is for none."""
    if not typed:
        return entry
    kept = {key: value for key, value in entry.items() if key != "share"}
    return kept if typed == NOBODY else {**kept, "share": typed}


def refuse_alone(typed: Mapping[str, Any], option: str) -> None:
    """Refuse a class-page mark without an item to put it on.

    Raises:
        UsageFault: ``--share`` without a strategy, say.
    """
    if typed.get("share") and not typed.get(option):
        raise UsageFault(
            f"--share marks a {option}, and none is named.",
            f"Name it, also one that is there already: --{option} WORDS --share class",
        )
