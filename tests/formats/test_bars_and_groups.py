"""Small bars in cells, rows under headings, and columns without a value."""

from __future__ import annotations

import json

import pytest
from lxml import html

from sencli.documents.view import Bar
from sencli.documents.view import Column
from sencli.documents.view import Group
from sencli.documents.view import Keep
from sencli.documents.view import Table
from sencli.documents.view import View
from sencli.formats import render
from tests.formats.pdf_text import page_texts
from tests.formats.views import OAK

MANY, FEW = Bar("Reading group", 7, 8), Bar("Talking group", 1, 4)
TABLE = Table(
    (
        Column("wave", "Wave"),
        Column("came", "What came of it"),
        Column("note", "Remarks"),
        Column("signature", "Signature", blank=True),
        Column("pupils", "Pupils", "number"),
    ),
    (
        ("first", (MANY, FEW), None, None, 12),
        ("second", MANY, "", None, 8),
        ("whole", None, None, None, 20),
    ),
    totals=1,
    groups=(Group(0, "Cognition"), Group(1, "Communication")),
)
VIEW = View("Bars", OAK, "2025-10-20", (TABLE,))


@pytest.mark.parametrize(
    ("good", "of", "steps"),
    [(0, 0, None), (4, 4, None), (0, 5, 0), (5, 5, 5), (1, 10, 1), (7, 8, 4)],
)
def test_a_bar_is_drawn_from_five_on(good: int, of: int, steps: int | None) -> None:
    assert Bar("", good, of).steps == steps


@pytest.mark.parametrize("fmt", ["text", "md", "html", "pdf"])
def test_what_people_see(fmt: str) -> None:
    made = render([VIEW], fmt)
    if fmt == "html":
        page = html.fromstring(made)
        assert len(page.findall(".//span[@class='bar']/i")) == 10
        assert len(page.findall(".//span[@class='bar']/i[@class='on']")) == 8
        heads = page.findall(".//tbody/tr[@class='group']/th[@scope='rowgroup']")
        assert [head.text_content() for head in heads] == ["Cognition", "Communication"]
        text = page.body.text_content()
    elif fmt == "pdf":
        (text,) = page_texts(made)
    else:
        text = made.decode()
        assert text.count("■■■■□ 7 of 8") == 2
    bare = "".join(text.split())
    assert "7of8" in bare
    assert "1of4" not in bare
    assert "Signature" in text
    assert "Remarks" not in text
    places = [text.index(word) for word in ("Cognition", "first", "Communication")]
    assert places == sorted(places)


def test_json_and_csv_keep_what_is_empty() -> None:
    (made,) = json.loads(render([VIEW], "json"))["blocks"]
    assert made["groups"][1] == {"at": 1, "heading": "Communication"}
    assert made["rows"][1]["came"] == {"text": "Reading group", "good": 7, "of": 8}
    assert "note" in made["rows"][0]
    lines = render([VIEW], "csv").decode().split("\n")
    assert lines[0] == "wave,came,note,signature,pupils"
    assert lines[1] == "first,Reading group 7 of 8; Talking group 1 of 4,,,12"


def test_rows_that_wrap_stay_under_their_heading() -> None:
    text = render([VIEW], "text", wide=34).decode()
    assert text.index("Communication") > text.index("Talking")
    assert text.index("second") > text.index("Communication")


def test_a_kept_table_with_many_headings_is_let_break() -> None:
    rows = tuple((f"row{at}", at) for at in range(18))
    groups = tuple(Group(at, f"Heading of {at}") for at in range(18))
    table = Table((Column("a", "A"), Column("b", "B", "number")), rows, groups=groups)
    view = View("T", OAK, "2025-10-20", (Keep((table,)),), landscape=True)
    first, second = page_texts(render([view], "pdf"))
    assert "row3" in first
    assert "row17" in second
