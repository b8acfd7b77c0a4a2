"""Who is in a class or a group."""

from __future__ import annotations

from collections.abc import Sequence

from sencli.core.cycle.groups import find_group
from sencli.core.cycle.groups import in_group
from sencli.core.papers.class_map import classes
from sencli.core.papers.class_map import named_class
from sencli.core.record import lookup
from sencli.core.record.types import Record
from sencli.core.text.folding import sort_key
from sencli.errors import NotFound


def ids_in(
    kind: str, typed: str, records: Sequence[Record], groups: Record, day: str
) -> list[str]:
    """The ids of the pupils on roll in a class, or in a group, on the day, by name.

    Args:
        kind: ``class`` or ``group``.
        typed: its name.
        records: every pupil's.
        groups: ``groups.yaml``.
        day: ISO date.

    Raises:
        NotFound: there is no such class or group, or nobody is in it.
    """
    by_name = sorted(records, key=lambda r: sort_key(lookup.full_name(r)))
    if kind == "group":
        group = find_group(typed, groups)
        found = [str(r["id"]) for r in by_name if in_group(r, group["id"], day)]
        if not found:
            raise NotFound(
                f"Nobody is in {group['name']} today.", "See: sen group list"
            )
        return found
    names = named_class(typed, classes(records, day))
    return [
        str(record["id"])
        for record in by_name
        if lookup.on_roll(record, day)
        and lookup.placement_on(record, day).get("class") in names
    ]
