"""The sheet that a View is printed on: its size, type that grows, several on one."""

from __future__ import annotations

from base64 import b64decode
from io import BytesIO
from zipfile import ZipFile

import pikepdf

from sencli.core.text.lines import words
from sencli.documents.view import Bullets
from sencli.documents.view import Column
from sencli.documents.view import Letterhead
from sencli.documents.view import Picture
from sencli.documents.view import Sheet
from sencli.documents.view import Table
from sencli.documents.view import View
from sencli.documents.view import grown
from sencli.formats import render
from sencli.formats.typst.data import view_data
from sencli.value import replace
from tests.formats.pdf_text import page_texts
from tests.formats.test_pages import tags
from tests.formats.views import DAY
from tests.formats.views import png

SCHOOL = Letterhead("Oak Primary School")
FRAME = Picture("my photo or my drawing")
PHOTO = Picture("my photo or my drawing", "A photo of me", png(), "png", 8, 8)


def paper(name: str, lines: int, sheet: Sheet, picture: Picture | None = None) -> View:
    blocks = (Bullets(tuple(f"{name}{number}" for number in range(lines))),)
    return View(name, SCHOOL, DAY, blocks, sheet=sheet, picture=picture)


def printed(*views: View) -> bytes:
    return render(views, "pdf", single_sided=True)


def sizes(data: bytes) -> list[tuple[int, int]]:
    """The pages in millimetres."""
    with pikepdf.open(BytesIO(data)) as pdf:
        boxes = [page.mediabox for page in pdf.pages]
        return [
            (round(float(b[2]) / 2.8346), round(float(b[3]) / 2.8346)) for b in boxes
        ]


def type_of(data: bytes, page: int = 0) -> float:
    """The size of most of the type on a page, in points."""
    found: list[float] = []
    with pikepdf.open(BytesIO(data)) as pdf:
        for operands, operator in pikepdf.parse_content_stream(pdf.pages[page]):
            if str(operator) == "Tf":
                found.append(round(float(operands[1]), 1))
    return max(set(found), key=found.count)


def test_a_sheet_has_the_size_that_is_asked_for() -> None:
    sheets = (Sheet("a3"), Sheet(), Sheet("a5"), Sheet("card"))
    assert sizes(printed(*(paper("x", 3, sheet) for sheet in sheets))) == [
        *((297, 420), (210, 297), (148, 210), (210, 297)),
    ]


def test_type_grows_until_the_sheet_is_full_and_no_further() -> None:
    sheet = Sheet(type=grown(9, 16))
    few, some, many = (printed(paper("x", n, sheet)) for n in (3, 38, 120))
    assert type_of(few) == 16
    assert 9 < type_of(some) < 16
    assert len(sizes(some)) == 1
    assert type_of(many) == 9
    over = printed(paper("x", 120, Sheet(type=grown(9, 16), over=11)))
    assert type_of(over) == 11
    assert all(f"x{n}" in "".join(page_texts(over)) for n in range(120))


def test_four_cards_share_a_sheet_and_one_too_long_is_whole_all_the_same() -> None:
    sheet = Sheet("card", grown(7, 11))
    some = printed(*(paper(name, 5, sheet, FRAME) for name in "abcde"))
    first, second = page_texts(some)
    assert all(f"{name}4" in first for name in "abcd")
    assert "e4" in second
    assert "mydrawing" in second
    long = "".join(page_texts(printed(paper("a", 150, sheet), paper("b", 4, sheet))))
    assert all(f"a{n}" in long for n in range(150))
    assert "b3" in long


def test_a_name_that_may_break_on_a_card_is_whole_among_the_bookmarks() -> None:
    name = "Kofi Mensah-Boateng-Oluwaseun"
    sheet = Sheet("card", grown(7, 11))
    made = BytesIO(printed(paper(name, 3, sheet, FRAME)))
    with pikepdf.open(made) as pdf, pdf.open_outline() as outline:
        assert [one.title for one in outline.root] == [name]


def test_on_both_sides_no_card_is_on_the_back_of_another_sheet() -> None:
    sheet = Sheet("card", grown(7, 11))
    texts = page_texts(render([paper(n, 5, sheet) for n in "abcde"], "pdf"))
    assert len(texts) == 3
    assert not texts[1]


def test_neighbours_that_share_a_sheet_have_each_a_title_and_a_foot() -> None:
    sheet = Sheet(type=grown(11, 16), shared=True)
    made = printed(*(paper(name, 4, sheet) for name in "abc"), paper("d", 4, Sheet()))
    first, _second = page_texts(made)
    assert all(f"{name}3" in first for name in "abc")
    assert first.count("11December2025") == 3
    assert [kind for kind, _ in tags(made)].count("/H1") == 4


def test_each_of_several_shared_sheets_is_full() -> None:
    sheet = Sheet(type=grown(11, 16), shared=True)
    made = printed(*(paper(name, 14, sheet) for name in "abc"))
    first, second = page_texts(made)
    assert "a13" in first
    assert "b13" in first
    assert "c13" in second
    assert 11 <= type_of(made) < 16
    assert type_of(made, 1) == 16


def test_type_grows_where_words_fit_to_a_hair_and_time_and_letter_stay_together() -> (
    None
):
    days = tuple(Column(day, day, width=8) for day in ("Mon", "Wed", "Fri"))
    table = Table(
        (Column("who", "Pupil", width=13), Column("what", "Class", width=52), *days),
        (("Tyrell C.", "Word endings on the board", "09:10 S", "13:10 M", ""),),
    )
    sheet = Sheet(type=grown(11, 16), tables=True)
    made = printed(View("x", SCHOOL, DAY, (table,), landscape=True, sheet=sheet))
    assert type_of(made) == 16
    assert words("Reads at 09:10 M, then") == ["Reads", "at", "09:10 M,", "then"]


def test_columns_are_shared_out_anew_for_the_type_that_is_taken() -> None:
    name = "Oluwaseun-Temitope-Bartholomew-Christopher"
    columns = (Column("who", "Pupil", width=20), Column("what", "Class", width=80))
    every = tuple((name, "Words of the lesson on the board " * 3) for _ in range(9))
    sheet = Sheet(type=grown(11, 16), tables=True)
    view = View("x", SCHOOL, DAY, (Table(columns, every),), landscape=True, sheet=sheet)
    made = view_data(view, None)
    (largest, *_), *_, (least, *_) = made["by_size"]
    assert largest[0] / sum(largest) > least[0] / sum(least)
    assert made["blocks"][0]["kind"] == 0


def test_a_picture_stands_beside_the_title_in_every_format() -> None:
    view = paper("x", 3, Sheet(), PHOTO)
    assert ("/Figure", "A photo of me") in tags(printed(view))
    page = render([view], "html").decode()
    assert 'alt="A photo of me"' in page
    assert "data:image/svg+xml;base64," in page
    for fmt in ("text", "md", "json"):
        assert "A photo of me" in render([view], fmt).decode()
    empty = paper("x", 3, Sheet(), FRAME)
    for fmt in ("text", "md", "json", "html"):
        assert FRAME.label in render([empty], fmt).decode()


def test_a_photo_taken_sideways_stands_upright_on_a_page_and_in_word() -> None:
    turned = replace(PHOTO, turned=6, width=40, height=20)
    view = paper("x", 1, Sheet(), turned)
    page = render([view], "html").decode()
    drawing = b64decode(page.partition("svg+xml;base64,")[2].partition('"')[0]).decode()
    assert 'viewBox="0 0 20 40"' in drawing
    assert "matrix(0 1 -1 0 20 0)" in drawing
    with ZipFile(BytesIO(render([view], "docx"))) as made:
        assert b'rot="5400000"' in made.read("word/document.xml")
