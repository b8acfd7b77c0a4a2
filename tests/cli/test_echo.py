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
        ("", "need set amelia 1 --rank 2", ": rank 1 -> 2"),
        (
            "contact add amelia 'Sana Khan' --relationship mother --language English",
            "contact set amelia sana --language Urdu --from 1/10/2025",
            ": language English -> Urdu",
        ),
        ("", "status set amelia K --layer targeted", ": layer (nothing) -> targeted"),
        ("", "rate set TA 17.20", ": hourly rate £16.50 -> £17.20"),
        ("", "staff set TA2 --role HLTA", ": role TA -> HLTA"),
        ("", "intervention set amelia 1 --minutes 20", ": minutes 30 -> 20"),
        (
            "intervention set amelia 1 --minutes 20 --from 1/10/2025",
            "intervention set amelia 1 --sessions-per-week 2",
            ": sessions per week 3 -> 2",
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


def test_an_amend_tells_old_and_new_in_the_words_of_the_history(term: Typed) -> None:
    """No path, no JSON, no id; an undo names the pupil too."""
    told = term("outcome set amelia 1 --target 65").out
    assert "  outcome '" in told
    assert "': target 60 -> 65\n" in told
    undone = term("undo --yes")
    assert "for Amelia Khan" in undone.out or "of Amelia Khan" in undone.out
    assert "To be undone: " in undone.err
    pupil = term("pupil show amelia --format json").out
    (own,) = {pupil.partition('"id": "')[2][:8]}
    assert own not in told + undone.both
