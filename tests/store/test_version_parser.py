"""Versions read part by part are what they are when read whole."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from benchmarks.pupils import Kind
from benchmarks.pupils import Pupil
from sencli.errors import InvalidValue
from sencli.store.text import load as yaml_text
from sencli.store.text.dump import dumps
from sencli.store.text.version_parser import VersionParser
from tests.cases import each_case

TEXTS = st.text(
    st.sampled_from("ab \n-:#|>'\"[]{}&*!%é\t"), max_size=30
) | st.sampled_from(["- a", "x: y", "a\n\nb\n", "# no", "--- ", "", "no", "12:30"])
LONG = {"padding": "a long sentence. " * 200}


def both(data: bytes) -> tuple[Any, Any]:
    """What parts and the whole give: the record, or the message."""
    found = []
    for load in (VersionParser("f").load, lambda text: yaml_text.load(text, "f")):
        try:
            found.append(load(data))
        except InvalidValue as fault:
            found.append(fault.message)
    return found[0], found[1]


@settings(deadline=None, max_examples=150)
@given(st.lists(st.dictionaries(st.sampled_from("abc"), TEXTS, min_size=1)), TEXTS)
def test_what_the_writer_writes(items: list[dict[str, str]], text: str) -> None:
    import yaml

    record = {"first": text, "items": items or "none", **LONG, "last": text}
    whole = yaml.safe_dump(record, sort_keys=False, allow_unicode=True, width=200)
    parts, expected = both(whole.encode())
    assert parts == expected


@settings(deadline=None, max_examples=200)
@given(st.text(st.sampled_from("ab:- \n#|'\"[{"), max_size=40))
def test_any_text_at_all(text: str) -> None:
    padded = f"p: {'x' * 2_000}\n{text}\n".encode()
    parts, expected = both(padded)
    assert parts == expected


@each_case(
    "text",
    [
        "a: 1\na: 2\n",
        "a:\nb: 1\n",
        "a: []\n",
        'a: "one\n- two"\n',
        "a: |+\n  kept\n\n\nb: 1\n",
        "a: |\n  text\n# a remark\n",
        "- a\n",
        "a:\n- b: 1\n  c: [1,\n- 2]\n",
        "a: &x 1\nb: *x\n",
        "a: 1e3\n",
        "a:\r\n- b\r\n",
        "  a: 1\n",
        "# first\n    a: 1\n",
        "a: 1\n...\nb: 2\n",
        f'a:\n- {"y" * 500}\n"b": 2\n',
        "a: 1\n---\nb: 2\n",
    ],
)
def test_odd_layouts(text: str) -> None:
    for data in (text + f"z: {'x' * 2_000}\n", f"z: {'x' * 2_000}\n" + text):
        parts, expected = both(data.encode())
        assert parts == expected


RECORD = dumps(Pupil(Kind(5, "A", ("A01",), 1.0, 0), 0, "p7k2q", 3).record(), "pupil")
ODD_LINES = (
    *("- ", "  ", "cycles:", "    sessions:", "    - {a: 1}", "  plan:", "", "# no"),
    *("    - id: x", "      text: |", "        - a", "  note: 'one", "    date: [1,"),
)


def edited(rng: random.Random, lines: list[str]) -> list[str]:
    """A line or two come, go, change or swap, as people, merges and accidents do."""
    changed = list(lines)
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        at = rng.randrange(len(changed))
        match rng.randrange(6):
            case 0:
                del changed[at]
            case 1:
                changed.insert(at, rng.choice(changed))
            case 2:
                changed[at] = changed[at].replace("a", "e")
            case 3:
                other = rng.randrange(len(changed))
                changed[at], changed[other] = changed[other], changed[at]
            case 4:
                changed.insert(at, rng.choice(ODD_LINES))
            case _:
                end = at + rng.randrange(20)
                changed[at:at] = changed[at:end]
    return changed


@settings(deadline=None, max_examples=60)
@given(st.randoms(use_true_random=False))
def test_one_version_after_another(rng: random.Random) -> None:
    """Whatever was read before, a version reads as it does by itself."""
    parts = VersionParser("f")
    lines = RECORD.splitlines()
    for _ in range(6):
        new = edited(rng, lines)
        data = ("\n".join(new) + "\n").encode()
        try:
            expected: Any = yaml_text.load(data, "f")
        except InvalidValue as fault:
            expected = fault.message
        try:
            found: Any = parts.load(data)
        except InvalidValue as fault:
            found = fault.message
        assert found == expected
        if rng.random() < 0.7 and not isinstance(found, str):
            lines = new


def test_a_field_known_further_in_is_not_taken_for_one_further_out() -> None:
    """An accident at the top of a file: a line of a cycle slips to the first line."""
    line = "    date: 2026-09-14\n"
    rest = f"cycles:\n- id: c1\n  plan:\n{line}    text: {'x' * 2_000}\n"
    parts = VersionParser("f")
    parts.load(rest.encode())
    with pytest.raises(InvalidValue, match=r"^f:1: the line stands further in"):
        parts.load((line + rest).encode())


def test_what_two_versions_share_is_parsed_once() -> None:
    parts = VersionParser("f")
    old = "items:\n" + "".join(f"- id: i{n}\n  text: told\n" for n in range(200))
    first = parts.load(old.encode())
    second = parts.load((old + "- id: new\n").encode())
    assert len(second["items"]) == len(first["items"]) + 1
    assert all(
        a is b for a, b in zip(first["items"], second["items"][:-1], strict=True)
    )
