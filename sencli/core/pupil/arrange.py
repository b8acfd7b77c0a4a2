"""Add, change and end what is arranged for a pupil from a day."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli.core.people.context import Context
from sencli.core.pupil.arrangements import Kind
from sencli.core.pupil.arrangements import in_order
from sencli.core.record import find
from sencli.core.record.act import Act
from sencli.core.record.edit import given
from sencli.core.record.edit import put_item
from sencli.core.record.lookup import STILL
from sencli.core.record.lookup import full_name
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.dates import words
from sencli.core.text.folding import fold
from sencli.errors import InvalidValue
from sencli.errors import NotFound


def entry_of(record: Entry, kind: Kind, which: str) -> Record:
    """The entry meant by its number, its id or part of its wording.

    Raises:
        NotFound: there is none.
        Ambiguous: several fit.
    """
    listed = in_order(record, kind)
    if not listed:
        raise NotFound(
            f"{full_name(record)} has no {kind.noun} recorded.",
            f"Record one: sen {kind.command} add {record['id']} {kind.need}".rstrip(),
        )

    def wording(entry: Entry) -> str:
        why = "" if entry.get("restricted") else str(entry.get("reason", ""))
        return f"{kind.label(entry)}: {why}" if why else kind.label(entry)

    return dict(find.item(which, listed, wording, kind.noun))


def added(
    record: Record,
    kind: Kind,
    entry: Mapping[str, Any],
    context: Context,
    notes: Sequence[str] = (),
) -> Act:
    """The record with an entry more.

    Args:
        record: the pupil's.
        kind: what it is.
        entry: its fields, but for the id.
        context: hands out ids.
        notes: what the SENCO should look at.

    Raises:
        InvalidValue: it ends before it begins, or runs already.
    """
    made = {"id": context.new_id(kind.key), **given(entry)}
    _check_days(made, kind)
    for old in record.get(kind.field, ()):
        if _same(old, made, kind):
            change = f"set {record['id']} {old['id']} {kind.change}"
            hint = f"To change it: sen {kind.command} {change}"
            if kind.day == "from":
                end = f"end {record['id']} {old['id']} --date DATE"
                hint += f"\nor end it first: sen {kind.command} {end}"
            raise InvalidValue(
                f"{full_name(record)} has this already: {kind.label(old)}.", hint
            )
    return _act(record, kind, made, "Recorded", notes)


def changed(
    record: Record,
    kind: Kind,
    which: str,
    fields: Mapping[str, Any],
    notes: Sequence[str] = (),
) -> Act:
    """The record with what is named of one entry changed; ``until`` ends it.

    Raises:
        NotFound: no such entry.
        InvalidValue: it would end before it begins, or run beside another.
    """
    made = {**entry_of(record, kind, which), **given(fields)}
    _check_days(made, kind)
    for old in record.get(kind.field, ()):
        if old["id"] != made["id"] and _same(old, made, kind):
            raise InvalidValue(
                f"It would run beside another: {kind.label(old)}.",
                "Give days on which only one of them runs.",
            )
    return _act(record, kind, made, "Changed", notes)


def _act(
    record: Record, kind: Kind, made: Entry, verb: str, notes: Sequence[str]
) -> Act:
    entries = put_item(list(record.get(kind.field, ())), made)
    return Act(
        {**record, kind.field: entries},
        f"{verb} for {full_name(record)}: {kind.label(made)}.",
        {kind.key: made["id"]},
        tuple(notes),
    )


def _same(old: Entry, new: Entry, kind: Kind) -> bool:
    """Whether two entries are the same thing at the same time."""
    alike = all(fold(old.get(n, "")) == fold(new.get(n, "")) for n in kind.same)
    if kind.day == "date":
        return alike and old["date"] == new["date"]
    return (
        alike
        and old["from"] <= new.get("until", STILL)
        and new["from"] <= old.get("until", STILL)
    )


def _check_days(entry: Entry, kind: Kind) -> None:
    began = str(entry[kind.day])
    for name, said in (("until", "end"), ("review_by", "be reviewed")):
        if entry.get(name, STILL) < began:
            raise InvalidValue(
                f"It would {said} on {words(entry[name])}, before it began on "
                f"{words(began)}.",
                "Give the right days.",
            )
    early = [day for day in entry.get("reviewed", ()) if day < began]
    if early:
        raise InvalidValue(
            f"It would have been reviewed on {words(early[0])}, before it began on "
            f"{words(began)}.",
            "Give the right --reviewed.",
        )


def typed_of(typed: Mapping[str, Any], fields: Sequence[str]) -> Record:
    """What was typed of these fields."""
    return {name: typed[name] for name in fields if typed.get(name) is not None}
