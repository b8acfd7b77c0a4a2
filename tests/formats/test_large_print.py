"""Large print: 18 points, one thing under another, nothing lost."""

from __future__ import annotations

from io import BytesIO

import pikepdf
from lxml import html

from sencli.documents.view import ONE_PAGE
from sencli.documents.view import Beside
from sencli.documents.view import Box
from sencli.documents.view import Boxes
from sencli.documents.view import Break
from sencli.documents.view import Column
from sencli.documents.view import Fields
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Sign
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.formats import render
from sencli.formats.charts.canvas import NARROW
from sencli.formats.typst.data import view_data
from sencli.formats.typst.large_print import POINTS
from sencli.formats.typst.large_print import in_large_print
from sencli.formats.typst.pdf import pages
from sencli.value import replace
from tests.formats.pdf_text import page_texts
from tests.formats.views import one_of_each
from tests.formats.views import summary


def test_every_word_is_there_in_large_print() -> None:
    view, words = one_of_each()
    large = replace(view, large=True)
    data = render([large], "pdf")
    printed = "".join(page_texts(data))
    assert [word for word in words if word not in printed] == []
    sizes = {
        float(operands[1])
        for page in pikepdf.open(BytesIO(data)).pages
        for operands, operator in pikepdf.parse_content_stream(page)
        if str(operator) == "Tf"
    }
    assert POINTS in sizes
    # the templates make pictures 2.2 times as large, which a narrow one has room for
    charts = [b for b in view_data(large, None)["blocks"] if b["is"] == "chart"]
    assert len(charts) > 4
    assert max(chart["drawing"]["width"] for chart in charts) <= NARROW
    shown = render([large], "html").decode()
    assert [word for word in words if word not in shown] == []
    assert html.fromstring(shown).xpath("//article/@class") == ["portrait large"]


def test_what_stood_side_by_side_stands_one_under_another() -> None:
    left, right = Text("help"), Text("chart", "small")
    boxes = Boxes((Box("a", (right,)), Box("b", (left,), span=2)), columns=3)
    view = replace(
        summary(),
        blocks=(Beside((left,), (right,)), boxes, left, Sign(("A", "B"), across=2)),
        sheet=ONE_PAGE,
        landscape=True,
        large=True,
    )
    beside, under, signed = in_large_print(view).blocks
    assert isinstance(beside, Beside)
    assert (beside.right, [one.text for one in beside.left]) == ((), ["help", "chart"])
    assert {getattr(one, "style", "") for one in beside.left} == {"normal"}
    assert isinstance(under, Boxes)
    assert (under.columns, [box.span for box in under.boxes]) == (1, [1, 1])
    assert isinstance(signed, Keep)
    assert signed.blocks == (left, Sign(("A", "B"), across=1))


def test_a_table_too_wide_becomes_a_list_for_each_row() -> None:
    view = replace(summary(), large=True)
    (table,) = [one for one in view.blocks if isinstance(one, Table)]
    made = in_large_print(view).blocks
    assert not any(isinstance(one, Table) for one in made)
    heads = [
        one.blocks[0].text
        for one in made
        if isinstance(one, Keep) and isinstance(one.blocks[0], Heading)
    ]
    assert [row[0] for row in table.rows if row[0] in heads] == [
        row[0] for row in table.rows
    ]
    assert pages(render([view], "pdf")) > pages(render([summary()], "pdf"))
    named = replace(table, columns=(Column("id", "Id"), *table.columns[1:]))
    (row, *_) = in_large_print(replace(view, blocks=(named,))).blocks
    assert isinstance(row, Keep)
    heading, fields = row.blocks
    assert isinstance(fields, Fields)
    assert (heading, fields.rows[-1]) == (
        Heading(str(table.rows[0][1]), 4),
        ("Id", table.rows[0][0]),
    )
    narrow = replace(view, blocks=(Table(table.columns[:1], (("x",),)),))
    assert isinstance(in_large_print(narrow).blocks[0], Table)


def test_one_in_large_print_leaves_the_others_as_they_are() -> None:
    usual, large = summary("Ben"), replace(summary(), large=True)
    assert in_large_print(usual) is usual
    together = pages(render([usual, large], "pdf", single_sided=True))
    apart = pages(render([usual], "pdf")) + pages(render([large], "pdf"))
    assert together == apart


def test_a_word_file_is_in_large_type_too() -> None:
    from docx import Document
    from docx.oxml.ns import qn

    def sizes(view: View) -> set[float]:
        styles = Document(BytesIO(render([view], "docx"))).styles
        names = ("Normal", "Small Text", "Table Text", "Footer")
        for size in styles.element.iter(qn("w:sz")):
            arabic = size.getparent().find(qn("w:szCs"))
            assert arabic.get(qn("w:val")) == size.get(qn("w:val"))
        return {styles[name].font.size.pt for name in names}

    assert max(sizes(summary())) == 11
    large = sizes(replace(summary(), large=True))
    assert (min(large), max(large)) == (16, POINTS)


def test_large_print_is_large_after_a_break_too() -> None:
    blocks = (Text("front"), Break(first=True), Text("overleaf"))
    data = render([replace(summary("Ann"), blocks=blocks, large=True)], "pdf")
    with pikepdf.open(BytesIO(data)) as pdf:
        _front, back = pdf.pages
        sizes = {
            float(operands[1])
            for operands, operator in pikepdf.parse_content_stream(back)
            if str(operator) == "Tf"
        }
    assert POINTS in sizes
