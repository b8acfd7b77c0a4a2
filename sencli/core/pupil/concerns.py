"""Concerns: who raised what, and the outcome."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from typing import Any

from sencli.core.record import find
from sencli.core.record.act import Act
from sencli.core.record.edit import given
from sencli.core.record.edit import put_item
from sencli.core.record.lookup import full_name
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text import dates
from sencli.core.text.folding import fold
from sencli.errors import InvalidValue
from sencli.errors import NotFound

LED_TO = {
    "monitoring": "we keep an eye on it",
    "cycle": "a cycle was opened",
    "specialist": "a specialist was asked",
    "no_action": "no action was needed",
}


def concern_label(concern: Entry) -> str:
    """A concern on one line, with its day."""
    text = " ".join(concern["concern"].split())
    return f"{dates.words(concern['date'])}: {text}"


def concerns_in_order(record: Entry) -> list[Record]:
    """The concerns, oldest first: the order that their numbers go by."""
    return sorted(record.get("concerns", ()), key=lambda c: str(c["date"]))


def add_concern(
    record: Record,
    concern: str,
    day: str,
    fields: Mapping[str, Any],
    new_id: Callable[[str], str],
) -> Act:
    """The record with a concern more.

    Args:
        record: the pupil's.
        concern: what was said.
        day: when it was raised.
        fields: ``raised_by``, ``school_view``, ``response``, ``responded``, ``led_to``,
            ``restricted``; ``None`` where not named.
        new_id: gives a new id of a kind.
    """
    named = given(fields)
    _check_answer(day, named)
    for old in record.get("concerns", ()):
        if (old["date"], fold(old["concern"])) == (day, fold(concern)):
            raise InvalidValue(
                f"This concern is recorded already: {concern_label(old)}",
                f"To add to it: sen concern set {record['id']} {old['id']} "
                '--response "WHAT WAS SAID"',
            )
    entry = {"id": new_id("concern"), "date": day, "concern": concern, **named}
    return Act(
        {**record, "concerns": [*record.get("concerns", []), entry]},
        f"Recorded a concern for {full_name(record)} of {concern_label(entry)}",
        {"concern": entry["id"]},
    )


def find_concern(which: str, record: Record) -> Record:
    """A concern by its number by date, its id or part of its wording."""
    if not record.get("concerns"):
        raise NotFound(
            f"{full_name(record)} has no concern recorded.",
            f'Record one: sen concern add {record["id"]} --concern "WHAT WAS SAID"',
        )
    return dict(find.item(which, concerns_in_order(record), concern_label, "concern"))


def set_concern(record: Record, which: str, fields: Mapping[str, Any]) -> Act:
    """The record with what is named of one concern changed."""
    current = find_concern(which, record)
    entry = {**current, **given(fields)}
    _check_answer(entry["date"], entry)
    return Act(
        {**record, "concerns": put_item(record["concerns"], entry)},
        f"Changed the concern for {full_name(record)} of {concern_label(entry)}",
        {"concern": entry["id"]},
    )


def _check_answer(day: str, fields: Mapping[str, Any]) -> None:
    answered = fields.get("responded", day)
    if answered < day:
        raise InvalidValue(
            f"Answered on {dates.words(answered)}, before it was raised on "
            f"{dates.words(day)}.",
            "Give the right --date or --responded.",
        )
