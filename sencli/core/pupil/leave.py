"""A pupil leaves: end the stay on roll, the open cycle and the support."""

from __future__ import annotations

from collections.abc import Mapping

from sencli.core.record.act import Act
from sencli.core.record.edit import given
from sencli.core.record.edit import placed
from sencli.core.record.edit import put_cycle
from sencli.core.record.lookup import STILL
from sencli.core.record.lookup import full_name
from sencli.core.record.lookup import left_on
from sencli.core.record.lookup import on_roll
from sencli.core.record.lookup import open_cycle
from sencli.core.record.lookup import placement_on
from sencli.core.record.types import Record
from sencli.core.text import dates
from sencli.errors import InvalidValue

REASON = "left the school"


def leave(
    record: Record, day: str, fields: Mapping[str, str | None], today: str
) -> Act:
    """The record of a pupil whose last day on roll is the day.

    The open cycle is closed as ``left``, what was still to run of its interventions is
    ended, and strategies end with them. A day to come is only noted: until then the
    support goes on, and then ``sen due`` says that the cycle is to be closed.

    Args:
        record: the pupil's.
        day: last day on roll.
        fields: ``to_school``, ``reason``; ``None`` where not named.
        today: ISO date.
    """
    name = full_name(record)
    stay = _stay(record, day, today)
    stay |= {"until": day, **given(fields)}
    roll = [*record.get("roll", [])[:-1], stay]
    changed: Record = {**record, "roll": roll}
    to_come = day > today
    cycle = None if to_come else open_cycle(record)
    ended = 0
    if cycle is not None:
        closed, ended = _closed(cycle, day)
        changed = put_cycle(changed, closed)
    to_school = f" for {stay['to_school']}" if "to_school" in stay else ""
    said = f"{name} leaves on {dates.words(day)}{to_school}."
    if cycle is not None:
        said += " The open cycle is closed."
    if ended:
        what = "1 intervention is" if ended == 1 else f"{ended} interventions are"
        said += f" {what} ended."
    if to_come:
        said += " Until then nothing else changes."
    return Act(
        changed,
        said,
        {"cycle": cycle["id"]} if cycle is not None else {},
        ("the educational record goes to the next school within 15 school days.",),
    )


def come_back(
    record: Record,
    day: str,
    stay: Mapping[str, str | None],
    placement: Mapping[str, str | None],
) -> Act:
    """The record of a pupil who left and is on roll again from the day.

    Args:
        record: the pupil's.
        day: first day back on roll.
        stay: ``from_school``, or ``None``.
        placement: ``year_group`` and ``class`` from that day, or ``None``.

    Raises:
        InvalidValue: the pupil has not left, or left on that day or later.
    """
    name, left = full_name(record), left_on(record)
    if not left:
        raise InvalidValue(
            f"{name} is on roll and has not left.",
            f"See: sen pupil show {record['id']}",
        )
    if day <= left:
        raise InvalidValue(
            f"The last day on roll of {name} is {dates.words(left)}, so there is no "
            f"coming back on {dates.words(day)}.",
            f"Give a later day: sen pupil return {record['id']} --date DATE\n"
            f"If nobody leaves on that day: sen pupil set {record['id']} roll.until=",
        )
    roll = [*record["roll"], {"from": day, **given(stay)}]
    changed: Record = {**record, "roll": roll}
    if named := given(placement):
        before = placement_on(record, day)
        entry = {**before, **named, "from": day}
        changed["placements"] = placed(record.get("placements", []), entry)
    return Act(
        changed,
        f"{name} left on {dates.words(left)} and is back on the roll from "
        f"{dates.words(day)}.",
    )


def _stay(record: Record, day: str, today: str) -> Record:
    """The stay on the roll that ends on the day; what is to come may be put off."""
    name = full_name(record)
    roll = record.get("roll", [])
    left = left_on(record)
    if left and left <= today and left != day and not on_roll(record, day):
        raise InvalidValue(
            f"{name} has left already, on {dates.words(left)}.",
            f"Put the day right: sen pupil set {record['id']} "
            f"roll.until={dates.short(day)}",
        )
    stay = dict(roll[-1]) if roll else {}
    if stay.get("from", "") > day:
        raise InvalidValue(
            f"{name} is on roll from {dates.words(stay['from'])}, after "
            f"{dates.words(day)}.",
            "Give the right --date.",
        )
    return stay


def _closed(cycle: Record, day: str) -> tuple[Record, int]:
    """The cycle closed on the day, and how many interventions were ended by it."""
    plan = cycle.get("plan", {})
    interventions = []
    count = 0
    for item in plan.get("interventions", ()):
        runs = item.get("until", STILL) > day and "ended" not in item
        count += runs
        ended = {"ended": {"date": day, "reason": REASON}} if runs else {}
        interventions.append({**item, **ended})
    changed = {**cycle, "closed": {"date": day, "reason": "left"}}
    if interventions:
        changed["plan"] = {**plan, "interventions": interventions}
    return changed, count
