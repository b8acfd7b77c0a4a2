"""Undo, hand edits, the doctor and verify, as typed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Typed
from tests.conftest import head_of
from tests.conftest import school_of
from tests.systems import is_private


@school_of
def amelia(oak: Typed) -> None:
    oak("pupil", "add", "Amelia Khan", "--class", "4B")
    oak("status", "set", "amelia", "K", "--since", "15/09/2025")


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    return done.stdout


def record(folder: Path) -> Path:
    return next((folder / "pupils").iterdir())


def test_undo_takes_the_last_action_back_and_can_be_undone(amelia: Typed) -> None:
    before = record(amelia.folder).read_text("utf-8")
    told = amelia("undo", "--yes")
    assert "Amelia Khan" in told.err
    assert "SEN support" in told.err
    assert "provision: K" not in record(amelia.folder).read_text("utf-8")
    assert "Undoes:" in git(amelia.folder, "log", "-1", "--format=%B")
    name = git(amelia.folder, "log", "-1", "--format=%h").strip()
    amelia("undo", name, "--yes")
    assert record(amelia.folder).read_text("utf-8") == before


def test_undo_asks_and_changes_nothing_unasked(amelia: Typed) -> None:
    before = head_of(amelia.folder)
    assert "--yes" in amelia("undo", code=2).err
    assert head_of(amelia.folder) == before


def test_undo_is_refused_where_later_entries_depend_on_it(amelia: Typed) -> None:
    amelia("cycle", "open", "amelia", "--assessment", "Reads")
    opened = git(amelia.folder, "log", "-1", "--format=%h").strip()
    amelia("outcome", "add", "amelia", "Reads 60 words")
    before = head_of(amelia.folder)
    assert amelia("undo", opened, "--yes", code=6).err
    assert head_of(amelia.folder) == before


def test_undo_of_a_commit_that_is_not_there(amelia: Typed) -> None:
    amelia("undo", "0123abcd", "--yes", code=4)


def test_undo_in_json(amelia: Typed) -> None:
    told = json.loads(amelia("undo", "--yes", "--format", "json").out)
    assert told["action"] == "undo"
    assert told["commit"] == head_of(amelia.folder)


def test_a_hand_edit_is_kept_until_it_is_taken_in(amelia: Typed) -> None:
    path = record(amelia.folder)
    text = path.read_text("utf-8").replace("last_name: Khan", "last_name: Khan-Ali")
    path.write_text(text, "utf-8", newline="\n")
    refused = amelia("pupil", "set", "amelia", "class=5A", code=6)
    assert "sen commit" in refused.err
    assert path.read_text("utf-8") == text
    told = amelia("commit")
    assert "Khan-Ali" in told.out
    assert git(amelia.folder, "status", "--porcelain") == ""
    message = git(amelia.folder, "log", "-1", "--format=%B")
    assert "Khan" not in message
    assert f"Pupil: {path.stem}" in message
    assert "Khan-Ali" in amelia("history", "amelia").out
    assert "Nothing was edited" in amelia("commit").out


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("provision: K", "provision: Q", "provision"),
        ("last_name: Khan", "last_nmae: Khan", "last_name"),
        ("last_name: Khan", "last_name: [", "Your edit is kept"),
    ],
)
def test_a_faulty_hand_edit_is_refused_with_its_line(
    amelia: Typed, old: str, new: str, said: str
) -> None:
    path = record(amelia.folder)
    text = path.read_text("utf-8").replace(old, new)
    path.write_text(text, "utf-8", newline="\n")
    before = head_of(amelia.folder)
    refused = amelia("commit", code=3)
    assert f"pupils/{path.name}:" in refused.err
    assert said in refused.err
    assert path.read_text("utf-8") == text
    assert head_of(amelia.folder) == before


def test_commit_of_one_leaves_the_other_edit_alone(amelia: Typed) -> None:
    amelia("pupil", "add", "Ben Adeyemi")
    for path in (amelia.folder / "pupils").iterdir():
        text = path.read_text("utf-8")
        path.write_text(
            text.replace("first_name: ", "known_as: X\nfirst_name: "),
            "utf-8",
            newline="\n",
        )
    amelia("commit", "khan")
    left = git(amelia.folder, "status", "--porcelain").split()
    assert len([name for name in left if name.startswith("pupils/")]) == 1


def test_the_doctor_looks_and_mends(amelia: Typed) -> None:
    record(amelia.folder).chmod(0o644)
    found = json.loads(amelia("doctor", "--format", "json", code=None).out)
    assert {"level", "code", "message", "mend", "fixable"} == set(found[0])
    amelia("doctor", "--fix", code=None)
    assert is_private(record(amelia.folder))


def test_verify_ends_with_a_fingerprint_that_holds_later(amelia: Typed) -> None:
    last = amelia("verify").out.splitlines()[-1]
    code = last.rsplit(": ", 1)[1].strip(". ")
    amelia("pupil", "set", "amelia", "known_as=Millie")
    amelia("verify", "--against", code)
    git(amelia.folder, "reset", "-q", "--hard", "HEAD~3")
    assert amelia("verify", code=8).out
    amelia("verify", "--against", code, code=8)


def test_verify_finds_a_change_that_its_message_hides(amelia: Typed) -> None:
    amelia("verify")
    path = record(amelia.folder)
    path.write_text(
        path.read_text("utf-8").replace("Khan", "Kahn"), "utf-8", newline="\n"
    )
    message = "Add a provision\n\nAction: provision.add\n"
    git(amelia.folder, "commit", "-qam", message)
    found = json.loads(amelia("verify", "--format", "json", code=8).out)
    assert any(c["level"] == "breach" and c["kind"] == "trailers" for c in found)


def test_two_laptops_merge_item_by_item(
    amelia: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = Path(sys.executable).parent  # git looks for sencli on the path
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    amelia("cycle", "open", "amelia", "--assessment", "Reads")
    other = tmp_path / "other"
    git(tmp_path, "clone", "-q", str(amelia.folder), str(other))
    there = amelia.at(other)
    there("doctor", "--fix", code=None)
    there("flag", "add", "amelia", "eal")
    amelia("flag", "add", "amelia", "pupil_premium")
    git(other, "fetch", "-q", "origin")
    git(other, "merge", "-q", "--no-edit", "origin/main")
    text = record(other).read_text("utf-8")
    assert "eal" in text
    assert "pupil_premium" in text
    there("pupil", "show", "amelia")
