"""Remarks on a saved change that may be right but deserves a second look."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from collections.abc import Sequence
from typing import TYPE_CHECKING
from typing import Any

if TYPE_CHECKING:
    from sencli.core.record.diff import Change

_NAMES = frozenset(("first_name", "last_name", "known_as", "name"))
_DATE = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}")
_OTHERS = frozenset(("GREEK", "CYRILLIC"))


def mixed(name: str) -> bool:
    """Whether a word mixes Latin with Greek or Cyrillic letters."""
    return not name.isascii() and any(map(_mixed, name.split()))


def _mixed(word: str) -> bool:
    scripts = {unicodedata.name(c, "").partition(" ")[0] for c in word}
    return "LATIN" in scripts and not scripts.isdisjoint(_OTHERS)


def look_alike(name: str) -> str:
    """The remark on a name that mixes two alphabets."""
    return f"{name} mixes letters of two alphabets that look alike."


def remarks(
    before: dict[str, Any] | None, after: dict[str, Any], changes: Sequence[Change]
) -> Iterator[str]:
    """Remarks on what may be wrong with a change of one record.

    Args:
        before: the record as it was; None for a new one.
        after: as it is now.
        changes: what is different.
    """
    for change in changes:
        key = change.path.rpartition(".")[2]
        yield from map(look_alike, _odd_names(key, change.new))
    moved = any(
        change.path == "date_of_birth" or isinstance(change.old, str)
        for change in changes
        if isinstance(change.new, str) and _DATE.fullmatch(change.new)
    )
    if before and moved:
        yield from _dates(before, after)


def _odd_names(key: str, value: object) -> Iterator[str]:
    if isinstance(value, str):
        if key in _NAMES and mixed(value):
            yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _odd_names(name, part)
    elif isinstance(value, list):
        for part in value:
            yield from _odd_names(key, part)


def _dates(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    """Dates that come before what they follow, and did not yet."""
    from sencli.core.checks.dates import date_faults
    from sencli.core.record.walk import entries

    known = {fault.message for fault in date_faults(before, entries(before))}
    for fault in date_faults(after, entries(after)):
        if fault.message not in known:
            yield f"{fault.message}. {fault.mend}"
