"""The support of a group: the same intervention for many, and for who joins later."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from typing import Any

from sencli.core.cycle.dose import DOSE
from sencli.core.cycle.groups import going_on
from sencli.core.cycle.interventions import give
from sencli.core.people.context import GROUPS
from sencli.core.people.context import Context
from sencli.core.record import lookup
from sencli.core.record.act import Act
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.time.calendar import dose_on
from sencli.value import replace


def give_all(
    records: Iterable[Record],
    entry: Entry,
    typed: Mapping[str, Any],
    context_of: Callable[[Record, Record], Context],
    groups: Record,
) -> list[Act]:
    """The intervention given to each pupil, all in one group.

    Args:
        records: the pupils'.
        entry: the provision, of the catalogue.
        typed: ``group``, and the dose, leader and dates as for one pupil.
        context_of: the context of a pupil's change, from the record and the groups.
        groups: ``groups.yaml``; the first that is given makes the group.

    Raises:
        NotFound: a pupil has no open cycle.
        InvalidValue: as for one pupil, whose name is said.
    """
    acts = []
    for record in records:
        act = give(record, entry, typed, context_of(record, groups))
        groups = act.records.get(GROUPS, groups)
        acts.append(replace(act, records={**act.records, GROUPS: groups}))
    return acts


def shared_support(records: Iterable[Record], group: str, day: str) -> Entry | None:
    """The intervention of the group's members that is going on, or the last one.

    Args:
        records: every pupil's.
        group: its id.
        day: ISO date.
    """
    found = [
        (cycle, item)
        for record in records
        for cycle, item in lookup.items(record, "interventions")
        if item.get("group") == group
    ]
    now = [item for cycle, item in found if going_on(cycle, item, day)]
    every = now or [item for _, item in found]
    return max(every, key=lambda item: str(item.get("from", "")), default=None)


def inherited(item: Entry, day: str) -> dict[str, Any]:
    """Leader, dose and last day of a group's support, as they are typed.

    Args:
        item: a member's intervention.
        day: ISO date on which the dose holds.
    """
    dose = dose_on(item.get("dose", ()), day)
    typed = {name: dose[name] for name in DOSE if name in dose}
    if adults := dose.get("led_by"):
        typed["led_by"] = tuple(adults)
    if "until" in item and item["until"] >= day:
        typed["end"] = item["until"]
    return typed
