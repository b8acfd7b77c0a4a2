"""Which teaching group was meant; one named for the first time is made."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence

from sencli.core import find
from sencli.core.dates import words
from sencli.core.folding import key
from sencli.core.lookup import joined
from sencli.core.types import Entry
from sencli.core.types import Record
from sencli.errors import InvalidValue
from sencli.value import Value


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
        if group.get("until", "9999") < day:
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
        "Let it run longer: sen group change GROUP --until DATE, or use a new name.",
    )
