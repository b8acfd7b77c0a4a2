"""The teaching groups and who is in them."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli.documents.listing import listing
from sencli.documents.view import Column
from sencli.documents.view import View


def group_list(
    groups: Mapping[str, Any],
    members: Mapping[str, Sequence[str]],
    school: Mapping[str, Any],
    day: str,
    *,
    everything: bool = False,
) -> View:
    """The groups of the day with the names of their members, derived from the records.

    Args:
        groups: ``groups.yaml``.
        members: names by the group's id.
        school: ``school.yaml``.
        day: ISO date.
        everything: those that have ended too.
    """
    objects = [
        {**group, "members": list(members.get(group["id"], ()))}
        for group in groups.get("groups", ())
        if everything or group.get("until", "9999") >= day
    ]
    columns = (
        Column("name", "Group"),
        Column("provision", "Provision"),
        Column("from", "From", "date"),
        Column("until", "Until", "date"),
        Column("members", "Members"),
        Column("id", "Id", hidden=True),
    )
    empty = "None yet: sen group add GROUP --provision PROVISION"
    return listing("Teaching groups", school, day, columns, objects, empty)
