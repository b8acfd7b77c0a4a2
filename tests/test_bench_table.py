"""The measuring program: pairs, medians, and the page they are put into."""

from __future__ import annotations

import sys

import pytest

from benchmarks import measure
from benchmarks import page
from benchmarks.table import HEAD
from benchmarks.table import Row
from benchmarks.whole import Command
from benchmarks.whole import FailedError
from benchmarks.whole import Figures
from benchmarks.whole import alternate

NOTHING = Command([sys.executable, "-SIc", "pass"])


def test_a_ratio_is_the_median_of_pairs_and_not_of_medians():
    row = Row("work", Figures((1, 6, 9), 2048), "peer", Figures((1, 2, 9), 0), 2)
    assert row.ratio == 1
    assert row.ratios == [1, 1, 3]
    assert "| met |" in row.line()


def test_less_work_by_the_peer_is_reckoned():
    row = Row("work", Figures((1, 1), 0), "a tenth", Figures((1, 1), 0), 0.05, 0.1)
    assert row.ratio == pytest.approx(0.1)
    assert "**missed**" in row.line()


def test_a_line_has_the_columns_of_the_head():
    row = Row("work", Figures((1,), 0), "peer", Figures((1,), 0), None)
    assert row.line().count("|") == HEAD[0].count("|") == HEAD[1].count("|")


def test_all_run_equally_often_and_memory_is_a_childs_own():
    taken = alternate({"one": NOTHING, "two": NOTHING}, 3, 60)
    assert [len(found.seconds) for found in taken.values()] == [3, 3]
    assert 2_000 < taken["one"].peak_kb < 30_000


def test_what_takes_long_runs_once():
    assert len(alternate({"one": NOTHING}, 5, 0)["one"].seconds) == 1


def test_a_command_that_fails_is_not_measured():
    words = [*NOTHING.words[:2], "raise SystemExit(3)"]
    with pytest.raises(FailedError, match=": 3\n"):
        alternate({"one": Command(words)}, 1, 1)


def test_the_page_has_a_place_for_both_tables():
    text = page.PATH.read_text("utf-8")
    for mark in ("results", "growth"):
        text = page.between(text, mark, f"| {mark} |")
    assert "<!-- results -->\n| results |\n<!-- end of results -->" in text
    assert "<!-- growth -->\n| growth |\n<!-- end of growth -->" in text


def test_the_page_names_every_option():
    text = page.PATH.read_text("utf-8")
    for option in ("--quick", "--long", "--folder", "--write-docs", "--runs"):
        assert f"{option}" in text


def test_every_row_has_a_name_of_its_own():
    assert len(measure.TABLE) == len(measure.RESULTS) + len(measure.GROWTH)
