"""The timetable: sessions of a week whose days are given."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sencli.core.people.names import told_apart
from sencli.core.provision import provision_map
from sencli.core.provision.provision_map import Support
from sencli.core.provision.register import place_in_list
from sencli.core.provision.school import School
from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.core.text.folding import fold
from sencli.core.text.folding import sort_key
from sencli.core.time.calendar import DAYS
from sencli.core.time.calendar import dose_on
from sencli.value import Value


class Slot(Value):
    """One session of the week, with all the pupils who have it together.

    Attributes:
        staff: initials of those who lead it; empty where nobody is named.
        day: one of ``DAYS``; "" where no day is given.
        time: ``09:30``, or "" where none is given.
        minutes: how long, or None.
        provision: its name.
        group: the teaching group's name, or "".
        pupils: names, in the order of the register.
        often: sessions a week where no day is given, or None.
        ids: of the pupils, in the same order.
    """

    staff: tuple[str, ...]
    day: str
    time: str
    minutes: int | None
    provision: str
    group: str
    pupils: tuple[str, ...]
    often: float | None = None
    ids: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[int, str, tuple[str, str]]:
        """Its place in the week."""
        place = DAYS.index(self.day) if self.day else len(DAYS)
        return place, self.time or "99:99", sort_key(self.provision)


def slots(
    records: Iterable[Entry], around: School, day: str, class_: str = ""
) -> list[Slot]:
    """The sessions of the week that the day is in, by day and time.

    Pupils of one teaching group, or alike in provision, staff, day and time, share a
    slot. Restricted support is left out.
    """
    found: dict[tuple[Any, ...], dict[str, str]] = {}
    ordered = sorted(records, key=lambda r: place_in_list(r, day))
    rooms = {str(r["id"]): _room(r, day) for r in ordered}
    called = {}
    for record in ordered:
        room = rooms[str(record["id"])]
        name = lookup.display_name(record)
        called[str(record["id"])] = f"{name} ({room})" if room else name
    called = told_apart(called, ordered)
    for record in ordered:
        if class_ and fold(rooms[str(record["id"])]) != fold(class_):
            continue
        for support in provision_map.supports(record, around, day):
            if not support.intervention.get("restricted"):
                for key in _keys(support, around, day):
                    pupil = str(record["id"])
                    found.setdefault(key, {})[pupil] = called[pupil]
    made = []
    for key, names in found.items():
        staff, name, time, minutes, what, group, often, _ = key
        told = (tuple(names.values()), often, tuple(names))
        made.append(Slot(staff, name, time, minutes, what, group, *told))
    return sorted(made, key=lambda slot: slot.order)


def _room(record: Entry, day: str) -> str:
    return str(lookup.placement_on(record, day).get("class", ""))


def _keys(support: Support, around: School, day: str) -> list[tuple[Any, ...]]:
    """The key that joins sessions of several pupils, for each day."""
    usual = support.provision.get("usual", {})
    dose = {**usual, **dose_on(support.intervention.get("dose", ()), day)}
    days = [name for name in DAYS if name in dose.get("days", ())]
    group = around.group(support.intervention.get("group", "")) or ""
    # two who have the same thing one to one are not together
    alone = "" if group or dose.get("group_size", 1) > 1 else support.record["id"]
    often = None if days else dose.get("sessions_per_week")
    return [
        (
            tuple(dose.get("led_by", ())),
            name,
            str(dose.get("time", "")),
            dose.get("minutes"),
            str(support.provision["name"]),
            group,
            often,
            alone,
        )
        for name in days or ("",)
    ]


def by_staff(found: Iterable[Slot]) -> dict[str, list[Slot]]:
    """The slots of each member of staff by initials; "" is nobody named."""
    made: dict[str, list[Slot]] = {}
    for slot in found:
        for who in slot.staff or ("",):
            made.setdefault(who, []).append(slot)
    return dict(sorted(made.items(), key=lambda pair: (not pair[0], sort_key(pair[0]))))


def clashes(found: Iterable[Slot]) -> list[tuple[Slot, Slot]]:
    """Pairs of slots in which somebody, staff or pupil, would be in two places."""
    timed = [slot for slot in found if slot.day and slot.time]
    return [
        (one, other)
        for at, one in enumerate(timed)
        for other in timed[at + 1 :]
        if one.day == other.day and _share(one, other)
        if _minute(one) < _end(other) and _minute(other) < _end(one)
    ]


def _share(one: Slot, other: Slot) -> bool:
    """Whether somebody would have to be in both, staff or pupil."""
    return bool({*one.staff, *one.ids} & {*other.staff, *other.ids})


def _minute(slot: Slot) -> int:
    return int(slot.time[:2]) * 60 + int(slot.time[3:])


def _end(slot: Slot) -> int:
    return _minute(slot) + (slot.minutes or 1)
