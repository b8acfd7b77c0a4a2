"""The laws of bringing two versions together, on the real schema's shape."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.core.record.item_names import names
from sencli.core.record.item_names import values_naming as pointers
from sencli.core.record.merge import Choice
from sencli.core.record.merge import common_past
from sencli.core.record.merge import merge
from sencli.core.record.merge import merge_from
from sencli.resources import load_schema

PUPIL = load_schema("pupil")


def _concern(name: str, text: str, date: str) -> dict[str, Any]:
    return {"id": name, "date": date, "concern": text}


concerns = st.dictionaries(
    st.sampled_from(["n3xd", "c4wm", "d5hy", "e6jz"]),
    st.tuples(st.sampled_from("abc"), st.sampled_from(["2025-01-02", "2025-02-03"])),
).map(lambda found: [_concern(k, *v) for k, v in found.items()])
records = st.fixed_dictionaries(
    {"schema": st.just(1), "id": st.just("p7k2q")},
    optional={
        "known_as": st.sampled_from(["Millie", "Amy"]),
        "concerns": concerns,
        "interests": st.lists(st.sampled_from("xyz"), unique=True),
    },
)


@settings(deadline=None, max_examples=150)
@given(records, records)
def test_one_side_alone_wins(base: dict[str, Any], other: dict[str, Any]) -> None:
    for ours, theirs in ((base, other), (other, base), (other, other)):
        merged = merge(base, deepcopy(ours), deepcopy(theirs), PUPIL)
        assert merged.record == other
        assert merged.clashes == ()


@settings(deadline=None, max_examples=150)
@given(records, records, records)
def test_no_item_is_lost_and_both_ways_agree(
    base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]
) -> None:
    one = merge(base, ours, theirs, PUPIL)
    two = merge(base, theirs, ours, PUPIL)
    assert set(one.clashes) == set(two.clashes)
    sides = [{c["id"] for c in r.get("concerns", [])} for r in (base, ours, theirs)]
    got = {c["id"] for c in one.record.get("concerns", [])}
    if not one.clashes:
        assert got == (sides[1] & sides[2]) | ((sides[1] ^ sides[2]) - sides[0])
        assert {c["id"] for c in two.record.get("concerns", [])} == got


def test_both_append() -> None:
    base = {"concerns": [_concern("a1bc", "x", "2025-01-01")]}
    ours = {"concerns": [*base["concerns"], _concern("b1bc", "y", "2025-01-02")]}
    theirs = {"concerns": [*base["concerns"], _concern("c1bc", "z", "2025-01-03")]}
    merged = merge(base, ours, theirs, PUPIL)
    assert {c["id"] for c in merged.record["concerns"]} == {"a1bc", "b1bc", "c1bc"}
    assert merged.clashes == ()


def test_clashes_name_their_place() -> None:
    base = {"concerns": [_concern("a1bc", "x", "2025-01-01")], "sex": "female"}
    ours = {"concerns": [_concern("a1bc", "y", "2025-01-01")]}
    theirs = {"concerns": [], "sex": "male"}
    merged = merge(base, ours, theirs, PUPIL)
    assert merged.clashes == ("concerns[a1bc]", "sex")
    assert merged.record["concerns"] == ours["concerns"]


def test_values_that_look_empty_stay() -> None:
    merged = merge({}, {"a": False, "b": 0, "c": ""}, {"d": []}, PUPIL)
    assert merged.record == {"a": False, "b": 0, "c": "", "d": []}


def test_a_whole_record_taken_away_against_a_change() -> None:
    assert merge({"a": 1}, {"a": 1}, None, PUPIL).record is None
    assert merge({"a": 1}, {"a": 2}, None, PUPIL).clashes == ("",)


def test_what_points_to_a_lost_item_is_found() -> None:
    record = {
        "needs": [{"id": "d5hy", "type": "SLCN", "from": "2025-09-15"}],
        "cycles": [{"id": "y2qf", "plan": {"outcomes": [{"id": "o8fd"}]}}],
    }
    assert names(record, PUPIL) == {"d5hy", "y2qf", "o8fd"}
    later = {"do": {"measurements": [{"outcome": "o8fd", "value": 3}]}}
    assert list(pointers(later, {"o8fd"})) == [("do.measurements[1].outcome", "o8fd")]


def texts(record: dict[str, Any]) -> set[str]:
    return {concern["concern"] for concern in record.get("concerns", ())}


@settings(deadline=None, max_examples=150)
@given(records, concerns, concerns)
def test_two_additions_with_one_id_are_two_items(
    base: dict[str, Any], new: list[dict[str, Any]], other: list[dict[str, Any]]
) -> None:
    known = {c["id"] for c in base.get("concerns", ())}
    ours, theirs = (
        {
            **base,
            "concerns": [
                *base.get("concerns", ()),
                *({**c, "concern": f"{who} {n}"} for n, c in enumerate(added)
                  if c["id"] not in known),
            ],
        }
        for who, added in (("here", new), ("there", other))
    )  # fmt: skip
    one = merge_from((base,), deepcopy(ours), deepcopy(theirs), PUPIL)
    two = merge_from((base,), deepcopy(theirs), deepcopy(ours), PUPIL)
    assert one.clashes == two.clashes == ()
    for merged in (one, two):
        found = merged.record.get("concerns", [])
        assert texts(merged.record) == texts(ours) | texts(theirs)
        assert len({c["id"] for c in found}) == len(found)
    # every computer comes to the same, and what came first is known afterwards
    assert {str(c) for c in one.record.get("concerns", [])} == {
        str(c) for c in two.record.get("concerns", [])
    }
    again = merge_from((ours, theirs), one.record, two.record, PUPIL)
    assert again.clashes == ()
    assert texts(again.record) == texts(one.record)


def test_a_later_change_finds_the_item_that_was_told_apart() -> None:
    first, second = (_concern("n3xd", t, "2025-01-02") for t in ("Tired", "Hungry"))
    base = {"schema": 1, "id": "p7k2q"}
    here, there = ({**base, "concerns": [item]} for item in (first, second))
    met = merge_from((base,), here, there, PUPIL).record
    for before, text in ((here, "Tired"), (there, "Hungry")):
        (item,) = before["concerns"]
        late = {**before, "concerns": [{**item, "response": f"to {text}"}]}
        merged = merge_from((before,), met, late, PUPIL)
        assert merged.clashes == ()
        found = {c["concern"]: c.get("response") for c in merged.record["concerns"]}
        assert found == {"Tired": None, "Hungry": None} | {text: f"to {text}"}


def test_references_and_corrections_follow_the_new_id() -> None:
    def side(text: str) -> dict[str, Any]:
        return {
            "needs": [{"id": "d5hy", "type": "SLCN", "from": "2025-09-15"}],
            "concerns": [_concern("n3xd", text, "2025-01-02")],
            "corrections": [
                {"id": f"z{len(text)}bc", "path": "concerns[n3xd].concern",
                 "reason": text, "date": "2025-01-02"},
            ],
        }  # fmt: skip

    merged = merge_from(({},), side("Hungry"), side("Tired"), PUPIL)
    by_id = {c["id"]: c["concern"] for c in merged.record["concerns"]}
    for correction in merged.record["corrections"]:
        named = correction["path"].partition("[")[2].partition("]")[0]
        assert by_id[named] == correction["reason"]
    assert len(merged.record["needs"]) == 1  # equal additions are one


def test_two_earlier_meetings_ask_only_where_they_were_decided_in_two_ways() -> None:
    base = {"sex": "male", "concerns": [_concern("a1bc", "x", "2025-01-01")]}
    one = {**base, "known_as": "Millie", "concerns": []}
    two = {
        **base,
        "known_as": "Amy",
        "concerns": [*base["concerns"], _concern("b1bc", "y", "2025-01-02")],
    }
    pasts = common_past((base,), one, two, PUPIL)
    assert len(pasts) == 2
    here = merge_from((base,), one, two, PUPIL).record
    there = merge_from((base,), one, two, PUPIL, Choice({"known_as"})).record
    there["concerns"].append(_concern("c1bc", "z", "2025-01-03"))
    del here["sex"]
    merged = merge_from(pasts, here, there, PUPIL)
    assert merged.clashes == ("known_as",)
    assert "sex" not in merged.record
    assert [c["id"] for c in merged.record["concerns"]] == ["b1bc", "c1bc"]
