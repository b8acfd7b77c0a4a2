"""One way to name a cycle: its number, its season, its id, a part that fits one."""

from __future__ import annotations

import json

import pytest

from tests.conftest import Typed
from tests.conftest import school_of

NAMES = ("1", "cycle 1", "Spring 2025", "Spring term 2025", "spring", "ID")
READS = (
    "cycle show ben",
    "outcome list ben",
    "intervention list ben",
    "summary ben",
    "print summary ben",
    "print support-plan ben",
)
WRITES = (
    "cycle set ben --attainment Reads",
    "cycle plan ben --agreed-with parent",
    "cycle review ben --shared-with-parents 10/04/2025",
    "outcome set ben 1 --pfa employment",
    "intervention set ben 1 --expected-impact More",
)


@school_of
def two_cycles(oak: Typed) -> None:
    oak("staff", "add", "JP", "--name", "J. Patel", "--role", "SENCO", code=None)
    oak("provision add phonics --name Phonics --tier targeted")
    oak("pupil", "add", "Ben Ash", "--year", "4")
    oak("contact", "add", "ben", "Lou Ash", "--relationship", "father")
    oak("status set ben K --since 13/01/2025 --reason Agreed")
    for began, planned, words, wording in (
        ("13/01/2025", "20/01/2025", "First words", "Says ten words"),
        ("22/09/2025", "29/09/2025", "Second words", "Says twenty words"),
    ):
        oak("cycle", "open", "ben", "--date", began, "--assessment", words)
        oak("cycle", "plan", "ben", "--date", planned, "--review-by", "12/12/2025")
        oak("outcome", "add", "ben", wording)
        oak("intervention", "add", "ben", "phonics", "--outcome", "1")
        if began < "2":
            oak("cycle review ben --date 31/03/2025 --outcome 1=achieved")


def id_of(typed):
    return json.loads(typed("pupil show ben --format json").out)["cycles"][0]["id"]


@pytest.mark.parametrize("name", NAMES)
def test_every_command_and_paper_takes_every_name(two_cycles, name):
    name = id_of(two_cycles) if name == "ID" else name
    for line in READS:
        done = two_cycles(*line.split(), "--cycle", name)
        assert "twenty" not in done.out, line
        assert "Says ten words" in done.out or "Phonics" in done.out, line
    for line in WRITES:
        two_cycles(*line.split(), "--cycle", name)
    first, second = json.loads(two_cycles("pupil show ben --format json").out)["cycles"]
    assert first["assess"]["attainment"] == "Reads"
    assert first["review"]["shared_with_parents"] == "2025-04-10"
    assert first["plan"]["outcomes"][0]["pfa"] == "employment"
    assert "review" not in second


@pytest.mark.parametrize("name", ["3", "0", "Winter"])
def test_what_fits_no_cycle_is_refused_alike(two_cycles, name):
    told = {
        two_cycles(*line.split(), "--cycle", name, code=4).err for line in READS[:5]
    }
    assert len(told) == 1
    assert "1. Spring 2025" in told.pop()


def test_a_paper_that_tells_of_no_one_cycle_says_so(two_cycles):
    for paper in ("profile", "case"):
        done = two_cycles("print", paper, "ben", "--cycle", "1", code=2)
        assert f"not with {paper}" in done.err


def test_no_paper_tells_of_a_cycle_opened_in_error(two_cycles):
    two_cycles("cycle close ben --reason opened_in_error --date 06/10/2025")
    assert "opened in error" in two_cycles("summary ben --cycle 2", code=3).err
