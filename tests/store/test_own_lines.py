"""What is read line by line is what the parser makes of it, and else nothing."""

from __future__ import annotations

import pytest
import ryaml
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.store.text import dump
from sencli.store.text import own_lines

RECORD = {
    "schema": 1,
    "id": "p7k2q",
    "first_name": "Zoë",
    "last_name": "O'Neil-Ng",
    "placements": [{"from": "2026-09-03", "year_group": "9", "class": "10A"}],
    "status": [{"from": "2026-01-05", "provision": "K", "reason": "Yes: it is needed"}],
    "contacts": [{"id": "cvsv", "name": "Jo", "lives_with": True, "phone": "01632 1"}],
    "considerations": [{"id": "x1aa", "date": "2026-01-05", "by": ["T9E", "JP"]}],
    "cycles": [
        {
            "id": "ypjx",
            "assess": {
                "date": "2026-01-05",
                "teacher_assessment": "Reads.\n\n  Well: at times\nWrites 'a lot'",
            },
            "plan": {
                "outcomes": [
                    {
                        "id": "o795",
                        "outcome": "Uses 51 words",
                        "baseline": {"date": "2026-01-05", "value": 18.5},
                        "target": {"by": "2026-03-05", "value": -3},
                    }
                ],
            },
            "do": {
                "sessions": [
                    {"date": f"2026-01-{day:02}", "intervention": "i56w", "by": "A03"}
                    for day in range(5, 25)
                ],
                "measurements": [{"id": "myjf", "outcome": "o795", "value": "6:04"}],
            },
        },
        {"id": "y4hx", "teacher": "T9E", "closed": {"date": "2026-02-05"}},
    ],
}
TEXT = dump.dumps(RECORD, "pupil")
LINES = TEXT.splitlines()


def own(text: str) -> object:
    return own_lines.load(text.encode(), text)


def parsed(text: str) -> object:
    try:
        return ryaml.loads(text)
    except ValueError:
        return None


def agree(text: str) -> None:
    found = own(text)
    if found is not None:
        assert repr(found) == repr(parsed(text))


def test_what_the_program_writes_is_read():
    assert own(TEXT) == RECORD
    agree(TEXT)


ODD = st.sampled_from([
    *(" ", "  ", "\n", "-", "- ", ":", ": ", "#", " #", "'", '"', "{", "}", "[", "]"),
    *(",", ", ", "|", "|-", ">", "&a ", "*a", "!", "!!str ", "%", "@", "?", "? ", "~"),
    *("\t", "\r", "\x85", "\xa0", "\u2028", "\ufeff", "\ue001", "é", "0", "1e3", "."),
    *("null", "true", "x: y", "\n  ", "\n- ", "---\n", "<<: ", "0x1F", "\\", "''"),
    *(".5", "-", "007", "1_000", "TRUE", ": null", ", id: x", "Infinity", ".inf"),
])  # fmt: skip


@settings(deadline=None, max_examples=600)
@given(
    st.lists(
        st.tuples(st.integers(0, len(TEXT)), st.integers(0, 3), ODD),
        min_size=1,
        max_size=3,
    )
)
def test_a_text_that_was_touched_is_read_as_the_parser_does_or_not(
    edits: list[tuple[int, int, str]],
):
    text = TEXT
    for at, gone, put in edits:
        text = text[:at] + put + text[at + gone :]
    agree(text)


@settings(deadline=None, max_examples=300)
@given(st.lists(st.tuples(st.sampled_from(LINES), st.integers(0, 3)), max_size=12))
def test_lines_in_any_order_and_depth(chosen: list[tuple[str, int]]):
    agree("".join(f"{'  ' * deeper}{line}\n" for line, deeper in chosen))


@pytest.mark.parametrize(
    "put",
    [
        *(
            "v",
            "1",
            "'a'",
            "[a, 'b']",
            "{a: b}",
            "true",
            "10A",
            "{a: {b: c, d: 1}, e: f}",
        ),
        *(
            "['a, b', c]",
            "[O'Neil, 'a, b']",
            "{a: 'b, c: d', e: f}",
            "{a: 'x {', b: c}",
        ),
        *("{a: {b: {c: [d, e]}}}", "{a: b; c, d: e}", "{a: {b: c}", "{a: b}}"),
    ],
)
@pytest.mark.parametrize("where", ["{}\n", "- {}\n", "k: {}\n", "k:\n- {}\n"])
def test_values_in_every_place(put: str, where: str):
    agree(where.format(put))


@pytest.mark.parametrize(
    "value",
    [
        *("1e3", "0x1F", "007", ".5", "5.", "1_000", "null", "~", "True", "9E", "1E5"),
        *("&a x", "*a", "!t x", "'a", '"a"', "a: b", "a #b", "{a: b: c}", "[[a]]"),
        *("{a: b, a: c}", "{a}", "{a: }", "{a: b", "[a, ]", "- a", "|", ">-", "a\tb"),
        *("a ", "a:", "9999999999999999", "1.12345678901234567"),
    ],
)
def test_what_may_be_read_in_two_ways_is_left_to_the_parser(value: str):
    assert own(f"id: p7k2q\nfield: {value}\n") is None
    assert own(f"id: p7k2q\nfield: {{a: b, c: {value}}}\n") is None


@pytest.mark.parametrize(
    "text",
    [
        *("", "id: x", "id: x\n\n", "id:\n", "- a\n", "id: x\nid: y\n", " id: x\n"),
        *("a:\n   b: c\n", "a:\n    b: c\n", "a: b\n  c: d\n", "a: b\n- c\n"),
        *("a:\n- b\nc: d\n- e\n", "a: |-\n b\n", "a: |-\nb: c\n", "a: b # c\n"),
        *("a: |-\n    b\n  c\n", "a: |-\n  b\n\nc: d\n", "null: a\n", "true: a\n"),
        *("---\na: b\n", "a: b\n...\n", "a: b\n---\nc: d\n", "<<: {a: b}\n"),
    ],
)
def test_other_ways_of_writing_are_left_to_the_parser(text: str):
    assert own(text) is None
