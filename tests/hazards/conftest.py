"""Fixtures of the hazards."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Typed
from tests.hazards.world import amelia_in
from tests.hazards.world import git


@pytest.fixture
def amelia(tmp_path: Path) -> Typed:
    """``sen`` in the records of Oak Primary, with Amelia Khan in them."""
    return amelia_in(tmp_path)


@pytest.fixture
def laptops(amelia: Typed, tmp_path: Path) -> tuple[Typed, Typed]:
    """Two laptops that meet in one bare repository."""
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "meeting.git")
    git(amelia.folder, "remote", "add", "origin", str(tmp_path / "meeting.git"))
    amelia("sync")
    git(tmp_path, "clone", "-q", str(tmp_path / "meeting.git"), "other")
    return amelia, amelia.at(tmp_path / "other")
