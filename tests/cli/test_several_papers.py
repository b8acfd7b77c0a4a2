"""Several papers in one file: no family's page on the back of another's, no names."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from lxml import html

from tests.conftest import Typed
from tests.conftest import school_of
from tests.formats.pdf_text import page_texts

NAMES = ("Amelia", "Ben", "Chloe")
PAPERS = (
    *("summary", "profile", "support-plan", "letter-support-begins"),
    *("letter-review-invitation", "letter-specialist-consent"),
)
MORE = {
    "letter-review-invitation": "--on 09/03/2026 --time '3.30 pm'",
    "letter-specialist-consent": "--service 'speech and language therapist'",
}


@school_of
def school(oak: Typed) -> None:
    """Three pupils, each with a plan, whose papers are one page long or two."""
    oak('sen staff add SC --name "S. Cole" --role SENCO')
    for place, first in enumerate(NAMES):
        oak(f"sen pupil add '{first} Khan' --year-group 4 --class 4B")
        oak(f"sen contact add {first} 'Mrs {first[0]} Khan' --relationship mother")
        oak(f"sen status set {first} K --since 2025-09-15")
        oak(f'sen cycle open {first} --date 2025-09-15 --assessment "Words are hard."')
        oak(f"sen cycle plan {first} --date 2025-09-18 --review-by 2026-03-12")
        for number in range(1 + 5 * place):
            oak(f"sen outcome add {first} 'Reads list {number} of the common words'")


def made(school: Typed, document: str, more: str = "") -> bytes:
    command = "summary" if document == "summary" else f"print {document}"
    more = f"{MORE.get(document, '')} {more or '--no-cover'}"
    wanted = f"{more} --format pdf --output all.pdf --force"
    school(f"sen {command} {' '.join(NAMES)} {wanted}", today="2026-01-15")
    return (school.folder / "all.pdf").read_bytes()


def whose(page: str) -> set[str]:
    return {name for name in NAMES if name in page}


@pytest.mark.parametrize("document", PAPERS)
def test_no_family_has_a_page_on_the_back_of_anothers(
    school: Typed, document: str
) -> None:
    found = [whose(text) for text in page_texts(made(school, document))]
    assert set().union(*found) == set(NAMES)
    assert all(len(names) <= 1 for names in found)
    for front, back in zip(found[::2], found[1::2], strict=False):
        assert not back or back == front
    first = [found.index({name}) for name in NAMES]
    assert all(place % 2 == 0 for place in first)
    assert found[-1]


@pytest.mark.parametrize("document", PAPERS)
def test_single_sided_has_no_blank_page(school: Typed, document: str) -> None:
    both = page_texts(made(school, document))
    one = page_texts(made(school, document, "--no-cover --single-sided"))
    assert one == [text for text in both if text]


@pytest.mark.parametrize("document", PAPERS)
def test_the_title_names_no_child_and_each_paper_has_a_bookmark(
    school: Typed, document: str
) -> None:
    with pikepdf.open(BytesIO(made(school, document))) as pdf:
        assert pdf.docinfo["/Title"] == "Oak Primary: 3 papers"
        with pdf.open_metadata() as meta:
            told = f"{dict(meta)} {dict(pdf.docinfo)}"
        with pdf.open_outline() as outline:
            marks = [str(item.title) for item in outline.root]
            assert not any(item.children for item in outline.root)
    assert not whose(told)
    assert "Khan" not in told
    assert len(marks) == 3
    for mark, name in zip(marks, NAMES, strict=True):
        assert whose(mark) <= {name}


def test_a_list_for_the_senco_is_in_front(school: Typed) -> None:
    school("contact add ben 'Mr B Khan' --relationship father")
    school("contact set ben 'Mrs B' --parental-responsibility")
    school("contact set ben 'Mr B' --parental-responsibility --sharing none")
    school("pupil add 'Zoe Ash' --year-group 4 --class 4B")
    names = f"{' '.join(NAMES)} zoe"
    out = school(f"print support-plan {names} --output all.pdf", today="2026-01-15")
    pages = page_texts((school.folder / "all.pdf").read_bytes())
    front = pages[0]
    assert "notforfamilies" in front
    assert "takethissheetoff" in front.lower()
    for name, page in zip(NAMES, (3, 5, 7), strict=True):
        assert f"{name}Khan4BSupportplanfor{name}Khan" in front
        assert whose(pages[page - 1]) == {name}
        assert f"{page}–" in front or f"Khan{page}" in front
    assert pages[1] == ""
    left = front[front.index("Leftout,andwhy") :]
    assert "MrBKhan(BenKhan):sharing:none." in left
    assert "Zoe" in left
    assert "Left out: " in out.err
    school("print support-plan amelia ben --output two.pdf --no-cover")
    assert "Cover" not in page_texts((school.folder / "two.pdf").read_bytes())[0]
    school("print support-plan amelia --output one.pdf")
    assert "Cover" not in page_texts((school.folder / "one.pdf").read_bytes())[0]
    every = school("print support-plan --all").out
    assert every.count("Support plan for") == 3


def test_a_page_of_html_is_named_so_too_and_breaks_to_the_front(school: Typed) -> None:
    names = " ".join(NAMES)
    page = school(f"sen summary {names} --format html").out
    assert "<title>Oak Primary: 3 papers</title>" in page
    assert 'class="both-sides"' in page
    page = school(f"sen summary {names} --format html --single-sided").out
    assert 'class="both-sides"' not in page


def test_two_letters_about_one_child_are_two_sheets(school: Typed) -> None:
    school("sen contact add amelia 'Mr A Khan' --relationship father")
    school("sen contact set amelia 'Mr A' --parental-responsibility")
    school("sen contact set amelia 'Mrs A' --parental-responsibility")
    school(
        "sen print letter-support-begins amelia --format pdf --output two.pdf",
        today="2026-01-15",
    )
    texts = page_texts((school.folder / "two.pdf").read_bytes())
    assert [place for place, text in enumerate(texts) if "Dear" in text] == [0, 2]
    assert texts[1] == ""


def test_single_sided_is_about_pages(school: Typed) -> None:
    refused = school("sen summary amelia ben --single-sided", code=2)
    assert "--single-sided is about pages, and text has none." in refused.err


def test_large_print_is_asked_for_or_noted_with_a_contact(school: Typed) -> None:
    refused = school("sen summary amelia --large", code=2)
    assert "--large is about pages, and text has none." in refused.err
    card = "sen print profile amelia --large --format pdf --output card.pdf"
    assert "no room on a card" in school(f"{card} --size card", code=2).err
    line = "sen summary amelia ben --format html"

    def sizes(more: str = "") -> list[str]:
        page = html.fromstring(school(f"{line}{more}").out)
        return [str(found) for found in page.xpath("//article/@class")]

    assert sizes() == ["portrait", "portrait"]
    assert sizes(" --large") == ["portrait large", "portrait large"]
    school("sen contact add amelia 'Mrs A Khan' --relationship mother --large-print")
    school("sen contact set amelia 'Mrs A' --parental-responsibility")
    assert sizes() == ["portrait large", "portrait"]
    assert "large print" in school("sen pupil show amelia").out
