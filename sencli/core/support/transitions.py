"""Transitions between phases and schools: preparation, agreement, records sent."""

from __future__ import annotations

from sencli import terms
from sencli.core.people.context import Context
from sencli.core.people.context import people
from sencli.core.record import find
from sencli.core.record.act import Act
from sencli.core.record.edit import put_item
from sencli.core.record.lookup import STILL
from sencli.core.record.lookup import full_name
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.dates import words
from sencli.core.text.folding import fold
from sencli.errors import InvalidValue
from sencli.errors import NotFound

KINDS = terms.MOVES
_PLAIN = ("date", "to", "kind", "actions", "sent")
_AFTER = {"agreed_items", "agreed_with", "sent"}


def move_label(move: Entry) -> str:
    """A move by where it leads, or its kind, and when it was planned."""
    where = move.get("to") or KINDS.get(move.get("kind", ""), "the next step")
    return f"{where} (planned {words(move['date'])})"


def moves_in_order(record: Entry) -> list[Record]:
    """The moves, oldest first: the order that their numbers go by."""
    return sorted(record.get("transitions", ()), key=lambda t: str(t["date"]))


def add_transition(record: Record, typed: Entry, context: Context) -> Act:
    """The record with a move; to the same place in the same year it is amended.

    What only follows (agreed, sent) goes to the newest move.

    Args:
        record: the pupil's.
        typed: ``date``, ``to``, ``kind``, ``actions``, ``agreed_items`` (texts),
            ``agreed_with`` (people as typed), ``sent``.
        context: day, ids, school.
    """
    moves = [t for t in moves_in_order(record) if t.get("kind") != "entry"]
    if typed.keys() <= _AFTER:
        same = moves[-1:]
    else:
        to = fold(str(typed.get("to", "")))
        same = [t for t in moves if to and fold(t.get("to", "")) == to][-1:]
    old = same[0] if same else {}
    return _written(record, old, typed, context)


def set_transition(record: Record, which: str, typed: Entry, context: Context) -> Act:
    """The record with what is named of one move changed."""
    moves = moves_in_order(record)
    if not moves:
        raise NotFound(
            f"{full_name(record)} has no move planned.",
            f"Plan one: sen transition add {record['id']} --to SCHOOL",
        )
    old = find.item(which, moves, move_label, "transition")
    return _written(record, old, typed, context)


def _written(record: Record, old: Entry, typed: Entry, context: Context) -> Act:
    move: Record = {"id": old.get("id") or context.new_id("transition")}
    move |= {"date": context.today, **old}
    move |= {n: typed[n] for n in _PLAIN if typed.get(n)}
    if items := typed.get("agreed_items"):
        before = move.get("agreed_items", ())
        move["agreed_items"] = list(dict.fromkeys([*before, *items]))
    if who := typed.get("agreed_with"):
        move["agreed_with"] = people(who, record, context, move["date"])
    if not old and "sent" in move:
        move["date"] = str(typed.get("date") or min(move["date"], move["sent"]))
    if move.get("sent", STILL) < move["date"]:
        raise InvalidValue(
            f"It would be sent on {words(move['sent'])}, before it was planned on "
            f"{words(move['date'])}.",
            "Give the right --sent or --date.",
        )
    verb = "Changed" if old else "Planned"
    sent = f" Sent on {words(move['sent'])}." if typed.get("sent") else ""
    notes: tuple[str, ...] = ()
    if "sent" in move and not move.get("agreed_with"):
        notes = ("who agreed that it goes? Add --agreed-with WHO.",)
    return Act(
        {**record, "transitions": put_item(record.get("transitions"), move)},
        f"{verb} for {full_name(record)}: {move_label(move)}.{sent}",
        {"transition": move["id"]},
        notes,
    )
