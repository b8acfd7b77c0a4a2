"""``sen init``: what it makes, and what it refuses."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.conftest import Typed
from tests.systems import is_private

WORDS = ("--school", "Oak Primary", "--senco", "J. Patel")


def git(folder: Path, *args: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(folder), *args],
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
    )
    return done.stdout


def test_a_new_repository(oak: Typed) -> None:
    folder = oak.folder
    assert {p.name for p in folder.iterdir()} == {
        ".git",
        ".gitattributes",
        ".gitignore",
        ".sencli",
        "README.md",
        "groups.yaml",
        "provisions.yaml",
        "school.yaml",
    }
    assert (folder / ".sencli/schemas/pupil.schema.json").is_file()
    assert "private" in (folder / "README.md").read_text("utf-8")
    assert git(folder, "status", "--short") == ""
    assert git(folder, "log", "--format=%s").strip() == "Begin the records"
    for path in folder.rglob("*"):
        if ".git" not in path.relative_to(folder).parts:
            assert is_private(path), path
    assert "initials: JP" in (folder / "school.yaml").read_text("utf-8")
    assert "independence" in (folder / "provisions.yaml").read_text("utf-8")


def test_here_and_with_details(sen: Typed) -> None:
    details = ("--urn", "123456", "--authority", "999", "--ages", "4-11")
    told = json.loads(sen("init", *WORDS, *details, "--format", "json").out)
    assert told["ids"] == {"senco": "JP"}
    assert len(told["commit"]) == 40
    assert "ages: {from: 4, to: 11}" in (sen.folder / "school.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    "wrong",
    [
        ("--urn", "12345"),
        ("--establishment", "90x0"),
        ("--ages", "11-4"),
        ("--type", "castle"),
    ],
)
def test_details_that_cannot_be(sen: Typed, wrong: tuple[str, str]) -> None:
    sen("init", "oak", *WORDS, *wrong, code=3)
    assert not (sen.folder / "oak").exists()


def test_what_is_needed_is_named(sen: Typed) -> None:
    assert "--school" in sen("init", "oak", code=2).err
    assert "--senco" in sen("init", "oak", "--school", "Oak", code=2).err
    assert not (sen.folder / "oak").exists()


def test_a_folder_with_something_in_it_is_refused(sen: Typed) -> None:
    (sen.folder / "letter.txt").write_text("x", "utf-8", newline="\n")
    assert "not empty" in sen("init", *WORDS, code=6).err
    assert [p.name for p in sen.folder.iterdir()] == ["letter.txt"]


def test_records_do_not_hold_records(oak: Typed) -> None:
    assert "already holds" in oak("init", *WORDS, code=6).err
    assert "already holds" in oak("init", "elm", *WORDS, code=6).err
    assert not (oak.folder / "elm").exists()


def test_nobody_to_sign_for(sen: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    (Path(os.environ["HOME"]) / ".gitconfig").write_text("", "utf-8", newline="\n")
    monkeypatch.delenv("EMAIL", raising=False)
    told = sen("init", "oak", *WORDS, code=7).err
    assert "git config --global user.name" in told
    assert "git config --global user.email" in told
    assert not (sen.folder / "oak").exists()
