"""Papers about the whole school go through the records without holding on to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli import lesson
from tests.conftest import Typed
from tests.held_records import Held

PUPILS = 40


@pytest.fixture
def crowd(tmp_path: Path) -> Typed:
    """Amelia with her support, forty times over."""
    sen = lesson.school(tmp_path, lesson.LINES + lesson.IN_TERM)
    one = lesson.record(sen, "amelia")["id"]
    folder = Path(sen.folder) / "pupils"
    text = (folder / f"{one}.yaml").read_text("utf-8")
    for number in range(PUPILS):
        name = f"p7{number:03}"
        place = folder / f"{name}.yaml"
        place.write_text(text.replace(one, name), "utf-8", newline="\n")
    return sen


@pytest.mark.parametrize(
    "words",
    [
        *("map", "print map", "print delivery", "print census --format csv"),
        *("print impact", "print governors"),
        *("print map --for inspector", "print delivery --for inspector"),
        "print census --format csv --for agency",
    ],
)
def test_few_records_are_held(
    crowd: Typed, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    held = Held(monkeypatch)
    told = crowd(words).out
    # all with Amelia, and for impact Ben too
    counts = (str(PUPILS + 1), str(PUPILS + 2))
    assert told.count("Amelia") >= PUPILS or any(n in told for n in counts)
    assert held.read >= PUPILS
    assert held.most <= 4
