"""Guidance that the school has regard to and does not follow for a pupil, and why."""

from __future__ import annotations

from collections.abc import Sequence

from sencli.core.people.context import Context
from sencli.core.people.context import person
from sencli.core.record import find
from sencli.core.record.act import Act
from sencli.core.record.edit import put_item
from sencli.core.record.edit import refuse_reversed
from sencli.core.record.lookup import full_name
from sencli.core.record.lookup import holds
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.dates import words
from sencli.core.text.folding import same
from sencli.errors import InvalidValue
from sencli.errors import NotFound


def departures(record: Entry) -> Sequence[Record]:
    """The departures, in the order that their numbers go by."""
    found: Sequence[Record] = record.get("departures", ())
    return found


def add_departure(record: Record, guidance: str, typed: Entry, context: Context) -> Act:
    """The record with a departure more; the same guidance again amends it.

    Args:
        record: the pupil's.
        guidance: what is not followed, as ``SEND Code of Practice 6.52``.
        typed: ``explanation`` for the family, ``instead``, ``by``, ``date``, ``until``.
        context: day, ids, school.

    Raises:
        InvalidValue: nobody said why, or it would end before it began.
    """
    day = str(typed.get("date") or context.today)
    old = next(
        (
            d
            for d in departures(record)
            if same(d["guidance"], guidance) and holds(d, day)
        ),
        None,
    )
    entry = old or {"id": context.new_id("departure"), "date": day}
    entry = {**entry, "guidance": guidance}
    names = ("date", "explanation", "instead", "until")
    entry |= {name: typed[name] for name in names if typed.get(name)}
    if by := typed.get("by"):
        entry["by"] = person(by, record, context, day)
    if "explanation" not in entry:
        raise InvalidValue(
            f"Why is {guidance} not followed for {full_name(record)}?",
            'Say it so that the family understands: --because "THE REASON"',
        )
    refuse_reversed(entry, "Give the right --date or --until.", "date")
    return Act(
        {**record, "departures": put_item(list(departures(record)), entry)},
        f"{full_name(record)}: {guidance} is not followed from {words(entry['date'])}: "
        f"{entry['explanation']}",
        {"departure": entry["id"]},
    )


def end_departure(record: Record, which: str, day: str) -> Act:
    """The record with the guidance followed again from the day after.

    Raises:
        NotFound: there is no such departure.
        InvalidValue: it would end before it began.
    """
    listed = list(departures(record))
    if not listed:
        raise NotFound(
            f"No guidance is recorded as not followed for {full_name(record)}.",
            f"See: sen departure list {record['id']}",
        )
    old = find.item(which, listed, lambda d: str(d["guidance"]), "departure")
    entry = {**old, "until": day}
    refuse_reversed(entry, "Give the right --date or --until.", "date")
    return Act(
        {**record, "departures": put_item(listed, entry)},
        f"{full_name(record)}: {entry['guidance']} is followed again after "
        f"{words(day)}.",
        {"departure": entry["id"]},
    )
