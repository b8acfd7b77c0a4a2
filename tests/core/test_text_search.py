"""Searching all text of a record."""

from __future__ import annotations

from sencli.core.record.search import search
from sencli.core.record.search import snippet
from sencli.resources import load_schema

RECORD = {
    "schema": 1,
    "id": "p7k2q",
    "first_name": "José",
    "concerns": [
        {
            "id": "n3xd",
            "date": "2025-06-20",
            "concern": "Cannot tell\nme about reading",
        },
        {"id": "n3xe", "date": "2025-06-21", "concern": "Reading", "restricted": True},
    ],
    "cycles": [
        {
            "id": "y2qf",
            "plan": {
                "date": "2025-09-18",
                "outcomes": [{"id": "o8fd", "outcome": "Reads 60 common words"}],
                "interventions": [
                    {"id": "i5tr", "provision": "x", "dose": [{"from": "2025-09-22"}]}
                ],
            },
            "do": {
                "sessions": [
                    {"date": "2025-09-24", "intervention": "i5tr", "note": "ill, words"}
                ]
            },
        }
    ],
}


def hits(*words):
    return search(RECORD, words, load_schema("pupil"))


def test_where_and_when():
    (hit,) = hits("common")
    assert hit.path == "cycles[y2qf].plan.outcomes[o8fd].outcome"
    assert hit.date == "2025-09-18"
    (session,) = hits("ill")
    assert session.path == "cycles[y2qf].do.sessions[i5tr 2025-09-24].note"
    assert session.date == "2025-09-24"


def test_all_words_of_one_field_in_any_order():
    assert [h.path for h in hits("words", "reads")] == [
        "cycles[y2qf].plan.outcomes[o8fd].outcome"
    ]
    assert not hits("common", "ill")


def test_accents_capitals_and_line_ends_do_not_count():
    assert hits("jose")[0].path == "first_name"
    assert hits("tell me about")[0].date == "2025-06-20"


def test_what_is_restricted_is_marked():
    assert [h.restricted for h in hits("reading")] == [False, True]


def test_ids_are_not_text():
    assert not hits("y2qf")


def test_a_snippet_is_cut_at_words():
    text = " ".join(f"word{number}" for number in range(60))
    cut = snippet(text, "word30")
    assert "word30" in cut
    assert cut.startswith("... word")
    assert cut.endswith("...")
    assert snippet("short\ntext", "text") == "short text"


def test_a_name_is_found_in_any_spelling():
    record = {"id": "p7k2q", "concerns": [{"id": "n3xd", "concern": "Łukasz O’Neill"}]}
    schema = load_schema("pupil")
    for word in ("lukasz", "oneill", "o'neill", "lukasz oneill", "ŁUKASZ's", "asz o"):
        assert len(search(record, [word], schema)) == 1, word
    assert not search(record, ["kaszo"], schema)
