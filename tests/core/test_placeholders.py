"""What stands in a printed command for a person's own words is never a value."""

from __future__ import annotations

import pytest

from sencli.core.text import placeholders
from sencli.core.text.placeholders import MEANINGS
from sencli.core.text.placeholders import added
from sencli.core.text.placeholders import in_word
from sencli.core.text.placeholders import is_placeholder
from sencli.core.text.placeholders import is_unsaid
from sencli.core.text.placeholders import one_of
from sencli.core.text.placeholders import refusal
from sencli.core.text.placeholders import texts
from tests.cases import each_case

DOTS = ["...", "…", ". . .", ".", "..", " ... ", "…….", ".\n.", "\u2025", "\u2024"]
THEIR_OWN = [
    "SALT",
    "NHS",
    "EP",
    "TA2",
    "Date",
    "who",
    "The WHO wrote",
    "DATE of the meeting: 3 May",
    "Reads ... slowly",
    "sh|i|p",
    "yes or no",
    "22.5",
    "-",
    "",
    "Mrs. K.",
]


@each_case("text", [*MEANINGS, *DOTS, "yes|no", '"WHAT WAS SAID"'])
def test_it_is_none_of_anybodys_words(text):
    assert is_placeholder(text)


@each_case("text", THEIR_OWN)
def test_a_schools_own_capitals_are_its_own(text):
    assert not is_placeholder(text)


@each_case(
    ("word", "found"),
    [
        ("DATE", "DATE"),
        ("--date=DATE", "DATE"),
        ("roll.baseline.summary=WHAT WAS SEEN", "WHAT WAS SEEN"),
        ("1=RESULT:VALUE", "RESULT"),
        ("parent,WHO", "WHO"),
        ("1=...", "..."),
        ("yes|no", "yes|no"),
        (".", ""),
        ("..", ""),
        ("../oak", ""),
        ("1=achieved:63", ""),
        ("class=", ""),
        ("He asked WHO, and when", ""),
    ],
)
def test_it_is_found_within_a_typed_word(word, found):
    assert in_word(word) == found


@each_case("text", [*MEANINGS, "yes|no", "..."])
def test_the_refusal_says_what_to_write(text):
    fault = refusal(text, "--option")
    assert fault.message.startswith("--option: ")
    assert "rite" in fault.hint


@each_case(
    "text",
    [
        "\u201cWHAT WAS SAID\u201d",
        "WHAT WAS SAID.",
        "\u00abWHO\u00bb",
        "(DATE)",
        "\uff37\uff28\uff2f",
        "WHO\u200b",
        "\uff0e\uff0e\uff0e",
        "..\u200b.",
        "\u200b",
        "tbc.",
        "\u201c\u201d",
        "YYYY-MM-DD",
        "DD/MM/YYYY",
    ],
)
def test_word_and_telephones_make_no_evidence_of_it(text):
    assert is_unsaid(text)


@each_case("text", ["%", "+", "\U0001f600", "#", "Why?", "(no)", "\u2153"])
def test_a_sign_may_be_an_answer(text):
    assert not is_unsaid(text)


def test_a_choice_cannot_be_a_pipe():
    assert one_of("yes", "no") == '"yes|no"'
    assert "|" not in "".join(MEANINGS)


def test_only_those_of_the_list_are_printed():
    with pytest.raises(ValueError, match=r"a\|b"):
        one_of("a", "b")
    for name in ("SAID", "SEEN", "DONE", "PLANNED", "REASON"):
        assert is_placeholder(getattr(placeholders, name))


def test_what_was_there_before_stays():
    old = {"concerns": [{"concern": "..."}]}
    assert list(added(old, old)) == []
    more = {"concerns": [{"concern": "..."}, {"concern": "DATE"}]}
    assert [text for _, text in added(old, more)] == ["DATE"]
    assert [text for _, text in added(None, more)] == ["...", "DATE"]


@each_case("text", ["TBC", "tba", "N/A", "xxx", "???", "<text>", "[what she said]"])
def test_what_stands_for_words_to_come_is_no_evidence_and_may_be_a_name(text):
    assert is_unsaid(text)
    assert not is_placeholder(text)
    assert [place for place, _ in texts({"concerns": [{"concern": text}]})]
    assert not list(texts({"staff": [{"initials": text, "name": text}]}))


@each_case(
    "text",
    [
        "none",
        "no",
        "Nothing yet",
        "x",
        "?",
        "[Reading] is hard",
        "NA",
        "[]",
        "<img src=x onerror=y>",
    ],
)
def test_a_short_answer_is_an_answer(text):
    assert not is_unsaid(text)
