"""The laws of bringing two versions together, on the real schema's shape."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.core.lost import names
from sencli.core.lost import pointers
from sencli.core.merge import merge
from sencli.store.schema import document

PUPIL = document("pupil")


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
