"""Text and Markdown: whole, within the width, and never markup or control."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.core.text.lines import flowed
from sencli.core.text.lines import measure
from sencli.core.text.lines import words
from sencli.documents.view import Block
from sencli.documents.view import Column
from sencli.documents.view import ColumnKind
from sencli.documents.view import Fields
from sencli.documents.view import Heading
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.errors import UsageFault
from sencli.formats import FORMATS
from sencli.formats import render
from sencli.formats.cells import of_table
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


WORDS = st.sampled_from(
    [
        *("a", "Physiotherapy", "Wolfeschlegelsteinhausenbergerdorffsonfeatherstone"),
        *("Zażółć", "李小龙", "الحسن", "3.30", "pm", "12 of 14", "13 February 2026"),
        *("£1,054.00", "85 %", "01632 960 001", "to", "the", "pre-teaching", "of"),
    ]
)
TEXTS = st.lists(WORDS, max_size=9).map(" ".join)
COMMANDS = st.sampled_from(
    ["", "sen due", 'sen concern set pd7fzqyg npjk5j7h --response "WHAT WAS DONE"']
)
RAW: dict[ColumnKind, st.SearchStrategy[Any]] = {
    "text": TEXTS,
    "date": st.sampled_from([None, "2026-03-13"]),
    "pence": st.integers(0, 10**9),
    "number": st.integers(0, 10**6),
    "yes": st.booleans(),
    "command": COMMANDS,
}
KINDS = st.lists(st.sampled_from([*RAW]), min_size=1, max_size=12)


@st.composite
def any_table(draw: st.DrawFn) -> Table:
    kinds = draw(KINDS)
    columns = tuple(
        Column(f"c{at}", draw(TEXTS), kind) for at, kind in enumerate(kinds)
    )
    row = st.tuples(*(RAW[kind] for kind in kinds))
    rows = tuple(draw(st.lists(row, min_size=1, max_size=6)))
    return Table(columns, rows, totals=draw(st.integers(0, len(rows))))


@settings(deadline=None, max_examples=150)
@given(any_table(), st.integers(40, 130))
def test_no_word_figure_or_command_is_broken(table: Table, wide: int) -> None:
    grid = of_table(table, {})
    lines = text_of(table, wide=wide).split("\n")[3:]
    for line in lines:
        assert measure(line) <= wide or len(words(line.strip())) == 1, line
    shown = Counter(word for line in lines for word in " ".join(lines).split())
    for value in (value for row in grid.rows for value in row):
        for word in words(value):
            assert any(word in line for line in lines), word
        assert Counter(value.split()) <= shown


@pytest.mark.parametrize("wide", [30, 80, None])
def test_a_word_that_is_too_long_has_a_line_of_its_own(wide: int | None) -> None:
    words = "Precision teaching every day with Wolfeschlegelsteinhausenbergerdorff"
    table = Table((Column("a", "A"), Column("b", "B")), ((words, words),))
    made = text_of(table, Text(words), Fields((("Name", words),)), wide=wide)
    for word in words.split():
        assert made.count(word) == 4


def test_a_command_stands_whole_under_its_row_or_in_its_block() -> None:
    command = "sen cycle review pd7fzqyg --date DATE --attended WHO --outcome 1=RESULT"
    columns = (Column("a", "What"), Column("c", "Type", "command"))
    table = Table(columns, (("Review the plan of 18 September 2026", command),))
    assert f"\n    {command}\n" in text_of(table, wide=60)
    many = tuple(Column(f"n{at}", "Physiotherapy") for at in range(6))
    stacked = text_of(Table((*many, columns[1]), ((*"abcdef", command),)), wide=60)
    assert f"\nType:\n    {command}\n" in stacked
    said = text_of(Text(f"No cycle of any kind yet: {command}"), wide=60)
    assert f"\n{command}\n" in said


def test_a_message_hangs_under_its_last_column() -> None:
    said = "note     signatures  The changes are not signed, and sen init --sign"
    assert flowed(said, 50).split("\n") == [
        "note     signatures  The changes are not signed,",
        "                     and sen init --sign",
    ]


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
        render([summary()], "odt")
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
