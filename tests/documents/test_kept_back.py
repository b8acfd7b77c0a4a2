"""What a reader must not see is in no format of any paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pikepdf
import pytest

from sencli.core.papers import redact
from sencli.core.papers.readership import for_parents
from sencli.documents.made_in.paper_request import PaperRequest
from sencli.documents.made_in.paper_request import SchoolRequest
from sencli.documents.registry import DOCUMENTS
from sencli.documents.view import View
from sencli.errors import SencliError
from sencli.formats import render
from sencli.value import replace
from tests.documents.example import setting
from tests.documents.family import DAD
from tests.documents.family import HERS
from tests.documents.family import HIS
from tests.documents.family import KINDS
from tests.documents.family import MUM
from tests.documents.family import base
from tests.documents.family import said
from tests.documents.kept_back import DATA
from tests.documents.kept_back import Marked
from tests.formats.pdf_text import page_texts

PARENT = redact.rules_of(DATA, "parent")
READERS = {
    "nobody": (redact.NO_RULES, ""),
    "parents": (PARENT, ""),
    "mother, limited": (redact.shared(PARENT, DATA, "limited"), MUM),
} | {name: (redact.rules_of(DATA, name), "") for name in DATA["audiences"]}
DAY = "2025-12-15"
_MARK = re.compile("Q(?:restr|plain)[0-9]+z")
# the school's own notes, which stand on no paper for the family
OURS = (
    *("profiles.triggers", "profiles.exam_access", "cycles.do.sessions.note"),
    *("cycles.do.tallies.note", "contacts.note", "funding.note", "flags.note"),
    *("cycles.plan.interventions.expected_impact", "documents.title"),
)


def papers(
    record: dict[str, Any], rules: redact.Rules, to: str
) -> Iterator[tuple[str, tuple[View, ...]]]:
    """Every document that there is of this pupil on this day for this reader."""
    meeting = {"date": "2026-01-20", "time": "15:30", "place": "Hall", "service": "EP"}
    one = PaperRequest(to=to, rules=rules, meeting=meeting, any_day=True)
    for name, document in DOCUMENTS.items():
        asked: Any = one if document.each else SchoolRequest(shape="wide")
        try:
            yield name, document.build([record], setting(DAY), asked)
        except SencliError:
            assert document.each  # a paper about the school is always there


def whole(views: tuple[View, ...], fmt: str) -> str:
    """All that a file says, whatever its parts, also beside the page."""
    data = render(views, fmt)
    if fmt in {"docx", "xlsx"}:
        with ZipFile(BytesIO(data)) as parts:
            return "".join(parts.read(n).decode("latin-1") for n in parts.namelist())
    if fmt != "pdf":
        return data.decode()
    with pikepdf.open(BytesIO(data)) as pdf:
        objects = [
            one.read_bytes().decode("latin-1")
            if isinstance(one, pikepdf.Stream)
            else repr(one)
            for one in pdf.objects
        ]
        return "".join(page_texts(data) + objects + [repr(pdf.docinfo)])


@pytest.fixture(scope="module")
def marked() -> Marked:
    return Marked()


@pytest.mark.parametrize("reader", READERS)
def test_what_is_kept_back_is_in_no_format(marked: Marked, reader: str) -> None:
    rules, to = READERS[reader]
    # a letter has its reader's own address
    kept = marked.kept_from(rules) - (marked.at("contacts.address") if to else set())
    made = dict(papers(marked.record, rules, to))
    school = {name: made.pop(name) for name in [*made] if not DOCUMENTS[name].each}
    theirs = {name: made.pop(name) for name in [*made] if for_parents(name)}
    if rules.family:
        made = {}  # the school's own papers, which no family gets
    ours = marked.at(*OURS) if rules.family else set()
    for some, hidden in (
        (school, {*marked.restricted}),
        (theirs, kept | ours),
        (made, kept),
    ):
        views = [view for listed in some.values() for view in listed]
        for fmt in ("text", "md", "json", "html", "docx") if views else ():
            found = {*_MARK.findall(whole(tuple(views), fmt))}
            assert len(found) > (1 if some is school else 5)
            assert not {(fmt, marked.field(mark)) for mark in found & hidden}
    for name in ("register", "map", "impact"):
        for fmt in ("csv", "xlsx"):
            assert not marked.restricted.keys() & _MARK.findall(
                whole(school[name], fmt)
            )


def test_a_pdf_has_it_nowhere_either(marked: Marked) -> None:
    """One file of all that parents may have: its pages, objects and metadata."""
    rules, to = READERS["mother, limited"]
    every = papers(marked.record, rules, to)
    views = [view for name, some in every if for_parents(name) for view in some]
    found = {*_MARK.findall(whole(tuple(views), "pdf"))}
    kept = marked.kept_from(rules) - marked.at("contacts.address")
    assert len(found) > 10
    assert not found & kept


def test_another_parents_words_are_in_no_word_file_and_no_pdf() -> None:
    record = base({"sharing": "full"}, {"lives_with": False})
    for kind in KINDS:
        said(MUM, HERS, 3, kind, record)
        said(DAD, HIS, 2, kind, record)
    rules = replace(PARENT, family=True)
    for to, other in ((MUM, HIS), (DAD, HERS)):
        every = papers(record, rules, to)
        views = [view for name, some in every if for_parents(name) for view in some]
        assert len(views) > 5
        for fmt in ("docx", "pdf"):
            assert other not in whole(tuple(views), fmt)
