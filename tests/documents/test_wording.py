from __future__ import annotations

import pytest

from sencli.documents.made_in.wording import Wording
from sencli.documents.made_in.wording import over
from sencli.errors import InvalidValue
from tests.documents.example import words


def test_values_go_in_as_data():
    made = Wording({"a": {"b": "Dear {name}, {name}!"}})
    assert made("a.b", name="{other} \\1 #strong") == (
        "Dear {other} \\1 #strong, {other} \\1 #strong!"
    )


def test_a_missing_text_names_itself():
    with pytest.raises(InvalidValue, match=r"a\.c"):
        Wording({"a": {"b": "x"}})("a.c")
    with pytest.raises(InvalidValue, match=r"no text a"):
        Wording({"a": {"b": "x"}})("a")


def test_a_value_that_is_not_there_is_named():
    with pytest.raises(InvalidValue, match=r"\{cost\}") as raised:
        Wording({"a": "It is {cost}"})("a", name="x")
    assert "{name}" in raised.value.hint


def test_a_schools_own_texts_lie_over_ours():
    base = {"a": {"b": "1", "c": "2"}, "d": "3"}
    assert over(base, {"a": {"c": "4"}}) == {"a": {"b": "1", "c": "4"}, "d": "3"}
    assert base["a"]["c"] == "2"


def test_dates_and_lists():
    made = words()
    assert made.date("2026-03-01") == "1 March 2026"
    assert made.short_date("2026-03-01") == "1 Mar"
    assert made.joined(["a", "b", "c"]) == "a, b and c"
    assert made.find("months") is None
    assert made.section("nowhere") == {}
