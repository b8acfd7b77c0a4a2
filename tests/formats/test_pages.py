"""PDF and HTML: whole, accessible, the same every time, and safe whatever the data."""

from __future__ import annotations

import re
import shutil
import subprocess
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from lxml import html

from sencli import resources
from sencli.documents.view import ONE_PAGE
from sencli.documents.view import Beside
from sencli.documents.view import Box
from sencli.documents.view import Boxes
from sencli.documents.view import Break
from sencli.documents.view import Bullets
from sencli.documents.view import Chart
from sencli.documents.view import Column
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Letterhead
from sencli.documents.view import Series
from sencli.documents.view import Sign
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.errors import InvalidValue
from sencli.formats import render
from sencli.formats.typst import compiler
from sencli.formats.typst.typeset import template_fault
from sencli.value import replace
from tests.formats.views import DAY
from tests.formats.views import OAK
from tests.formats.views import one_of_each
from tests.formats.views import png
from tests.formats.views import provision_map
from tests.formats.views import summary


def tags(data: bytes) -> list[tuple[str, Any]]:
    """The structure tree of a PDF, in reading order."""
    found: list[tuple[str, Any]] = []

    def walk(node: Any) -> None:
        if isinstance(node, pikepdf.Array):
            for kid in node:
                walk(kid)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.append((str(node["/S"]), node))
            if "/K" in node:
                walk(node["/K"])

    with pikepdf.open(BytesIO(data)) as pdf:
        walk(pdf.Root["/StructTreeRoot"]["/K"])
        return [(kind, str(node.get("/Alt", ""))) for kind, node in found]


def text_of(data: bytes) -> str:
    """The words of a PDF, with the words that stand for its pictures."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not here")
    made = subprocess.run(
        ["pdftotext", "-", "-"], input=data, capture_output=True, check=True
    )
    alts = " ".join(alt for _, alt in tags(data))
    return re.sub("[\u00ad\u200b]", "", made.stdout.decode()) + alts


def pages(data: bytes) -> int:
    with pikepdf.open(BytesIO(data)) as pdf:
        return len(pdf.pages)


def one(*blocks: Any, **changes: Any) -> View:
    return View("Title", OAK, DAY, blocks, **changes)


@pytest.mark.parametrize("fmt", ["text", "md", "html", "pdf"])
def test_every_text_is_in_every_format(fmt: str) -> None:
    view, words = one_of_each()
    data = render([view], fmt)
    made = text_of(data) if fmt == "pdf" else data.decode()
    flat = made.replace("\n", "")
    assert [word for word in sorted(words) if word not in flat] == []
    assert "not shown" not in made


def test_no_tag_is_empty_and_a_note_is_legible() -> None:
    """One who signs where two would stand, and a page without a logo."""
    columns = (Column("a", "A"), Column("b", "B", "note"))
    noted = one(Sign(("J. Patel",)), Table(columns, (("x", "recorded later"),)))
    views = [replace(noted, school=Letterhead("Oak"))]
    empty, sizes = [], []

    def walk(node: Any) -> None:
        if isinstance(node, pikepdf.Array):
            for kid in node:
                walk(kid)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            kids = node.get("/K", [])
            # a cell of a table may be empty
            empty.extend([str(node["/S"])] if kids == [] else [])
            walk(kids)

    with pikepdf.open(BytesIO(render(views, "pdf"))) as pdf:
        walk(pdf.Root["/StructTreeRoot"]["/K"])
        for operands, operator in pikepdf.parse_content_stream(pdf.pages[0]):
            if str(operator) == "Tf":
                sizes.append(float(operands[1]))
    assert {*empty} <= {"/TD", "/TH"}
    assert min(sizes) >= 8


def test_the_pdf_is_tagged_for_readers() -> None:
    with pikepdf.open(BytesIO(render([summary()], "pdf"))) as pdf:
        assert str(pdf.Root["/Lang"]).lower().startswith("en")
        assert pdf.Root["/MarkInfo"]["/Marked"]
        with pdf.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"
            assert meta["dc:title"] == "How Amelia Khan is getting on"
    made = tags(render([summary()], "pdf"))
    kinds = [kind for kind, _ in made]
    assert kinds.count("/H1") == 1
    assert {"/H2", "/P", "/LI", "/Table", "/TH", "/TD", "/BlockQuote"} <= set(kinds)
    (alt,) = (words for kind, words in made if kind == "/Figure")
    assert alt.startswith("Words read on sight: 22")


def test_levels_of_headings_are_mended() -> None:
    view = one(Heading("a", 5), Keep((Heading("b", 6),)), Heading("c", 2))
    kinds = [kind for kind, _ in tags(render([view], "pdf")) if kind[1] == "H"]
    assert kinds == ["/H1", "/H2", "/H3", "/H2"]
    made = html.fromstring(render([view], "html"))
    assert [node.tag for node in made.iter("h1", "h2", "h3")] == [
        "h1",
        "h2",
        "h3",
        "h2",
    ]


def test_each_view_starts_a_page_and_has_its_own_numbers() -> None:
    names = ("Ann", "Ben", "Cy")
    data = render([summary(name) for name in names], "pdf", single_sided=True)
    with pikepdf.open(BytesIO(data)) as pdf, pdf.open_outline() as outline:
        marks = [str(item.title) for item in outline.root]
        assert marks == [f"How {name} is getting on" for name in names]
        assert not any(item.children for item in outline.root)
    with (
        pikepdf.open(BytesIO(render([summary("Ann")], "pdf"))) as pdf,
        pdf.open_outline() as outline,
    ):
        assert outline.root[0].title == "How Ann is getting on"
    words = text_of(data)
    each = pages(data) // 3
    assert words.count(f"Page 1 of {each}") == 3
    assert words.count(f"Page {each} of {each}") == 3
    assert not re.search(rf"Page \d+ of {each * 3}", words)


def test_the_same_view_gives_the_same_bytes() -> None:
    for fmt in ("pdf", "html"):
        assert render([summary()], fmt) == render([summary()], fmt)


def test_a_long_table_repeats_its_head_and_lies_on_its_side() -> None:
    data = render([provision_map(60)], "pdf")
    with pikepdf.open(BytesIO(data)) as pdf:
        boxes = [[float(edge) for edge in page.mediabox] for page in pdf.pages]
    assert len(boxes) > 1
    assert all(right > top for _, _, right, top in boxes)
    assert text_of(data).count("Provision\n") >= len(boxes)
    kinds = [kind for kind, _ in tags(data)]
    assert kinds.count("/TH") == 9


def test_html_is_one_page_that_asks_for_nothing() -> None:
    data = render([summary(), provision_map(2)], "html")
    page = html.fromstring(data)
    assert page.get("lang") == "en-GB"
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == ("default-src 'none'; style-src 'unsafe-inline'; img-src data:")
    assert page.xpath("//script | //link | //iframe | //*[@onclick]") == []
    assert all(
        value.startswith("data:image/svg+xml;base64,") for value in page.xpath("//@src")
    )
    assert len(page.xpath("//main/article")) == 2
    assert len(page.xpath("//h1")) == 2
    assert {node.get("scope") for node in page.iter("th")} == {"col", "row"}
    captions = [
        "What we are doing, and who does it",
        "All provision on 20 October 2025",
    ]
    assert page.xpath("//caption/text()") == captions
    assert page.xpath("//tfoot//td[last()]/text()") == ["£76.51".replace("76", "148")]
    (chart,) = page.xpath("//*[local-name()='svg']")
    assert chart.get("role") == "img"
    assert chart.get("aria-label").startswith("Words read on sight")


def test_a_browser_breaks_long_names_itself() -> None:
    made = render([provision_map(5)], "html").decode()
    assert "Wolfeschlegelsteinhausenbergerdorffson Featherstonehaugh" in made


def test_data_is_never_markup() -> None:
    nasty = '<script>alert(1)</script> #read("x") *b* $x$ @a \\ // /* </style> &lt; `r`'
    view = one(Text(nasty), Bullets((nasty,)), Heading(nasty))
    assert nasty in re.sub(r"\s+", " ", text_of(render([view], "pdf")))
    page = html.fromstring(render([view], "html"))
    assert page.xpath("//script") == []
    assert page.xpath("//article/p[@class='normal']")[0].text_content() == nasty


NAMES = {
    "Arabic": "محمد بن عبد الله",
    "Urdu": "امیلیا ٹیچر ڑھے",
    "Bengali": "অমেলিয়া খান",
    "Punjabi": "ਅਮੇਲੀਆ ਖਾਨ",
    "Tamil": "அமெலியா கான்",
    "Hindi": "अमेलिया ख़ान",
    "Gujarati": "અમેલિયા ખાન",
    "Hebrew": "אמיליה כהן",
    "Tigrinya": "ኣሜልያ",
    "Polish": "Zażółć Gęślą-Jaźń",
    "Welsh": "Siân Llŷr Ŵyn",
    "Romanian": "Ștefan Țîrlea",
    "Somali": "Xaawo Cabdi",
    "Turkish": "Çağrı Şöğüt İpek",
    "Vietnamese": "Nguyễn Thị Ánh",
    "Yoruba": "Ọlá Ẹ̀kọ́",
    "Ukrainian": "Олена Їжак",
    "Chinese": "王小明 歐陽",
    "Japanese": "田中さくら タロウ",
    "Korean": "김민준",
    "emoji": "👍🏽 😀 👩‍👩‍👧 ❤️ ✔ ✓ →",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_names_of_our_families_can_be_printed(name: str) -> None:
    words: list[str] = []
    view = one(
        Text(name),
        Bullets((name,)),
        Table((Column("a", name),), ((name,),), totals=1),
        Heading(name),
    )
    assert render([view], "pdf", warn=words.append)
    assert words == []


def test_what_no_font_has_becomes_a_box_and_the_user_is_told() -> None:
    words: list[str] = []
    # Linear A, which no computer has
    data = render(
        [one(Text("\U00010600\U00010601 and text"))], "pdf", warn=words.append
    )
    assert "□□ and text" in text_of(data)
    (word,) = words
    assert "U+10600" in word
    assert "installed on this computer" in word
    assert "\U00010600" in render([one(Text("\U00010600"))], "html").decode()


def test_another_direction_is_marked() -> None:
    view = one(Text("اسے پڑھنا پسند ہے", lang="ur"), Bullets(("محمد", "Ann")))
    page = html.fromstring(render([view], "html"))
    (said,) = page.xpath("//p[@lang='ur']")
    assert said.get("dir") == "rtl"
    assert page.xpath("//li/@dir") == ["rtl"]
    welsh = render([one(Text("Croeso"), lang="cy")], "html")
    assert html.fromstring(welsh).get("lang") == "cy"


@pytest.mark.parametrize(
    ("logo", "kind"),
    [(png(), "png"), (OAK.logo, "svg"), (png(), ""), (OAK.logo, "")],
)
def test_a_logo_stands_on_the_paper(logo: bytes, kind: Any) -> None:
    words: list[str] = []
    view = replace(summary(), school=Letterhead("Oak", "#123456", logo, kind))
    bare = replace(summary(), school=Letterhead("Oak", "#123456"))
    assert render([view], "pdf", warn=words.append) != render([bare], "pdf")
    assert words == []


def test_a_broken_logo_is_left_out_with_a_word() -> None:
    words: list[str] = []
    view = replace(summary(), school=Letterhead("Oak", "blue", b"no picture", "png"))
    assert render([view], "pdf", warn=words.append)
    assert words == ["The school's logo could not be read and was left out."]


def test_a_school_may_change_theme_style_and_template(tmp_path: Path) -> None:
    own = tmp_path / "templates"
    own.mkdir()
    plain = render([summary()], "pdf")
    assert render([summary()], "pdf", templates=own) == plain
    (own / "theme.json").write_text('{"size": 12}', "utf-8", newline="\n")
    (own / "style.css").write_text("body { color: navy }", "utf-8", newline="\n")
    assert render([summary()], "pdf", templates=own) != plain
    assert b"color: navy" in render([summary()], "html", templates=own)
    (own / "document.typ").write_text(
        '#set document(title: "Mine")\nOurs alone', "utf-8", newline="\n"
    )
    assert "Ours alone" in text_of(render([summary()], "pdf", templates=own))


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("theme.json", "{", "theme.json"),
        ("theme.json", "[]", "theme.json"),
        ("document.typ", "#let x = (", "does not compile"),
        ("document.typ", '#read("/etc/passwd")', "does not compile"),
        ("document.typ", '#import "@preview/x:0.1.0"', "network"),
    ],
)
def test_a_faulty_template_is_named(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    (tmp_path / name).write_text(text, "utf-8", newline="\n")
    with pytest.raises(InvalidValue, match=re.escape(message)):
        render([summary()], "pdf", templates=tmp_path)
    assert message in template_fault(tmp_path)


def test_a_fault_in_what_a_plain_page_has_not_is_found(tmp_path: Path) -> None:
    ours = (resources.folder("templates") / "blocks.typ").read_text("utf-8")
    (tmp_path / "blocks.typ").write_text(
        ours.replace("b.totals > 0", "b.sums > 0"), "utf-8", newline="\n"
    )
    assert "sums" in template_fault(tmp_path)


def test_templates_without_fault_are_said_to_be_so(tmp_path: Path) -> None:
    assert template_fault(tmp_path) == ""


def test_what_is_kept_together_is_not_cut() -> None:
    filler = Text("\n".join("line" for _ in range(34)))
    kept = Keep((Heading("Kept"), Text("\n".join(f"row{at}" for at in range(12)))))
    data = render([one(filler, kept)], "pdf")
    with pikepdf.open(BytesIO(data)) as pdf:
        assert len(pdf.pages) == 2
    words = text_of(data)
    assert "Kept" in words.split("Page 1 of 2")[1]


def one_page(ends: int, **changes: Any) -> View:
    body = (Text("\n".join("line" for _ in range(20))), Break(if_over=True))
    over = (Heading("Over"), Text("end " * ends))
    return one(*body, *over, sheet=ONE_PAGE, **changes)


def test_one_page_is_tried_in_smaller_type_before_all_goes_over() -> None:
    made = [render([one_page(ends)], "pdf") for ends in (40, 600, 1200)]
    assert [pages(data) for data in made] == [1, 1, 2]
    first, second = text_of(made[-1]).split("\f")[:2]
    assert "Over" not in first
    assert second.count("end") == 1200


def test_one_page_that_lies_is_as_high_as_it_is() -> None:
    made = [one_page(ends, landscape=True) for ends in (40, 1200)]
    assert [pages(render([view], "pdf")) for view in made] == [1, 2]


def test_boxes_and_what_stands_beside_are_read_in_order() -> None:
    chart = Chart("course", ("a",), (Series("s", (1.0,)),), "Alt")
    left = (Heading("Left", 3), Text("said"))
    boxes = Boxes(tuple(Box(name, (Text("x"),)) for name in ("One", "Two")))
    view = one(Heading("All"), Beside(left, (chart,)), boxes)
    kinds = [kind for kind, _ in tags(render([view], "pdf"))]
    headed = [kind for kind in kinds if kind[1] == "H" or kind == "/Figure"]
    assert headed == ["/H1", "/H2", "/H3", "/Figure", "/H3", "/H3"]


def test_more_than_a_page_kept_together_is_still_whole() -> None:
    kept = Keep(tuple(Text(f"paragraph{at}z") for at in range(90)))
    words = text_of(render([one(kept)], "pdf"))
    assert all(f"paragraph{at}z" in words for at in range(90))
    cell = "\n".join(f"row{at}z" for at in range(150))
    table = Table((Column("a", "A"), Column("b", "B")), ((cell, "x"),))
    words = text_of(render([one(table)], "pdf"))
    assert all(f"row{at}z" in words for at in range(150))


def test_no_heading_is_left_alone_at_the_foot() -> None:
    for lines in range(28, 44, 3):
        filler = Text("\n".join("line" for _ in range(lines)))
        view = one(filler, Heading("Alone"), Text("company " * 60))
        first, *rest = text_of(render([view], "pdf")).split("\f")
        assert ("Alone" in first) == ("company" in first)
        assert rest


def test_templates_name_no_font_that_is_not_shipped() -> None:
    folder = resources.folder("templates")
    assert sum(path.stat().st_size for path in (folder / "fonts").iterdir()) < 5_000_000
    large = (folder / "fonts-cjk").iterdir()
    assert sum(path.stat().st_size for path in large) < 4_000_000
    assert "SIL OPEN FONT LICENSE" in (folder / "fonts" / "OFL.txt").read_text("utf-8")
    import json

    import typst

    ours = typst.Fonts(False, False, [str(folder / "fonts")]).families()
    assert set(json.loads((folder / "theme.json").read_bytes())["font"]) <= set(ours)


def test_contents_of_a_page_keep_their_order() -> None:
    view = one(*(Text(f"part{at}z") for at in range(30)))
    words = text_of(render([view], "pdf"))
    places = [words.index(f"part{at}z") for at in range(30)]
    assert all(before < after for before, after in pairwise(places))


@pytest.mark.parametrize("caption", ["", "A caption"])
def test_a_wide_table_is_set_small_enough_for_its_columns(caption: str) -> None:
    (table,) = provision_map(3).blocks
    assert isinstance(table, Table)
    view = replace(provision_map(3), blocks=(replace(table, caption=caption),))
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not here")
    made = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"],
        input=render([view], "pdf"),
        capture_output=True,
        check=True,
    )
    words = html.fromstring(made.stdout)
    (first, *_) = words.xpath("//word[text()='targeted']")
    assert float(first.get("ymax")) - float(first.get("ymin")) < 8.6 * 1.37


def test_nothing_is_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    compiler._compiler.cache_clear()
    assert render([summary()], "pdf")
    assert not any("sencli-" in path.name for path in tmp_path.iterdir())
    compiler._compiler.cache_clear()
