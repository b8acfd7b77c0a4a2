"""The number of pupils in a teaching group on a day."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from typing import Any

from sencli.core.provision.cost import span
from sencli.core.record import lookup
from sencli.core.record.lookup import STILL
from sencli.core.record.types import Entry
from sencli.core.time.calendar import dose_on
from sencli.value import Value

Usual = Callable[[str], Entry]
"""The usual dose of a provision, by its key."""


class Stay(Value):
    """A pupil in a group: from the first day to the last, STILL where it is open."""

    group: str
    pupil: str
    first: str
    last: str


class Members:
    """Members of the groups, read when first needed.

    Args:
        naming: gives the records in which a group's id stands.
    """

    def __init__(self, naming: Callable[[str], Iterable[Entry]]) -> None:
        self._naming = naming
        self._stays: dict[str, list[Stay]] = {}

    @classmethod
    def of(cls, records: Iterable[Entry]) -> Members:
        """The members that these records, which are all there are, have."""
        found: dict[str, list[Entry]] = {}
        for record in records:
            groups = (i.get("group") for _, i in lookup.items(record, "interventions"))
            for group in {str(group) for group in groups if group}:
                found.setdefault(group, []).append(record)
        return cls(lambda group: found.get(group, ()))

    def on(self, group: str, day: str, terms: Any, usual: Usual) -> int:
        """How many pupils are in the group on the day."""
        if group not in self._stays:
            self._stays[group] = [
                stay
                for record in self._naming(group)
                for stay in stays(record, terms, usual)
                if stay.group == group
            ]
        return count(self._stays[group], day)


def count(listed: Iterable[Stay], day: str) -> int:
    """How many pupils these stays have on the day."""
    return len({stay.pupil for stay in listed if stay.first <= day <= stay.last})


def stays(record: Entry, terms: Any, usual: Usual) -> Iterator[Stay]:
    """In which groups a pupil is, from when to when: as long as it is charged."""
    for cycle, item in lookup.items(record, "interventions"):
        group = item.get("group")
        if not group or cycle.get("closed", {}).get("reason") == "opened_in_error":
            continue
        first, last = span(cycle, item, usual(item["provision"]), terms)
        if first and lookup.on_roll(record, first):
            last = lookup.until_left(record, last)
            yield Stay(str(group), str(record["id"]), first, last or STILL)


class GroupPlace(Value):
    """An intervention in a group: its place, and the planned size."""

    stay: Stay
    path: tuple[str | int, ...]
    item: str
    planned: int


def places(record: Entry, terms: Any, usual: Usual, day: str) -> Iterator[GroupPlace]:
    """The interventions in a group that run on the day; planned for 0: not said."""
    listed = list(stays(record, terms, usual))
    for at, cycle in enumerate(record.get("cycles", ())):
        for number, item in enumerate(cycle.get("plan", {}).get("interventions", ())):
            dose = {**usual(item["provision"]), **dose_on(item.get("dose", ()), day)}
            first, last = span(cycle, item, usual(item["provision"]), terms)
            last = lookup.until_left(record, last)
            stay = Stay(
                str(item.get("group", "")), str(record["id"]), first, last or STILL
            )
            if stay in listed and first <= day <= stay.last:
                path = ("cycles", at, "plan", "interventions", number)
                planned = int(dose.get("group_size", 0))
                yield GroupPlace(stay, path, str(item["id"]), planned)


def differing(
    found: Iterable[GroupPlace], day: str
) -> Iterator[tuple[GroupPlace, int]]:
    """The places where another number is in the group than was planned, with it."""
    listed = list(found)
    there: dict[str, list[Stay]] = {}
    for place in listed:
        there.setdefault(place.stay.group, []).append(place.stay)
    for place in listed:
        number = count(there[place.stay.group], day)
        if place.planned not in {0, number}:
            yield place, number


def differing_said(name: str, planned: int, number: int) -> str:
    """``HFW 1 was planned for 4 pupils, and 6 are in it``."""
    who = "1 pupil" if planned == 1 else f"{planned} pupils"
    there = "1 is" if number == 1 else f"{number} are"
    return f"{name} was planned for {who}, and {there} in it"
