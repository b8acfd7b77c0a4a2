"""How readers are spoken to: a young person, whoever acts, a professional."""

from __future__ import annotations

import re

import pytest

from sencli.core.papers.readership import for_parents
from sencli.core.papers.redact import Rules
from sencli.documents.made_in.paper_request import PaperRequest
from sencli.documents.registry import DOCUMENTS
from sencli.errors import InvalidValue
from sencli.formats import render
from sencli.value import replace
from tests.documents.test_papers_on_their_day import MEETING
from tests.documents.test_papers_on_their_day import STATES
from tests.documents.test_papers_on_their_day import setting_on

FAMILY = [name for name in DOCUMENTS if for_parents(name)]
# what is said to the parents of a child, or of a child to others
_OF_A_CHILD = re.compile(
    r"your child|the child\b|let parents know|to parents\b|carers\b|"
    r"Millie(?! Khan's EHC)",
    re.IGNORECASE,
)
_NAMES_PEOPLE = re.compile(r".*(Agreed|Present|Dear |: +Try|— ).*")


def _papers(document: str, kind: str, to: str) -> dict[str, str]:
    """The text of a document in each state in which there is one."""
    found = {}
    for state, (record, day) in STATES.items():
        place = setting_on(day)
        place = replace(place, words=place.words.suited((kind,)))
        request = PaperRequest(
            to=to, rules=Rules(audience="", family=True), meeting=MEETING, any_day=True
        )
        try:
            views = DOCUMENTS[document].build([record], place, request)
        except InvalidValue:
            continue
        found[state] = render(views, "text").decode()
    return found


@pytest.mark.parametrize("document", FAMILY)
def test_no_paper_speaks_to_a_young_person_as_to_a_parent(document: str) -> None:
    papers = _papers(document, "young_person", "pupil")
    assert papers
    for state, text in papers.items():
        sentences = [
            line
            for line in text.splitlines()
            if line.endswith((".", "?")) and not _NAMES_PEOPLE.match(line)
        ]
        assert [s for s in sentences if _OF_A_CHILD.search(s)] == [], f"{state}: {text}"


@pytest.mark.parametrize("document", [d for d in FAMILY if d.startswith("letter-")])
def test_a_social_worker_is_written_to_as_a_professional(document: str) -> None:
    for text in _papers(document, "professional", "").values():
        assert "the local authority holds parental responsibility" in text
        assert not re.search(r"You know Millie|advice to parents|interpreter", text)
