"""Make a list into a View: a table for people, the objects for json."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sencli.documents.view import Column
from sencli.documents.view import Letterhead
from sencli.documents.view import Table
from sencli.documents.view import View
from sencli.resources import shipped_schema

_SCHEMAS = ("pupil", "school", "provisions", "groups", "published")


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


def absent(kind: str) -> dict[str, None]:
    """Every field that an item may have, as null.

    Args:
        kind: the title of such an item in the schemas, like ``Need``.
    """
    return dict.fromkeys(_fields(kind))


@lru_cache(maxsize=64)
def _fields(kind: str) -> tuple[str, ...]:
    found = (_fields_in(shipped_schema(schema), kind) for schema in _SCHEMAS)
    return next(filter(None, found))


def _fields_in(part: Any, kind: str) -> tuple[str, ...]:
    """The fields of what bears this title, anywhere in a part of a schema."""
    if isinstance(part, dict):
        if part.get("title") == kind:
            return tuple(part["properties"])
        part = part.values()
    elif not isinstance(part, list):
        return ()
    return next(filter(None, (_fields_in(inner, kind) for inner in part)), ())


def all_fields(entries: Iterable[Mapping[str, Any]], kind: str) -> list[dict[str, Any]]:
    """Entries of a record for json: every field that they may have is there."""
    fields = absent(kind)
    return [{**fields, **entry} for entry in entries]


def cell(value: Any) -> Any:
    """A value for a table: lists on one line, nothing as ""."""
    if isinstance(value, (list, tuple)):
        return ", ".join(str(part) for part in value)
    return "" if value is None else value
