"""Without ryaml the same text is read as the same values, with the same faults."""

from __future__ import annotations

import math

import pytest
import ryaml

from sencli.store.text import load
from sencli.store.text import yaml_reader
from sencli.store.text.dump import dumps
from sencli.store.text.slow_yaml import loads
from tests.cases import each_case
from tests.store.conftest import pupil

SCALARS = (
    *(
        "2025-09-01",
        "10:30",
        "yes",
        "no",
        "on",
        "off",
        "y",
        "n",
        "0",
        "-0",
        "+5",
        "012",
    ),
    *("007", "0o7", "0x1F", "0b101", "0O7", "1_000", "1.0", "1.", ".5", "-.5"),
    *("1e3", "1E+3", "1.5e-3", "01.5", "1.2.3", "~", "null", "Null", "NULL", "nULL"),
    *("true", "True", "TRUE", "tRUE", "False", ".inf", "-.INF", "+.Inf", "inf", ".nan"),
    *(
        ".NaN",
        "nan",
        "-",
        "--",
        "+-",
        "1e",
        "e1",
        "0x",
        "0xg",
        "1:30",
        "12:30:45",
        "1e400",
        "=",
    ),
    *(
        "18446744073709551615",
        "-9223372036854775808",
        "P999900024001",
        "4B",
        "5%",
        "a:b",
    ),
    *("é", "日本", "1,5", "£5", "020 7946 0000", "02079460000", "+447911123456", "00"),
)
TEXTS = (
    *("", "# nothing", "a:", "a: \n\nb:\n", "- 1\n- {a: b}\n", "[]", "{}", "word"),
    "a: |\n  two\n  lines\nb: >-\n  one\n  line\n\n  more\n",
    "a: 'it''s'\nb: \"x\\ty\\u00e9\"\nc: plain # not\nd: a#b\n",
    "1: 2\ntrue: 3\n'1': 4\n~: 5\n",
    "---\na: 1\n...\n",
    "a: '1'\nb: \"null\"\nc: ''\n",
)
BAD = (
    *("a: 1\na: 2\n", "a: [1\n", "a: 'x\n", "a: {b: 1\n", "a: ]\n", "a: b: c\n"),
    *("\ta: 1\n", "a:\n\t- b\n", "a: 1\n---\nb: 2\n", "? [a]\n: 1\n", "a: @x\n"),
    *("a: 1\n b: 2\n", 'a: "\\q"\n', "a\nb: 1\n", "- a\nb: 1\n", "a: `x\n"),
    "a: 123456789012345678901234567890\n",
)


@each_case("word", SCALARS)
def test_a_plain_word_means_the_same(word: str) -> None:
    text = f"a: {word}\nb: [{word.replace(',', '.')}]\n"
    try:
        expected = ryaml.loads(text)
    except ValueError:
        with pytest.raises(ValueError, match=" "):
            loads(text)
        return
    found = loads(text)
    assert repr(found) == repr(expected)


@each_case("text", TEXTS)
def test_a_text_is_read_the_same(text: str) -> None:
    assert repr(loads(text)) == repr(ryaml.loads(text))


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_reader, "_reader", lambda: loads)


def outcome(text: str) -> str:
    try:
        return repr(load.load(text.encode(), "pupils/p7k2q.yaml"))
    except load.InvalidValue as fault:
        return fault.message


@pytest.mark.parametrize("text", BAD)
def test_a_fault_is_at_the_same_line(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fast = outcome(text)
    monkeypatch.setattr(yaml_reader, "_reader", lambda: loads)
    slowly = outcome(text)
    assert fast.startswith("pupils/p7k2q.yaml:")
    assert slowly.split(":")[:2] == fast.split(":")[:2]
    assert "not YAML" not in slowly or "not YAML" in fast


@pytest.mark.usefixtures("slow")
def test_a_record_comes_back() -> None:
    record = pupil("p7k2q", "Zoë: 'no' # yes") | {"known_as": "null"}
    text = dumps(record, "pupil").encode()
    assert load.load(text, "pupils/p7k2q.yaml") == record
    with pytest.raises(load.InvalidValue, match="lose the way it is written"):
        load.load(b"a: 1e3\n", "x.yaml")
    assert math.isinf(loads(".inf"))


def test_too_deep_is_a_fault() -> None:
    for text in ("[" * 500 + "]" * 500, "a: " + "{a: " * 300 + "1" + "}" * 300):
        with pytest.raises(ValueError, match="recursion limit"):
            loads(text)
