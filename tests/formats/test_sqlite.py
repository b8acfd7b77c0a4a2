"""sqlite: typed columns, one table for each table, the same bytes each time."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from sencli.documents.view import Bar
from sencli.documents.view import Block
from sencli.documents.view import Column
from sencli.documents.view import Heading
from sencli.documents.view import Letterhead
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.errors import InvalidValue
from sencli.formats import render

COLUMNS = (
    Column("name", "Name"),
    Column("class", "Class"),
    Column("cost", "Cost", "pence"),
    Column("from", "From", "date"),
    Column("sessions", "Sessions", "number"),
    Column("target", "Target"),
    Column("agreed", "Agreed", "yes"),
    Column("share", "Share", "percent"),
    Column("name", "Name again", hidden=True),
)
ROWS = (
    ("=1+1; DROP TABLE about", "4", 1234, "2026-03-12", 3, "22", True, 50, ("a", "b")),
    ("Zoë \ud800\0", "007", None, "", 2, "by herself", False, 12.5, Bar("x", 1, 5)),
    ("Total", "", 1234, None, 5, "", None, None, ""),
)


def view(*blocks: Block) -> View:
    return View("Needs: Amelia", Letterhead("Oak"), "2026-03-12", blocks)


def opened(data: bytes) -> sqlite3.Connection:
    base = sqlite3.connect(":memory:")
    base.deserialize(data)
    return base


def test_columns_have_types_and_totals_are_left_to_whoever_adds_up() -> None:
    table = Table(COLUMNS, ROWS, totals=1)
    note = Text("Not complete: 1 record is left out.", "note")
    blocks = (note, table, Heading("About"), table, Table((COLUMNS[0],), ()))
    data = render([view(*blocks)], "sqlite")
    assert data == render([view(*blocks)], "sqlite")
    with closing(opened(data)) as base:
        made = base.execute("SELECT * FROM about").fetchall()
        assert [row[0] for row in made] == ["needs", "about_2", "about_3"]
        assert made[0][1:] == ("Needs: Amelia", "Oak", "2026-03-12", 2, note.text)
        columns = base.execute("PRAGMA table_info(needs)").fetchall()
        assert [(row[1], row[2]) for row in columns] == [
            ("name", "TEXT"),
            ("class", "TEXT"),
            ("cost", "REAL"),
            ("from", "DATE"),
            ("sessions", "INTEGER"),
            ("target", "NUMERIC"),
            ("agreed", "BOOLEAN"),
            ("share", "REAL"),
            ("name_2", "TEXT"),
        ]
        first, second = base.execute("SELECT * FROM needs").fetchall()
        assert first == (*ROWS[0][:2], 12.34, "2026-03-12", 3, 22, 1, 50.0, "a; b")
        assert second[:5] == ("Zoë ?", "007", None, None, 2)
        assert second[5:] == ("by herself", 0, 12.5, "x 1 of 5")
        assert base.execute("SELECT sum(sessions) FROM needs").fetchone() == (5,)


def test_what_has_no_table_makes_no_database() -> None:
    with pytest.raises(InvalidValue, match="nothing to write as sqlite"):
        render([view(Text("Only words."))], "sqlite")
