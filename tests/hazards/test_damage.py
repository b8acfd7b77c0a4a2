"""The doctor over every kind of damage: it ends, tells the truth, mends or keeps."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.cli.lesson import school
from tests.conftest import Typed
from tests.hazards.damage import DAMAGES
from tests.hazards.damage import FIFOS
from tests.hazards.damage import HISTORY
from tests.hazards.damage import INDEX
from tests.hazards.world import LINES
from tests.hazards.world import ORDINARY
from tests.hazards.world import files
from tests.hazards.world import git
from tests.hazards.world import program
from tests.hazards.world import record
from tests.hazards.world import works

# Of no harm to the records, or healed on the way.
SILENT = {
    "journal garbled", "journal of another shape",
    "our rows garbled", "log garbled", "templates is a file",
}  # fmt: skip
# What only another copy, a newer git or a person can mend.
KEPT = {
    "every object lost", "no folder of objects", "objects is a file",
    "newest commit lost", "older commit lost", "a commit of noughts", "half a pack",
    "a pack with one byte changed", "a pack lost", "borrowed from nowhere",
    "format of a newer git", "unknown extension", "another form of names",
    "another form of branches", "files elsewhere", "remote without an address",
    "remote with an odd address", "remote that is nowhere", "lock of the index",
    "lock of the branch", "lock of HEAD", "lock of packed-refs", "lock of the config",
    "a merge from nowhere", "a rebase from nowhere", "pupils is a file",
    "all files of noughts", "a record is a folder", "templates is a file",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _ours_alone() -> None:
    """What damage leaves is nobody else's to read: that is another finding."""
    import os

    os.umask(0o077)


@pytest.fixture
def oak(tmp_path: Path) -> Typed:
    """Amelia and Ben, and a concern."""
    sen = school(tmp_path, (*LINES, "pupil add 'Ben Cole' --class 4B"))
    sen("concern", "add", "amelia", "--concern", "Reading")
    return sen


def doctor(sen: Typed, *more: str) -> list[dict[str, Any]]:
    """What the doctor finds; whatever is wrong, it ends."""
    told = sen("doctor", "--format", "json", *more, code=None)
    assert told.code in (0, 1), told.both
    assert "went wrong inside" not in told.both
    assert "Traceback" not in told.both
    found: list[dict[str, Any]] = json.loads(told.out)
    return found


def bad(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is wrong, but that there is no other copy."""
    levels = ("fault", "warning")
    return [f for f in found if f["level"] in levels and "no copy" not in f["message"]]


def readable(folder: Path, names: str) -> set[str]:
    """The objects that git can read."""
    done = subprocess.run(
        ["git", "cat-file", "--batch-check"],
        cwd=folder,
        input=names,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    lines = done.stdout.splitlines()
    return {line.split()[0] for line in lines if not line.endswith("missing")}


@pytest.mark.parametrize("name", DAMAGES)
def test_the_doctor_ends_and_never_makes_it_worse(oak: Typed, name: str) -> None:
    objects = git(oak.folder, "rev-list", "--objects", "--all", "--no-object-names")
    DAMAGES[name](oak.folder)
    found = bad(doctor(oak))
    assert found or name in SILENT
    for finding in found:
        assert finding["mend"], finding
    before, there = files(oak.folder), readable(oak.folder, objects)
    doctor(oak, "--fix")
    after = files(oak.folder)
    assert {path: after.get(path) for path in before} == before
    assert there <= readable(oak.folder, objects)
    left = [f for f in bad(doctor(oak)) if f["level"] == "fault"]
    if name not in KEPT:
        assert left == []
        assert bad(doctor(oak)) == []
        works(oak)
    for finding in left:  # what it cannot mend it does not offer to
        assert not finding["fixable"] or finding["code"] == "gone", finding
    assert "went wrong inside" not in oak("check", code=None).both


def test_a_setting_of_the_user_is_not_taken_for_the_records_own(
    oak: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.compression")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "many")
    before = (oak.folder / ".git/config").read_bytes()
    (found,) = [f for f in doctor(oak, "--fix") if f["code"] == "settings"]
    assert "your own settings of git" in found["message"]
    assert not found["fixable"]
    assert (oak.folder / ".git/config").read_bytes() == before


@pytest.mark.parametrize("name", ["main (conflicted copy)", "desktop.ini"])
def test_what_a_copying_program_left_here_is_not_laid_on_the_others(
    oak: Typed, name: str
) -> None:
    git(oak.folder, "init", "-q", "--bare", "../meeting.git")
    git(oak.folder, "remote", "add", "origin", str(oak.folder.parent / "meeting.git"))
    oak("sync")
    names = oak.folder / ".git/refs/heads"
    tree = git(oak.folder, "rev-parse", "HEAD^{tree}")
    elsewhere = git(oak.folder, "commit-tree", "-m", "elsewhere", tree)
    (names / name).write_text(f"{elsewhere}\n", "utf-8", newline="\n")
    if name == "desktop.ini":
        (names / name).write_text("[x]\n", "utf-8", newline="\n")
    said = oak("sync", code=8)
    assert "here leads to nothing" in said.err
    assert "forged" not in said.err
    told = oak("doctor", "--fix", code=None).both
    assert "keeps no rights" not in told
    assert not (names / name).exists()
    if name != "desktop.ini":  # what it alone leads to is kept
        kept = git(oak.folder, "rev-parse", "copy-heads-main-conflicted-copy")
        assert kept == elsewhere
    oak("sync")


@pytest.mark.parametrize("name", FIFOS)
def test_a_pipe_in_the_place_of_a_file_holds_nobody_up(oak: Typed, name: str) -> None:
    FIFOS[name](oak.folder)
    told = program(oak.folder, "doctor")
    assert told.code == 1, told.err
    assert program(oak.folder, "doctor", "--fix").code in (0, 1)


@pytest.mark.parametrize("name", HISTORY)
def test_damage_of_the_history_is_no_hand_edit(oak: Typed, name: str) -> None:
    """Nobody is told to commit over what cannot be read."""
    HISTORY[name](oak.folder)
    for finding in doctor(oak):
        assert "sen commit" not in finding["mend"] or finding["code"] in {
            "rescue",
            "branch",
        }


@pytest.mark.parametrize("name", INDEX)
def test_verify_sees_a_damaged_index(oak: Typed, name: str) -> None:
    INDEX[name](oak.folder)
    told = oak("verify", code=None)
    assert ".git/index" in told.out
    assert "sen doctor --fix" in told.out
    oak("doctor", "--fix", code=None)
    assert ".git/index" not in oak("verify", code=None).out


@pytest.mark.parametrize("name", ["newest commit lost", "a commit of noughts"])
def test_the_way_back_from_a_lost_commit(oak: Typed, name: str) -> None:
    newest = record(oak).read_bytes()
    DAMAGES[name](oak.folder)
    (found,) = [f for f in doctor(oak) if f["code"] == "branch"]
    words = found["mend"].partition(": ")[2].partition(", then")[0].split()
    git(oak.folder, *words[1:])
    oak("commit")
    assert record(oak).read_bytes() == newest
    assert [f["code"] for f in bad(doctor(oak))] in ([], ["history"], ["spoilt"])
    oak("concern", "add", "amelia", "--concern", "More")


def test_spoilt_bytes_of_which_all_is_there(oak: Typed) -> None:
    DAMAGES["a pack with one byte changed"](oak.folder)
    doctor(oak, "--fix")
    for finding in doctor(oak):
        if finding["code"] == "spoilt":
            git(oak.folder, *finding["mend"].split()[1:])
    assert bad(doctor(oak)) == []
    works(oak)


def test_what_can_be_saved_is_said_with_where(oak: Typed, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "meeting.git")
    git(oak.folder, "remote", "add", "origin", f"{tmp_path}/meeting.git")
    oak("sync")
    oak("concern", "add", "amelia", "--concern", "Newest")
    DAMAGES["every object lost"](oak.folder)
    (found,) = [f for f in doctor(oak) if f["code"] == "rescue"]
    assert "All 2 records" in found["message"]
    assert f"git clone {tmp_path}/meeting.git FOLDER" in found["mend"]
    git(tmp_path, "clone", "-q", f"{tmp_path}/meeting.git", "FOLDER")
    there = oak.at(tmp_path / "FOLDER")
    shutil.copytree(oak.folder / "pupils", there.folder / "pupils", dirs_exist_ok=True)
    there("commit")
    assert "Newest" in there("concern", "list", "amelia").out


@pytest.mark.parametrize("name", ["objects", "refs", "HEAD", "config", "index", ""])
def test_what_may_not_be_read_is_named(oak: Typed, name: str) -> None:
    path = oak.folder / ".git" / name
    mode = path.stat().st_mode
    path.chmod(0)
    try:
        told = program(oak.folder, "doctor", "--format", "json", before=ORDINARY)
    finally:
        path.chmod(mode)
    assert told.code in (1, 4, 7), told.err
    assert name in told.out.decode() + told.err
    if told.code == 1:
        assert "chmod -R u+rwX .git" in told.out.decode()


def test_a_newer_git_is_said_in_words(oak: Typed) -> None:
    DAMAGES["format of a newer git"](oak.folder)
    for line in ("history", "undo --yes", "verify", "commit"):
        told = oak(*line.split(), code=7)
        assert "newer git" in told.err, line
        assert "git-scm.com" in told.err
    assert "Khan" in oak("pupil", "show", "amelia").out


def test_what_was_set_aside_goes_with_an_erasure(oak: Typed) -> None:
    DAMAGES["index is a folder"](oak.folder)
    doctor(oak, "--fix")
    aside = oak.folder / ".git/damaged"
    assert list(aside.iterdir()) != []
    pupil = record(oak, "Ben").stem
    oak("erase", pupil, "--ground", "End of retention", "--yes")
    assert not aside.exists()


@pytest.mark.parametrize(
    "name",
    ["newest tree lost", "tree of pupils lost", "a record lost", "an empty object"],
)
def test_of_a_long_history_the_newest_state_is_looked_at(
    oak: Typed, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sencli.store.verify.lost_objects._MANY", 1)
    DAMAGES[name](oak.folder)
    assert "history" in [f["code"] for f in bad(doctor(oak))]
    doctor(oak, "--fix")
    assert bad(doctor(oak)) == []
    works(oak)
