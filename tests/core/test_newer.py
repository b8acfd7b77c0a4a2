"""What a newer version wrote: known in part, and kept whole."""

from __future__ import annotations

import pytest

from sencli.core.record.newer import adds
from sencli.core.record.newer import grafted
from sencli.core.record.newer import joined
from sencli.core.record.newer import known_part
from sencli.errors import InvalidValue
from tests.cases import each_case

TEXT = {"type": "string"}


def schema(*, newer: bool) -> dict:
    """A schema; the newer one has a field more at each level, a list and a value."""
    kinds = ["a", "b", *(["c"] if newer else [])]
    item = {"id": TEXT, "kind": {"enum": kinds}, "by": {"$ref": "#/$defs/who"}}
    who = {"name": TEXT}
    top = {"id": TEXT, "items": {}}
    if newer:
        item["room"], who["role"] = TEXT, TEXT
        top["house"] = TEXT
        top["clubs"] = {
            "type": "array",
            "items": {"type": "object", "properties": {"club": TEXT}},
            "x-key": ["club"],
        }
    top["items"] = {
        "type": "array",
        "items": {
            "type": "object",
            "properties": item,
            "additionalProperties": False,
            "required": ["id", "kind"],
        },
        "x-key": ["id"],
    }
    return {
        "type": "object",
        "properties": top,
        "additionalProperties": False,
        "$defs": {
            "who": {
                "type": "object",
                "properties": who,
                "additionalProperties": False,
            }
        },
    }


OLD, NEW = schema(newer=False), schema(newer=True)
WHOLE = {
    "id": "p1",
    "items": [
        {"id": "x1", "kind": "a", "room": "12", "by": {"name": "A", "role": "R"}},
        {"id": "x2", "kind": "c"},
    ],
    "house": "Red",
    "clubs": [{"club": "Chess"}],
}


def test_what_a_schema_adds():
    assert adds(OLD, NEW)
    assert not adds(NEW, OLD)
    assert not adds(OLD, OLD)
    assert joined(OLD, NEW) == NEW
    assert joined(NEW, OLD) == NEW
    other = {**OLD, "properties": {**OLD["properties"], "extra": TEXT}}
    both = joined(other, NEW)
    assert not adds(both, other)
    assert not adds(both, NEW)


def test_the_known_part():
    assert known_part(WHOLE, OLD) == {
        "id": "p1",
        "items": [{"id": "x1", "kind": "a", "by": {"name": "A"}}],
    }
    part = known_part(WHOLE, OLD, fields=False)
    assert part == {**WHOLE, "items": WHOLE["items"][:1]}
    assert known_part(WHOLE, NEW) is WHOLE


@each_case("fields", [True, False])
def test_a_change_of_the_known_part_keeps_the_rest(fields):
    part = known_part(WHOLE, OLD, fields=fields)
    first = {**part["items"][0], "kind": "b"}
    changed = {**part, "items": [first, {"id": "x3", "kind": "a"}]}
    made = grafted(part, changed, WHOLE, NEW)
    assert made["house"] == "Red"
    assert made["clubs"] == WHOLE["clubs"]
    by_id = {item["id"]: item for item in made["items"]}
    assert by_id["x1"] == {**WHOLE["items"][0], "kind": "b"}
    assert by_id["x2"] == WHOLE["items"][1]
    assert by_id["x3"] == {"id": "x3", "kind": "a"}
    gone = grafted(part, {**part, "items": []}, WHOLE, NEW)
    assert [item["id"] for item in gone["items"]] == ["x2"]


def test_what_cannot_be_read_is_not_written_over():
    part = known_part(WHOLE, OLD, fields=False)
    changed = {**part, "items": [*part["items"], {"id": "x2", "kind": "a"}]}
    with pytest.raises(InvalidValue, match=r"items\[x2\]"):
        grafted(part, changed, WHOLE, NEW)
