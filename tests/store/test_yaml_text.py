"""Odd, broken and hostile files: each comes back as written or is refused by line."""

from __future__ import annotations

import re
import time

import pytest
import yaml
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.errors import InvalidValue
from sencli.store.text import load
from tests.cases import each_case
from tests.systems import peak_memory

WHERE = "pupils/p7k2q.yaml"


def read(text):
    return load.load(text.encode(), WHERE)


def refused(text):
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(InvalidValue) as caught:
        load.load(data, WHERE)
    assert WHERE in caught.value.message
    assert caught.value.hint
    return caught.value


@each_case(
    "text",
    [
        "no", "NO", "yes", "on", "off", "y", "12:30", "6:04", "012", "0123456789",
        "09", "-012", "1_000", "1,000", "2024-01-01", "2024-13-45", "2024-02-30",
        "2024-01-01T10:00:00Z", "1.2.3", "inf", "nan", "=", "0b2", "1e", "e3", "0.0.1",
        "P999900024001", "Q & A", "5*", "R&D", "45%", "Well done!", "a*b", "e.g. 3",
        "Year 4. Good", "half.", "1" * 900, "\u0663",
    ],
)  # fmt: skip
def test_text_comes_back_as_it_was_written(text):
    assert read(f"a: {text}\n") == {"a": text}


@each_case(
    "text",
    [
        "1e3", "1E3", "1.5e3", "1e+3", "-1e-3", "4E1", "0.E0", "0x1F", "0o14", "0b11",
        ".5", "-.5", "5.", "007.5", "00.5", ".inf", "-.inf", ".nan", ".NaN",
        "12345678901234567", "99999999999999999999", "1" * 40,
    ],
)  # fmt: skip
@each_case(
    "line",
    ["a: {}", "- {}", "a: {{b: {}, c: d}}", "a: [x, {}]", "a: {} # why", "{}: a"],
)
def test_what_would_become_another_number_is_refused(text, line):
    fault = refused("# one\n" + line.format(text) + "\n")
    assert fault.message.startswith(f"{WHERE}:2: {text} would be read as a number")
    assert f"'{text}'" in fault.hint
    quoted = (
        read("x:\n" + line.format(f"'{text}'").replace("- ", "  - ") + "\n")
        if (line.startswith("- "))
        else read(line.format(f"'{text}'"))
    )
    assert text in str(quoted)


@each_case(
    ("text", "value"),
    [("5", 5), ("-5", -5), ("+1", 1), ("1.5", 1.5), ("true", True), ("0", 0)],
)
def test_plain_numbers_and_truth_are_values(text, value):
    found = read(f"a: {text}\n")["a"]
    assert found == value
    assert type(found) is type(value)


def test_odd_numbers_inside_text_are_text():
    plain = "a: 1e3, then\nb: .5#\nc: 5., and\nd: 1e3]\ne: two\n  1e3\n"
    assert read(plain)["a"] == "1e3, then"
    assert read("a: |-\n  1e3\nb: >-\n  .5\n") == {"a": "1e3", "b": ".5"}
    note = "Took 1e3 steps\n.5\n0x1F\n12345678901234567890\n"
    text = (
        "a: |\n  " + note.replace("\n", "\n  ").rstrip(" ") + "b: 'x\n\n  1e3\n\n  y'\n"
    )
    assert read(text) == {"a": note, "b": "x\n1e3\ny"}


@each_case(
    "text",
    [
        "a: &x 1\n", "a: &x\n  b: 1\n", "a: &x [*x]\n", "b: *x\n", "a: !!str 5\n",
        "a: !foo x\n", "a: ! x\n", "a: !!python/object/apply:os.system ['x']\n",
        "a: [&x 1, *x]\n", "a: {b: *x}\n", "&x a: 1\n", "<<: {a: 1}\n", "*x : 1\n",
        "a: 1\r*x : 1\r", "a: 1\u2028&x b: *x\n", '"a":\n  !!str\n  b\n',
        "%YAML 1.1\n---\na: no\n", "a: 1\n---\nb: 2\n", "a: 1\n...\nb: 2\n",
        "a: caf\u00e9\nb: {c: \u00e9, d: *x}\n",
    ],
)  # fmt: skip
def test_yaml_beyond_plain_records_is_refused(text):
    refused(text)


def test_stars_and_ampersands_inside_text_are_text():
    text = "a: |\n  *Very* slow, &c.\n  !now\n  <<: x\nb: ' *x'\nc: one\n  *two*\n"
    assert read(text) == {
        "a": "*Very* slow, &c.\n!now\n<<: x\n",
        "b": " *x",
        "c": "one *two*",
    }


def test_masked_names_that_meet_are_no_duplicates():
    assert read("a &b: 1\na *b: 2\n") == {"a &b": 1, "a *b": 2}


def test_a_mark_is_named_with_its_line():
    fault = refused("a: one *two*\nb: *three\n")
    assert fault.message.startswith(f"{WHERE}:2: a value begins with '*'")


@each_case(
    ("text", "line", "words"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "'a' stands here a second time"),
        ("x:\n- a: 1\n  b: {c: 1,\n    c: 2}\n", 4, "'c' stands here a second time"),
        ("a: [1, 2\nb: 3", 2, "bracket"),
        ("{a: 1", 1, "bracket"),
        ("a: 'x\nb: 1\nc: 2\n", 1, "quote is opened here"),
        ("a: 1\n  b: 2\n", 2, "': '"),
        ("a: b: c\n", 1, "': '"),
        ("a:\n\t- b\n", 2, "tab"),
        ("a: x\n\tb: y\n", 2, "tab"),
        ("\ta: x\n", 1, "tab"),
        ("a: @x\n", 1, "quotes"),
        ('a: 1\nb: "x" y\n', 2, "in or out"),
        ("a: 1\nb\nc: 2\n", 3, "colon"),
        ('a: "\\q"\n', 1, "backslash"),
        ('a: "\\ud800"\n', 1, "backslash"),
        ("b: \u00e9\na: \x00x\n", 2, "U+0000"),
        ("b: \u00e9\na: \x1b[2J\n", 2, "U+001B"),
        ("a: x\x7fy\n", 1, "U+007F"),
        ("a: x\x85y\nb: c\n", 1, "U+0085"),
        ("a: 1\n? [b]\n: c\n", 1, "name"),
    ],
)
def test_broken_text_is_told_with_its_line(text, line, words):
    fault = refused(text)
    assert fault.message.startswith(f"{WHERE}:{line}: ")
    assert words in fault.message


@each_case(
    ("data", "words"),
    [
        (b"\xef\xbb\xbfa: 1\n", "byte order mark"),
        ("a: 1\n".encode("utf-16"), "UTF-16"),
        (b"a: caf\xe9\n", "not UTF-8"),
        (b"a: 1\nb: \xed\xa0\x80\n", ":2: byte 0xed is not UTF-8"),
    ],
)
def test_other_encodings_are_named(data, words):
    assert words in refused(data).message


@each_case(
    ("text", "kind"),
    [
        ("", "empty"), ("# nothing\n", "empty"), ("~\n", "empty"), ("- a\n", "a list"),
        ("just words\n", "a single value"), ("5\n", "a single value"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_record_says_how_to_get_it_back(text, kind):
    fault = refused(text)
    assert f"the file is {kind}," in fault.message
    assert f"git checkout -- {WHERE}" in fault.hint


def test_conflict_markers_are_named():
    text = "id: a\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> other\n"
    fault = refused(text)
    assert fault.message.startswith(f"{WHERE}:2: the file holds git conflict markers")
    assert "sen sync" in fault.hint
    kept = "a: |\n  <<<<<<< HEAD\n  as a teacher typed it\n"
    assert "<<<<<<<" in read(kept)["a"]


def test_windows_line_ends_read_the_same():
    assert read("a: |\r\n  x\r\n  y\r\nb: 1\r\n") == {"a": "x\ny\n", "b": 1}


BOMB = "a: &a [x]\n" + "".join(
    f"{n}: &{n} [{','.join(['*' + o] * 9)}]\n"
    for o, n in zip("abcdefghi", "bcdefghij", strict=True)
)
MEMORY = (
    "a: &a [" + "x," * 1000 + "]\nb: &b [" + "*a," * 300 + "]\nz:\n" + "- *b\n" * 999
)


@pytest.mark.parametrize(
    "text",
    [
        BOMB, MEMORY, "a: " + "[" * 30_000, "a: " + "[" * 500 + "]" * 500,
        "{a: " * 30_000, "- " * 30_000 + "x", "? " * 30_000, "x: " * 30_000,
        "".join(" " * n + "a:\n" for n in range(1300)), "a: " + "x" * 20_000_000,
        "".join(f"k{n}: 1\n" for n in range(100_000)), "a: 1\n" * 100_000,
        "[" + "a," * 400_000 + "]", "a: '" + "x\n" * 50_000, "a: *a\n" * 20_000,
    ],
    ids=lambda text: text[:12],
)  # fmt: skip
def test_hostile_files_cost_little(text):
    before = peak_memory()
    started = time.perf_counter()
    refused(text)
    assert time.perf_counter() - started < 1
    assert peak_memory() - before < 200_000


def test_lines_follow_the_path_to_the_nearest_thing_there_is():
    text = "# head\nid: a\ncycles:\n- id: b\n  plan: {date: x,\n    by: y}\n- id: c\n"
    line = load.lines(text)
    assert line(("id",)) == 2
    assert line(("cycles", 0, "plan")) == 5
    assert line(("cycles", 0, "plan", "by")) == 6
    assert line(("cycles", 1)) == 7
    assert line(("cycles", 1, "plan", "date")) == 7
    assert line(("upn",)) == 2
    assert line(()) == 2
    assert load.lines("")(("a",)) == 1


def outcome(data):
    try:
        return load.load(data, WHERE)
    except InvalidValue as fault:
        return fault.message


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet="ab01.e-+:#&*!%@|>'\"[]{},<~? \n\t\r\u2028\u00e9", max_size=40))
def test_any_text_is_read_or_refused_and_never_anything_else(text):
    found = outcome(text.encode())
    assert isinstance(found, dict) or found.startswith(WHERE)


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data):
    found = outcome(data)
    assert isinstance(found, dict) or found.startswith(WHERE)


def as_written(value, raw):
    """Whether a value says what stands in the file, taken as bare text."""
    if isinstance(value, dict):
        return isinstance(raw, dict) and all(
            as_written(value[name], raw[name])
            for name in value
            if isinstance(name, str)
        )
    if isinstance(value, list):
        return all(as_written(*pair) for pair in zip(value, raw, strict=True))
    if value is None:
        return raw in {"", "~", "null", "Null", "NULL"}
    if isinstance(value, bool):
        return raw.lower() == str(value).lower()
    if isinstance(value, int | float):
        return re.fullmatch(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?", raw) is not None
    return value == raw


@settings(deadline=None, max_examples=400)
@given(
    st.lists(
        st.text(alphabet="0123459.eExobn_+-:~ ,", min_size=1, max_size=7), max_size=4
    ),
    st.sampled_from(
        ["a: {}", "- {}", "{{a: {}}}", "[{}]", "? {}", "{}: b", "a: |\n  {}"]
    ),
)
def test_no_value_is_other_than_it_was_written(texts, shape):
    rows = "".join(f"k{n}:\n  {shape.format(text)}\n" for n, text in enumerate(texts))
    found = outcome(rows.encode())
    if isinstance(found, dict):
        assert as_written(found, yaml.BaseLoader(rows).get_single_data())


def test_a_field_twice_in_a_broken_file_is_one_plain_fault() -> None:
    with pytest.raises(InvalidValue) as fault:
        load.load(b"first_name: Ben\nfirst_name: [", "pupils/p1234.yaml")
    assert "pupils/p1234.yaml:2" in fault.value.message
