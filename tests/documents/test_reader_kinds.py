"""How readers are spoken to: a young person, whoever acts, a professional."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from sencli.core.papers.readership import for_parents
from sencli.core.papers.redact import Rules
from sencli.documents.made_in.paper_request import PaperRequest
from sencli.documents.registry import DOCUMENTS
from sencli.errors import InvalidValue
from sencli.formats import render
from sencli.resources import folder
from sencli.value import replace
from tests.documents.test_papers_on_their_day import MEETING
from tests.documents.test_papers_on_their_day import STATES
from tests.documents.test_papers_on_their_day import amelia
from tests.documents.test_papers_on_their_day import setting_on

FAMILY = [name for name in DOCUMENTS if for_parents(name)]
# what is said to the parents of a child, or of a child to others
_OF_A_CHILD = re.compile(
    r"your child|the child\b|let parents know|to parents\b|carers\b|"
    r"Millie(?! Khan's EHC)",
    re.IGNORECASE,
)
_AFTER = {"id": "t3", "date": "2025-10-06", "kind": "termly", "agreed": "A quiet seat"}
_MET = ({"invited": ["parent", "pupil"], "attended": ["KM"]}, {"attended": ["pupil"]})
_STATES = STATES | {
    f"met {n}": (amelia(meetings=[_AFTER | people]), "2025-10-20")
    for n, people in enumerate(_MET)
}
_NAMES_PEOPLE = re.compile(r".*(Agreed|Present|Dear |: +Try|— ).*")


def _papers(document: str, kind: str, to: str) -> dict[str, str]:
    """The text of a document in each state in which there is one."""
    found = {}
    for state, (record, day) in _STATES.items():
        place = setting_on(day)
        place = replace(place, words=place.words.suited((kind,)))
        meeting = {} if state.startswith("met") else MEETING
        request = PaperRequest(
            to=to, rules=Rules(audience="", family=True), meeting=meeting, any_day=True
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


# sections that no family's paper prints as they stand
_NOT_THEIRS = ("for", "about", "jargon", "relationships", "invited", "values")
_WRONG = {
    "child": {
        "en": r"\b(the|every|for a|your) child\b|let parents know",
        "pl": r"dzieck|dzieci",
    },
    "school": {
        "en": r"lesson|class teacher|(at|our|the) school\b|all pupils|teachers'",
        "pl": r"lekcj|klas|w szkole|naszej szkole|spoza szko|uczniowie|nauczycieli",
    },
}

# a child's page of the pack; what only parents get; what only who decides is asked
_OF_OTHERS = {
    "young_person": ("annual_review.pupil", "annual_review.parent"),
    "young_person_parent": (
        "annual_review.pupil",
        "letters.specialist-consent",
        "letters.print_name",
    ),
    "acting": ("annual_review.pupil",),
    "early_years": ("roles.ta", "roles.hlta", "roles.lsa"),
}


def _flat(texts: dict[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for key, value in texts.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


@pytest.mark.parametrize("language", ["en", "pl"])
@pytest.mark.parametrize(
    ("kind", "of"),
    [
        ("young_person", "child"),
        ("young_person_parent", "child"),
        ("acting", "child"),
        ("early_years", "school"),
    ],
)
def test_every_text_of_a_kind_fits_it(kind: str, of: str, language: str) -> None:
    file = folder("templates") / "wording" / f"{language}.json"
    texts = json.loads(file.read_text("utf-8"))
    said = dict(_flat({k: v for k, v in texts.items() if k not in _NOT_THEIRS}))
    said |= dict(_flat(texts["for"][kind]))
    plain = {
        key: re.sub(r"\{\w+\}", "", str(text))
        for key, text in said.items()
        if not key.startswith(_OF_OTHERS.get(kind, ()))
    }
    assert {k: v for k, v in plain.items() if re.search(_WRONG[of][language], v)} == {}
