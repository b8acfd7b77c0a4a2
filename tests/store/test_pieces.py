"""Versions read piece by piece are what they are when read whole."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.errors import InvalidValue
from sencli.store import yaml_text
from sencli.store.pieces import Pieces

TEXTS = st.text(
    st.sampled_from("ab \n-:#|>'\"[]{}&*!%é\t"), max_size=30
) | st.sampled_from(["- a", "x: y", "a\n\nb\n", "# no", "--- ", "", "no", "12:30"])
LONG = {"padding": "a long sentence. " * 200}


def both(data: bytes) -> tuple[Any, Any]:
    """What pieces and the whole give: the record, or the message."""
    found = []
    for load in (Pieces("f").load, lambda text: yaml_text.load(text, "f")):
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
    pieces, expected = both(whole.encode())
    assert pieces == expected


@settings(deadline=None, max_examples=200)
@given(st.text(st.sampled_from("ab:- \n#|'\"[{"), max_size=40))
def test_any_text_at_all(text: str) -> None:
    padded = f"p: {'x' * 2_000}\n{text}\n".encode()
    pieces, expected = both(padded)
    assert pieces == expected


@pytest.mark.parametrize(
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
    ],
)
def test_odd_layouts(text: str) -> None:
    for data in (text + f"z: {'x' * 2_000}\n", f"z: {'x' * 2_000}\n" + text):
        pieces, expected = both(data.encode())
        assert pieces == expected


def test_what_two_versions_share_is_parsed_once() -> None:
    pieces = Pieces("f")
    old = "items:\n" + "".join(f"- id: i{n}\n  text: told\n" for n in range(200))
    first = pieces.load(old.encode())
    second = pieces.load((old + "- id: new\n").encode())
    assert len(second["items"]) == len(first["items"]) + 1
    assert all(
        a is b for a, b in zip(first["items"], second["items"][:-1], strict=True)
    )
