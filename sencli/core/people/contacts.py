"""Contacts over time: parents, carers and others, and what may be shared."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from typing import Any

from sencli.core.record import find
from sencli.core.record.act import Act
from sencli.core.record.edit import amended
from sencli.core.record.edit import ended
from sencli.core.record.edit import given
from sencli.core.record.edit import placed
from sencli.core.record.edit import refuse_later
from sencli.core.record.edit import refuse_unmoved
from sencli.core.record.find import KIN
from sencli.core.record.lookup import STILL
from sencli.core.record.lookup import contacts_on
from sencli.core.record.lookup import full_name
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text import dates
from sencli.core.text.folding import fold
from sencli.core.text.folding import same
from sencli.errors import InvalidValue
from sencli.errors import NotFound

_KEYS = ("id", "from")


def contact_label(contact: Entry) -> str:
    """``Sana Khan, mother``."""
    kin = contact.get("relationship")
    return f"{contact['name']}, {kin}" if kin else str(contact["name"])


def find_contact(typed: str, record: Record, day: str) -> Record:
    """The contact in force by number, id, or part of name or relationship."""
    listed = contacts_on(record, day)
    if not listed:
        raise NotFound(
            f"{full_name(record)} has no contact recorded.",
            f"Add one: sen contact add {record['id']} NAME --relationship RELATIONSHIP",
        )
    meant = find.at_home(typed, map(contact_label, listed))
    return dict(find.item(meant, listed, contact_label, "contact"))


def _check_is_name(name: str, record: Record) -> None:
    """Refuse mum or father where the person's own name is asked for."""
    if fold(name) in KIN:
        raise InvalidValue(
            f"{name!r} is what somebody is to the pupil, and no name.",
            f"Give the name: sen contact add {record['id']} NAME --relationship "
            f"{KIN[fold(name)]}",
        )


def add_contact(
    record: Record,
    name: str,
    fields: Mapping[str, Any],
    today: str,
    new_id: Callable[[str], str],
    day: str | None = None,
) -> Act:
    """The record with a contact more; one of the same name is amended.

    Args:
        record: the pupil's.
        name: the full name.
        fields: by the names of the record; ``None`` where not named.
        today: ISO date.
        new_id: gives a new id of a kind.
        day: from when; else as far back as we know.
    """
    _check_is_name(name, record)
    for contact in contacts_on(record, day or today):
        if same(contact["name"], name):
            return set_contact(
                record, contact["id"], fields, today, day, in_place=day is None
            )
    see = f"sen contact list {record['id']}"
    refuse_later(record.get("contacts", ()), {"name": name}, day or today, name, see)
    entry = {"id": new_id("contact"), **given({"from": day}), "name": name}
    entry |= given(fields)
    return Act(
        {**record, "contacts": placed(record.get("contacts", []), entry, _KEYS)},
        f"Added {contact_label(entry)}, to the contacts of {full_name(record)}."
        if "relationship" in entry
        else f"Added {name} to the contacts of {full_name(record)}.",
        {"contact": entry["id"]},
    )


def set_contact(
    record: Record,
    which: str,
    fields: Mapping[str, Any],
    today: str,
    day: str | None = None,
    *,
    in_place: bool = False,
) -> Act:
    """The record with a contact changed from the day (today), or put right in place."""
    typed, day = day, day or today
    current = find_contact(which, record, day)
    named = given(fields)
    if all(current.get(key) == value for key, value in named.items()):
        refuse_unmoved(current, typed, str(current["name"]))
        return Act(record, "")
    entries = amended(
        record["contacts"], current, named, day, keys=_KEYS, in_place=in_place
    )
    when = "" if in_place else f" from {dates.words(day)}"
    return Act(
        {**record, "contacts": entries},
        f"Changed {contact_label({**current, **named})}, contact of "
        f"{full_name(record)}{when}.",
        {"contact": current["id"]},
    )


def end_contact(record: Record, which: str, day: str) -> Act:
    """The record with a contact who is one until the day."""
    current = find_contact(which, record, STILL)
    last = ended(current, day, f"{current['name']} as a contact")
    return Act(
        {**record, "contacts": placed(record["contacts"], last, _KEYS)},
        f"{contact_label(current)}, is a contact of {full_name(record)} until "
        f"{dates.words(day)}.",
        {"contact": current["id"]},
    )
