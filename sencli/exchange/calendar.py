"""What is due as a calendar file (RFC 5545) for a phone, Outlook or a subscription.

No pupil is named unless asked for: a subscribed calendar ends up on other people's
screens. A calendar made again over the last one keeps each event's UID, counts its
changes (SEQUENCE), and cancels what is done, so that a copy that was taken in follows.
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
from typing import Any
from zoneinfo import ZoneInfo

from sencli.core.due.due import KINDS
from sencli.core.due.due import Due
from sencli.safe import safe_text

if TYPE_CHECKING:
    from icalendar import Event

    from sencli.core.due.appointments import Appointment

PRODUCT = "-//sencli//What is due//EN"
_OURS = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{PRODUCT}\r\n".encode()
DONE = "SEN: done, or no longer due"
_REFRESH = timedelta(hours=12)
_LASTS = timedelta(hours=1)
_ZONE = "Europe/London"
# as the rule has been since 1996: icalendar's own has the spring change an hour late
_CLOCKS = f"""\
BEGIN:VTIMEZONE
TZID:{_ZONE}
BEGIN:DAYLIGHT
TZNAME:BST
DTSTART:19810329T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:GMT
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
"""
_KEPT = timedelta(days=60)
"""A cancelled event is kept so long for who looks seldom."""
_SAME = ("DTSTART", "SUMMARY", "DESCRIPTION", "STATUS")


def ics(
    items: Iterable[Due],
    day: str,
    *,
    names: bool = False,
    arranged: Iterable[Appointment] = (),
    before: bytes = b"",
) -> bytes:
    """The calendar: an event of a whole day for each thing that is due.

    A meeting with a time has an hour of its own. What is overdue stands on today:
    nobody looks for work in last month.

    The same thing keeps the same UID when its date moves, so that a calendar that is
    taken in again changes its event and makes no second one.

    Args:
        items: what is due.
        day: today's ISO date; the same day and calendar give the same bytes.
        names: whether pupils' names and what is to be done may stand in it.
        arranged: the meetings, some of which may be due too.
        before: the calendar that this one takes the place of; another's is not heeded.
    """
    from icalendar import Calendar
    from icalendar import Timezone

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "SEN: what is due")
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    meetings = list(arranged)
    if any(meeting.time for meeting in meetings):
        calendar.add_component(Timezone.from_ical(_CLOCKS))
    stamp = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC)
    held = {meeting.due for meeting in meetings}
    seen: Counter[str] = Counter()
    events = [
        _event(i, _uid(i, seen), stamp, names=names) for i in items if i not in held
    ]
    for meeting in meetings:
        uid = _digest(meeting.key)
        events.append(_event(meeting.due, uid, stamp, meeting.time, names=names))
    for event in _followed(events, _events(before), stamp):
        calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made


def _event(
    item: Due, uid: str, stamp: datetime, time: str = "", *, names: bool
) -> Event:
    from icalendar import Event

    today = stamp.date()
    begins = max(date.fromisoformat(item.due), today)
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", stamp)
    if time:
        hour = datetime.fromisoformat(f"{begins}T{time}").replace(
            tzinfo=ZoneInfo(_ZONE)
        )
        event.add("dtstart", hour)
        event.add("dtend", hour + _LASTS)
        event.add("transp", "OPAQUE")
    else:
        event.add("dtstart", begins)
        event.add("dtend", begins + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    event.add("status", "CONFIRMED")
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
    return _digest(f"{same} {seen[same]}")


def _digest(words: str) -> str:
    return f"{hashlib.sha256(words.encode()).hexdigest()[:24]}@sencli"


def _events(before: bytes) -> dict[str, Any]:
    """The events of a calendar that we wrote, by UID."""
    from icalendar import Calendar

    if not before.startswith(_OURS):
        return {}
    try:
        found = Calendar.from_ical(before).walk("VEVENT")
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        return {}  # cut off, or written by hand
    return {str(event["UID"]): event for event in found if _is_usable(event)}


def _is_usable(event: Any) -> bool:
    if event.errors or not {"UID", "DTSTART", "DTSTAMP"} <= event.keys():
        return False
    stamp = getattr(event["DTSTAMP"], "dt", None)
    return isinstance(stamp, datetime) and stamp.tzinfo is not None


def _followed(
    events: list[Event], before: dict[str, Any], stamp: datetime
) -> Iterable[Event]:
    """The events, with the number of their changes; then those that are cancelled."""
    for event in events:
        last = before.pop(str(event["UID"]), None)
        if last is not None:
            changed = any(_written(event, key) != _written(last, key) for key in _SAME)
            event.add("sequence", _sequence(last) + changed)
        yield event
    for uid, last in before.items():
        gone = str(last.get("STATUS", "")) == "CANCELLED"
        since = last["DTSTAMP"].dt if gone else stamp
        if stamp - since <= _KEPT:
            yield _cancelled(uid, last, since, _sequence(last) + (not gone))


def _written(event: Any, key: str) -> bytes:
    return bytes(event[key].to_ical()) if key in event else b""


def _sequence(event: Any) -> int:
    try:
        return int(event.get("SEQUENCE", 0))
    except (TypeError, ValueError):
        return 0


def _cancelled(uid: str, last: Any, stamp: datetime, sequence: int) -> Event:
    """The event as one that is off; what it said of a pupil is not said again."""
    from icalendar import Event

    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", stamp)
    event["DTSTART"] = last["DTSTART"]
    event.add("sequence", sequence)
    event.add("status", "CANCELLED")
    event.add("class", "PRIVATE")
    event.add("summary", DONE)
    return event
