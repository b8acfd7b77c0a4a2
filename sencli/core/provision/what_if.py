"""What other staffing would mean: the provision map of a copy beside that of today.

Nothing is changed but copies in memory. Support is counted as the map counts it.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from math import fsum
from typing import Any

from sencli.core.provision import provision_map
from sencli.core.provision import timetable
from sencli.core.provision.cost import span
from sencli.core.provision.group_members import Members
from sencli.core.provision.map_filter import MapFilter
from sencli.core.provision.provision_map import Row
from sencli.core.provision.school import School
from sencli.core.provision.timetable import Slot
from sencli.core.record.lookup import STILL
from sencli.core.record.types import Entry
from sencli.core.text import dates
from sencli.core.time.calendar import dose_on
from sencli.value import Value
from sencli.value import replace

_HOURS = ("hours_a_week", "adult_hours_a_week")


class NewGroup(Value):
    """A teaching group that there is not yet.

    Attributes:
        provision: key in the catalogue.
        pupils: ids.
        led_by: initials.
    """

    provision: str
    pupils: tuple[str, ...]
    led_by: tuple[str, ...] = ()


class WhatIf(Value):
    """What would be otherwise, from a day on.

    Attributes:
        first: ISO date from which it would hold.
        last: ISO date up to which cost is counted.
        without: initials of staff who would not be there.
        cover: initials of whoever would lead in their place; empty for nobody.
        rates: pence an hour by role.
        groups: the groups that would begin on the first day, and end on the last
            unless the catalogue gives the provision a number of weeks.
    """

    first: str
    last: str
    without: tuple[str, ...] = ()
    cover: tuple[str, ...] = ()
    rates: Mapping[str, int] = {}
    groups: tuple[NewGroup, ...] = ()


class Figures(Value):
    """One side of the comparison.

    Attributes:
        week: rows of the map on the first day.
        time: rows of the map from the first day to the last, with its cost.
    """

    week: Sequence[Row]
    time: Sequence[Row]

    @property
    def totals(self) -> dict[str, Any]:
        """Pupils, rows, hours a week and pence; what has no cost is counted apart."""
        hours = {key: round(_summed(self.week, key), 2) for key in _HOURS}
        return {**provision_map.total(self.time), **hours}

    def hours_of(self, initials: str) -> float:
        """The hours a week that a member of staff leads."""
        led = [row for row in self.week if initials in row["led_by"]]
        return _summed(led, "adult_hours_a_week")


class Comparison(Value):
    """Today's map and the one that would be.

    Attributes:
        now: today's; then: what would be.
        alone: rows of today's map that nobody would lead any more.
        clashes: pairs of sessions in which somebody would be in two places, and is not
            today.
        withheld: how many restricted interventions are counted on neither side.
    """

    now: Figures
    then: Figures
    alone: Sequence[Row]
    clashes: Sequence[tuple[Slot, Slot]]
    withheld: int


def compare(records: Sequence[Entry], around: School, change: WhatIf) -> Comparison:
    """Today's map beside that of a copy with the change."""
    would = [
        _with_groups(_without(record, around, change), around, change)
        for record in records
    ]
    other = _school(around, would, change)
    now, withheld = _figures(records, around, change)
    then, _ = _figures(would, other, change)
    there = {(row["pupil"], row["intervention"]) for row in then.time}
    day = change.first
    before = _clashing(records, around, day)
    return Comparison(
        now,
        then,
        [row for row in now.time if (row["pupil"], row["intervention"]) not in there],
        [pair for pair in _clashing(would, other, day) if pair not in before],
        withheld,
    )


def _figures(
    records: Sequence[Entry], around: School, change: WhatIf
) -> tuple[Figures, int]:
    week, _ = provision_map.rows(records, around, change.first)
    period = MapFilter(period=(change.first, change.last))
    time, withheld = provision_map.rows(records, around, change.first, period)
    return Figures(week, time), withheld


def _clashing(
    records: Sequence[Entry], around: School, day: str
) -> list[tuple[Slot, Slot]]:
    return timetable.clashes(timetable.slots(records, around, day))


def _summed(rows: Iterable[Row], key: str) -> float:
    """Hours; a row that gives none counts for nothing."""
    return fsum(row[key] for row in rows if row[key] is not None)


def _school(around: School, records: Sequence[Entry], change: WhatIf) -> School:
    """The school's files with the new rates and groups."""
    rates = [
        {"role": role, "from": change.first, "pence_per_hour": pence}
        for role, pence in change.rates.items()
    ]
    school = {**around.school, "rates": [*around.school.get("rates", ()), *rates]}
    groups = [
        {"id": _group_id(number), "name": f"new group {number}"}
        for number, _ in enumerate(change.groups, 1)
    ]
    listed = [*around.groups.get("groups", ()), *groups]
    return replace(
        around,
        school=school,
        groups={**around.groups, "groups": listed},
        members=Members.of(records),
    )


def _group_id(number: int) -> str:
    return f"what-if-{number}"  # no id of a group has a hyphen


def _without(record: Entry, around: School, change: WhatIf) -> Entry:
    """The record without the staff who would not be there."""
    gone = set(change.without)
    if not gone:
        return record
    cycles = []
    for cycle in record.get("cycles", ()):
        plan = cycle.get("plan", {})
        items = plan.get("interventions", ())
        left = [_led_on(cycle, item, around, change) for item in items]
        kept = [item for item in left if item is not None]
        cycles.append({**cycle, "plan": {**plan, "interventions": kept}})
    return {**record, "cycles": cycles}


def _led_on(cycle: Entry, item: Entry, around: School, change: WhatIf) -> Entry | None:
    """The intervention as it would go on; None where it would not begin at all."""
    doses = item.get("dose", ())
    usual = around.usual(item["provision"])
    first, last = span(cycle, item, usual, around.school.get("terms", ()))
    begin = max(change.first, first)
    led = {who for dose in doses for who in dose.get("led_by", ())}
    if not led & set(change.without) or (last or STILL) < begin:
        return item
    later = [dose for dose in doses if dose.get("from", "") > begin]
    made = []
    for dose in ({**dose_on(doses, begin), "from": begin}, *later):
        stay = [w for w in dose.get("led_by", ()) if w not in change.without]
        if len(stay) < len(dose.get("led_by", ())):
            stay += [who for who in change.cover if who not in stay]
            if not stay:
                if dose["from"] <= first:
                    return None
                return {**item, "ended": {"date": dates.add_days(dose["from"], -1)}}
        made.append({**dose, "led_by": stay} if stay else dose)
    kept = [dose for dose in doses if dose.get("from", "") < begin]
    return {**item, "dose": [*kept, *made]}


def _with_groups(record: Entry, around: School, change: WhatIf) -> Entry:
    """The record with the support of the new groups that the pupil would be in."""
    items = [
        _support(number, group, around, change)
        for number, group in enumerate(change.groups, 1)
        if record["id"] in group.pupils
    ]
    if not items:
        return record
    cycle = {
        "id": "what-if",
        "plan": {"date": change.first, "interventions": items},
    }
    return {**record, "cycles": [*record.get("cycles", ()), cycle]}


def _support(number: int, group: NewGroup, around: School, change: WhatIf) -> Entry:
    dose: dict[str, Any] = {"from": change.first}
    if group.led_by:
        dose["led_by"] = list(group.led_by)
    item = {
        "id": _group_id(number),
        "provision": group.provision,
        "group": _group_id(number),
        "from": change.first,
        "dose": [dose],
    }
    weeks = "weeks" in around.usual(group.provision)
    return item if weeks else {**item, "until": change.last}


def who_leads(found: Comparison) -> list[str]:
    """Initials of staff whose hours would change, in the order of the alphabet."""
    both = (*found.now.week, *found.then.week)
    led = {who for row in both for who in row["led_by"]}
    return sorted(w for w in led if found.now.hours_of(w) != found.then.hours_of(w))


def in_plans(found: Comparison) -> list[Row]:
    """The rows that nobody would lead and an EHC plan's section F names.

    The authority must secure that provision (Children and Families Act 2014, s 42): a
    school cannot leave it out for want of staff.
    """
    return [row for row in found.alone if row["section_f"]]
