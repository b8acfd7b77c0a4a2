"""Logs read by pattern are what the parser makes of them, wherever they stand."""

from __future__ import annotations

import pytest
import ryaml
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.store.text import load
from sencli.store.text import log_lines
from tests.cases import each_case

LINES = [
    f"    - {{date: 2026-01-{day:02d}, intervention: i5tr}}" for day in range(1, 20)
]
LOG = "\n".join(LINES)
MORE = f"- id: y3qf\n  do:\n    sessions:\n{LOG}\n    changes: []\n"


def record(log: str, before: str = "", after: str = "") -> str:
    return (
        f"id: p7k2q\n{before}cycles:\n- id: y2qf\n  do:\n    sessions:\n{log}\n{after}"
    )


ENTRIES = st.tuples(
    st.dates().map(lambda day: f"{max(day.year, 1000):04d}-{day:%m-%d}"),
    st.sampled_from(["i5tr", "iabc", "inf8", "null", "x5tr", "'i5tr'"]),
    st.sampled_from(
        [
            *(
                "",
                ", by: TA2",
                ", by: NULL",
                ", by: 'NO'",
                ", missed: trip",
                ", by: JP",
            ),
            *(", missed: null", ", missed: pupil_absent, note: ill", ", by: [TA2]"),
        ]
    ),
).map(lambda made: f"    - {{date: {made[0]}, intervention: {made[1]}{made[2]}}}")

TEXTS = st.one_of(
    st.just(""),
    st.just(f"notes: |\n  do:\n    sessions:\n{LOG}\n  end\n"),
    st.just(f"notes: |-\n  x\n  do:\n    sessions:\n{LOG}\n"),
    st.just(f"notes: 'a\n  do:\n    sessions:\n{LOG}\n  b'\n"),
    st.just("# sessions:\nnotes: '\\ue0010'\n"),
)


@settings(deadline=None, max_examples=300)
@given(st.lists(ENTRIES, min_size=1, max_size=25), TEXTS, st.sampled_from(["", MORE]))
def test_the_same_as_the_parser_alone(entries: list[str], before: str, more: str):
    text = record("\n".join(entries), before, more)
    found = log_lines.load(text, ryaml.loads)
    if found is not None:
        assert found == ryaml.loads(text)


def test_a_log_as_the_program_writes_it_is_read_by_pattern():
    text = record(LOG.replace("i5tr}", "i5tr, by: TA2}", 3), "", "  closed: {}\n")
    seen = []

    def parse(rest: str) -> object:
        seen.append(rest)
        return ryaml.loads(rest)

    assert log_lines.load(text, parse) == ryaml.loads(text)
    assert "2026-01-05" not in seen[0]


@each_case(
    "text",
    [
        f"a: |\n  do:\n    sessions:\n{LOG}\n",
        f"cycles:\n- a: |\n    x\n  do:\n    sessions:\n{LOG}\n      odd: 1\n",
        record(LOG, before="  do:\n    sessions:\n"),
        record(f"{LOG}\n    - [a]"),
        record(LOG, after=f"    sessions:\n{LOG}\n"),
        record(LOG, before="n: '\ue0010'\n"),
    ],
)
def test_what_is_otherwise_is_left_to_the_parser(text: str):
    assert log_lines.load(text, ryaml.loads) is None


def test_faults_keep_their_lines():
    text = record(LOG, after="    sessions: []\n")
    with pytest.raises(load.InvalidValue, match=r"p\.yaml:2[0-9]"):
        load.load(text.encode(), "p.yaml")
