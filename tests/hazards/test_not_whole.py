"""Copies without the whole history: shallow, grafted and partial clones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Typed
from tests.hazards.test_git_out_there import hints
from tests.hazards.test_git_out_there import typed
from tests.hazards.world import git
from tests.hazards.world import head
from tests.hazards.world import works


@pytest.fixture
def written(amelia: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Records with entries by two people, which met once."""
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "meeting.git")
    git(tmp_path / "meeting.git", "config", "uploadpack.allowFilter", "true")
    git(amelia.folder, "remote", "add", "origin", f"file://{tmp_path}/meeting.git")
    amelia("pupil", "add", "Ben Cole", "--class", "4B")
    amelia("concern", "add", "amelia", "--concern", "First")
    with monkeypatch.context() as other:
        other.setenv("GIT_AUTHOR_NAME", "A. Other")
        amelia("pupil", "set", "amelia", "class=5A")
    amelia("concern", "add", "amelia", "--concern", "Last")
    amelia("sync")
    return amelia


def clone(sen: Typed, *how: str) -> Typed:
    """A clone of where they met."""
    folder = sen.folder.parent
    git(folder, "clone", "-q", *how, f"file://{folder}/meeting.git", "copy")
    return sen.at(folder / "copy")


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_a_shallow_history_ends_where_it_ends(written: Typed, depth: int) -> None:
    there = clone(written, "--depth", str(depth))
    whole = json.loads(written("history", "amelia", "--format", "json").out)
    asked = there("history", "amelia", "--format", "json", code=None)
    here = json.loads(asked.out) if asked.out else []
    assert here == whole[: depth - 1]
    assert "shallow clone" in asked.err
    assert "git fetch --unshallow" in asked.err
    seen = there("verify", code=None).out
    assert "breach" not in seen
    assert "shallow clone" in seen
    assert "shallow clone" in there("doctor", code=None).out
    assert (
        "shallow clone"
        in there("pupil", "list", "--known-at", "2020-01-01", code=4).err
    )
    typed(there.folder, "git fetch -q --unshallow")
    assert json.loads(there("history", "amelia", "--format", "json").out) == whole
    assert "shallow" not in there("verify", code=None).out


def test_nothing_is_said_of_a_record_from_before(written: Typed) -> None:
    there = clone(written, "--depth", "1")
    told = there("history", "ben", code=4)
    assert "shallow clone" in told.err


def test_the_edge_of_a_shallow_clone_is_not_undone(written: Typed) -> None:
    there = clone(written, "--depth", "1")
    before = head(there)
    there("undo", "--yes", code=4)  # nothing was done here
    told = there("undo", before, "--yes", code=6)
    assert "shallow clone" in told.err
    assert head(there) == before
    works(there)
    there("sync")


def test_an_earlier_head_is_not_called_cut(written: Typed) -> None:
    first = git(written.folder, "rev-list", "--max-parents=0", "HEAD")
    there = clone(written, "--depth", "1")
    told = there("verify", "--against", first[:16], code=None).out
    assert "breach" not in told
    assert "not in this copy" in told


def test_grafts_change_nothing_and_are_told(written: Typed) -> None:
    whole = written("history", "amelia", "--format", "json").out
    grafts = written.folder / ".git/info/grafts"
    grafts.parent.mkdir(exist_ok=True)
    grafts.write_text(f"{head(written)}\n", "utf-8", newline="\n")
    assert written("history", "amelia", "--format", "json").out == whole
    assert "rafts" in written("doctor", code=None).out
    assert "rafts" in written("verify", code=8).out


@pytest.mark.parametrize("how", ["blob:none", "tree:0"])
def test_a_partial_clone_is_named(written: Typed, how: str, tmp_path: Path) -> None:
    there = clone(written, f"--filter={how}")
    assert "Khan" in there("pupil", "show", "amelia").out
    there("pupil", "set", "amelia", "class=6A")
    for words in (
        *(("history", "amelia"), ("history",), ("sync",)),
        *(("pupil", "list", "--known-at", "2020-01-01"), ("verify",)),
    ):
        told = there(*words, code=None)
        assert told.code in (0, 4, 7), words
        assert told.code == 4 or "partial clone" in told.both, words
        assert "amaged" not in told.both, words
    found = there("doctor", code=1).out
    assert "partial clone" in found
    assert "promisor" not in found
    assert "git clone ADDRESS FOLDER" in found
    where = git(there.folder, "remote", "get-url", "origin")
    line = hints(there("sync", code=7))[0].partition(": ")[2]
    typed(tmp_path, line.replace("ADDRESS", where))
    works(there.at(tmp_path / "FOLDER"))


def test_a_partial_clone_of_a_stranger_runs_nothing(
    written: Typed, tmp_path: Path
) -> None:
    there = clone(written, "--filter=blob:none")
    mark = tmp_path / "ran"
    git(there.folder, "config", "remote.origin.uploadpack", f"touch {mark}; false")
    for line in ("history amelia", "undo --yes", "sync", "verify", "doctor"):
        there(line, code=None)
    assert not mark.exists()
