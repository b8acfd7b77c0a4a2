"""Comments in hand-edited files survive every change, at the item they stand at."""

from __future__ import annotations

import copy
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.errors import InvalidValue
from sencli.store.text import comments
from sencli.store.text import dump
from sencli.store.text import load as yaml_text
from tests.cases import each_case

RECORD = {
    "schema": 1,
    "id": "p7k2q",
    "first_name": "Amelia",
    "status": [{"from": "2025-09-15", "provision": "K", "reason": "Agreed"}],
    "cycles": [
        {
            "id": "y2qf",
            "assess": {
                "date": "2025-09-15",
                "by": ["KM", "JP"],
                "teacher_assessment": "# one\nReads 22 # of 100\n",
            },
            "plan": {
                "outcomes": [
                    {"id": "o8fd", "outcome": "Reads #60", "baseline": {"value": 22}},
                    {"id": "o9gd", "outcome": "Spells"},
                ]
            },
            "do": {
                "sessions": [
                    {"date": "2025-09-22", "intervention": "i5tr", "note": "a #b"},
                    {"date": "2025-09-24", "intervention": "i5tr"},
                    {"date": "2025-09-26", "intervention": "i5tr"},
                ]
            },
        },
        {"id": "y3qf"},
    ],
    "documents": [],
}
HAND = """\
# yaml-language-server: $schema=../.sencli/schemas/pupil.schema.json
# About this file
schema: 1
id: p7k2q      # opaque
first_name: 'Amelia'
status:
- from: 2025-09-15    # the day
  provision: K
  reason: Agreed
# before the cycles
cycles:   # newest last
- id: y2qf   # autumn
  assess:
    date: 2025-09-15
    by: [KM,
      JP]  # both
    # what she wrote
    teacher_assessment: | # her words
      # one
      Reads 22 # of 100
    # end of assess
  plan:
    outcomes:
    # the first
    - id: o8fd
      outcome: "Reads #60"
      baseline: {value: 22}
    - id: o9gd
      outcome: Spells
      # end of spells
  do:
    sessions:
    - {date: 2025-09-22, intervention: i5tr, note: 'a #b'} # late
    - {date: 2025-09-24, intervention: i5tr}
    # a good one
    - {date: 2025-09-26, intervention: i5tr}
- id: y3qf
# end of cycles
documents: []
# last line
"""
TEXTS = [
    "# About this file", "# opaque", "# the day", "# before the cycles",
    "# newest last", "# autumn", "# both", "# what she wrote", "# her words",
    "# end of assess",
    "# the first", "# end of spells", "# late", "# a good one", "# end of cycles",
    "# last line",
]  # fmt: skip


def load(text):
    return yaml_text.load(text.encode(), "x.yaml")


def canon(record):
    return dump.dumps(record, "pupil")


def carried(record, hand=HAND):
    text = comments.carry(hand, canon(record))
    assert load(text) == record
    return text


def test_every_comment_stands_where_it_stood():
    assert load(HAND) == RECORD
    assert (
        carried(RECORD)
        == """\
# yaml-language-server: $schema=../.sencli/schemas/pupil.schema.json
# About this file
schema: 1
id: p7k2q  # opaque
first_name: Amelia
status:
- from: 2025-09-15  # the day
  provision: K
  reason: Agreed
# before the cycles
cycles:  # newest last
- id: y2qf  # autumn
  assess:
    date: 2025-09-15
    by: [KM, JP]  # both
    # what she wrote
    teacher_assessment: |  # her words
      # one
      Reads 22 # of 100
    # end of assess
  plan:
    outcomes:
    # the first
    - id: o8fd
      outcome: 'Reads #60'
      baseline: {value: 22}
    - id: o9gd
      outcome: Spells
      # end of spells
  do:
    sessions:
    - {date: 2025-09-22, intervention: i5tr, note: 'a #b'}  # late
    - {date: 2025-09-24, intervention: i5tr}
    # a good one
    - {date: 2025-09-26, intervention: i5tr}
- id: y3qf
# end of cycles
documents: []
# last line
"""
    )


def test_a_second_pass_changes_nothing():
    text = carried(RECORD)
    assert carried(RECORD, text) == text


def change(record, what):
    cycle = record["cycles"][0]
    sessions = cycle["do"]["sessions"]
    return {
        "append a session": lambda: sessions.append(
            {"date": "2025-09-29", "intervention": "i5tr"}
        ),
        "insert a session": lambda: sessions.insert(
            0, {"date": "2025-09-01", "intervention": "i5tr"}
        ),
        "delete the first session": lambda: sessions.pop(0),
        "delete the last session": sessions.pop,
        "delete all sessions": sessions.clear,
        "reverse the sessions": sessions.reverse,
        "change a value": lambda: record.update(first_name="Emilia"),
        "change a text": lambda: cycle["assess"].update(teacher_assessment="short"),
        "lengthen a text": lambda: sessions[0].update(note="a\nb # c\n"),
        "append a cycle": lambda: record["cycles"].append({"id": "y4qf"}),
        "insert a cycle": lambda: record["cycles"].insert(0, {"id": "y1qf"}),
        "delete a cycle": lambda: record["cycles"].pop(0),
        "append a status": lambda: record["status"].append(
            {"from": "2026-01-01", "provision": "N"}
        ),
        "delete the outcomes": lambda: cycle.pop("plan"),
        "add a field": lambda: record.update(upn="P999900024001"),
        "delete almost all": lambda: [
            record.pop(name) for name in ("status", "cycles", "documents")
        ],
    }[what]


CHANGES = [
    "append a session", "insert a session", "delete the first session",
    "delete the last session", "delete all sessions", "reverse the sessions",
    "change a value", "change a text", "lengthen a text", "append a cycle",
    "insert a cycle", "delete a cycle", "append a status", "delete the outcomes",
    "add a field", "delete almost all",
]  # fmt: skip


@each_case("what", CHANGES)
def test_no_change_loses_a_comment(what):
    record = copy.deepcopy(RECORD)
    change(record, what)()
    text = carried(record)
    for comment in TEXTS:
        assert text.count(comment) == 1, comment
    assert load(carried(record, text)) == record


def line_with(text, words):
    return next(line for line in text.split("\n") if words in line)


def line_after(text, words):
    lines = text.split("\n")
    return lines[next(n for n, line in enumerate(lines) if words in line) + 1]


@each_case("what", ["append a session", "insert a session", "reverse the sessions"])
def test_comments_go_with_their_item(what):
    record = copy.deepcopy(RECORD)
    change(record, what)()
    text = carried(record)
    assert "2025-09-22" in line_with(text, "# late")
    assert "2025-09-26" in line_after(text, "# a good one")
    assert line_after(text, "# before the cycles").startswith("cycles:")
    assert line_after(text, "# the first").endswith("id: o8fd")


def test_an_appended_status_stands_before_the_comment_of_the_next_field():
    record = copy.deepcopy(RECORD)
    change(record, "append a status")()
    text = carried(record)
    assert text.index("2026-01-01") < text.index("# before the cycles")


def test_without_comments_the_new_text_stands_as_it_is():
    text = canon(RECORD)
    assert comments.carry(text, text) is text
    assert comments.carry("schema: 1\nid: 'a#b'\n", text) is text


def test_a_text_of_a_file_without_schema_is_carried_too():
    assert comments.carry("a: 1 # one\n", "a: 2\n") == "a: 2  # one\n"


def test_comments_that_would_change_the_record_are_refused(monkeypatch):
    harmful = comments._Comment(("id",), comments._Side.BESIDE, "harm")
    monkeypatch.setattr(comments, "_read", lambda _layout: [harmful])
    with pytest.raises(InvalidValue, match="comments"):
        comments.carry(HAND, canon(RECORD))


def placed(rows, text):
    """Comments in places where we would write them."""
    lines = text.split("\n")[:-1]
    out = []
    in_block = 0
    for number, line in enumerate(lines):
        indent = len(line) - len(line.lstrip(" "))
        in_block = in_block if in_block and indent >= in_block else 0
        if not in_block and number:
            out += [" " * indent + f"# {n} above" for n in rows.get(number, [])[:1]]
            out.append(
                line + "".join(f"  # {n} it's" for n in rows.get(number, [])[1:2])
            )
        else:
            out.append(line)
        if line.endswith("|"):
            in_block = indent + 1
    return "\n".join(out) + "\n"


ROWS = st.dictionaries(
    st.integers(1, 40), st.lists(st.integers(), max_size=2), max_size=10
)


@settings(deadline=None, max_examples=60)
@given(ROWS)
def test_comments_in_our_places_stay_exactly_there(rows):
    hand = placed(rows, canon(RECORD))
    assert carried(RECORD, hand) == hand


@settings(deadline=None, max_examples=60)
@given(ROWS, st.lists(st.sampled_from(CHANGES[:14]), max_size=2))
def test_no_comment_is_lost_by_any_changes(rows, whats):
    hand = placed(rows, canon(RECORD))
    record = copy.deepcopy(RECORD)
    for what in whats:
        try:
            change(record, what)()
        except (KeyError, IndexError):
            return
    before = Counter(word for word in hand.split("\n") if "above" in word)
    text = carried(record, hand)
    assert text.count(" above") == sum(before.values())
    assert text.count("it's") == hand.count("it's")
