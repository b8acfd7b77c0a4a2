"""Text and Markdown: whole, within the width, and never markup or control."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.documents.view import Block
from sencli.documents.view import Column
from sencli.documents.view import Fields
from sencli.documents.view import Heading
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.errors import UsageFault
from sencli.formats import FORMATS
from sencli.formats import render
from sencli.formats.markdown import escaped
from tests.formats.views import DAY
from tests.formats.views import OAK
from tests.formats.views import one_of_each
from tests.formats.views import provision_map
from tests.formats.views import summary


def text_of(*blocks: Block, wide: int | None = None) -> str:
    view = View("Title", OAK, DAY, blocks)
    return render([view], "text", wide=wide).decode()


@pytest.mark.parametrize("wide", [40, 80, 100])
def test_lines_keep_to_the_width(wide: int) -> None:
    for view in (summary(), one_of_each()[0]):
        made = render([view], "text", wide=wide).decode()
        assert max(map(len, made.split("\n"))) <= wide


@pytest.mark.parametrize("wide", [30, 80, None])
def test_wrapping_loses_nothing(wide: int | None) -> None:
    words = "Precision teaching every day with Wolfeschlegelsteinhausenbergerdorff"
    table = Table((Column("a", "A"), Column("b", "B")), ((words, words),))
    made = text_of(table, Text(words), Fields((("Name", words),)), wide=wide)
    assert "".join(made.split()).count("Wolfe") == 4
    for word in words.split():
        assert sum(made.count(char) for char in word) >= 4 * len(word)


def test_table_is_another_name_for_text() -> None:
    view = provision_map(3)
    assert render([view], "table", wide=90) == render([view], "text", wide=90)
    assert FORMATS["text"].binary is False
    assert FORMATS["pdf"].binary is True
    assert FORMATS["csv"].tables_only is True


def test_sums_stand_right_and_totals_under_a_rule() -> None:
    made = render([provision_map(2)], "text").decode().split("\n")
    *_, last, rule, total = made[: made.index("", 12)]
    assert last.endswith("  £74.26")
    assert set(rule) == {"-", " "}
    assert total.startswith("Total")
    assert total.endswith(" £148.51")


def test_an_empty_table_prints_its_own_words() -> None:
    assert "Nobody yet" in text_of(Table((Column("a", "A"),), (), empty="Nobody yet"))


def test_controls_are_shown_in_text_and_markdown() -> None:
    view = View("T\x1b[2J", OAK, DAY, (Text("a\u202eb"), Heading("h\x07")))
    for fmt in ("text", "md"):
        made = render([view], fmt).decode()
        assert "\x1b" not in made
        assert "\u202e" not in made
        assert "u202e" in made


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(UsageFault) as fault:
        render([summary()], "docx")
    assert "pdf" in fault.value.hint


def test_several_views_stand_apart() -> None:
    made = render([summary("Ann"), summary("Ben")], "text", wide=80).decode()
    first, second = made.split("\n\n" + "=" * 78 + "\n\n")
    assert "Ann" in first
    assert "Ben" in second


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("*a* _b_ `c`", "\\*a\\* \\_b\\_ \\`c\\`"),
        ("a|b", "a\\|b"),
        ("<script>", "\\<script\\>"),
        ("# not a heading", "\\# not a heading"),
        ("- not a list", "\\- not a list"),
        ("1. not a list", "1\\. not a list"),
        ("===", "\\==="),
        ("[x](y)", "\\[x\\](y)"),
        ("see https://x.example", "see https\\://x.example"),
        ("&amp; $x$ @jo", "\\&amp; \\$x\\$ \\@jo"),
        ("    code", "code"),
        ("one\ntwo", "one\\\ntwo"),
    ],
)
def test_data_is_not_markdown(text: str, shown: str) -> None:
    assert escaped(text) == shown


@settings(deadline=None, max_examples=100)
@given(st.text("|\\\n`* x", max_size=12))
def test_a_cell_stays_one_cell(text: str) -> None:
    table = Table((Column("a", "A", blank=True), Column("b", "B")), ((text, "end"),))
    made = render([View("T", OAK, DAY, (table,))], "md").decode()
    (row,) = (line for line in made.split("\n") if line.endswith("| end |"))
    bare = row.replace("\\\\", "").replace("\\|", "")
    assert bare.count("|") == 3
