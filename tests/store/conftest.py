"""A small records repository, made through the store alone."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sencli.store.records.draft import Draft
from sencli.store.records.draft import Message
from sencli.store.repository.repository import Repository
from sencli.store.repository.repository import Written
from tests.conftest import copy_of

PUPIL = "pupils/p7k2q.yaml"
OTHER = "pupils/p3dfb.yaml"
INIT = Message("init", "Begin the records")


def pupil(pupil_id: str, first: str = "Amelia") -> dict[str, Any]:
    """A new pupil's record."""
    return {"schema": 1, "id": pupil_id, "first_name": first, "last_name": "Khan"}


def starting_files() -> dict[str, bytes]:
    """What `sen init` would write."""
    return {
        "school.yaml": b"schema: 1\nname: Oak Primary\n",
        "provisions.yaml": b"schema: 1\n",
        "groups.yaml": b"schema: 1\n",
        ".gitattributes": b"* -text\n",
    }


def git(root: Path, *args: str, check: bool = True) -> str:
    """Git as a user types it."""
    done = subprocess.run(
        ["git", *args],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0 or not check, f"{args}: {done.stderr}"
    return done.stdout


def adds(path: str, record: dict[str, Any]) -> Callable[[Draft], Message]:
    """An act that puts a new record."""

    def act(draft: Draft) -> Message:
        draft.put(path, record)
        return Message("pupil.add", "Add a pupil")

    return act


def notes(text: str, *paths: str) -> Callable[[Draft], Message]:
    """An act that adds one concern to each record."""

    def act(draft: Draft) -> Message:
        for path in paths or (PUPIL,):
            record = draft.read(path)
            listed = record.setdefault("concerns", [])
            number = f"c{len(listed):04}"
            listed.append({"id": number, "date": "2025-10-01", "concern": text})
            draft.put(path, record)
        return Message("concern.add", "Record a concern")

    return act


def concerns(repository: Repository, path: str = PUPIL) -> list[str]:
    """The concerns that a record holds now."""
    return [item["concern"] for item in repository.read(path).get("concerns", [])]


def assert_clean(root: Path) -> None:
    """Nothing differs, nothing is staged, nothing is damaged, nothing is left over."""
    fsck = subprocess.run(
        ["git", "fsck", "--strict", "--no-dangling"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert fsck.returncode == 0, fsck.stderr
    assert git(root, "status", "--porcelain") == ""
    left = [p for p in (root / ".git").rglob("*.lock") if p.name != "lock"]
    assert left == []
    assert (root / ".git/sencli/journal").read_bytes() == b""


def _two_pupils(folder: Path) -> Path:
    made = Repository.create(folder / "oak", starting_files(), INIT)
    assert made.change(adds(PUPIL, pupil("p7k2q"))).commit
    assert made.change(adds(OTHER, pupil("p3dfb", "Ben"))).commit
    return folder / "oak"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Oak Primary with two pupils."""
    copy_of("two pupils", tmp_path / "oak", _two_pupils)
    return Repository.find(str(tmp_path / "oak"))


__all__ = ["Written"]
