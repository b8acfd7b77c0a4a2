"""Tables on paper and on screen: row headers, captions, and no row by itself."""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from lxml import html

from sencli.documents.view import Block
from sencli.documents.view import Column
from sencli.documents.view import Group
from sencli.documents.view import Heading
from sencli.documents.view import Table
from sencli.documents.view import View
from sencli.formats import render
from sencli.formats.cells import row_names
from tests.formats.views import DAY
from tests.formats.views import OAK
from tests.formats.views import provision_map

COLUMNS = (Column("name", "Pupil"), Column("cost", "Cost", "pence"))


def rows_of(table: Any) -> list[Any]:
    """The rows of a table in a tree of tags, after its head."""
    kids = [kid for kid in table["/K"] if kid["/S"] in {"/TBody", "/TFoot"}]
    heads = [kid for kid in table["/K"] if kid["/S"] == "/THead"]
    assert len(heads) >= 1
    return [row for kid in kids for row in kid["/K"]]


def tables_of(node: Any) -> list[Any]:
    if isinstance(node, pikepdf.Array):
        return [table for kid in node for table in tables_of(kid)]
    if not isinstance(node, pikepdf.Dictionary) or "/K" not in node:
        return []
    if node.get("/S") == "/Table":
        return [node]
    return tables_of(node["/K"])


def page_of(node: Any) -> Any:
    if isinstance(node, pikepdf.Array):
        return next(filter(None, map(page_of, node)), None)
    if not isinstance(node, pikepdf.Dictionary):
        return None
    page = node.get("/Pg")
    return page.objgen if page is not None else page_of(node.get("/K"))


def long_tables() -> View:
    """Tables that end and begin anywhere on their pages, one in groups with totals."""
    blocks: list[Block] = []
    for rows in (27, 3, 26, 4, 28, 5, 29, 2, 30, 7, 33, 31):
        table = Table(COLUMNS, tuple((f"Pupil {at}", at) for at in range(rows)))
        blocks += [Heading(f"Of {rows}"), table]
    rows = (*((f"Pupil {at}", at) for at in range(60)), ("All", 1), ("Mean", 2))
    groups = tuple(Group(at, f"From {at}") for at in (0, 3, 21, 40))
    blocks.append(Table(COLUMNS, rows, "With groups", totals=2, groups=groups))
    return View("Long", OAK, DAY, tuple(blocks))


def test_no_row_is_alone_on_its_page_and_each_has_its_header() -> None:
    with pikepdf.open(BytesIO(render([long_tables()], "pdf"))) as pdf:
        tables = tables_of(pdf.Root["/StructTreeRoot"]["/K"])
        assert len(tables) == 13
        assert len(pdf.pages) > 5
        for table in tables:
            rows = [row for row in rows_of(table) if len(row["/K"]) > 1]
            pages = Counter(map(page_of, rows))
            assert len(rows) == 1 or min(pages.values()) > 1, pages
            for row in rows:
                head, *cells = row["/K"]
                assert head["/S"] == "/TH"
                assert head["/A"][0]["/Scope"] == "/Row"
                assert [str(cell["/S"]) for cell in cells] == ["/TD"]
                assert all("/Headers" not in cell["/A"][0] for cell in cells)


def test_a_row_has_its_header_on_a_screen_and_a_table_its_caption() -> None:
    unnamed = Table(COLUMNS, (("Ann", 1), ("Ben", 2)))
    view = provision_map(3)
    view = View(view.title, OAK, DAY, (Heading("Costs"), unnamed, *view.blocks))
    page = html.fromstring(render([view], "html"))
    first, second = page.xpath("//table")
    assert first.xpath("caption")[0].text_content() == "Costs"
    assert "unseen" in first.xpath("caption/@class")
    assert second.xpath("caption")[0].get("class") is None
    for table in (first, second):
        assert len(table.xpath(".//tbody/tr/th[@scope='row']")) == len(
            table.xpath(".//tbody/tr")
        )
    assert all(box.get("tabindex") == "0" for box in page.xpath("//div[table]"))


@pytest.mark.parametrize(
    ("columns", "rows", "place"),
    [
        ((Column("id", "Id"), Column("name", "Name")), (("p1", "Ann"),), 1),
        ((Column("date", "On", "date"), COLUMNS[0]), (("2026-01-02", "Ann"),), 0),
        ((Column("rank", "Rank", "number"), COLUMNS[0]), ((1, "Ann"),), -1),
        (COLUMNS, (("must", 1), ("must", 2), ("must", 3)), -1),
        (COLUMNS, (("Ann", 1), ("", 2)), -1),
    ],
)
def test_what_names_a_row(columns: Any, rows: Any, place: int) -> None:
    assert row_names(Table(columns, rows)) == place


def test_a_date_in_words_stays_on_one_line() -> None:
    table = Table(
        tuple(Column(f"c{at}", "On", width=1) for at in range(5)),
        (tuple("asked on 12 September 2026" for _ in range(5)),),
    )
    with pikepdf.open(BytesIO(render([View("T", OAK, DAY, (table,))], "pdf"))) as pdf:
        assert len(pdf.pages) == 1
    page = render([View("T", OAK, DAY, (table,))], "html").decode()
    assert page.count('<span class="whole">12 September 2026</span>') == 5


def test_a_command_is_whole_on_a_screen_and_an_empty_title_heads_nothing() -> None:
    columns = (COLUMNS[0], Column("type", "Type", "command"), Column("load", ""))
    table = Table(columns, (("Ann", "sen due --within 4w", "■■"),))
    page = html.fromstring(render([View("T", OAK, DAY, (table,))], "html"))
    assert [th.text for th in page.xpath("//thead//th")] == ["Pupil", "Type"]
    assert page.xpath("//td[@class='command']")[0].text == "sen due --within 4w"
    assert render([View("T", OAK, DAY, (table,))], "pdf").startswith(b"%PDF")
