"""What is recorded already is neither recorded twice nor taken back in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli import lesson
from tests.cli.lesson import record
from tests.cli.lesson import refused
from tests.conftest import Typed

MORE = (
    "flag add amelia eal --from 01/10/2025",
    "contact add amelia 'Sana Khan' --relationship mother --from 01/10/2025",
    "concern add amelia --concern 'She is tired' --date 01/10/2025",
    "ehc request amelia --date 01/09/2025 --by parent",
    "ehc decision amelia refuse --date 01/10/2025",
    "ehc issue ben --date 01/09/2024 --outcome 'Asks for help'",
    "ehc review ben --date 01/09/2025 --decision keep --decided 20/09/2025",
)


@pytest.fixture
def term(tmp_path: Path) -> Typed:
    return lesson.school(tmp_path, (*lesson.LINES, *MORE))


@pytest.mark.parametrize(
    "line",
    [
        "need add amelia SLCN --from 01/09/2025",
        "flag add amelia eal --from 01/09/2025",
        "contact add amelia 'Sana Khan' --from 01/09/2025",
        "concern add amelia --concern 'she is tired' --date 01/10/2025",
    ],
)
def test_the_same_is_not_recorded_twice(term: Typed, line: str) -> None:
    said = refused(term, line, code=3)
    assert "recorded already" in said.err


@pytest.mark.parametrize(
    "line",
    [
        "ehc decision amelia assess --date 02/10/2025",
        "ehc review ben --date 01/09/2025 --decision cease",
    ],
)
def test_a_decision_is_taken_back_only_as_a_correction(term: Typed, line: str) -> None:
    said = refused(term, line, code=3)
    assert "A decision is recorded already" in said.err
    way = said.err.partition("say why: ")[2].splitlines()[0]
    term(way.replace('"THE REASON"', "'Wrong letter'").removeprefix("sen "))
    who = "amelia" if "amelia" in line else "ben"
    (noted,) = {c["reason"] for c in record(term, who)["corrections"]}
    assert noted == "Wrong letter"


def test_a_word_that_is_none_of_a_list_is_told_plainly(term: Typed) -> None:
    said = refused(term, "status set amelia Watch", code=3)
    assert "'Watch' is not a SEN status." in said.err
