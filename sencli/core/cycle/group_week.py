"""A group's week at a glance, and the outcomes that its pupils are measured by."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from typing import Any

from sencli.core.cycle.groups import going_on
from sencli.core.cycle.progress import bare
from sencli.core.cycle.progress import series
from sencli.core.cycle.scales import Scale
from sencli.core.cycle.scales import scale_of
from sencli.core.cycle.sessions import open_days
from sencli.core.cycle.sessions import running
from sencli.core.record import find
from sencli.core.record import lookup
from sencli.core.record.edit import in_order
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.dates import add_days
from sencli.core.text.dates import monday
from sencli.core.text.folding import fold
from sencli.core.text.folding import sort_key
from sencli.core.time.calendar import DAYS
from sencli.value import Value

GIVEN, AWAY, NOTHING = "yes", "away", "-"


class Week(Value):
    """One pupil's week in a group.

    Attributes:
        record: the pupil's.
        marks: for Monday to Friday: given, missed or nothing entered.
        due: the school days of it that the dose names and that have no entry.
    """

    record: Record
    marks: tuple[str, ...]
    due: tuple[str, ...]


def days_of(week: str) -> tuple[str, ...]:
    """Monday to Friday of the week that holds the day."""
    return tuple(add_days(monday(week), step) for step in range(len(DAYS)))


def week_of_group(
    records: Iterable[Record], group: str, week: str, terms: Iterable[Entry]
) -> list[Week]:
    """The group's members in a week, by name, each with what is entered."""
    days, terms = days_of(week), tuple(terms)
    found = []
    for record in records:
        here = running(record, days[0], days[-1], group)
        if not here or not lookup.on_roll(record, days[0]):
            continue
        cycle, item = here[-1]
        there = {
            entry["date"]: AWAY if "missed" in entry else GIVEN
            for entry in cycle.get("do", {}).get("sessions", ())
            if entry["intervention"] == item["id"]
        }
        due = tuple(open_days(item, days[0], days[-1], there, terms))
        marks = tuple(there.get(day, NOTHING) for day in days)
        found.append(Week(record, marks, due))
    return sorted(found, key=lambda one: sort_key(lookup.display_name(one.record)))


class Measured(Value):
    """An outcome of a pupil that may be measured, with where it stands.

    Attributes:
        record: the pupil's.
        outcome: the outcome.
        number: its number in its cycle.
        scale: what it is measured in.
        last: the last value in words, or "".
        day: when that was, or "".
    """

    record: Record
    outcome: Record
    number: int
    scale: Scale
    last: str
    day: str


def of_group(
    records: Iterable[Record], group: str, day: str, scales: Iterable[Entry]
) -> list[Measured]:
    """The outcomes that a group's support serves, of each member on the day."""
    kept = tuple(scales)
    found: list[Measured] = []
    for record in records:
        held = [
            (cycle, item)
            for cycle, item in running(record, day, day, group)
            if going_on(cycle, item, day)
        ]
        if held and lookup.on_roll(record, day):
            cycle, item = held[-1]
            found += _of(record, cycle, item.get("outcomes", ()), kept)
    return _by_name(found)


def of_class(
    records: Iterable[Record], class_: str, day: str, scales: Iterable[Entry]
) -> list[Measured]:
    """The outcomes of the open cycles of a class."""
    kept = tuple(scales)
    found: list[Measured] = []
    for record in records:
        placed = lookup.placement_on(record, day).get("class", "")
        if fold(placed) != fold(class_) or not lookup.on_roll(record, day):
            continue
        for cycle in [c for c in in_order(record) if "closed" not in c][-1:]:
            found += _of(record, cycle, (), kept)
    return _by_name(found)


def about(found: Iterable[Measured], which: str) -> list[Measured]:
    """Those whose wording or measure holds the words, or that have the number."""
    kept = list(found)
    if which.isdecimal():
        return [one for one in kept if one.number == int(which)]
    return find.matches(
        which, kept, lambda one: f"{one.outcome['outcome']} {one.scale.measure}"
    )


def _of(
    record: Record, cycle: Entry, only: Iterable[str], scales: tuple[Entry, ...]
) -> Iterator[Measured]:
    wanted = set(only)
    for number, outcome in enumerate(cycle.get("plan", {}).get("outcomes", ()), 1):
        if wanted and outcome["id"] not in wanted:
            continue
        scale = scale_of(outcome, scales)
        points = series(record, outcome, scales)
        last: Any = points[-1] if points else None
        yield Measured(
            record,
            outcome,
            number,
            scale,
            bare(last.value, scale, last.interval) if last else "",
            last.date if last else "",
        )


def _by_name(found: list[Measured]) -> list[Measured]:
    return sorted(
        found, key=lambda one: (sort_key(lookup.display_name(one.record)), one.number)
    )
