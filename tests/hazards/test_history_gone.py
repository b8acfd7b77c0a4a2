"""Records stand in a folder without their history: no new one is proposed first."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Typed
from tests.hazards.world import git
from tests.hazards.world import works


def _no_git(folder: Path) -> None:
    shutil.rmtree(folder / ".git")


def _leads_nowhere(folder: Path) -> None:
    _no_git(folder)
    (folder / ".git").write_text("gitdir: /nowhere\n", "utf-8", newline="\n")


def _emptied(folder: Path) -> None:
    _no_git(folder)
    git(folder, "init", "-q")


HOW = {
    "there is no .git in it": _no_git,
    "its .git is a file that leads to nothing": _leads_nowhere,
    "its .git holds no change": _emptied,
}


@pytest.mark.parametrize("how", HOW)
def test_the_doctor_says_so_and_what_to_do(amelia: Typed, how: str) -> None:
    damage: Callable[[Path], None] = HOW[how]
    damage(amelia.folder)
    told = amelia("doctor", code=1)
    assert "Level" in told.out
    assert "place" in told.out, "the rest of the table"
    words = " ".join(told.out.split())
    assert how in words
    assert words.index("git clone ADDRESS") < words.index("sen init NEW")
    assert "What is lost then" in words


@pytest.mark.parametrize("how", list(HOW)[:2])
def test_no_command_proposes_a_new_history_first(amelia: Typed, how: str) -> None:
    HOW[how](amelia.folder)
    lines = ("due", "verify", "check", "commit", "init --school Oak --senco 'J. Patel'")
    for line in lines:
        told = amelia(line, code=4)
        assert how in told.err
        assert told.err.index("git clone ADDRESS") < told.err.index("sen init NEW")


def test_where_there_is_no_other_copy_a_new_history_is_begun(amelia: Typed) -> None:
    shutil.rmtree(amelia.folder / ".git")
    amelia("init", "NEW", "--school", "Oak Primary", "--senco", "J. Patel")
    new = amelia.at(amelia.folder / "NEW")
    for name in ("school.yaml", "provisions.yaml", "groups.yaml"):
        shutil.copy(amelia.folder / name, new.folder / name)
    for name in ("pupils", "documents"):
        if (amelia.folder / name).is_dir():
            shutil.copytree(amelia.folder / name, new.folder / name, dirs_exist_ok=True)
    new("commit")
    assert "Amelia Khan" in new("pupil", "list").out
    works(new)
