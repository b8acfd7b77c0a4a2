"""A list as a View: one table for people, the objects themselves for json."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli.documents.view import Column
from sencli.documents.view import Letterhead
from sencli.documents.view import Table
from sencli.documents.view import View


def listing(
    title: str,
    school: Mapping[str, Any],
    day: str,
    columns: Sequence[Column],
    objects: Sequence[Mapping[str, Any]],
    empty: str = "",
    data: Sequence[Mapping[str, Any]] | None = None,
) -> View:
    """The objects as a table with these columns; json prints the objects whole.

    Args:
        title: over the list.
        school: ``school.yaml``.
        day: ISO date that it speaks of.
        columns: their keys are field names of the objects.
        objects: one a row.
        empty: what stands there when there are none.
        data: what json prints in place of the objects, where a cell is derived.
    """
    given = objects if data is None else data
    rows = tuple(tuple(cell(o.get(c.key)) for c in columns) for o in objects)
    return View(
        title,
        Letterhead(school.get("name", "")),
        day,
        (Table(tuple(columns), rows, empty=empty),),
        data=[dict(o) for o in given],
    )


def absent(shape: type) -> dict[str, None]:
    """Every field that an item may have, as null."""
    return dict.fromkeys(shape.__annotations__)


def whole(entries: Iterable[Mapping[str, Any]], shape: type) -> list[dict[str, Any]]:
    """Entries of a record for json: every field that they may have is there."""
    return [{**absent(shape), **entry} for entry in entries]


def cell(value: Any) -> Any:
    """A value as it stands in a table: lists in one line, nothing as nothing."""
    if isinstance(value, (list, tuple)):
        return ", ".join(str(part) for part in value)
    return "" if value is None else value
