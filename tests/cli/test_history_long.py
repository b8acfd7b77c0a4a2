"""A commit by plain git that changes very many records: told in part, counted whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sencli.cli.safety import history as command
from sencli.cli.shell import output
from sencli.store.history import versions
from tests.conftest import Typed
from tests.held_records import Held
from tests.store.conftest import git

PUPILS = 60


@pytest.fixture
def many(oak: Typed) -> Typed:
    """A school into which plain git brought many pupils at once."""
    for number in range(PUPILS):
        name = f"p7{number:03}"
        text = (
            f"schema: 1\nid: {name}\nfirst_name: Child{number}\n"
            "last_name: Many\ndate_of_birth: '2016-01-02'\n"
        )
        place = Path(oak.folder) / "pupils" / f"{name}.yaml"
        place.parent.mkdir(exist_ok=True)
        place.write_text(text, "utf-8", newline="\n")
    git(Path(oak.folder), "add", "-A")
    git(Path(oak.folder), "commit", "-qm", "by hand")
    return oak


def test_a_long_commit_is_told_in_part_and_counted(
    many: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = many("history --limit 1").out
    assert f"and {PUPILS - command.MOST} more records: sen history --all" in told
    assert "Child49" in told
    assert "Child50" not in told
    every = many("sen history --all --limit 1").out
    assert "Child59" in every
    assert "more record" not in every
    (data,) = json.loads(many("history --limit 1 --format json").out)
    assert data["text"][-1].startswith("and 10 more records")
    monkeypatch.setattr(command, "MOST", PUPILS - 1)
    assert "and 1 more record: sen history --all" in many("history --limit 1").out


def test_a_commit_is_read_few_records_at_a_time(
    many: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "_AT_ONCE", 5)
    held = Held(monkeypatch)
    many("history --all")
    assert held.read >= PUPILS
    assert held.most <= 15
    held.read = 0
    monkeypatch.setattr(command, "MOST", 3)
    many("history --limit 1")
    assert held.read == 3


@pytest.mark.parametrize("form", ["text", "json"])
def test_events_are_printed_one_by_one(
    many: Typed, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, form: str
) -> None:
    whole = tmp_path / f"whole.{'txt' if form == 'text' else form}"
    many(f"history --all --output {whole}")
    turns: list[str] = []
    pieces: list[bytes] = []
    event_of, write_out = command._Teller._told, output.write_out

    def told(teller: Any, version: Any) -> Any:
        turns.append("told")
        return event_of(teller, version)

    def written(data: bytes) -> None:
        turns.append("written")
        pieces.append(data)
        write_out(data)

    monkeypatch.setattr(command._Teller, "_told", told)
    monkeypatch.setattr(output, "write_out", written)
    many(f"history --all --format {form}")
    assert b"".join(pieces) == whole.read_bytes()
    assert "told" in turns[turns.index("written") + 2 :]
