"""Meetings that are arranged, with their times: for a calendar."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Iterator
from typing import NamedTuple

from sencli.core.due.due import Due
from sencli.core.record import lookup
from sencli.core.record.types import Entry

_TIME = re.compile(r"([0-9]{1,2})(?:[:.]([0-5][0-9]))?\s*(?:([ap])\.?m\.?)?")
_NOON = 12
_MIDDAY = frozenset({"noon", "midday", "12 noon"})


class Appointment(NamedTuple):
    """A meeting on a day.

    Attributes:
        due: the meeting as what is due is told.
        time: ``15:30``, or "" where none is recorded.
        key: what it keeps when its day is moved.
    """

    due: Due
    time: str
    key: str


def appointments(rows: Iterable[Entry], day: str, until: str) -> Iterator[Appointment]:
    """The meetings from the day on that are arranged, of pupils on roll.

    Args:
        rows: from ``due_row``.
        day: today's ISO date.
        until: the last ISO date to look at.
    """
    for row in rows:
        if not lookup.on_roll(row, day):
            continue
        reviews = ((r, "annual_review") for r in row["ehc"]["reviews"])
        meetings = ((m, "meeting") for m in row["planned"])
        for entry, kind in (*reviews, *meetings):
            if day <= entry["date"] <= until:
                time = on_the_clock(str(entry.get("time", "")))
                due = _due(row, entry, kind, day)
                yield Appointment(due, time, f"{row['id']} {kind} {entry['id']}")


def _due(row: Entry, entry: Entry, kind: str, day: str) -> Due:
    review = kind == "annual_review"
    what = "Annual review meeting" if review else "Meeting that is arranged"
    verb = "ehc review" if review else "meeting add"
    command = f"sen {verb} {row['id']} --date {entry['date']}"
    room = str(lookup.placement_on(row, day).get("class", ""))
    name, teacher = lookup.display_name(row), row["teacher"]
    return Due(entry["date"], kind, what, command, row["id"], name, room, teacher)


def on_the_clock(text: str) -> str:
    """A time as families read it (3.30 pm, noon) as ``15:30``; "" for no time."""
    typed = text.strip().casefold()
    if typed in _MIDDAY:
        return "12:00"
    found = _TIME.fullmatch(typed)
    if found is None or (found[2] is None and found[3] is None):
        return ""
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        hour = hour % _NOON + (_NOON if found[3] == "p" else 0)
    return f"{hour:02}:{minute:02}" if hour < 2 * _NOON else ""
