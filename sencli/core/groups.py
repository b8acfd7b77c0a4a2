"""Teaching groups. Who is in one stands in the pupils' records and is derived here."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from typing import Any

from sencli.core import dates
from sencli.core import find
from sencli.core.act import Act
from sencli.core.edit import put_item
from sencli.core.entries import given
from sencli.core.folding import same
from sencli.core.folding import sort_key
from sencli.core.lookup import display_name
from sencli.core.lookup import items
from sencli.core.types import Entry
from sencli.core.types import Record
from sencli.errors import InvalidValue


def wording(group: Entry) -> str:
    """``HFW 1 (precision-teaching)``."""
    provision = group.get("provision")
    return f"{group['name']} ({provision})" if provision else str(group["name"])


def find_group(typed: str, groups: Record) -> Record:
    """A group by its id or an unmistakable part of its name."""
    listed: list[Record] = groups.get("groups", [])
    exact = [g for g in listed if g["id"] == typed.strip().casefold()]
    found = exact or find.matches(typed, listed, lambda g: g["name"])
    return find.one(
        typed,
        found,
        what="group",
        show=lambda g: f"{g['id']}  {wording(g)}",
        hint=f'Make it: sen group add "{typed}" --provision PROVISION'
        if not found
        else "Type more of its name, or the id in front of it.",
        everything=listed,
    )


def add_group(
    groups: Record,
    name: str,
    fields: Mapping[str, Any],
    new_id: Callable[[str], str],
) -> Act:
    """The groups with one more; one of the same name is amended.

    Args:
        groups: ``groups.yaml``.
        name: its name, never a pupil's.
        fields: ``provision``, ``from``, ``until``, ``note``; ``None`` where not named.
        new_id: gives a new id of a kind.
    """
    for group in groups.get("groups", ()):
        if same(group["name"], name):
            return change_group(groups, group["id"], fields)
    entry = {"id": new_id("group"), "name": name, **given(fields)}
    _check_dates(entry)
    return Act(
        {**groups, "groups": [*groups.get("groups", []), entry]},
        f"Made the group {wording(entry)}.",
        {"group": entry["id"]},
        trailers=(("Group", entry["id"]),),
    )


def change_group(groups: Record, which: str, fields: Mapping[str, Any]) -> Act:
    """The groups with what is named of one changed."""
    current = find_group(which, groups)
    named = given(fields)
    wanted = named.get("name", "")
    for other in groups["groups"]:
        if other is not current and same(other["name"], wanted):
            raise InvalidValue(
                f"There is a group {other['name']} already.", "Choose another name."
            )
    entry = {**current, **named}
    _check_dates(entry)
    return Act(
        {**groups, "groups": put_item(groups["groups"], entry)},
        f"Changed the group {wording(entry)}.",
        {"group": entry["id"]},
        trailers=(("Group", entry["id"]),),
    )


def _check_dates(group: Entry) -> None:
    began, ended = group.get("from", ""), group.get("until", "9999")
    if ended < began:
        raise InvalidValue(
            f"The group would end on {dates.words(ended)}, before it begins on "
            f"{dates.words(began)}.",
            "Give the right --from or --until.",
        )


def members(records: Iterable[Record], day: str) -> dict[str, list[str]]:
    """The names of each group's members on the day, by the group's id.

    A member is a pupil with an intervention in the group that is going on and whose
    cycle is neither reviewed nor closed before the day.
    """
    found: dict[str, list[str]] = {}
    for record in records:
        name = display_name(record)
        for cycle, intervention in items(record, "interventions"):
            group = intervention.get("group")
            if group and _going_on(cycle, intervention, day):
                names = found.setdefault(group, [])
                if name not in names:
                    names.append(name)
    return {group: sorted(names, key=sort_key) for group, names in found.items()}


def _going_on(cycle: Entry, intervention: Entry, day: str) -> bool:
    last = min(
        intervention.get("until", "9999"),
        intervention.get("ended", {}).get("date", "9999"),
        cycle.get("closed", {}).get("date", "9999"),
    )
    return bool(intervention.get("from", "") <= day <= last)
