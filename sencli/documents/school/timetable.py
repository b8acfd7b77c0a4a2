"""The timetable: which pupils each member of staff is with, when and for what.

On paper a grid of times and people, or of times and days for one person; on a terminal,
which has no room for one, a list for each person.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli.core.papers.class_map import classes
from sencli.core.papers.class_map import named_class
from sencli.core.provision import timetable as core
from sencli.core.provision.timetable import Slot
from sencli.core.record.lookup import joined
from sencli.core.record.lookup import staff_left
from sencli.core.record.types import Entry
from sencli.core.text import dates
from sencli.core.text.folding import fold
from sencli.core.time.calendar import DAYS
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.paper_request import SchoolRequest
from sencli.documents.view import Block
from sencli.documents.view import Break
from sencli.documents.view import Bullets
from sencli.documents.view import Column
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Sheet
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.documents.view import grown
from sencli.errors import NotFound
from sencli.value import replace

FOOTER = "Confidential: for staff of the school only"
DAY_NAMES = {
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
    if request.class_:
        named_class(request.class_, classes(records, setting.day))
    slots = core.slots(records, setting, setting.day, request.class_)
    people = core.by_staff(slots)
    if request.staff:
        wanted = _initials(request.staff, people, setting)
        people = {who: own for who, own in people.items() if who in wanted}
    names = {
        s["initials"]: s["name"] + (" (has left)" if staff_left(s, setting.day) else "")
        for s in setting.school.get("staff", ())
    }
    shown = {slot for own in people.values() for slot in own}
    clash = [pair for pair in core.clashes(slots) if set(pair) & shown]
    blocks: list[Block] = [] if request.flat else _clashes(clash, names)
    grid = request.shape == "wide" and bool(people)
    blocks += _grid(people, names) if grid else _tables(people, names, request)
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
        sheet=Sheet(type=_TYPE, over=_OVERLEAF) if grid else Sheet(),
        data=[_data(who, slot) for who, own in people.items() for slot in own],
        footer=FOOTER,
    )
    return (view,)


def _initials(typed: str, people: Iterable[str], setting: PaperContext) -> set[str]:
    """Those of the staff whose initials, or whose name, was typed.

    Raises:
        NotFound: there is nobody: an empty page would say that they are free.
    """
    names = dict.fromkeys(people, "")
    names |= {one["initials"]: one["name"] for one in setting.school.get("staff", ())}
    found = {who for who in names if fold(typed) in {fold(who), fold(names[who])}}
    if not found:
        raise NotFound(
            f"Nobody of the staff has the initials {typed}.",
            "See who there is: sen staff list",
        )
    return found


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


def _grid(
    people: Mapping[str, Sequence[Slot]], names: Mapping[str, str]
) -> list[Block]:
    """Times down, people or the days of one person across."""
    if len(people) == 1:
        ((who, own),) = people.items()
        days = [Column(day, word, blank=True) for day, word in DAY_NAMES.items() if day]
        heading = Heading(names.get(who, who) or "Nobody named")
        columns = [*days, Column("", "No day yet")]
        return [heading, _times(own, columns, lambda slot: [slot.day], _one)]
    every = [Column(who, names.get(who, who) or "Nobody named") for who in people]
    # as many on each table as on the next, so that none has a lonely column
    tables = -(-len(every) // _ACROSS)
    each = -(-len(every) // tables)
    parts = [every[at : at + each] for at in range(0, len(every), each)]
    slots = list(dict.fromkeys(slot for own in people.values() for slot in own))
    blocks: list[Block] = []
    for part in parts:
        # a table that is not on the first sheet as a whole begins the next
        blocks += [Break(if_over=True)] if blocks else []
        blocks.append(_times(slots, part, lambda slot: slot.staff or ("",), _of_days))
    return blocks


def _times(
    slots: Sequence[Slot],
    columns: Sequence[Column],
    places: Callable[[Slot], Sequence[str]],
    told: Callable[[Sequence[Slot]], str],
) -> Table:
    """A row for each time at which any of these columns has something."""
    keys = [column.key for column in columns]
    found: dict[str, dict[str, list[Slot]]] = {}
    for slot in sorted(slots, key=lambda one: (one.time or _LATE, one.order)):
        for place in places(slot):
            if place in keys:
                found.setdefault(slot.time, {}).setdefault(place, []).append(slot)
    rows = [
        (time or "No time yet", *(told(cells.get(key, ())) for key in keys))
        for time, cells in found.items()
    ]
    shown = [
        replace(column, key=column.key or "none", width=_EACH) for column in columns
    ]
    return Table((Column("time", "Time", width=_TIME), *shown), tuple(rows))


def _one(slots: Sequence[Slot]) -> str:
    """What is done and with whom, each on a line."""
    return "\n".join(_session(slot, often=not slot.day) for slot in slots)


def _of_days(slots: Sequence[Slot]) -> str:
    """The same, with the days on which it is done alike."""
    alike: dict[str, list[str]] = {}
    for slot in slots:
        days = alike.setdefault(_session(slot, often=not slot.day), [])
        days += [slot.day.capitalize()] if slot.day else []
    return "\n".join(
        f"{_span(days)}: {said}" if days else said for said, days in alike.items()
    )


def _span(days: Sequence[str]) -> str:
    """``Mon to Thu`` for days that follow each other, else ``Mon Wed``."""
    week = [day.capitalize() for day in DAYS]
    run = week[week.index(days[0]) :][: len(days)]
    if len(days) >= _RUN and run == [*days]:
        return f"{days[0]} to {days[-1]}"
    return " ".join(days)


def _session(slot: Slot, *, often: bool) -> str:
    """``Sensory circuits (Circuits 1), 20 min: Theo Barker (1B)``."""
    what = [f"{slot.provision} ({slot.group})" if slot.group else slot.provision]
    what += [f"{slot.often:g} a week"] if often and slot.often else []
    what += [f"{slot.minutes} min"] if slot.minutes else []
    return f"{', '.join(what)}: {', '.join(slot.pupils)}"


_TYPE = grown(8.5, 11)
_OVERLEAF = 9.5
"""Sizes of type with which the grid is on one sheet, and where it is not."""
_ACROSS = 5
"""People side by side."""
_EACH, _TIME = 12, 7
"""The widths of their columns, and of the column of times."""
_RUN = 3
"""Days in a row that are told by the first and the last."""
_LATE = "99:99"

_NO_DAY = (
    "Where no day stands, none is given yet: "
    "sen intervention set PUPIL ITEM --days DAYS --time TIME"
)
_SHORT = 8
"""Rows of a table that stays whole on a page."""


def _cells(slot: Slot) -> tuple[Any, ...]:
    return (
        DAY_NAMES[slot.day],
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
        days.setdefault((joined(both), what), []).append(DAY_NAMES[one.day])
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
