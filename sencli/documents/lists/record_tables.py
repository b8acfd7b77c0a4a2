"""Whole records as a View: a table for each list in them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from typing import cast

from sencli.core.record.types import Entry
from sencli.core.reports.record_tables import RecordTables
from sencli.core.reports.record_tables import columns
from sencli.core.text.plural import plural
from sencli.documents.view import Column
from sencli.documents.view import ColumnKind
from sencli.documents.view import Letterhead
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View

_BOOKS = ("staff", "rates", "terms", "number_on_roll", "provisions", "scales", "groups")


def build(
    records: Iterable[Entry], books: Iterable[Entry], day: str, *, restricted: bool
) -> View:
    """All that the records hold.

    Args:
        records: the pupils'.
        books: ``school.yaml`` first, then the others of the school.
        day: ISO date that it speaks of.
        restricted: whether what is restricted is in it.
    """
    made = RecordTables(restricted=restricted)
    for record in records:
        made.add("pupils", record, {})
    held = list(books)
    for book in held:
        for name in _BOOKS:
            for item in book.get(name, ()):
                made.add(name, item, {})
    blocks: list[Text | Table] = []
    if made.withheld:
        left = plural(made.withheld, "restricted item")
        blocks.append(Text(f"{left} left out: add --restricted.", "note"))
    blocks += (_table(name, rows) for name, rows in made.tables.items())
    name = str(held[0].get("name", "")) if held else ""
    return View("The records", Letterhead(name), day, tuple(blocks))


def _table(name: str, rows: list[dict[str, Any]]) -> Table:
    titled = tuple(
        Column(key, key, cast("ColumnKind", kind))
        for key, kind in columns(rows).items()
    )
    values = tuple(tuple(row.get(c.key) for c in titled) for row in rows)
    return Table(titled, values, caption=name)
