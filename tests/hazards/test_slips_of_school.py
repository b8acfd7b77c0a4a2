"""A slip in a file of the school: each pupil is checked, and the doctor ends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode
from ruamel.yaml.nodes import Node
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.nodes import SequenceNode

from sencli.store.records.records import TOP
from tests.conftest import Typed
from tests.hazards.test_within_schema import school
from tests.hazards.world import git

__all__ = ["school"]

VALUES = (
    "", "~", "[]", "{}", "[~]", "[[x]]", "{a: {b: [c]}}", "x", "7", "1.5", "true",
    "2026-02-30", "2026-01-01", "''",
)  # fmt: skip


def slips(text: str) -> Iterator[str]:
    """The text with each kind of place replaced, misspelt, twice, or set in wrongly."""
    root = YAML(typ="safe", pure=True).compose(text)
    seen: dict[tuple[str, ...], tuple[Node | None, Node]] = {}

    def walk(node: Node, path: tuple[str, ...]) -> None:
        if isinstance(node, MappingNode):
            for key, value in node.value:
                seen.setdefault((*path, key.value), (key, value))
                walk(value, (*path, key.value))
        elif isinstance(node, SequenceNode):
            for value in node.value:
                seen.setdefault((*path, "-"), (None, value))
                walk(value, (*path, "-"))

    walk(root, ())
    for key, node in seen.values():
        start, end = node.start_mark.index, node.end_mark.index
        if not isinstance(node, ScalarNode):
            end = start + len(text[start:end].rstrip())
        for value in VALUES:
            yield text[:start] + value + text[end:]
        if key is None:
            continue
        at = key.start_mark.index
        row = text.rfind("\n", 0, at) + 1
        line = text[row : text.find("\n", row) + 1]
        yield text[:at] + key.value[::-1] + text[key.end_mark.index :]
        yield text[:row] + line + text[row:]
        yield text[:row] + "\t" + text[row:]
        yield text[:row] + " " + text[row:]


def checked(school: Typed) -> list[dict[str, Any]]:
    told = school("check", "--format", "json", code=None)
    assert told.code in (0, 1), told.both
    found: list[dict[str, Any]] = json.loads(told.out)
    return found


@pytest.mark.parametrize("name", TOP)
def test_each_pupil_is_checked_over_a_slip(school: Typed, name: str) -> None:
    sound = {(f["code"], f["pupil"]) for f in checked(school) if f["pupil"]}
    assert {code[:1] for code, _ in sound} & set("ABCDE")
    path = school.folder / name
    text = path.read_text("utf-8")
    every = list(slips(text))
    for number, slip in enumerate(every[::17]):
        path.write_text(slip, "utf-8", newline="\n")
        found = checked(school)
        of_file = [f for f in found if f["file"] == name and f["code"] in SLIP]
        assert all(f["line"] and f["message"] for f in of_file), slip
        if of_file:
            assert {f["pupil"] for f in found} - {""}, slip
        if number % 5 == 0:
            told = school("doctor", code=None)
            assert told.code in (0, 1), f"{slip}\n{told.both}"
            assert "Level" in told.out
    git(school.folder, "checkout", "--", name)


SLIP = {"schema", "text"}
KNOWN = (
    ("school.yaml", "name: Oak Primary", "name: [Oak, Primary]"),
    ("school.yaml", "- {role: SENCO}", "- SENCO"),
    ("school.yaml", "- {role: SENCO}", "-"),
    ("school.yaml", "settings: {}", "settings: {}\nages:"),
    ("school.yaml", "settings: {}", "settings: {}\nages: [4, 11]"),
    ("provisions.yaml", "key: precision-teaching", "key: [precision-teaching]"),
    ("provisions.yaml", "key: precision-teaching", "kye: precision-teaching"),
)


@pytest.mark.parametrize(("name", "old", "new"), KNOWN)
def test_a_known_slip_ends_no_check(
    school: Typed, name: str, old: str, new: str
) -> None:
    before = {f["code"] for f in checked(school) if f["pupil"]}
    path = school.folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8", newline="\n")
    found = checked(school)
    assert {f["code"] for f in found if f["pupil"]} >= before - {"reference"}
    assert any(f["file"] == name and f["line"] and f["code"] in SLIP for f in found)
    told = school("doctor", code=1)
    assert f"These cannot be read as records: {name}." in told.out
    # so also where it was committed by hand, and nothing sound is there before it
    git(school.folder, "commit", "-qam", "By hand")
    assert {f["code"] for f in checked(school) if f["pupil"]} >= before - {"reference"}
