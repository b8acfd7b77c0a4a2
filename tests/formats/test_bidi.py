"""Names, dates and numbers keep their order where writing runs both ways."""

from __future__ import annotations

import pytest
from lxml import html

from sencli.documents.made_in import language_marks
from sencli.documents.made_in.wording import Wording
from sencli.documents.made_in.wording import capital
from sencli.documents.view import Bullets
from sencli.documents.view import Fields
from sencli.documents.view import Letterhead
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.formats import RenderOptions
from sencli.formats import bidi
from sencli.formats import render
from sencli.formats import text
from sencli.formats.typst.text_runs import page_in
from sencli.formats.typst.text_runs import run

OAK = Letterhead("Oak Primary School")


def shown(line: str) -> str:
    return line.replace(bidi.FROM, "[").replace(bidi.UNTIL, "]")


@pytest.mark.parametrize(
    ("line", "lang", "want"),
    [
        (
            "Mum (هدى خان) rang 07700 900123.",
            "en",
            "Mum ([هدى خان]) rang 07700 900123.",
        ),
        ("هدى, أحمد, 3 sessions", "en", "[هدى], [أحمد], 3 sessions"),
        ("She said: أحمد 7 سنوات", "en", "She said: [أحمد 7 سنوات]"),
        ("nothing to do", "en", "nothing to do"),
        ("هاتف 07700 900123", "ar", "هاتف [07700 900123]"),
        ("07700 900123, 07800 123456", "ar", "[07700 900123], [07800 123456]"),
        ("في 12 March 2026 مع Noah (4B)", "ar", "في [12 March 2026] مع [Noah (4B)]"),
        ("(4B) صف", "ar", "([4B]) صف"),
        ("2026-09-15", "ar", "[2026-09-15]"),
        ("هاتف ٠٧٧٠٠ ٩٠٠١٢٣", "ar", "هاتف [٠٧٧٠٠ ٩٠٠١٢٣]"),
        (
            "الساعة 3.30 pm – 4.00 pm، £6,000",
            "ar",
            "الساعة [3.30 pm – 4.00 pm]، [£6,000]",
        ),
        ("قرأ 90. ثم 3", "ar", "قرأ [90]. ثم [3]"),
    ],
)
def test_what_runs_the_other_way_is_isolated(line: str, lang: str, want: str) -> None:
    assert shown(bidi.isolated(line, leftward=bidi.language_is_leftward(lang))) == want


def test_a_page_of_html_isolates_by_bdi_and_text_by_marks() -> None:
    view = View(
        "عنوان",
        OAK,
        "2026-01-12",
        (
            Text("اتصل بالرقم 07700 900123 يوم 12 March 2026."),
            Text("Reads ninety words in a minute."),
            Fields((("هاتف", "07700 900123"),)),
        ),
        lang="ar",
    )
    page = html.fromstring(render([view], "html"))
    assert page.xpath("//p/bdi/text()") == [
        "07700 900123",
        "12 March 2026",
        "12/01/2026",
    ]
    assert page.xpath("//dd/bdi/text()") == ["07700 900123"]
    school, foreign = page.xpath("//p[@dir='ltr']")
    assert (school.get("lang"), foreign.get("lang")) == (None, "en")
    for fmt in ("text", "md"):
        lines = shown(render([view], fmt, isolate=True).decode())
        assert "[07700 900123]" in lines
        assert "[12 March 2026]" in lines
        # a terminal shows the letters as they are stored, and would show the marks
        assert "[" not in shown(render([view], fmt).decode())


def test_an_english_page_of_plain_letters_is_as_it_was() -> None:
    view = View("Title", OAK, "2026-01-12", (Bullets(("One – two", "£3")),))
    made = text.write([view], RenderOptions(isolate=True))
    assert made == text.write([view], RenderOptions())
    assert run("One – two") == "One – two"
    with page_in("ur"):
        assert run("Noah W.") == {"lines": ["Noah W."], "ltr": True}


def test_english_that_stands_in_for_a_translation_is_marked() -> None:
    ours = {"a": {"done": "said {who}", "gap": "two\nlines of {who}"}}
    words = Wording(ours, "pl", {"a": {"done": "said {who}"}})
    assert words("a.done", who="Ann") == "said Ann"
    gap = words("a.gap", who="Ann")
    blocks = (
        Text(gap),
        Text(f"Polskie: {capital(words('a.gap', who='Ann'))}"),
        Bullets((words("a.done", who="Ann"),)),
    )
    view = View(gap.split("\n")[0], OAK, "2026-01-12", blocks, lang="pl")
    page = html.fromstring(render([view], "html"))
    assert page.xpath("//h1/@lang") == ["en"]
    assert page.xpath("//title/text()") == ["two"]
    whole, part = page.xpath("//article/p")[:2]
    assert whole.get("lang") == "en"
    assert part.get("lang") is None
    assert part.xpath("span[@lang='en']/text()") == ["Two", "lines of Ann"]
    assert page.xpath("//li/@lang") == []
    for fmt in ("text", "md", "json"):
        made = render([view], fmt).decode()
        assert language_marks.unmarked(made) == made
        assert "lines of Ann" in made
    assert b"/Lang(en)" in render([view], "pdf").replace(b" ", b"")
