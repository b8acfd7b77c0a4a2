"""Dated entries of a record: begin one, amend one. Nothing is changed in place."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli.core.dates import words
from sencli.core.types import Entry
from sencli.core.types import Record
from sencli.errors import InvalidValue


def given(fields: Mapping[str, Any]) -> Record:
    """The fields that were named: those that are neither ``None`` nor empty."""
    return {key: value for key, value in fields.items() if value not in (None, "", [])}


def refuse_unmoved(current: Entry, day: str | None, what: str) -> None:
    """Refuse a day alone, of what holds since another day and stays as it is.

    Raises:
        InvalidValue: nothing would change from the day on.
    """
    since = current.get("from", "")
    if day is None or day == since:
        return
    began = f"from {words(since)}" if since else "as far back as we know"
    raise InvalidValue(
        f"{what} holds {began} already, and nothing about it is said to change from "
        f"{words(day)}.",
        "Say what changes on that day, or leave --from out.",
    )


def refuse_later(
    entries: Iterable[Entry], same: Mapping[str, Any], day: str, what: str, see: str
) -> None:
    """Refuse a second entry of what is recorded from a later day on.

    Args:
        entries: those recorded.
        same: the fields that make an entry the same thing.
        day: from when the new one is to hold.
        what: the thing, in words.
        see: the command that lists them.
    """
    for entry in entries:
        if entry.get("from", "") > day and same.items() <= entry.items():
            raise InvalidValue(
                f"{what} is recorded already, from {words(entry['from'])}.",
                "It cannot stand there twice. If it began earlier, take that entry "
                f"out first; see: {see}",
            )


def laid(
    entries: Iterable[Entry], entry: Entry, keys: Sequence[str] = ("from",)
) -> list[Record]:
    """The entries with this one in its place by date.

    An entry of the same identity (equal ``keys``) is replaced where it stands.
    """
    listed = [dict(e) for e in entries]
    for place, old in enumerate(listed):
        if all(old.get(key) == entry.get(key) for key in keys):
            listed[place] = dict(entry)
            return listed
    # an entry without a date is as old as can be
    began = entry.get("from", "")
    later = (n for n, e in enumerate(listed) if e.get("from", "") > began)
    place = next(later, len(listed))
    return [*listed[:place], dict(entry), *listed[place:]]


def amended(
    entries: Iterable[Entry],
    current: Entry,
    fields: Mapping[str, Any],
    day: str,
    *,
    keys: Sequence[str] = ("from",),
    in_place: bool = False,
) -> list[Record]:
    """The entries with the fields changed from the day on.

    The entry in force is amended itself where it began on the day or where it was wrong
    from the start (``in_place``); else a new one begins that copies the rest of it.
    """
    if in_place or current.get("from") == day:
        return laid(entries, {**current, **fields}, keys)
    return laid(entries, {**current, **fields, "from": day}, keys)
