"""Text as the records keep it: composed, and no invisible letters on one line."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from sencli.core.record.clean_text import clean_line
from sencli.core.record.clean_text import clean_record
from sencli.core.record.clean_text import is_clean
from sencli.resources import load_schema
from tests.cases import each_case

NEEDED = (
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  # Persian: a non-joiner
    "\u0915\u094d\u200d\u0937",  # Devanagari: a joiner after a virama
    "\u0915\u094d\u200c\u0937",
    "\u0d05\u0d35\u0d28\u0d4d\u200d",  # Malayalam: at the end of a word
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",  # a family
    "\u2764\ufe0f",  # a heart in colour
    "\U0001f44d\U0001f3fd",
    "1\ufe0f\u20e3",
)


@each_case("text", NEEDED)
def test_what_a_script_needs_stays(text: str) -> None:
    assert clean_line(text) == unicodedata.normalize("NFC", text)


@each_case(
    "odd",
    ["\u200b", "\u200c", "\u200d", "\u00ad", "\u2060", "\ufeff", "\ufe0f", "\u200e"],
)
@each_case("place", [0, 2, 6])
def test_what_nobody_sees_is_taken_out_of_a_line(odd: str, place: int) -> None:
    assert clean_line("Amelia"[:place] + odd + "Amelia"[place:]) == "Amelia"


@given(st.text())
def test_a_clean_line_stays_as_it_is(text: str) -> None:
    once = clean_line(text)
    assert clean_line(once) == once
    assert unicodedata.is_normalized("NFC", once)


def test_a_record_is_composed_and_its_lines_are_clean() -> None:
    record = {
        "id": "p7k2q",
        "first_name": "Zoe\u0308\u200b",
        "concerns": [{"id": "n3xd", "concern": "Siobha\u0301n\nasks\u200b"}],
        "contacts": [{"id": "c4wm", "name": "Ame\u00adlie"}],
    }
    made = clean_record(record, load_schema("pupil"))
    assert not is_clean(record)
    assert made["first_name"] == "Zo\u00eb"
    assert made["contacts"][0]["name"] == "Amelie"
    # free text keeps what people pasted
    assert made["concerns"][0]["concern"] == "Siobh\u00e1n\nasks\u200b"
