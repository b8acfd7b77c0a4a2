"""Questions considered, and reasonable adjustments outside any cycle."""

from __future__ import annotations

from collections.abc import Sequence

from sencli import terms
from sencli.core.people.context import Context
from sencli.core.people.context import future_note
from sencli.core.people.context import people
from sencli.core.record import find
from sencli.core.record.act import Act
from sencli.core.record.class_sharing import shared
from sencli.core.record.edit import put_item
from sencli.core.record.edit import refuse_reversed
from sencli.core.record.lookup import full_name
from sencli.core.record.lookup import holds
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.dates import words
from sencli.core.text.folding import fold
from sencli.core.text.placeholders import PLANNED
from sencli.errors import InvalidValue
from sencli.errors import NotFound

QUESTIONS = terms.QUESTIONS
CONCLUSIONS = terms.CONCLUSIONS


def consider(record: Record, about: str, typed: Entry, context: Context) -> Act:
    """The record with a question considered; of the same day it is amended.

    Args:
        record: the pupil's.
        about: one of ``QUESTIONS``.
        typed: ``date``, ``conclusion``, ``reason``, ``by`` (people as typed),
            ``adjustment`` (texts).
        context: day, ids, school.
    """
    day = str(typed.get("date") or context.today)
    listed = record.get("considerations", ())
    old = next((c for c in listed if (c["about"], c["date"]) == (about, day)), None)
    entry: Record = dict(
        old or {"id": context.new_id("consideration"), "date": day, "about": about}
    )
    entry |= {n: typed[n] for n in ("conclusion", "reason") if typed.get(n)}
    if typed.get("by"):
        entry["by"] = people(typed["by"], record, context, day)
    if more := typed.get("adjustment"):
        entry["adjustments"] = list(dict.fromkeys([
            *entry.get("adjustments", ()), *more
        ]))  # fmt: skip
    found = CONCLUSIONS.get(entry.get("conclusion", ""), "")
    said = f"Considered for {full_name(record)} on {words(day)}: {QUESTIONS[about]}"
    said += f": {found}." if found else "."
    if more:
        said += f" Adjustments: {'; '.join(more)}."
    notes = () if old else future_note(day, context)
    return Act(
        {**record, "considerations": put_item(list(listed), entry)},
        said,
        {"consideration": entry["id"]},
        (*notes, *_next(record, about, entry)),
    )


def _next(record: Entry, about: str, entry: Entry) -> tuple[str, ...]:
    """The command that a conclusion asks for."""
    if entry.get("conclusion") != "yes":
        return ()
    pupil = record["id"]
    if about == "specialist" and not record.get("specialists"):
        command = f"sen specialist refer {pupil} SERVICE --consent WHO --date DATE"
        return (f"to ask one: {command}",)
    if about == "ehc_needs_assessment" and "requests" not in record.get("ehc", {}):
        return (f"to ask the authority: sen ehc request {pupil} --by WHO --date DATE",)
    if about == "disability" and not (
        entry.get("adjustments") or record.get("adjustments")
    ):
        command = f"sen adjustment add {pupil} {PLANNED}"
        return (f"say what is done differently: {command}",)
    return ()


def adjustments(record: Entry) -> Sequence[Record]:
    """The adjustments, in the order that their numbers go by."""
    found: Sequence[Record] = record.get("adjustments", ())
    return found


def add_adjustment(record: Record, text: str, typed: Entry, context: Context) -> Act:
    """The record with a reasonable adjustment more, from a day.

    Args:
        record: the pupil's.
        text: what is done differently.
        typed: ``from``, ``until``, ``worked``, ``share``.
        context: day and ids.
    """
    named = {n: typed[n] for n in ("from", "until", "worked") if typed.get(n)}
    day = str(named.get("from") or context.today)
    same = [
        a
        for a in adjustments(record)
        if fold(a["text"]) == fold(text) and holds(a, day)
    ]
    if same:
        raise InvalidValue(
            f"{full_name(record)} has this adjustment already: {same[0]['text']}",
            f"Say how it goes: sen adjustment set {record['id']} {same[0]['id']} "
            '--worked "WHAT WAS SEEN"',
        )
    entry = {"id": context.new_id("adjustment"), "text": text, "from": day, **named}
    entry = shared(entry, typed.get("share"))
    refuse_reversed(entry, "Give the right --date or --from.")
    return Act(
        {**record, "adjustments": [*adjustments(record), entry]},
        f"Adjustment for {full_name(record)} from {words(day)}: {text}",
        {"adjustment": entry["id"]},
    )


def set_adjustment(record: Record, which: str, typed: Entry) -> Act:
    """The record with what is named of an adjustment changed; ``until`` ends it.

    Raises:
        NotFound: no such adjustment.
        InvalidValue: it would end before it began.
    """
    listed = list(adjustments(record))
    if not listed:
        raise NotFound(
            f"{full_name(record)} has no adjustment recorded.",
            f'Add one: sen adjustment add {record["id"]} "WHAT IS PLANNED"',
        )
    old = find.item(which, listed, lambda a: str(a["text"]), "adjustment")
    named = {n: typed[n] for n in ("text", "from", "until", "worked") if typed.get(n)}
    entry = shared({**old, **named}, typed.get("share"))
    refuse_reversed(entry, "Give the right --date or --from.")
    ended = f" until {words(entry['until'])}" if "until" in named else ""
    return Act(
        {**record, "adjustments": put_item(listed, entry)},
        f"Adjustment for {full_name(record)}{ended}: {entry['text']}",
        {"adjustment": entry["id"]},
    )
