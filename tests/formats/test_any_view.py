"""Whatever a View holds, every format gives a whole file."""

from __future__ import annotations

import csv
import io
import json
from io import BytesIO
from typing import Any
from typing import get_args
from zipfile import ZipFile

import pytest
from docx import Document
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from lxml import html
from openpyxl import load_workbook

from sencli.documents.view import ONE_PAGE
from sencli.documents.view import Bar
from sencli.documents.view import Beside
from sencli.documents.view import Block
from sencli.documents.view import Box
from sencli.documents.view import Boxes
from sencli.documents.view import Break
from sencli.documents.view import Bullets
from sencli.documents.view import Chart
from sencli.documents.view import Column
from sencli.documents.view import Fields
from sencli.documents.view import Group
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Letterhead
from sencli.documents.view import Quote
from sencli.documents.view import Series
from sencli.documents.view import Sheet
from sencli.documents.view import Sign
from sencli.documents.view import Space
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.formats import FORMATS
from sencli.formats import render
from sencli.value import Value
from sencli.value import replace
from tests.formats.views import one_of_each

ANY = st.text(st.characters(exclude_categories=()), max_size=30)
NASTY = st.sampled_from(
    [
        "",
        " ",
        "\n",
        "a word of ten thousand letters",
        "\ufeff",
        "\ud800",
        "\x00\x1b[2J",
        "=1+1",
        "</style><script>",
        "#panic()",
        "a | b",
        "محمد",
        "\u202e",
        "中文",
        "👩‍👩‍👧",
    ]
).map(lambda text: "x" * 10_000 if "ten thousand" in text else text)
TEXT = ANY | NASTY
BARS = st.builds(Bar, TEXT, st.integers(0, 9), st.integers(9, 12))
VALUE = (
    TEXT
    | st.none()
    | st.integers(-(10**9), 10**9)
    | st.booleans()
    | BARS
    | st.tuples(BARS, BARS)
)


def texts(most: int) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(TEXT, max_size=most).map(tuple)


@st.composite
def tables(draw: Any) -> Table:
    kinds = st.sampled_from(["text", "number", "pence", "date", "yes", "square"])
    columns = tuple(
        Column(draw(TEXT), draw(TEXT), draw(kinds), hidden=draw(st.booleans()))
        for _ in range(draw(st.integers(0, 3)))
    )
    rows = st.lists(st.tuples(*(VALUE for _ in columns)), max_size=3).map(tuple)
    made = draw(rows)
    totals = draw(st.integers(0, len(made)))
    at = sorted(draw(st.sets(st.integers(0, 9)))) if made else []
    groups = tuple(Group(one, draw(TEXT)) for one in at if one < len(made) - totals)
    return Table(columns, made, draw(TEXT), totals, draw(TEXT), groups=groups)


NUMBERS = st.lists(st.none() | st.floats(), max_size=4).map(tuple)
CHARTS = st.builds(
    Chart,
    st.sampled_from(["line", "bar", "stack", "spark"]),
    texts(4),
    st.lists(st.builds(Series, TEXT, NUMBERS), max_size=3).map(tuple),
    TEXT,
    TEXT,
    st.lists(st.floats(), max_size=4).map(tuple),
    st.none() | st.floats(),
    TEXT,
    st.lists(st.tuples(st.integers(-3, 3), TEXT), max_size=3).map(tuple),
    st.none() | st.floats(),
    TEXT,
    st.none() | st.floats(),
)
STYLES = st.sampled_from(["normal", "lead", "small", "note"])
SIMPLE = (
    st.builds(Heading, TEXT, st.integers(-1, 9))
    | st.builds(Text, TEXT, STYLES, TEXT, TEXT)
    | st.builds(Bullets, texts(3))
    | st.builds(Fields, st.lists(st.tuples(TEXT, TEXT), max_size=3).map(tuple))
    | tables()
    | CHARTS
    | st.builds(Quote, TEXT, TEXT, TEXT)
    | st.builds(Sign, texts(3), TEXT, texts(3), st.integers(0, 4))
    | st.builds(Space, TEXT, st.integers(0, 5))
    | st.builds(Break, st.booleans())
)
LOOKS = st.sampled_from(["plain", "tint", "strong"])


def holding(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    box = st.builds(Box, TEXT, inner, LOOKS, st.integers(0, 3))
    return (
        st.builds(Keep, inner)
        | st.builds(Boxes, st.lists(box, max_size=3).map(tuple), st.integers(0, 3))
        | st.builds(Beside, inner, inner, st.integers(0, 100), st.booleans())
    )


BLOCKS = st.recursive(
    SIMPLE,
    lambda inner: holding(st.lists(inner, max_size=3).map(tuple)),
    max_leaves=4,
)
VIEWS = st.builds(
    View,
    TEXT,
    st.builds(
        Letterhead, TEXT, TEXT, st.binary(max_size=4), st.sampled_from(["", "png"])
    ),
    TEXT | st.just("2025-12-11"),
    st.lists(BLOCKS, max_size=5).map(tuple),
    TEXT,
    TEXT | st.sampled_from(["en-GB", "cy", "ur", "pl"]),
    TEXT,
    TEXT,
    st.booleans(),
    sheet=st.sampled_from([Sheet(), ONE_PAGE]),
)


@settings(deadline=None, max_examples=120)
@given(VIEWS)
def test_any_view_is_written_as_text(view: View) -> None:
    for wide in (None, 1, 40):
        made = render([view], "text", wide=wide).decode()
        assert "\x1b" not in made
    assert render([view], "md").decode().startswith("#")
    assert json.loads(render([view, view], "json"))
    table = View("t", view.school, "", (*view.blocks, Table((Column("a", "A"),), ())))
    made = render([table], "csv").decode()
    assert list(csv.reader(io.StringIO(made, newline=""), strict=True))


@settings(deadline=None, max_examples=60)
@given(VIEWS)
def test_any_view_is_a_page(view: View) -> None:
    page = html.fromstring(render([view], "html"))
    assert page.xpath("//script") == []
    assert len(page.xpath("//h1")) == 1


@settings(deadline=None, max_examples=40)
@given(VIEWS)
def test_any_view_is_a_pdf(view: View) -> None:
    assert render([view], "pdf").startswith(b"%PDF")


@settings(deadline=None, max_examples=40)
@given(VIEWS)
def test_any_view_is_a_file_of_office(view: View) -> None:
    assert Document(BytesIO(render([view], "docx"))).sections
    table = replace(view, blocks=(*view.blocks, Table((Column("a", "A"),), ())))
    assert load_workbook(BytesIO(render([table], "xlsx"))).sheetnames


class Postcard(Value):
    """A block that no format has heard of."""

    title: str
    blocks: tuple[Block, ...]
    items: tuple[str, ...]
    style: str = "tint"


@pytest.mark.parametrize("fmt", ["text", "md", "xlsx", "docx", "json"])
def test_a_block_without_a_writer_is_said_in_plainer_ones(fmt: str) -> None:
    table = Table((Column("a", "A"),), (("cellword",),))
    odd: Any = Postcard("titleword", (Text("textword"), table), ("itemword",))
    data = render([View("t", Letterhead("Oak"), "", (Keep((odd,)),))], fmt)
    if fmt in {"xlsx", "docx"}:
        with ZipFile(BytesIO(data)) as parts:
            data = b"".join(map(parts.read, parts.namelist()))
    for word in ("titleword", "textword", "cellword", "itemword"):
        assert word.encode() in data
    assert fmt == "json" or b"tint" not in data.replace(b":tint", b"")


def test_the_view_that_every_format_is_held_to_has_every_block() -> None:
    view, _ = one_of_each()
    assert {type(block) for block in view.blocks} == {*get_args(Block)}


@pytest.mark.parametrize("fmt", [*FORMATS])
def test_bytes_whatever_the_format(fmt: str) -> None:
    view = View(
        "t", Letterhead("Oak"), "2025-12-11", (Table((Column("a", "A"),), (("x",),)),)
    )
    assert isinstance(render([view], fmt), bytes)
