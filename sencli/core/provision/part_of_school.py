"""Who is in a class or a group."""

from __future__ import annotations

from collections.abc import Sequence

from sencli.core.cycle.groups import find_group
from sencli.core.cycle.groups import in_group
from sencli.core.record import lookup
from sencli.core.record.types import Record
from sencli.errors import NotFound


def in_the_group(
    name: str, groups: Record, records: Sequence[Record], day: str
) -> list[str]:
    """The ids of the pupils in a teaching group on the day.

    Raises:
        NotFound: there is no such group, or nobody is in it.
    """
    group = find_group(name, groups)
    found = [str(r["id"]) for r in records if in_group(r, group["id"], day)]
    if not found:
        raise NotFound(f"Nobody is in {group['name']} today.", "See: sen group list")
    return found


def in_the_class(
    names: Sequence[str], records: Sequence[Record], day: str
) -> list[str]:
    """The ids of the pupils on roll in a class on the day.

    Args:
        names: of the class, as it is written in the records.
        records: every pupil's.
        day: ISO date.
    """
    return [
        str(record["id"])
        for record in records
        if lookup.on_roll(record, day)
        and lookup.placement_on(record, day).get("class") in names
    ]
