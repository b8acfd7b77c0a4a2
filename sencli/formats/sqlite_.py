"""sqlite: a database with one table for each table, in columns with types.

Totals are left out: whoever adds up a column would count them again. ``about`` says
what each table is, of which school and day.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING
from typing import Any

from sencli.core.text.folding import fold
from sencli.documents.view import Heading
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.formats import cells as written
from sencli.formats.csv_ import no_table
from sencli.formats.csv_ import plain_text
from sencli.formats.flat import flat

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from sencli.documents.view import Column
    from sencli.documents.view import View
    from sencli.formats import RenderOptions

_ABOUT = (
    '"table" TEXT',
    "title TEXT",
    "school TEXT",
    "day DATE",
    "rows INTEGER",
    "notes TEXT",
)
_KINDS = {"date": "DATE", "pence": "REAL", "yes": "BOOLEAN"}
_HELD: tuple[tuple[set[type], str], ...] = (
    ({bool}, "BOOLEAN"),
    ({int}, "INTEGER"),
    ({int, float}, "REAL"),
)
_EXACT = 2**63
"""Numbers from here on do not go into an INTEGER."""


def write(views: Sequence[View], _options: RenderOptions) -> bytes:
    """One database of every table of the views; the same views give the same bytes."""
    names: Counter[str] = Counter(["about"])
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute(f"CREATE TABLE about ({', '.join(_ABOUT)})")
        for view in views:
            notes = "\n".join(_notes(view))
            for heading, table in _tables(view):
                name = _new(_word(heading.partition(":")[0]) or "list", names)
                rows = _fill(base, name, table)
                told = (name, heading, view.school.name, view.day, rows, notes)
                base.execute("INSERT INTO about VALUES (?, ?, ?, ?, ?, ?)", told)
        base.commit()
        if names.total() == 1:
            raise no_table("sqlite")
        return base.serialize()


def _tables(view: View) -> Iterator[tuple[str, Table]]:
    """The tables, each with what stands over it."""
    heading = view.title
    for block in flat(view.blocks):
        if isinstance(block, Heading):
            heading = block.text
        if isinstance(block, Table) and block.columns:
            yield block.caption or heading, block


def _notes(view: View) -> Iterator[str]:
    """What is to be known with the tables, as that a record was left out."""
    for block in flat(view.blocks):
        if isinstance(block, Text) and block.style in {"note", "small"}:
            yield block.text


def _fill(base: sqlite3.Connection, name: str, table: Table) -> int:
    """Make the table and put its rows in; how many they are."""
    rows = table.rows[: len(table.rows) - table.totals]
    seen: Counter[str] = Counter()
    columns = [
        f'"{_new(_word(column.key) or "column", seen)}" '
        f"{_kind(column, [row[at] for row in rows])}"
        for at, column in enumerate(table.columns)
    ]
    base.execute(f'CREATE TABLE "{name}" ({", ".join(columns)})')
    marks = ", ".join("?" * len(columns))
    # a name is of letters, digits and _ alone
    put_in = " ".join(("INSERT INTO", f'"{name}"', "VALUES", f"({marks})"))
    values = (
        [_value(v, c) for v, c in zip(row, table.columns, strict=True)] for row in rows
    )
    base.executemany(put_in, values)
    return len(rows)


def _kind(column: Column, values: Sequence[Any]) -> str:
    """The type of a column: what it is for, else what is in it."""
    if column.kind in _KINDS:
        return _KINDS[column.kind]
    if column.key in written.MEASURED:
        return "NUMERIC"  # of any scale: 22 is a number, "by herself" a text
    held = {type(value) for value in values if value is not None and value != ""}
    for types, kind in _HELD:
        if held and held <= types:
            return kind
    return "NUMERIC" if column.kind in {"number", "percent", "square"} else "TEXT"


def _value(value: Any, column: Column) -> Any:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | float) and abs(value) < _EXACT:
        return round(value) / 100 if column.kind == "pence" else value
    return plain_text(value).replace("\0", "").encode("utf-8", "replace").decode()


def _word(text: str) -> str:
    """A text as a name that needs no quotes where a query is typed."""
    return re.sub(r"[^a-z0-9]+", "_", fold(text)).strip("_")[:60]


def _new(name: str, seen: Counter[str]) -> str:
    """The name, with a number where there is one such already."""
    seen[name] += 1
    return name if seen[name] == 1 else _new(f"{name}_{seen[name]}", seen)
