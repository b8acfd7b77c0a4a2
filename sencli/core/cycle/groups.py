"""Teaching groups; their members are worked out from the pupils' records."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli.core.record import find
from sencli.core.record.act import Act
from sencli.core.record.edit import given
from sencli.core.record.edit import put_item
from sencli.core.record.lookup import STILL
from sencli.core.record.lookup import display_name
from sencli.core.record.lookup import items
from sencli.core.record.lookup import joined
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text import dates
from sencli.core.text.dates import words
from sencli.core.text.folding import key
from sencli.core.text.folding import same
from sencli.core.text.folding import sort_key
from sencli.errors import InvalidValue
from sencli.value import Value


def group_label(group: Entry) -> str:
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
        show=lambda g: f"{g['id']}  {group_label(g)}",
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
        f"Made the group {group_label(entry)}.",
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
        f"Changed the group {group_label(entry)}.",
        {"group": entry["id"]},
        trailers=(("Group", entry["id"]),),
    )


def _check_dates(group: Entry) -> None:
    began, ended = group.get("from", ""), group.get("until", STILL)
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
            if group and going_on(cycle, intervention, day):
                names = found.setdefault(group, [])
                if name not in names:
                    names.append(name)
    return {group: sorted(names, key=sort_key) for group, names in found.items()}


def in_group(record: Record, group: str, day: str) -> bool:
    """Whether a pupil is a member of the group, by its id, on the day."""
    return any(
        item.get("group") == group and going_on(cycle, item, day)
        for cycle, item in items(record, "interventions")
    )


def going_on(cycle: Entry, intervention: Entry, day: str) -> bool:
    """Whether the intervention is given on the day: begun, and not ended."""
    last = min(
        intervention.get("until", STILL),
        intervention.get("ended", {}).get("date", STILL),
        cycle.get("closed", {}).get("date", STILL),
    )
    return bool(intervention.get("from", "") <= day <= last)


class Picked(Value):
    """A group and, where it is new or begins earlier, its entry for groups.yaml."""

    id: str
    name: str
    made: Record | None = None
    warnings: tuple[str, ...] = ()


def group_for(
    typed: str,
    groups: Sequence[Entry],
    provision: str,
    day: str,
    new_id: Callable[[str], str],
) -> Picked:
    """The group of that name that holds on the day, or a new one.

    Only the whole name counts (blanks and capitals apart), so that "HFW 2" is never
    taken for "HFW 1".

    Raises:
        InvalidValue: the group of that name is for another provision, or has ended.
    """
    want = key(typed)
    same = [g for g in groups if want in {key(g["name"]), g["id"]}]
    for group in same:
        if group.get("until", STILL) < day:
            continue
        if group.get("provision", provision) != provision:
            raise InvalidValue(
                f"{group['name']} is a group for {group['provision']}, not for "
                f"{provision}.",
                "Give the new group a name of its own: --group",
            )
        earlier = {**group, "from": day} if day < group.get("from", "") else None
        return Picked(group["id"], group["name"], earlier)
    if same:
        raise _ended(same[-1], day)
    name = " ".join(typed.split())
    made = {"id": new_id("group"), "name": name, "provision": provision, "from": day}
    near = [g["name"] for g in find.matches(name, groups, lambda g: str(g["name"]))]
    notes = (
        (f"Made a new group, {name}. There is also {joined(near)}.",) if near else ()
    )
    return Picked(made["id"], name, made, notes)


def _ended(group: Entry, day: str) -> InvalidValue:
    return InvalidValue(
        f"The group {group['name']} ended on {words(group['until'])}, and this "
        f"begins on {words(day)}.",
        "Let it run longer: sen group set GROUP --until DATE, or use a new name.",
    )
