"""Attachments and schemas that were deleted, replaced or slipped in: all four look."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shlex
from pathlib import Path

import pytest

from sencli.store.text import load
from tests.conftest import Typed
from tests.hazards.world import git
from tests.hazards.world import record as file_of
from tests.systems import link

SCHEMA = ".sencli/schemas/pupil.schema.json"


@pytest.fixture
def attached(amelia: Typed) -> tuple[Typed, str]:
    """``sen`` in records with one attachment, and its path."""
    letter = amelia.folder.parent / "letter.txt"
    letter.write_text("A report.", "utf-8", newline="\n")
    done = amelia("document", "add", "amelia", str(letter), "--title", "A report")
    found = re.search(r"documents/[a-z0-9]+/[a-z0-9.]+", done.out)
    assert found
    return amelia, found[0]


def _all_look(sen: Typed, path: str, *, verify: int = 0) -> str:
    """What the four say of a file, each with what to type."""
    told = sen("check", "--format", "json", code=None)
    found = [one for one in json.loads(told.out) if one["file"] == path]
    assert len(found) == 1, told.out
    assert found[0]["mend"]
    assert path in sen("verify", code=verify).both
    assert path in sen("doctor", code=None).both
    assert path in sen("commit", code=3).both
    return str(found[0]["mend"])


def _typed(sen: Typed, command: str) -> None:
    """Type what was proposed."""
    program, *words = shlex.split(command)
    if program == "git":
        git(sen.folder, *words)
    else:
        sen(command, code=None)


def _put_back(sen: Typed, mend: str) -> None:
    """Type line by line what brings a file back out of the history."""
    before = os.umask(0o022)
    try:
        for command in mend.splitlines():
            _typed(sen, command)
    finally:
        os.umask(before)
    (path,) = {shlex.split(command)[-1] for command in mend.splitlines()}
    if os.name != "nt":
        assert (sen.folder / path).stat().st_mode & 0o077 == 0


def _calm(sen: Typed) -> None:
    assert "Attachments and schemas are as they were" in sen("verify").out
    assert "Attachments and schemas are as they were" in sen("doctor", code=None).out
    told = json.loads(sen("check", "--format", "json", code=None).out)
    kinds = {one["code"] for one in told}
    assert not kinds & {"attachment", "schemas"}
    assert "Nothing was edited" in sen("commit").both


def _entry(sen: Typed, first: str) -> dict[str, str]:
    """The one entry of an attachment in a pupil's record."""
    path = file_of(sen, first)
    (entry,) = load.load(path.read_bytes(), path.name)["documents"]
    assert isinstance(entry, dict)
    return entry


def _damage(path: Path, how: str) -> None:
    path.unlink()
    if how == "changed":
        path.write_text("Another report.", "utf-8", newline="\n")
    elif how == "link":
        link(path, "/etc/hostname")


@pytest.mark.parametrize("how", ["missing", "changed", "link"])
@pytest.mark.parametrize("known", [True, False])
def test_an_attachment(attached: tuple[Typed, str], how: str, *, known: bool) -> None:
    sen, path = attached
    assert _entry(sen, "Amelia")["sha256"] == hashlib.sha256(b"A report.").hexdigest()
    assert "sha256" not in sen("history", "amelia").out
    if not known:  # as records of earlier versions have it
        place = sen.folder / "pupils" / f"{path.split('/')[1]}.yaml"
        text = re.sub(r"\n +sha256: .*", "", place.read_text("utf-8"))
        place.write_text(text, "utf-8", newline="\n")
        sen("commit")
    _calm(sen)
    _damage(sen.folder / path, how)
    mend = _all_look(sen, path)
    _typed(sen, mend)
    _calm(sen)


@pytest.mark.parametrize("how", ["missing", "changed", "link"])
def test_a_schema(amelia: Typed, how: str) -> None:
    _damage(amelia.folder / SCHEMA, how)
    mend = _all_look(amelia, SCHEMA)
    _typed(amelia, mend)
    _calm(amelia)


def test_a_file_that_no_record_names(attached: tuple[Typed, str]) -> None:
    sen, path = attached
    stray = path.rpartition("/")[0] + "/other.pdf"
    (sen.folder / stray).write_text("Whose is it?", "utf-8", newline="\n")
    assert "Move it out" in _all_look(sen, stray)


def test_one_replaced_by_git_itself_is_a_breach(attached: tuple[Typed, str]) -> None:
    sen, path = attached
    (sen.folder / path).write_text("Another report.", "utf-8", newline="\n")
    git(sen.folder, "commit", "-q", "-a", "-m", "Tidy up")
    told = sen("verify", code=8).out
    assert f"In the history: {path} is not the file" in told
    assert f"changes {path} with git itself" in told
    _put_back(sen, _all_look(sen, path, verify=8))
    _calm_but_told(sen, path)


def _calm_but_told(sen: Typed, path: str) -> None:
    """All is well again; what git did without sencli stays told."""
    told = sen("verify").out
    assert f"changes {path} with git itself" in told
    assert "In the history:" not in told
    assert "Nothing was edited" in sen("commit").both
    assert "attachment" not in sen("check", "--format", "json", code=None).out


def _spoilt(folder: Path, path: str, how: str) -> None:
    """One that was deleted or replaced by git itself, as another laptop may."""
    (folder / path).write_text("Another.", "utf-8", newline="\n")
    if how == "deleted":
        (folder / path).unlink()
    git(folder, "commit", "-q", "-a", "-m", "Tidy up")


@pytest.mark.parametrize("how", ["deleted", "replaced"])
@pytest.mark.parametrize("what", ["attachment", "schema"])
def test_what_a_sync_brings_is_told(
    attached: tuple[Typed, str], how: str, what: str
) -> None:
    sen, letter = attached
    path = letter if what == "attachment" else SCHEMA
    parent = sen.folder.parent
    git(parent, "clone", "-q", "--bare", str(sen.folder), "hub.git")
    git(parent, "clone", "-q", "hub.git", "other")
    git(sen.folder, "remote", "add", "origin", str(parent / "hub.git"))
    _spoilt(parent / "other", path, how)
    git(parent / "other", "push", "-q")
    told = sen("sync").err
    assert path in told
    mend = told.strip().partition("To mend it: ")[2]
    assert mend == _all_look(sen, path, verify=8)
    _put_back(sen, mend)
    _calm_but_told(sen, path)
    assert path not in sen("sync").err


def test_a_schema_changed_by_git_itself_is_told(amelia: Typed) -> None:
    (amelia.folder / SCHEMA).write_text("{}", "utf-8", newline="\n")
    git(amelia.folder, "commit", "-q", "-a", "-m", "Tidy up")
    assert f"changes {SCHEMA} with git itself" in amelia("verify", code=None).out


def test_a_hand_edit_takes_its_file_with_it(attached: tuple[Typed, str]) -> None:
    sen, path = attached
    other = path.rpartition("/")[0] + "/new.txt"
    (sen.folder / other).write_text("By hand.", "utf-8", newline="\n")
    (sen.folder / path).unlink()
    place = sen.folder / "pupils" / f"{path.split('/')[1]}.yaml"
    old = path.rpartition("/")[2]
    text = re.sub(r"\n +sha256: .*", "", place.read_text("utf-8"))
    place.write_text(
        text.replace(f"file: {old}", "file: new.txt"), "utf-8", newline="\n"
    )
    sen("commit", "--take-out")
    assert git(sen.folder, "ls-tree", "-r", "--name-only", "HEAD", "documents") == (
        other
    )


def test_a_move_gives_an_old_entry_its_fingerprint(
    attached: tuple[Typed, str],
) -> None:
    sen, path = attached
    place = sen.folder / "pupils" / f"{path.split('/')[1]}.yaml"
    place.write_text(
        re.sub(r"\n +sha256: .*", "", place.read_text("utf-8")), "utf-8", newline="\n"
    )
    sen("commit")
    sen("pupil", "add", "Ben Okafor", "--class", "4B")
    sen("move", "amelia", "document 1", "--to", "ben")
    assert _entry(sen, "Ben")["sha256"] == hashlib.sha256(b"A report.").hexdigest()
    _calm(sen)


def test_an_erased_childs_file_that_comes_back(attached: tuple[Typed, str]) -> None:
    """Put back without its record: told by the meeting and by all four, and cleared."""
    sen, path = attached
    parent, pupil = sen.folder.parent, path.split("/")[1]
    sen("erase", pupil, "--ground", "End of retention", "--yes")
    git(parent, "clone", "-q", "--bare", str(sen.folder), "hub.git")
    git(parent, "clone", "-q", "hub.git", "other")
    git(sen.folder, "remote", "add", "origin", str(parent / "hub.git"))
    back = parent / "other" / path
    back.parent.mkdir(parents=True)
    back.write_text("A report.", "utf-8", newline="\n")
    git(parent / "other", "add", ".")
    git(parent / "other", "commit", "-q", "-m", "Tidy up")
    git(parent / "other", "push", "-q")
    assert f"No record names '{path}'" in sen("sync").err
    assert "Move it out" in _all_look(sen, path)
    (sen.folder / path).unlink()
    sen("commit", "--take-out")
    assert git(sen.folder, "ls-tree", "-r", "--name-only", "HEAD", "documents") == ""


def test_a_name_that_an_erasure_takes_out_of_one(amelia: Typed) -> None:
    """The record's fingerprint follows, here and on the other computer."""
    parent = amelia.folder.parent
    letter = parent / "letter.txt"
    letter.write_text("Sat with Zed Zulu.", "utf-8", newline="\n")
    amelia("pupil", "add", "Zed Zulu")
    amelia("document", "add", "amelia", str(letter), "--title", "Notes")
    amelia("concern", "add", "amelia", "--concern", "Fell out with Zed Zulu")
    git(parent, "clone", "-q", "--bare", str(amelia.folder), "hub.git")
    git(parent, "clone", "-q", "hub.git", "other")
    for folder in (amelia.folder, parent / "other"):
        git(folder, "config", "remote.origin.url", str(parent / "hub.git"))
    amelia("sync")
    other = Typed(parent / "other")
    other("concern", "add", "amelia", "--concern", "Tired")
    who = file_of(amelia, "Zed").stem
    amelia("erase", who, "--ground", "End", "--in-others", "clear", "--yes")
    amelia("sync", "--after-erasure", "--yes")
    other("sync", "--accept-erasure", "--yes")
    for sen in (amelia, other):
        (kept,) = (sen.folder / "documents").glob("*/*.txt")
        assert "an erased pupil" in kept.read_text("utf-8")
        assert "Attachments and schemas are as they were" in sen("verify").out


@pytest.mark.parametrize("damage", ["half", "gone"])
def test_nobody_is_told_to_move_out_what_a_damaged_record_may_name(
    attached: tuple[Typed, str], damage: str
) -> None:
    sen, path = attached
    place = file_of(sen)
    text = place.read_text("utf-8")
    place.unlink()
    if damage == "half":
        place.write_text(f"{text[:60]}\nhalf", "utf-8", newline="\n")
    for line in ("check", "doctor", "commit", "verify"):
        assert path not in sen(line, code=None).both, line
