"""A list of drafts: texts typed in an editor and not yet saved."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli.documents.lists.listing import listing
from sencli.documents.view import Column
from sencli.documents.view import View

STATES = {
    "kept": "not saved",
    "open": "open in an editor",
    "untouched": "nothing typed yet",
}


def draft_list(
    drafts: Sequence[Mapping[str, Any]], school: Mapping[str, Any], day: str
) -> View:
    """The drafts, oldest first.

    Args:
        drafts: ``id``, ``pupil``, ``name``, ``form``, ``since``, ``state``, ``file``.
        school: ``school.yaml``.
        day: ISO date.
    """
    objects = [
        {
            **each,
            "name": each["name"] or each["pupil"] or "not known",
            "state": STATES[each["state"]],
        }
        for each in drafts
    ]
    columns = (
        Column("id", "Draft"),
        Column("name", "Pupil"),
        Column("form", "Form"),
        Column("since", "Begun"),
        Column("state", "State"),
        Column("pupil", "Id", hidden=True),
        Column("file", "File", hidden=True),
    )
    return listing("Drafts", school, day, columns, objects, "No draft is kept.")
