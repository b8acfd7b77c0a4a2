"""The schemas: each property described, and what the code names of them is there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sencli import terms
from sencli.core.audit import field_words
from sencli.core.record import wording
from sencli.resources import schema_path
from tests.cases import each_case

NAMES = ("pupil", "school", "provisions", "groups", "published")


def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(schema_path(name).read_text("utf-8"))
    return found


def resolved(part: dict[str, Any], root: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in part:
        return part
    return {**root["$defs"][part["$ref"].rsplit("/", 1)[1]], **part}


def objects(part: dict[str, Any], root: dict[str, Any]) -> Iterator[dict[str, Any]]:
    part = resolved(part, root)
    if "properties" in part:
        yield part
        for child in part["properties"].values():
            yield from objects(child, root)
    if isinstance(part.get("items"), dict):
        yield from objects(part["items"], root)


def every(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for child in value.values():
            yield from every(child)
    elif isinstance(value, list):
        for child in value:
            yield from every(child)


@each_case("name", NAMES)
def test_every_property_is_described(name: str) -> None:
    root = schema(name)
    for part in objects(root, root):
        for key, child in part["properties"].items():
            assert resolved(child, root).get("description"), f"{part['title']}.{key}"


@each_case("name", NAMES)
def test_every_list_of_items_says_what_makes_two_the_same(name: str) -> None:
    root = schema(name)
    for part in every(root):
        items = part.get("items")
        if part.get("type") == "array" and isinstance(items, dict):
            shape = resolved(items, root)
            if shape.get("type") == "object":
                assert part["x-key"], part.get("description")
                assert set(part["x-key"]) <= set(shape["properties"])
                assert part.get("x-date", part["x-key"][0]) in shape["properties"]


def test_vocabularies_equal_the_schema() -> None:
    root = schema("pupil")
    words = {json.dumps(p["enum"]) for p in every(root) if "enum" in p}
    for vocabulary in (
        terms.PROVISION,
        terms.NEED_TYPES,
        terms.AREAS,
        terms.TIERS,
        terms.YEAR_GROUPS,
        terms.RESULTS,
        terms.DECISIONS,
        terms.ANSWERS,
        terms.MISSED,
        terms.FLAGS,
    ):
        assert json.dumps(list(vocabulary)) in words, vocabulary


def test_a_cycle_has_the_four_parts_of_the_code() -> None:
    parts = schema("pupil")["properties"]["cycles"]["items"]["properties"]
    assert [p for p in parts if p in ("assess", "plan", "do", "review")] == [
        *("assess", "plan", "do", "review")
    ]


def test_kinds_of_items_that_the_code_names_are_titles_of_the_schemas() -> None:
    titles = {part["title"] for n in NAMES for part in objects(schema(n), schema(n))}
    for module in (field_words, wording):
        for name, table in vars(module).items():
            if name.startswith("_") and name.isupper() and isinstance(table, dict):
                kinds = {key[0] if isinstance(key, tuple) else key for key in table}
                kinds = {kind for kind in kinds if str(kind)[:1].isupper()}
                assert kinds <= titles, f"{name}: {kinds - titles}"
