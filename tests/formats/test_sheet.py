"""csv: raw values, nothing a spreadsheet would run, everything read back unchanged."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.documents.view import Column
from sencli.documents.view import Keep
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.errors import InvalidValue
from sencli.formats import render
from sencli.formats.csv_ import csv_restore
from sencli.formats.csv_ import csv_safe
from tests.formats.views import DAY
from tests.formats.views import OAK
from tests.formats.views import provision_map


def rows_of(*tables: Table) -> list[list[str]]:
    made = render([View("t", OAK, DAY, tables)], "csv").decode()
    return list(csv.reader(io.StringIO(made, newline=""), strict=True))


def test_the_head_is_the_field_names_and_values_are_raw() -> None:
    made = render([provision_map(2)], "csv").decode().split("\n")
    assert made[0] == ("name,class,needs,provision,tier,minutes,from,until,cost_pence")
    assert made[2] == (
        "Ben Adeyemi,4B,SLCN; SEMH,Precision teaching,targeted,30,"
        "2025-09-22,2025-12-12,74.26"
    )
    assert made[3] == "Total,,,,,,,,148.51"


def test_hidden_columns_are_there_and_kept_tables_too() -> None:
    table = Table((Column("id", "Id", hidden=True),), (("p7k2q",),))
    made = render([View("t", OAK, DAY, (Keep((table,)), table))], "csv")
    assert made == b"id\np7k2q\n\nid\np7k2q\n"


def test_numbers_stay_numbers_and_texts_like_formulas_do_not() -> None:
    table = Table(
        (
            Column("a", "A", "number"),
            Column("b", "B", "pence"),
            Column("c", "C", "yes"),
        ),
        ((-5, -1234, True), ("-5", "=1+1", False), (None, None, None)),
    )
    assert rows_of(table)[1:] == [
        ["-5", "-12.34", "true"],
        ["'-5", "'=1+1", "false"],
        ["", "", ""],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+44 20",
        "-x",
        "@SUM(A1)",
        "  =1",
        "\u00a0=1",
        "\tx",
        "\rx",
        "\0=x",
        "\n=x",
        "\uff1d1",
        "\uff0b1",
        "\uff0d1",
        "\uff20x",
        "\ufeff=x",
    ],
)
def test_what_begins_like_a_formula_is_made_harmless(text: str) -> None:
    assert csv_safe(text) == f"'{text}"
    assert csv_restore(csv_safe(text)) == text


@settings(deadline=None, max_examples=300)
@given(st.text() | st.text("'=+-@ \t\r\n\",x", max_size=8))
def test_any_text_comes_back_unchanged(text: str) -> None:
    assert csv_restore(csv_safe(text)) == text
    table = Table((Column("a", "A"), Column("b", "B")), ((text, text), ("x", "y")))
    back = [[csv_restore(cell) for cell in row] for row in rows_of(table)]
    assert back == [["a", "b"], [text, text], ["x", "y"]]


def test_a_document_without_a_table_says_so() -> None:
    with pytest.raises(InvalidValue, match="no table"):
        render([View("t", OAK, DAY, (Text("x"),))], "csv")
