"""docx: Word's own styles, tables and fields, and nothing that Word would mend."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from sencli.documents.made_in import language_marks
from sencli.documents.view import Box
from sencli.documents.view import Boxes
from sencli.documents.view import Break
from sencli.documents.view import Bullets
from sencli.documents.view import Chart
from sencli.documents.view import Column
from sencli.documents.view import Cut
from sencli.documents.view import Fields
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Letterhead
from sencli.documents.view import Sign
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.formats import render
from sencli.formats.flat import flat
from sencli.formats.typst import pictures
from sencli.formats.typst.compiler import NoTypstError
from sencli.value import replace
from tests.formats.views import DAY
from tests.formats.views import OAK
from tests.formats.views import one_of_each
from tests.formats.views import png
from tests.formats.views import provision_map
from tests.formats.views import summary


@pytest.fixture(scope="module")
def each() -> tuple[Any, set[str], bytes]:
    view, words = one_of_each()
    data = render([view], "docx")
    return Document(BytesIO(data)), words, data


def said(document: Any) -> str:
    parts = [document.element.body]
    for section in document.sections:
        parts += [section.first_page_header.part.element]
        parts += [section.footer.part.element, section.header.part.element]
    return " ".join(t.text or "" for part in parts for t in part.iter(qn("w:t")))


def test_every_text_of_a_view_is_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    # where Typst is lacking, charts are tables of their numbers
    monkeypatch.setattr(pictures, "pictures_here", lacking)
    view, words = one_of_each()
    shown = said(Document(BytesIO(render([view], "docx"))))
    assert {word for word in words if word not in shown} == set()


def lacking(_files: object) -> None:
    raise NoTypstError


def test_a_chart_is_a_picture_that_is_told_in_words(each: Any) -> None:
    document, _, data = each
    view, _ = one_of_each()
    charts = [block for block in flat(view.blocks) if isinstance(block, Chart)]
    told = [part.get("descr") for part in document.element.body.iter("{*}docPr")]
    assert told == [chart.alt for chart in charts]
    with ZipFile(BytesIO(data)) as parts:
        media = [name for name in parts.namelist() if name.startswith("word/media")]
        assert media
        assert all(parts.read(name).startswith(b"\x89PNG") for name in media)


def test_styles_are_words_own(each: Any) -> None:
    document, _, _ = each
    used = {paragraph.style.name for paragraph in document.paragraphs}
    assert {"Title", "Subtitle", "Heading 1", "Heading 2", "List Bullet"} <= used
    assert {"Caption", "Quote", "Normal"} <= used
    assert {table.style.name for table in document.tables} >= {"Table Grid"}
    # nothing is put in its place by empty lines
    empty = [
        p.style.name
        for p in document.paragraphs
        if not p.text.strip() and next(p._p.iter(qn("w:drawing")), None) is None
    ]
    assert set(empty) <= {"Table Text"}


def test_headings_of_a_table_stand_again_on_every_page() -> None:
    document = Document(BytesIO(render([provision_map(40)], "docx")))
    rows = document.tables[0]._tbl.tr_lst
    assert [row.find(f".//{qn('w:tblHeader')}") is not None for row in rows[:2]] == [
        True,
        False,
    ]
    assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in rows)
    # no row alone at the head or the foot of a page
    kept = [row.find(f".//{qn('w:keepNext')}") is not None for row in rows]
    assert (kept[0], kept[1], kept[5], kept[-2], kept[-1]) == (
        *(True, True, False, True, False),
    )
    section = document.sections[0]
    assert round(section.page_width.mm) == 297
    assert round(section.page_height.mm) == 210


def test_the_foot_has_the_code_and_the_number_of_the_page() -> None:
    document = Document(BytesIO(render([summary()], "docx")))
    (section,) = document.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    foot = section.footer.paragraphs[0]
    assert "7f3a-91c2-b04e (as made)" in foot.text
    fields = [part.text.strip() for part in foot._p.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert section.first_page_header.paragraphs[0].text.startswith("Oak Primary School")


def test_it_says_nothing_of_who_made_it_and_is_the_same_again(each: Any) -> None:
    document, _, data = each
    view, _ = one_of_each()
    assert data == render([view], "docx")
    core = document.core_properties
    assert (core.title, core.author) == (view.title, view.school.name)
    assert (core.last_modified_by, core.comments) == ("", "")
    assert core.created.isoformat()[:10] == core.modified.isoformat()[:10] == DAY
    with ZipFile(BytesIO(data)) as parts:
        assert {info.date_time[0] for info in parts.infolist()} == {1980}
        assert "docProps/thumbnail.jpeg" not in parts.namelist()
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(parts.read(name))


ORDER = ("pStyle", "keepNext", "pageBreakBefore", "tabs", "bidi", "spacing", "jc")
ORDER += ("sectPr",)


def test_parts_stand_in_the_order_that_word_wants(each: Any) -> None:
    document, _, _ = each
    for looks in document.element.body.iter(qn("w:pPr")):
        names = [etree.QName(part).localname for part in looks]
        assert names == sorted(names, key=ORDER.index)
    for cell in document.element.body.iter(qn("w:tc")):
        assert etree.QName(cell[-1]).localname == "p"
    tables = [*document.element.body.iter(qn("w:tbl"))]
    # two tables that touch would be one, and a file ends with a line
    assert all(table.getnext().tag == qn("w:p") for table in tables)


def test_languages_and_directions_are_set() -> None:
    blocks = (
        Text("Croeso", lang="cy"),
        Text("مرحبا"),
        Table((Column("a", "A"),), (("x",),)),
    )
    view = View("Summary", OAK, DAY, blocks, lang="ur")
    body = Document(BytesIO(render([view], "docx"))).element.body
    welsh, arabic = body[1], body[2]
    assert welsh.find(f".//{qn('w:lang')}").get(qn("w:val")) == "cy"
    assert arabic.find(f".//{qn('w:rtl')}") is not None
    # Welsh on an Urdu page has its full stop at its right
    directed = [p.find(f".//{qn('w:bidi')}") is not None for p in (welsh, arabic)]
    assert directed == [False, True]
    assert body.find(f".//{qn('w:bidiVisual')}") is not None
    assert body[-1].find(qn("w:bidi")) is not None


def test_a_number_beside_arabic_keeps_its_place() -> None:
    blocks = (Text("On 10 دسمبر 2026."), Text("هاتف 07700 900123"))
    body = Document(BytesIO(render([View("T", OAK, DAY, blocks)], "docx"))).element.body
    said = ["".join(t.text for t in p.iter(qn("w:t"))) for p in (body[1], body[2])]
    # a word processor that looks at the letters alone would draw the year to the month
    assert said == [
        "On 10 \u200fدسمبر\u200f\u200e 2026.",
        "هاتف \u200e07700 900123\u200e",
    ]


def test_what_is_not_translated_is_marked_as_english() -> None:
    gap = language_marks.english("two\nlines")
    table = Table((Column("a", gap),), (("x",),), caption=gap)
    view = View(gap, OAK, DAY, (Text(f"Po polsku: {gap}."), table), lang="pl")
    data = render([view], "docx")
    body = Document(BytesIO(data)).element.body
    tongues = {
        run.findtext(qn("w:t")): looks.get(qn("w:val"))
        for run in body.iter(qn("w:r"))
        for looks in run.iter(qn("w:lang"))
    }
    assert tongues == {"two": "en-GB", "lines": "en-GB"}
    with ZipFile(BytesIO(data)) as parts:
        for name in parts.namelist():
            text = parts.read(name).decode("latin-1")
            assert language_marks.FROM.encode().decode("latin-1") not in text


def test_each_paper_has_a_section_and_its_own_foot() -> None:
    other = replace(summary("Ben"), fingerprint="0000-1111-2222", landscape=True)
    document = Document(BytesIO(render([summary(), other], "docx")))
    first, second = document.sections
    assert "7f3a" in first.footer.paragraphs[0].text
    assert "0000" in second.footer.paragraphs[0].text
    assert second.start_type.name == "ODD_PAGE"
    assert second.page_width > second.page_height
    assert document.core_properties.title == "Oak Primary School: 2 papers"
    single = render([summary(), other], "docx", single_sided=True)
    assert Document(BytesIO(single)).sections[1].start_type.name == "NEW_PAGE"


@pytest.mark.parametrize("school", [OAK, replace(OAK, logo=png(), logo_format="png")])
def test_a_logo_is_a_picture_with_words(school: Letterhead) -> None:
    told: list[str] = []
    view = replace(summary(), school=school)
    document = Document(BytesIO(render([view], "docx", warn=told.append)))
    head = document.sections[0].first_page_header.part.element
    (shown,) = head.iter("{*}docPr")
    assert shown.get("descr") == "Oak Primary School"
    assert told == []


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_a_logo_that_word_cannot_read_is_told(kind: Any) -> None:
    told: list[str] = []
    view = replace(summary(), school=replace(OAK, logo=b"no", logo_format=kind))
    assert Document(BytesIO(render([view], "docx", warn=told.append))).sections
    assert "logo" in told[0]


def test_boxes_stand_side_by_side_with_what_is_in_them() -> None:
    table = Table((Column("a", "A"),), (("x",),))
    boxes = (
        Box("Do", (Bullets(("Give me time",)),), "strong", 2),
        Box("Don\u2019t", (Text("Shout"),), "plain"),
        Box("Last", (Text("then"), table)),
    )
    view = View("T", OAK, DAY, (Boxes(boxes, columns=2), Cut("Cut here")))
    document = Document(BytesIO(render([view], "docx")))
    (made,) = document.tables
    assert [[cell.text for cell in row.cells] for row in made.rows] == [
        ["Do\nGive me time"] * 2,
        ["Don\u2019t\nShout", "Last\nthen\n"],
    ]
    assert made.cell(0, 0).paragraphs[0].style.name == "Heading 1"
    assert made.cell(0, 0).paragraphs[1].style.name == "List Bullet"
    assert made.cell(1, 1).tables[0].cell(1, 0).text == "x"
    assert document.paragraphs[-1].style.name == "Cut Line"


def test_a_box_to_tick_is_a_letter_and_no_blanks() -> None:
    slip = Text("[   ]  I will come.\n[   ]  I cannot come.")
    book = Document(BytesIO(render([View("Slip", OAK, DAY, (slip,))], "docx")))
    assert "\u2610 I will come. \u2610 I cannot come." in said(book)


def test_a_break_begins_a_page_and_signatures_stand_side_by_side() -> None:
    who = ("Parent", "Child", "Teacher", "SENCO", "Head")
    blocks = (Keep((Heading("One"), Text("a"))), Break(), Heading("Two"), Sign(who))
    view = View("T", OAK, DAY, (*blocks, Fields((("Born", "2016"),))))
    document = Document(BytesIO(render([view], "docx")))
    fresh = [
        p.text for p in document.paragraphs if p.paragraph_format.page_break_before
    ]
    assert fresh == ["Two"]
    (signed,) = document.tables
    assert [signed.cell(1, at).text for at in (0, 2, 4, 6)] == [
        f"{name}\nDate:" for name in who[:4]
    ]
