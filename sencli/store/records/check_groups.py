"""Groups with more or fewer pupils than planned."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from typing import Any

from sencli.core.provision.group_members import GroupPlace
from sencli.core.provision.group_members import Stay
from sencli.core.provision.group_members import differing
from sencli.core.provision.group_members import differing_said
from sencli.core.provision.group_members import places
from sencli.core.provision.school import School
from sencli.core.record.types import Record
from sencli.core.record.walk import Fault
from sencli.core.text.dates import words
from sencli.value import contents

CODE = "group"


def placed(record: Record, around: School, day: str) -> list[list[Any]]:
    """Where a record puts its pupil into groups on the day, as JSON has it."""
    terms = around.school.get("terms", ())
    return [
        [contents(place.stay), list(place.path), place.item, place.planned]
        for place in places(record, terms, around.usual, day)
    ]


def faults(
    rows: Iterable[Record], groups: Record, day: str
) -> Iterator[tuple[str, Fault]]:
    """Each pupil whose group has another number than was planned, with what to type.

    Args:
        rows: of each record, ``in_groups`` as ``placed`` gave it.
        groups: ``groups.yaml``.
        day: ISO date.
    """
    names = {group["id"]: str(group["name"]) for group in groups.get("groups", ())}
    found = [
        GroupPlace(Stay(*stay), tuple(path), item, planned)
        for row in rows
        for stay, path, item, planned in row.get("in_groups", ())
    ]
    for place, number in differing(found, day):
        group, pupil = place.stay.group, place.stay.pupil
        said = differing_said(names.get(group, group), place.planned, number)
        yield (
            pupil,
            Fault(
                place.path,
                f"{said} on {words(day)}",
                f"sen intervention set {pupil} {place.item} --group-size NUMBER",
                CODE,
                note=number == 1,  # others may be in it who have no record
            ),
        )
