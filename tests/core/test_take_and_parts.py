"""Items by their names, what goes with them, and changes taken apart."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.core.cycle.scales import pick
from sencli.core.cycle.scales import slug
from sencli.core.record.diff import Change
from sencli.core.record.diff import diff
from sencli.core.record.diff import expand
from sencli.core.record.diff import fields
from sencli.core.record.diff import steps
from sencli.core.record.edit import overlaid as laid
from sencli.core.record.items import items
from sencli.core.record.items import the_item
from sencli.core.record.remove import remove
from sencli.core.record.remove import without
from sencli.errors import Ambiguous
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.resources import schema_path
from tests.cases import each_case

ROOT: dict[str, Any] = json.loads(schema_path("pupil").read_text("utf-8"))

RECORD: dict[str, Any] = {
    "schema": 1,
    "id": "p7k2q",
    "first_name": "Amelia",
    "last_name": "Khan",
    "needs": [
        {"id": "d5hy", "type": "SLCN", "rank": 1},
        {"id": "d5hy", "type": "SLCN", "rank": 2, "from": "2025-12-01"},
    ],
    "cycles": [
        {
            "id": "y2qf",
            "assess": {"date": "2025-09-15"},
            "plan": {
                "date": "2025-09-18",
                "outcomes": [
                    {"id": "o8fd", "outcome": "Reads 60 words", "need": "d5hy"},
                    {"id": "o9gh", "outcome": "Asks for help", "continues": "o8fd"},
                ],
                "interventions": [
                    {"id": "i5tr", "provision": "lego", "outcomes": ["o8fd", "o9gh"]}
                ],
            },
            "do": {
                "sessions": [{"date": "2025-09-22", "intervention": "i5tr"}],
                "measurements": [
                    {"id": "m6pz", "date": "2025-10-17", "outcome": "o8fd", "value": 3}
                ],
            },
        }
    ],
}


def test_places_are_as_history_prints_them() -> None:
    found = {p.path: p.title for p in items(RECORD, ROOT)}
    assert found["cycles[y2qf].plan.outcomes[o8fd]"] == "Outcome"
    assert found["cycles[y2qf].do.sessions[i5tr 2025-09-22]"] == "Session"
    assert found["needs[d5hy 2025-12-01]"] == "Need"


@each_case(
    ("typed", "path"),
    [
        ("o8fd", "cycles[y2qf].plan.outcomes[o8fd]"),
        ("outcome 2", "cycles[y2qf].plan.outcomes[o9gh]"),
        ("asks for", "cycles[y2qf].plan.outcomes[o9gh]"),
        ("i5tr 22/09/2025", "cycles[y2qf].do.sessions[i5tr 2025-09-22]"),
        ("needs[d5hy 2025-12-01]", "needs[d5hy 2025-12-01]"),
        ("last_name", "last_name"),
        ("cycles[y2qf].assess.date", "cycles[y2qf].assess.date"),
    ],
)
def test_the_item_meant(typed: str, path: str) -> None:
    assert the_item(RECORD, typed, ROOT).path == path


@each_case(
    ("typed", "error"),
    [
        ("zebra", NotFound),
        ("outcome 3", NotFound),
        ("cycles[y2qf].assess.by", NotFound),
        ("cycles[nope].plan", NotFound),
    ],
)
def test_what_is_not_there(typed: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        the_item(RECORD, typed, ROOT)


def test_one_entry_of_a_need_leaves_the_other_to_answer() -> None:
    done = remove(RECORD, "needs[d5hy 2025-12-01]", ROOT)
    assert done.record["needs"] == [RECORD["needs"][0]]
    assert done.record["cycles"] == RECORD["cycles"]
    with pytest.raises(Ambiguous):
        the_item({**RECORD, "cycles": []}, "speech", ROOT)


def test_a_bare_number_never_says_of_what() -> None:
    for typed in ("1", "4", "22"):
        with pytest.raises(NotFound if typed != "1" else Ambiguous, match="what kind"):
            the_item(RECORD, typed, ROOT)
    with pytest.raises(Ambiguous, match=r"outcome 1 .*Reads 60 words"):
        the_item(RECORD, "1", ROOT)


def test_a_need_by_its_rank_is_each_of_its_entries() -> None:
    with pytest.raises(Ambiguous, match=r"needs.d5hy 2025-12-01"):
        the_item(RECORD, "need 1", ROOT)


def test_an_intervention_by_its_key() -> None:
    record = copy.deepcopy(RECORD)
    record["cycles"][0]["plan"]["interventions"][0]["provision"] = "pre-teaching"
    assert the_item(record, "pre-teaching", ROOT).value["id"] == "i5tr"


@each_case("typed", ["session 22/09/2025", "session 22 september"])
def test_a_session_by_its_day(typed: str) -> None:
    assert the_item(RECORD, typed, ROOT).label == "i5tr 2025-09-22"


def test_a_bare_day_is_all_of_that_day() -> None:
    record = copy.deepcopy(RECORD)
    dose = {"from": "2025-09-22", "minutes": 20}
    record["cycles"][0]["plan"]["interventions"][0]["dose"] = [dose]
    with pytest.raises(Ambiguous, match="dose"):
        the_item(record, "22/09/2025", ROOT)


@each_case("typed", ["eal", "looked_after", "flag eal", "Looked after"])
def test_a_flag_by_its_name(typed: str) -> None:
    flags = [{"flag": "eal", "from": "2021-09-01"}, {"flag": "looked_after"}]
    found = the_item({**RECORD, "flags": flags}, typed, ROOT)
    assert found.value == flags["eal" not in typed]


def test_a_placement_without_a_day_is_an_item() -> None:
    record = {**RECORD, "placements": [{"year_group": "4", "class": "4B"}]}
    done = remove(record, "class 4b", ROOT)
    assert "placements" not in done.record or not done.record["placements"]
    assert "class 4B" in done.said


def test_removing_takes_its_references_along() -> None:
    before = copy.deepcopy(RECORD)
    with pytest.raises(InvalidValue, match="referred to"):
        remove(RECORD, "o8fd", ROOT)
    done = remove(RECORD, "o8fd", ROOT, with_references=True).record
    assert before == RECORD
    cycle = done["cycles"][0]
    assert [o["id"] for o in cycle["plan"]["outcomes"]] == ["o9gh"]
    assert "continues" not in cycle["plan"]["outcomes"][0]
    assert cycle["plan"]["interventions"][0]["outcomes"] == ["o9gh"]
    assert "measurements" not in cycle["do"]
    assert "o8fd" not in json.dumps(done)


def test_without_keeps_what_was_empty_before() -> None:
    record = {"ehc": {}, "issued": [], "needs": [{"id": "d1"}]}
    assert without(record, [("needs", 0)]) == {"ehc": {}, "issued": []}


def test_steps_of_a_path() -> None:
    assert steps("cycles[y2qf].do.sessions[i5tr 2025-09-22].note") == (
        ("cycles", "y2qf"),
        ("do", None),
        ("sessions", "i5tr 2025-09-22"),
        ("note", None),
    )


def test_a_new_cycle_comes_apart_into_fields_and_items() -> None:
    (whole,) = diff({**RECORD, "cycles": []}, RECORD, ROOT)
    found = {c.path: c.new for c in expand(whole, ROOT)}
    assert found["cycles[y2qf].plan.date"] == "2025-09-18"
    assert found["cycles[y2qf].plan.outcomes[o8fd]"]["outcome"] == "Reads 60 words"
    single = {c.path: c.new for c in fields(whole, ROOT)}
    assert single["cycles[y2qf].plan.outcomes[o8fd].need"] == "d5hy"
    assert single["cycles[y2qf].plan.interventions[i5tr].outcomes"] == ["o8fd", "o9gh"]
    gone = Change(whole.path, whole.new, None)
    assert {c.path: c.old for c in fields(gone, ROOT)} == single


JSON = st.recursive(
    st.integers() | st.text(max_size=3),
    lambda inner: st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=6,
)
PART = st.dictionaries(st.sampled_from("abc"), JSON, max_size=3)


@settings(max_examples=60, deadline=None)
@given(PART, PART)
def test_laid_over_is_idempotent_and_changes_nothing_in_place(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    before = copy.deepcopy(old)
    made = laid(old, new)
    assert laid(made, new) == made
    assert old == before
    assert laid(old, {}) == old
    assert set(made) == {*old, *new}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=8), min_size=2, max_size=4))
def test_words_of_a_scale_are_found_again(words: list[str]) -> None:
    typed = ", ".join(words)
    try:
        key, made = pick(typed, [])
    except (InvalidValue, NotFound):
        return
    if made is None:
        return
    assert pick(typed, [made]) == (key, None)
    other = {**made, "values": ["x1", "x2"]}
    assert pick(typed, [other])[0] != key


def test_a_slug_is_a_key() -> None:
    assert slug("Not yet, with prompt!") == "not-yet-with-prompt"
    assert len(slug("word " * 40)) <= 60
