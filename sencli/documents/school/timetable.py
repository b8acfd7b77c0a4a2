"""The timetable: which pupils each member of staff is with, when and for what."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli.core.provision import timetable as core
from sencli.core.provision.timetable import Slot
from sencli.core.record.lookup import joined
from sencli.core.record.lookup import staff_left
from sencli.core.record.types import Entry
from sencli.core.text import dates
from sencli.core.text.folding import fold
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.paper_request import SchoolRequest
from sencli.documents.view import Block
from sencli.documents.view import Bullets
from sencli.documents.view import Column
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View

FOOTER = "Confidential: for staff of the school only"
_DAYS = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "": "",
}
_COLUMNS = (
    Column("day", "Day", width=7),
    Column("time", "Time", width=5),
    Column("sessions_per_week", "A week", "number", width=5),
    Column("minutes", "Minutes", "number", width=5),
    Column("provision", "Provision", width=16),
    Column("group", "Group", width=10),
    Column("pupils", "With", width=28),
)
_STAFF = Column("staff", "Staff")


def build(
    records: Iterable[Entry],
    setting: PaperContext,
    request: SchoolRequest | None = None,
) -> tuple[View, ...]:
    """The week by member of staff, on the setting's day."""
    request = request or SchoolRequest()
    slots = core.slots(records, setting, setting.day, request.class_)
    people = core.by_staff(slots)
    if request.staff:
        people = {
            who: own for who, own in people.items() if fold(who) == fold(request.staff)
        }
    names = {
        s["initials"]: s["name"] + (" (has left)" if staff_left(s, setting.day) else "")
        for s in setting.school.get("staff", ())
    }
    shown = {slot for own in people.values() for slot in own}
    clash = [pair for pair in core.clashes(slots) if set(pair) & shown]
    blocks: list[Block] = [] if request.flat else _clashes(clash, names)
    blocks += _tables(people, names, request)
    if any(not slot.day for slot in shown) and not request.flat:
        blocks.append(Text(_NO_DAY, "small"))
    there = {pupil for slot in shown for pupil in slot.ids}
    view = setting.view(
        "Timetable of support",
        blocks,
        [record for record in records if record["id"] in there] or records,
        subtitle=dates.words(setting.day)
        + (f" · class {request.class_}" if request.class_ else ""),
        landscape=True,
        data=[_data(who, slot) for who, own in people.items() for slot in own],
        footer=FOOTER,
    )
    return (view,)


def _tables(
    people: Mapping[str, Sequence[Slot]],
    names: Mapping[str, str],
    request: SchoolRequest,
) -> list[Block]:
    if request.flat or not people:
        rows = [(who, *_cells(slot)) for who, own in people.items() for slot in own]
        empty = "No support is in force with these filters."
        return [Table((_STAFF, *_COLUMNS), tuple(rows), empty=empty)]
    blocks: list[Block] = []
    for who, own in people.items():
        heading = Heading(names.get(who, who) or "Nobody named")
        table = Table(_COLUMNS, tuple(map(_cells, own)))
        blocks += [Keep((heading, table))] if len(own) <= _SHORT else [heading, table]
    return blocks


_NO_DAY = (
    "Where no day stands, none is given yet: "
    "sen intervention change PUPIL ITEM --days DAYS --time TIME"
)
_SHORT = 8
"""Rows of a table that stays whole on a page."""


def _cells(slot: Slot) -> tuple[Any, ...]:
    return (
        _DAYS[slot.day],
        slot.time,
        slot.often,
        slot.minutes,
        slot.provision,
        slot.group,
        ", ".join(slot.pupils),
    )


def _clashes(
    pairs: Sequence[tuple[Slot, Slot]], names: Mapping[str, str]
) -> list[Block]:
    """Who would be in two places at once, before the tables."""
    if not pairs:
        return []
    days: dict[tuple[str, str], list[str]] = {}
    for one, other in pairs:
        both = [names.get(who, who) for who in one.staff if who in other.staff]
        both += [
            name
            for pupil, name in zip(one.ids, one.pupils, strict=True)
            if pupil in other.ids
        ]
        what = f"{one.provision} at {one.time} and {other.provision} at {other.time}"
        days.setdefault((joined(both), what), []).append(_DAYS[one.day])
    lines = [
        f"{both}, {joined(list(dict.fromkeys(some)))}: {what}"
        for (both, what), some in days.items()
    ]
    told = Text("In two places at once:")
    return [Keep((told, Bullets(tuple(lines))))]


def _data(who: str, slot: Slot) -> dict[str, Any]:
    return {
        "staff": who,
        "day": slot.day or None,
        "time": slot.time or None,
        "minutes": slot.minutes,
        "provision_name": slot.provision,
        "group": slot.group or None,
        "sessions_per_week": slot.often,
        "pupils": list(slot.pupils),
    }
