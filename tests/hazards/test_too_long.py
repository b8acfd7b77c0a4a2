"""What is too long to tell is counted (issue of trust, 16)."""

from __future__ import annotations

import json

import pytest

from tests.conftest import Typed
from tests.hazards.world import git
from tests.hazards.world import record


def test_check_and_verify_count(amelia: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sencli.documents.lists.findings.MOST", 2)
    monkeypatch.setattr("sencli.cli.safety.verify.MOST", 2)
    text = record(amelia, "Amelia").read_text("utf-8")
    for number in range(6):
        name = f"pxxxxxx{'bcdfgh'[number]}"
        path = amelia.folder / "pupils" / f"{name}.yaml"
        path.write_text(f"{text}colour: red\n", "utf-8", newline="\n")
    told = amelia("check", code=1).out
    assert _about(told) == 2
    assert "And 4 more like these." in told
    assert _about(amelia("check", "--format", "csv", code=1).out) == 6
    git(amelia.folder, "add", ".")
    git(amelia.folder, "commit", "-q", "-m", "By hand")
    told = amelia("verify", code=8).out
    assert _about(told) == 2
    assert "4 more. All of them: sen verify --format json" in told
    whole = json.loads(amelia("verify", "--format", "json", code=8).out)
    assert sum("colour" in one["message"] for one in whole) == 6


def _about(told: str) -> int:
    return sum("colour" in line for line in told.splitlines())
