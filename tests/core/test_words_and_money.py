"""From what people type to a code or to pence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli import terms
from sencli.core.pupil import needs
from sencli.core.pupil import status
from sencli.core.record.find import choose
from sencli.core.school.first_files import initials_of
from sencli.core.text.money import pence
from sencli.core.text.money import pounds
from sencli.errors import InvalidValue
from tests.cases import each_case


@each_case(
    ("typed", "code"),
    [
        ("K", "K"),
        ("k", "K"),
        ("SEN support", "K"),
        ("EHC plan", "E"),
        ("EHCP", "E"),
        ("education, health", "E"),
        ("none", "N"),
    ],
)
def test_a_status_is_typed_as_code_or_words(typed, code):
    assert choose(typed, terms.PROVISION, "status", status.WORDS) == code


@each_case(
    ("typed", "code"),
    [
        ("slcn", "SLCN"),
        ("autism", "ASD"),
        ("dyslexia", "SPLD"),
        ("hearing", "HI"),
        ("Moderate learning difficulty", "MLD"),
        ("down syndrome", "DS"),
    ],
)
def test_a_need_is_typed_as_code_or_words(typed, code):
    assert choose(typed, needs.TYPES, "need", needs.TYPE_WORDS) == code


def test_the_shorter_of_two_tiers_is_not_ambiguous():
    assert choose("targeted", terms.TIERS, "tier") == "targeted"
    assert choose("targeted plus", terms.TIERS, "tier") == "targeted_plus"


def test_ambiguity_lists_only_what_fits():
    with pytest.raises(InvalidValue) as caught:
        choose("impairment", needs.TYPES, "need", needs.TYPE_WORDS)
    assert "HI" in caught.value.hint
    assert "SLCN" not in caught.value.hint


@each_case(
    ("typed", "amount"),
    [
        ("16.50", 1650),
        ("£16.50", 1650),
        ("16.5", 1650),
        ("16", 1600),
        ("£ 1,250.05", 125005),
        ("85p", 85),
        ("0.29", 29),
    ],
)
def test_money_as_typed(typed, amount):
    assert pence(typed) == amount


@each_case("typed", ["", "x", "-3", "1.234", "1,2", "16.50.1", "£", "1e3"])
def test_what_is_not_money(typed):
    with pytest.raises(InvalidValue):
        pence(typed)


@given(st.integers(0, 99_999_999))
@settings(max_examples=80, deadline=None)
def test_money_written_is_money_read(amount):
    assert pence(pounds(amount)) == amount


@each_case(
    ("name", "initials"),
    [
        ("J. Patel", "JP"),
        ("Mrs Żaneta O'Brien-Smith", "ZOS"),
        ("Dr A B C D E F G H I J", "ABCDEFGH"),
        ("李小龙", "SENCO"),
        ("patel", "P"),
    ],
)
def test_initials(name, initials):
    assert initials_of(name) == initials


@each_case(
    ("typed", "options"),
    [
        # the codes of before 2014, and words from within
        *((typed, terms.PROVISION) for typed in ("A", "P", "S", "and", "h", "need")),
        ("educational need", terms.PROVISION),
        ("measured", terms.RESULTS),
        ("relevant", terms.RESULTS),
        ("of", needs.TYPES),
        ("V", needs.TYPES),
    ],
)
def test_a_letter_or_a_denied_word_is_never_guessed(typed, options):
    with pytest.raises(InvalidValue):
        choose(typed, options, "code")
