"""xlsx: what Excel counts is a number, and what people wrote stays what they wrote."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl import load_workbook

from sencli.documents.view import Chart
from sencli.documents.view import Column
from sencli.documents.view import Keep
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.errors import InvalidValue
from sencli.formats import render
from sencli.formats.office.sheet_names import SheetNames
from sencli.value import replace
from tests.formats.views import DAY
from tests.formats.views import OAK
from tests.formats.views import one_of_each
from tests.formats.views import provision_map


def book_of(*views: View) -> Workbook:
    return load_workbook(BytesIO(render(views, "xlsx")))


def of(*tables: Any) -> View:
    return View("List", OAK, DAY, tables)


def cells(book: Workbook) -> list[str]:
    return [
        str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row
    ]


def test_every_text_of_a_view_is_in_it() -> None:
    view, words = one_of_each()
    shown = " ".join(cells(book_of(view)))
    # a printed page alone has a word for its number
    assert {word for word in words if word not in shown} == set()


KINDS = (
    Column("name", "Name"),
    Column("sessions", "Sessions", "number"),
    Column("cost", "Cost", "pence"),
    Column("share", "Share", "percent"),
    Column("from", "From", "date"),
    Column("late", "Late", "yes"),
    Column("id", "Id", hidden=True),
)


def test_numbers_money_shares_and_days_are_what_they_say() -> None:
    row = ("Amelia", 12, 742567, 40, "2025-09-01", True, "p7k2q")
    total = ("Total", 12, 742567, None, None, None, None)
    sheet = book_of(of(Table(KINDS, (row, total), totals=1))).worksheets[0]
    assert [cell.value for cell in sheet[1]] == [c.title for c in KINDS[:-1]]
    values = [cell.value for cell in sheet[2]]
    assert [*values[:4], values[5]] == ["Amelia", 12, 7425.67, 0.4, "Yes"]
    assert str(values[4]) == "2025-09-01 00:00:00"
    forms = [cell.number_format for cell in sheet[2]]
    assert "£" in forms[2]
    assert forms[3:5] == ["0%", "dd/mm/yyyy"]
    assert sheet["E2"].is_date
    # the totals stand apart from what is filtered
    assert sheet.auto_filter.ref == "A1:F2"
    assert [cell.value for cell in sheet[3]] == [None] * 6
    assert sheet["A4"].value == "Total"
    assert sheet.freeze_panes == "B2"
    assert sheet.print_title_rows == "$1:$1"
    assert all(8 <= sheet.column_dimensions[at].width <= 61 for at in "ABCDE")


def test_a_figure_that_came_as_text_is_a_number_where_figures_are_expected() -> None:
    columns = (
        Column("class", "Class"),
        Column("year_group", "Year"),
        Column("baseline", "Baseline"),
        Column("per_cent", "Per cent", "number"),
        Column("id", "Id"),
    )
    rows = (
        ("4", "10", "68", "10.8", "12345678"),
        ("10A", "R", "6:04", "<5", "007"),
        ("2A", "2", "-3", "12.3", "1e5"),
    )
    sheet = book_of(of(Table(columns, rows))).worksheets[0]
    values = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert values == [
        ["4", 10, 68, 10.8, "12345678"],
        ["10A", "R", "6:04", "<5", "007"],
        ["2A", 2, -3, 12.3, "1e5"],
    ]


def test_what_does_not_fit_its_kind_stays_as_it_is() -> None:
    whole = ("b", 1, 2, 3, "2025-09-01", False, "")
    rows = (("a", None, "not costed", 12.5, "spring", None, ""), whole)
    sheet = book_of(of(Table(KINDS, rows))).worksheets[0]
    values = [cell.value for cell in sheet[2]]
    assert values == ["a", None, "not costed", 0.125, "spring", None]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+44 20",
        "-5",
        "@sum",
        "http://x.example",
        "mailto:a@b",
        "007",
        "_x0041_",
    ],
)
def test_text_stays_text(text: str) -> None:
    data = render([of(Table((Column("a", "A"),), ((text,),)))], "xlsx")
    cell = load_workbook(BytesIO(data)).worksheets[0]["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
    with ZipFile(BytesIO(data)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    # edited in Excel it stays one too
    assert cell.quotePrefix is (text[0] in "=+-@")


@settings(deadline=None, max_examples=25)
@given(st.lists(st.text(st.characters(exclude_categories=()), max_size=40), max_size=9))
def test_any_names_of_sheets_are_lawful(wanted: list[str]) -> None:
    names = SheetNames("Notes")
    found = [names.new(text) for text in [*wanted, "Notes", "history", "'", "a" * 40]]
    assert len({name.casefold() for name in [*found, "notes", "history"]}) == (
        len(found) + 2
    )
    for name in found:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\")
        assert name == name.strip("'").strip()


def test_a_name_is_cut_between_words_and_numbered() -> None:
    names = SheetNames()
    long = "Impact and cost by provision of the school year"
    assert names.new(long) == "Impact and cost by provision of"
    assert names.new(long) == "Impact and cost by provision 2"


def test_the_limits_of_excel_are_told() -> None:
    told: list[str] = []
    rows = (("x" * 40_000, "1899-12-31"), ("👧" * 20_000, "1900-01-01"))
    table = Table((Column("a", "A"), Column("b", "B", "date")), rows)
    sheet = load_workbook(BytesIO(render([of(table)], "xlsx", warn=told.append))).active
    assert sheet is not None
    for cell in (sheet["A2"], sheet["A3"]):
        assert len(str(cell.value).encode("utf-16-le")) // 2 <= 32_767
        assert str(cell.value).endswith("…")
    assert [sheet["B2"].value, sheet["B3"].is_date] == ["31/12/1899", True]
    assert "2 of the cells" in told[0]
    assert "csv or json" in told[0]
    assert "1900" in told[1]


def test_it_says_nothing_of_who_made_it_and_is_the_same_again() -> None:
    data = render([provision_map(3)], "xlsx")
    assert data == render([provision_map(3)], "xlsx")
    with ZipFile(BytesIO(data)) as parts:
        core = parts.read("docProps/core.xml").decode()
        assert {info.date_time[0] for info in parts.infolist()} == {1980}
    assert "<dc:creator></dc:creator>" in core
    assert "2025-10-20" in core
    assert "Provision map" in core


def test_a_document_without_a_table_is_refused() -> None:
    with pytest.raises(InvalidValue, match="no table") as told:
        render([of(Text("x"))], "xlsx")
    assert "docx" in str(told.value.hint)


def test_tables_of_several_papers_have_sheets_of_their_own() -> None:
    table = Table((Column("a", "A"),), (), empty="Nothing yet.")
    view = of(Keep((Text("said"), table)))
    other = replace(view, title="list", lang="ur")
    book = book_of(view, other)
    assert book.sheetnames == ["List", "list 2", "Notes"]
    assert book["List"]["A2"].value == "Nothing yet."
    assert book["list 2"].sheet_view.rightToLeft


def test_a_chart_is_there_as_its_numbers() -> None:
    view, _ = one_of_each()
    chart = next(block for block in view.blocks if isinstance(block, Chart))
    assert str(chart.series[0].values[1]).rstrip("0.") in cells(book_of(view))


def test_a_row_is_as_high_as_its_tallest_cell() -> None:
    rows = (("word " * 40, "short"), ("short", "short"))
    table = Table((Column("a", "A"), Column("b", "B")), rows)
    sheet = book_of(of(table)).worksheets[0]
    assert sheet.row_dimensions[2].height >= 4 * 15
    assert sheet.row_dimensions[3].height is None
    assert sheet["A2"].alignment.wrapText


def test_the_foot_of_a_sheet_has_the_whole_code() -> None:
    sheet = book_of(replace(provision_map(2), title="Q & A" * 60)).worksheets[0]
    assert "7f3a-91c2-b04e" in str(sheet.oddFooter.left.text)
    assert len(str(sheet.oddHeader.left.text)) <= 110
