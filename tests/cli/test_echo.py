"""What a command says it changed: old and new of what was named, dated or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli import lesson
from tests.conftest import Typed


@pytest.fixture
def term(tmp_path: Path) -> Typed:
    return lesson.school(tmp_path, lesson.LINES + lesson.IN_TERM)


@pytest.mark.parametrize(
    ("before", "typed", "said"),
    [
        ("", "need set amelia 1 --rank 2", ".rank: 1 -> 2"),
        (
            "contact add amelia 'Sana Khan' --relationship mother --language English",
            "contact set amelia sana --language Urdu --from 1/10/2025",
            ".language: English -> Urdu",
        ),
        ("", "status set amelia K --layer targeted", ".layer: (nothing) -> targeted"),
        ("", "rate set TA 17.20", ".pence_per_hour: 1650 -> 1720"),
        ("", "staff set TA2 --role HLTA", ".role: TA -> HLTA"),
        ("", "intervention change amelia 1 --minutes 20", ".minutes: 30 -> 20"),
        (
            "intervention change amelia 1 --minutes 20 --from 1/10/2025",
            "intervention change amelia 1 --sessions-per-week 2",
            ".sessions_per_week: 3 -> 2",
        ),
    ],
)
def test_a_dated_change_tells_old_and_new(
    term: Typed, before: str, typed: str, said: str
) -> None:
    if before:
        assert "(nothing)" not in term(before).out
    lines = [line for line in term(typed).out.splitlines() if "->" in line]
    assert len(lines) == 1
    assert lines[0].endswith(said)
