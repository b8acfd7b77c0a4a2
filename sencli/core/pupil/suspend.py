"""Record a suspension, and put it right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sencli.core.people.context import Context
from sencli.core.pupil.arrange import added
from sencli.core.pupil.arrange import changed
from sencli.core.pupil.arrange import entry_of
from sencli.core.pupil.arrange import typed_of
from sencli.core.pupil.suspensions import KIND
from sencli.core.record.act import Act
from sencli.core.record.lookup import academic_year
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.errors import InvalidValue
from sencli.errors import UsageFault

_FIELDS = ("date", "kind", "half_days", "reason", "restricted")
MOST_HALF_DAYS = 90
"""45 school days in a school year: the most that the law allows."""
_COUNTED = ("suspension", "lunchtime")


def add_suspension(record: Record, typed: Mapping[str, Any], context: Context) -> Act:
    """The record with a suspension more.

    Args:
        record: the pupil's.
        typed: ``date``, ``kind``, ``days``, ``half_days``, ``reason``, ``restricted``.
        context: day and ids.
    """
    entry = {"date": context.today, **_read(typed)}
    _refuse_length(entry, record["id"])
    return added(record, KIND, entry, context, _over(record, entry))


def set_suspension(record: Record, which: str, typed: Mapping[str, Any]) -> Act:
    """The record with what is named of one suspension changed."""
    old = entry_of(record, KIND, which)
    named = _read(typed)
    entry = {**old, **named}
    _refuse_length(entry, record["id"])
    return changed(record, KIND, which, named, _over(record, entry))


def _read(typed: Mapping[str, Any]) -> Record:
    """What was typed, the length in half days."""
    made = typed_of(typed, _FIELDS)
    if typed.get("days") is not None:
        if "half_days" in made:
            raise UsageFault(
                "--days and --half-days say the same thing.", "Give one of them."
            )
        made["half_days"] = int(typed["days"] * 2)
    return made


def _refuse_length(entry: Entry, pupil: str) -> None:
    if entry.get("kind") != "permanent" or "half_days" not in entry:
        return
    hint = "Leave --days out, or record it as a suspension."
    if known := entry.get("id"):
        place = f"suspensions[{known}].half_days"
        hint += f'\nTo take its days out: sen remove {pupil} "{place}"'
    raise InvalidValue("A permanent exclusion has no number of days.", hint)


def _over(record: Entry, entry: Entry) -> tuple[str, ...]:
    """A warning where the year's suspensions come to more than the law allows."""
    year = academic_year(entry["date"])
    listed = [
        e
        for e in (*record.get("suspensions", ()), entry)
        if e.get("kind", "suspension") in _COUNTED
        and academic_year(e["date"]) == year
        and (e is entry or e.get("id") != entry.get("id", ""))
    ]
    half_days = sum(e.get("half_days", 0) for e in listed)
    if half_days <= MOST_HALF_DAYS:
        return ()
    days, most = f"{half_days / 2:g}", MOST_HALF_DAYS // 2
    return (f"suspensions of this year come to {days} days; {most} are lawful.",)
