"""What is due as a calendar file (RFC 5545) for a phone or Outlook.

No pupil is named unless asked for: a subscribed calendar ends up on other people's
screens.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import timedelta
from typing import TYPE_CHECKING

from sencli.core.due.due import KINDS
from sencli.core.due.due import Due
from sencli.safe import safe_text

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT = "-//sencli//What is due//EN"


def ics(items: Iterable[Due], day: str, *, names: bool = False) -> bytes:
    """The calendar: one event of a whole day for each thing that is due.

    What is overdue stands on today: nobody looks for work in last month.

    The same thing keeps the same UID when its date moves, so that a calendar that is
    taken in again changes its event and makes no second one.

    Args:
        items: what is due.
        day: today's ISO date; the same day gives the same bytes.
        names: whether pupils' names and what is to be done may stand in it.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "SEN: what is due")
    stamp = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC)
    seen: Counter[str] = Counter()
    for item in items:
        calendar.add_component(_event(item, stamp, seen, names=names))
    made: bytes = calendar.to_ical()
    return made


def _event(item: Due, stamp: datetime, seen: Counter[str], *, names: bool) -> Event:
    from icalendar import Event

    today = stamp.date()
    begins = max(date.fromisoformat(item.due), today)
    event = Event()
    event.add("uid", _uid(item, seen))
    event.add("dtstamp", stamp)
    event.add("dtstart", begins)
    event.add("dtend", begins + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    late = " (overdue)" if item.due < today.isoformat() else ""
    event.add("summary", safe_text(_summary(item, names=names) + late))
    if names:
        event.add("description", safe_text(item.command))
    return event


def _summary(item: Due, *, names: bool) -> str:
    if not item.pupil:  # of the whole school: it names no child
        return f"SEN: {item.what}"
    if names:
        return f"{item.name}: {item.what}"
    room = f", {item.class_name}" if item.class_name else ""
    return f"SEN: {KINDS[item.kind]} ({item.pupil}{room})"


def _uid(item: Due, seen: Counter[str]) -> str:
    """From the pupil, the kind and the words; a second of the same is numbered."""
    same = f"{item.pupil} {item.kind} {item.what}"
    seen[same] += 1
    made = hashlib.sha256(f"{same} {seen[same]}".encode()).hexdigest()[:24]
    return f"{made}@sencli"
