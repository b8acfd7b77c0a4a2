"""The canonical writer: every text comes back from three readers as it went in."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from sencli.errors import InvalidValue
from sencli.store.text import dump
from sencli.store.text import load
from tests.cases import each_case

ODD = [
    "", " ", "a ", " a", "no", "No", "yes", "on", "off", "~", "null", "Null", "nil",
    "true", "=", "<<", "-", "--", "---", "...", "...a", "- a", "? a", ": a", "a:",
    "a: b", "a:b", "a #b", "a#b", "#a", "&a", "*a", "!a", "!!str a", "@a", "`a", "%a",
    "|", ">", "|-", "[a]", "{a}", "a]", "a, b", ",a", "'", "''", '"', '"a"', "it's",
    "1", "-1", "+1", "1.5", ".5", "5.", "1e3", "1E5", "0x1F", "0o14", "0b11", "012",
    "0123456789", "1_000", "1,000", "12:30", "9:05", "6:04", "1:2:3.5", ".inf", "-.inf",
    ".nan", "nan", "inf", "1__0", "9" * 30, "1" * 5000, "P999900024001", "999900024001",
    "2024-01-01", "2024-1-1", "2024-13-45", "2024-02-30", "2024-01-01T10:00:00Z",
    "2024-01-01 10:00", "0001-01-01", "\u0663", "\u00bd", "\u00b2", "\u00e9", "\u00a0a",
    "a\u00a0b", "a\u2028b", "a\u2029b", "\ufeffa", "a\ufeff", "\ufffe", "\uffff",
    "\x00", "\x07", "\x1b[2J", "\x7f", "\x85", "\x9b", "a\tb", "\ta", "a\t", "a\rb",
    "a\r\nb", "a\nb", "a\nb\n", "a\nb\n\n", "a\n\nb\n", "\na", "\n", "\n\n", " a\nb",
    "a\n b\n", "a \nb", "a\nb ", "a\n\tb\n", "a\n- b\n", "a\n# b\n", "a\n---\nb\n",
    "a\n...\nb", "#a\nb\n", "a: b\nc: d\n", "- a\n- b", "\U0001f600", "a\nb \n\n",
    "\u0633\u0644\u0627\u0645", "\u0985\u09b8\u09bf\u09ae\u09be", "\u202ea", "\u200d",
    "C:\\new\\table", "\\", "\\n", "a\\\nb", "a" * 300, "a, b: c", "http://a.b/c?d=e#f",
    ".0#", "1e3, then", "0.E0", "5., x", "._", ".", "._1e",
    "08:30-09:00", "(a)", "/a", "$a", "^a", "_a", ";a", "+a", "+44 20 7946 0000",
]  # fmt: skip


def plainly(value):
    """Dates back to text: some readers make dates of them, which is no loss."""
    if isinstance(value, dict):
        return {plainly(key): plainly(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plainly(item) for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def typed(value):
    """A value with its types, in which 1 is neither True nor 1.0."""
    if isinstance(value, dict):
        return {key: typed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [typed(item) for item in value]
    return type(value).__name__, value


def everywhere(text):
    """The text in every place where a text can stand."""
    return {
        "first_name": text,
        "placements": [{"from": "2025-09-01", "class": text}],
        "cycles": [{"id": "yabc", "assess": {"by": [text, "KM"], "attainment": text}}],
        "list": [text, {"a": text, "b": {"c": [text, text]}}, [text]],
        "last": text,
    }


def wholly(value):
    """A value whose whole numbers are ints, as they are written."""
    if isinstance(value, dict):
        return {key: wholly(item) for key, item in value.items()}
    if isinstance(value, list):
        return [wholly(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def check(record):
    record = wholly(record)
    text = dump.dumps(record, "pupil")
    assert typed(load.load(text.encode(), "x.yaml")) == typed(record)
    for reader in (yaml.safe_load, YAML(typ="safe", pure=True).load):
        assert typed(plainly(reader(text))) == typed(record)
    assert dump.dumps(load.load(text.encode(), "x.yaml"), "pupil") == text


@each_case("text", ODD, ids=lambda text: ascii(text)[:30])
def test_odd_texts_read_the_same_everywhere(text):
    check(everywhere(text))


@each_case("name", [t for t in ODD if len(t) < 100], ids=lambda text: ascii(text)[:30])
def test_odd_names_read_the_same_everywhere(name):
    check({name: 1, "a": {name: "b"}, "roll": [{name: "c"}]})


@each_case(
    "number",
    [
        0,
        1,
        -1,
        10**14,
        0.5,
        -0.5,
        1.0,
        22.75,
        1e-7,
        1e14,
        0.1 + 0.2,
        1 / 3,
        True,
        False,
    ],
)
def test_numbers_read_the_same_everywhere(number):
    check(everywhere(number))


@each_case(
    "value",
    [
        None,
        10**15,
        -(10**15),
        1e300,
        float("inf"),
        float("nan"),
        b"a",
        ("a",),
        "\ud800",
    ],
)
def test_what_has_no_place_is_refused(value):
    with pytest.raises(InvalidValue):
        dump.dumps({"a": value}, "pupil")


def test_a_name_that_is_no_text_is_refused():
    with pytest.raises(InvalidValue):
        dump.dumps({1: "a"}, "pupil")


def test_a_record_that_would_be_too_large_is_refused():
    with pytest.raises(InvalidValue, match="too large"):
        dump.dumps({"a": "x" * 1_000_001}, "pupil")


def test_the_look_of_a_record():
    record = {
        "cycles": [
            {
                "do": {"sessions": [{"by": "TA2", "date": "2025-09-22", "x": "no"}]},
                "plan": {
                    "outcomes": [
                        {
                            "baseline": {"value": 22, "date": "2025-09-15"},
                            "outcome": "Reads\nand writes\n",
                            "id": "o8fd",
                        }
                    ],
                    "strategies": [],
                },
                "assess": {"by": ["KM", "JP"], "views": [{"of": "pupil", "text": "I"}]},
                "id": "y2qf",
            }
        ],
        "x_extra": {"b": 1, "a": {}},
        "flags": [{"flag": "eal", "from": "2021-09-06", "note": "Urdu, a little"}],
        "profiles": [{"date": "2025-09-18", "strengths": "Kind: and funny"}],
        "id": "p7k2q",
        "schema": 1,
    }
    assert dump.dumps(record, "pupil") == (
        """\
# yaml-language-server: $schema=../.sencli/schemas/pupil.schema.json
schema: 1
id: p7k2q
flags:
- {flag: eal, from: 2021-09-06, note: 'Urdu, a little'}
profiles:
- date: 2025-09-18
  strengths: 'Kind: and funny'
cycles:
- id: y2qf
  assess:
    by: [KM, JP]
    views:
    - of: pupil
      text: I
  plan:
    strategies: []
    outcomes:
    - id: o8fd
      outcome: |
        Reads
        and writes
      baseline: {date: 2025-09-15, value: 22}
  do:
    sessions:
    - {date: 2025-09-22, by: TA2, x: 'no'}
x_extra:
  b: 1
  a: {}
"""
    )


def test_long_entries_become_lines():
    entry = {"date": "2025-09-22", "intervention": "i5tr", "note": "word " * 18 + "end"}
    text = dump.dumps({"cycles": [{"do": {"sessions": [entry]}}]}, "pupil")
    assert "    - date: 2025-09-22\n      intervention: i5tr\n      note: word" in text
    assert all(len(row) <= dump.WIDTH for row in text.splitlines() if "{" in row)


def test_the_top_files_find_their_schema():
    assert dump.dumps({"schema": 1, "name": "Oak"}, "school").startswith(
        "# yaml-language-server: $schema=.sencli/schemas/school.schema.json\n"
    )


TEXTS = st.one_of(
    st.text(max_size=30),
    st.text(alphabet="ab01.e-+:#&*!%@|>'\"[]{},<~?\\ \n\t\r\u00e9\u2028", max_size=20),
).filter(lambda text: not any("\ud800" <= letter <= "\udfff" for letter in text))
VALUES = st.recursive(
    st.one_of(
        TEXTS,
        st.integers(-(10**14), 10**14),
        st.floats(-1e14, 1e14, allow_nan=False),
        st.booleans(),
    ),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(deadline=None, max_examples=150)
@given(
    st.dictionaries(st.sampled_from(["cycles", "flags", "a", "no"]), VALUES, min_size=1)
)
def test_any_record_reads_the_same_everywhere(record):
    check(record)
