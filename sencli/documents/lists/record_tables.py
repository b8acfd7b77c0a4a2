"""Whole records as a View: a table for each list in them."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from typing import Any
from typing import cast

from sencli.core.record.types import Entry
from sencli.core.reports.record_tables import RecordTables
from sencli.core.reports.record_tables import columns
from sencli.core.reports.record_tables import shapes
from sencli.core.text.plural import plural
from sencli.documents.view import Column
from sencli.documents.view import ColumnKind
from sencli.documents.view import Letterhead
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.resources import load_schema

_BOOKS = {
    "school": ("staff", "rates", "terms", "number_on_roll"),
    "provisions": ("provisions", "scales"),
    "groups": ("groups",),
}


def build(
    records: Iterable[Entry],
    books: Mapping[str, Entry],
    day: str,
    *,
    restricted: bool,
    every: bool,
) -> View:
    """All that the records hold.

    Args:
        records: the pupils'.
        books: the school, its provisions and groups, by the names of their schemas.
        day: ISO date that it speaks of.
        every: whether tables without a row are there too.
        restricted: whether what is restricted is in it.
    """
    made = RecordTables(restricted=restricted)
    for record in records:
        made.add("pupils", record, {})
    pupil = load_schema("pupil")
    shape = shapes(pupil, "pupils", pupil)
    for kind, names in _BOOKS.items():
        schema = load_schema(kind)
        for name in names:
            shape |= shapes(schema, name, schema["properties"][name]["items"])
            for item in books[kind].get(name, ()):
                made.add(name, item, {})
    blocks: list[Text | Table] = []
    if made.withheld:
        left = plural(made.withheld, "restricted item")
        blocks.append(Text(f"{left} left out: add --restricted.", "note"))
    blocks += (
        _table(name, made.tables.get(name, []), shape.get(name, {}))
        for name in {**shape, **made.tables}
        if every or name in made.tables
    )
    title = Letterhead(str(books["school"].get("name", "")))
    return View("The records", title, day, tuple(blocks))


def _table(name: str, rows: list[dict[str, Any]], shape: Mapping[str, str]) -> Table:
    titled = tuple(
        Column(key, key, cast("ColumnKind", kind))
        for key, kind in columns(rows, shape).items()
    )
    values = tuple(tuple(row.get(c.key) for c in titled) for row in rows)
    return Table(titled, values, caption=name)
