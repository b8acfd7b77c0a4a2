"""Nothing that a record holds can steer a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.formats.bidi import runs_leftward
from sencli.safe import is_control
from sencli.safe import safe_line
from sencli.safe import safe_text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Zażółć 😀 ਖਾਨ", "Zażółć 😀 ਖਾਨ"),
        ("red \x1b[31m", "red \\x1b[31m"),
        ("a\nb\r\tc", "a\\nb\\r\\tc"),
        ("\x7f\x9b", "\\x7f\\x9b"),
        ("a\u202eb\u2066", "a\\u202eb\\u2066"),
        ("\ufeff\u2028\ud800", "\\ufeff\\u2028\\ud800"),
        ("\U000e0041", "\\U000e0041"),
        ("👩\u200d👧", "👩\u200d👧"),
    ],
)
def test_a_control_is_shown_and_not_obeyed(text: str, shown: str) -> None:
    assert safe_line(text) == shown


def test_lines_of_a_text_are_kept() -> None:
    assert safe_text("a\r\nb\tc\n\x1b") == "a\nb    c\n\\x1b"


@settings(deadline=None, max_examples=200)
@given(st.text(st.characters(exclude_categories=())))
def test_no_control_is_left_in_any_text(text: str) -> None:
    assert not any(map(is_control, safe_line(text)))
    assert not any(map(is_control, safe_text(text).replace("\n", "")))


@pytest.mark.parametrize(
    ("text", "leftward"),
    [
        ("محمد الفارسي", True),
        ("محمد has had support since May, in the class of Mr Khan.", False),
        ("Worried about محمد", False),
        ("أنا قلق بشأن reading في المدرسة", True),
        ("", False),
        ("123 §", False),
    ],
)
def test_a_sentence_runs_as_most_of_it_does(text: str, *, leftward: bool) -> None:
    assert runs_leftward(text) is leftward
