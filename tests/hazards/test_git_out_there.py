"""Repositories and remotes as people make them: each sentence says what to type."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import Result
from tests.conftest import Typed
from tests.hazards.world import git
from tests.hazards.world import head
from tests.hazards.world import unchanged
from tests.hazards.world import works

_FORMS = """#!/bin/sh
# as a newer git that was set up to make something else than we can use
case "$*" in
*" init "*) echo "$* $GIT_DEFAULT_REF_FORMAT" >> {log} ;;
esac
exec {git} "$@"
"""


def typed(folder: Path, *lines: str) -> None:
    """What a message says to type, typed."""
    for line in lines:
        words = ["sh", "-c", line]
        subprocess.run(words, cwd=folder, check=True, capture_output=True)


def hints(result: Result) -> list[str]:
    """The lines of advice of an error."""
    lines = result.err.splitlines()
    return [line.strip() for line in lines if line.startswith("     ")]


def bare(tmp_path: Path, name: str = "meeting.git", *words: str) -> Path:
    """A folder to meet in, as somebody makes it."""
    git(tmp_path, "init", "-q", "--bare", *(words or ("-b", "main")), name)
    return tmp_path / name


def test_init_asks_git_for_what_it_can_use(
    amelia: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = shutil.which("git")
    wrapper = tmp_path / "bin/git"
    wrapper.parent.mkdir()
    wrapper.write_text(
        _FORMS.format(log=tmp_path / "log", git=real), "utf-8", newline="\n"
    )
    wrapper.chmod(0o755)
    monkeypatch.setenv("PATH", f"{wrapper.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("GIT_DEFAULT_REF_FORMAT", "reftable")
    monkeypatch.setenv("GIT_DEFAULT_HASH", "sha256")
    amelia("init", "../elm", "--school", "Elm", "--senco", "A. Bee")
    told = (tmp_path / "log").read_text("utf-8")
    assert "init.defaultRefFormat=files" in told
    assert "--object-format=sha1" in told
    assert "--initial-branch=main" in told
    assert told.rstrip().endswith(" files")


def test_init_whatever_the_user_has_set(amelia: Typed, tmp_path: Path) -> None:
    for key, value in (
        ("init.defaultBranch", "trunk"),
        ("init.defaultObjectFormat", "sha256"),
        ("init.defaultRefFormat", "reftable"),
        ("core.sharedRepository", "all"),
        ("core.bare", "true"),
    ):
        git(tmp_path, "config", "--global", key, value)
    amelia("init", "../elm", "--school", "Elm", "--senco", "A. Bee")
    elm = amelia.at(tmp_path / "elm")
    elm("pupil", "add", "Zoë Elm", "--class", "2")
    assert git(elm.folder, "symbolic-ref", "HEAD") == "refs/heads/main"
    assert git(elm.folder, "rev-parse", "--show-object-format") == "sha1"


@pytest.mark.parametrize(
    "line",
    [
        "[extensions]\n\trefStorage = reftable\n",
        '[ Extensions ] RefStorage = "reftable" ; x\n',
    ],
)
def test_reftable_is_named_with_the_way_out(amelia: Typed, line: str) -> None:
    with (amelia.folder / ".git/config").open(
        "a", encoding="utf-8", newline="\n"
    ) as file:
        file.write(line)
    for words in (("history", "amelia"), ("pupil", "set", "amelia", "class=5A")):
        told = amelia(*words, code=7).err
        assert "reftable" in told
        assert "git refs migrate --ref-format=files" in told


def test_reftable_as_git_makes_it_is_no_damage(amelia: Typed) -> None:
    inside = amelia.folder / ".git"
    git(amelia.folder, "config", "core.repositoryFormatVersion", "1")
    git(amelia.folder, "config", "extensions.refStorage", "reftable")
    shutil.rmtree(inside / "refs")
    (inside / "refs").mkdir()
    for name, text in (
        ("refs/heads", "this repository uses the reftable format\n"),
        ("HEAD", "ref: refs/heads/.invalid\n"),
    ):
        (inside / name).write_text(text, "utf-8", newline="\n")
    for words in (("doctor",), ("doctor", "--fix")):
        told = amelia(*words, code=1).out
        assert "git refs migrate --ref-format=files" in told
        assert "should be a folder" not in told
    assert (inside / "refs/heads").is_file()


def test_sha256_is_named_and_its_way_out_works(amelia: Typed, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main", "--object-format=sha256", "other")
    moved = tmp_path / "other"
    typed(amelia.folder, f"git fast-export --all | git -C {moved} fast-import")
    git(moved, "reset", "-q", "--hard")
    there = amelia.at(moved)
    told = there("pupil", "set", "amelia", "class=5A", code=7)
    assert "sha256" in told.err
    typed(moved, *hints(told)[1:])
    works(amelia.at(moved / "NEW"))


def test_a_git_folder_elsewhere_is_named_and_put_right(
    amelia: Typed, tmp_path: Path
) -> None:
    away = str(tmp_path / "away")
    git(amelia.folder, "init", "-q", "--separate-git-dir", away)
    for words in (("pupil", "list"), ("pupil", "set", "amelia", "class=5A")):
        told = amelia(*words, code=7)
        assert away in told.err
    assert "sen init" not in told.err
    typed(tmp_path, *hints(told))
    works(amelia)


def test_a_history_elsewhere_is_put_right_for_a_folder_that_moves(
    amelia: Typed, tmp_path: Path
) -> None:
    git(amelia.folder, "init", "-q", "--separate-git-dir", str(tmp_path / "away"))
    told = amelia("init", ".", "--school", "Elm", "--senco", "A. Bee", code=7)
    assert "is gone" not in told.err  # it is not: it stands elsewhere
    assert str(tmp_path / "away") in told.err
    typed(tmp_path, *hints(told))
    moved = amelia.folder.rename(tmp_path / "moved")
    works(amelia.at(moved))
    assert not git(moved, "status", "--porcelain")


def test_a_worktree_is_named(amelia: Typed, tmp_path: Path) -> None:
    git(amelia.folder, "worktree", "add", "-q", "-b", "two", str(tmp_path / "two"))
    there = amelia.at(tmp_path / "two")
    told = there("pupil", "set", "amelia", "class=5A", code=7)
    assert str(amelia.folder) in told.err
    typed(tmp_path, hints(told)[1].partition(": ")[2])
    works(amelia.at(tmp_path / "FOLDER"))
    works(amelia)


def test_a_meeting_place_is_no_folder_of_records(amelia: Typed, tmp_path: Path) -> None:
    place = bare(tmp_path)
    git(amelia.folder, "remote", "add", "origin", str(place))
    amelia("sync")
    told = amelia.at(place)("pupil", "list", code=4)
    typed(tmp_path, hints(told)[0].partition(": ")[2])
    works(amelia.at(tmp_path / "FOLDER"))


@pytest.mark.parametrize("words", [(), ("-b", "master"), ("-b", "trunk")])
def test_a_place_made_by_hand_can_be_cloned(
    amelia: Typed, tmp_path: Path, words: tuple[str, ...]
) -> None:
    place = bare(tmp_path, "meeting.git", *(words or ("--quiet",)))
    git(amelia.folder, "remote", "add", "origin", str(place))
    amelia("sync")
    git(tmp_path, "clone", "-q", str(place), "other")
    works(amelia.at(tmp_path / "other"))


def test_a_place_from_before_is_put_right_by_the_next_sync(
    amelia: Typed, tmp_path: Path
) -> None:
    place = bare(tmp_path, "meeting.git", "-b", "master")
    git(amelia.folder, "remote", "add", "origin", f"file://{place}")
    git(amelia.folder, "push", "-q", "origin", "main")
    amelia("sync")
    assert git(place, "symbolic-ref", "HEAD") == "refs/heads/main"


def test_the_advice_of_sync_makes_a_place_that_can_be_cloned(
    amelia: Typed,
) -> None:
    told = amelia("sync", code=4)
    assert "--initial-branch=main" in told.err
    assert "sen sync" in told.err


@pytest.mark.parametrize("branch", ["master", "main"])
def test_a_clone_of_a_place_without_records_yet(
    amelia: Typed, tmp_path: Path, branch: str
) -> None:
    place = bare(tmp_path, "meeting.git", "-b", branch)
    git(tmp_path, "clone", "-q", str(place), "other")
    there = amelia.at(tmp_path / "other")
    told = there("pupil", "list", code=4)
    assert str(place) in told.err
    assert "sen init" not in told.err
    started = there("init", ".", "--school", "X", "--senco", "Y", code=4)
    assert started.err == told.err
    git(amelia.folder, "remote", "add", "origin", str(place))
    amelia("sync")
    typed(tmp_path, *hints(told)[1].partition(": ")[2].split(", then "))
    works(there)


def test_a_clone_with_its_head_elsewhere(amelia: Typed, tmp_path: Path) -> None:
    place = bare(tmp_path, "meeting.git", "-b", "master")
    git(amelia.folder, "remote", "add", "origin", str(place))
    git(amelia.folder, "push", "-q", "origin", "main")
    git(tmp_path, "clone", "-q", str(place), "other")
    there = amelia.at(tmp_path / "other")
    told = there("pupil", "list", code=4)
    typed(tmp_path, hints(told)[0].partition(": ")[2])
    works(there)


def test_another_branch_is_open(amelia: Typed) -> None:
    git(amelia.folder, "switch", "-q", "--orphan", "notes")
    shutil.rmtree(amelia.folder / ".git/sencli")
    told = amelia("pupil", "list", code=4)
    typed(amelia.folder, hints(told)[0].partition(": ")[2])
    works(amelia)


def readme(tmp_path: Path, place: Path, branch: str) -> None:
    """A remote as web sites make them: with a README in it."""
    git(tmp_path, "init", "-q", "-b", branch, "made")
    (tmp_path / "made/README.md").write_text("# records\n", "utf-8", newline="\n")
    git(tmp_path / "made", "add", ".")
    git(tmp_path / "made", "commit", "-qm", "Initial commit")
    git(tmp_path / "made", "push", "-q", str(place), branch)


def test_a_remote_made_with_a_readme(amelia: Typed, tmp_path: Path) -> None:
    place = bare(tmp_path)
    readme(tmp_path, place, "main")
    git(amelia.folder, "remote", "add", "origin", str(place))
    told = unchanged(amelia, "sync", code=6)
    assert "README.md" in told.err
    assert "git init --bare --initial-branch=main FOLDER" in told.err


def test_a_readme_on_another_branch(amelia: Typed, tmp_path: Path) -> None:
    place = bare(tmp_path, "meeting.git", "-b", "master")
    readme(tmp_path, place, "master")
    git(amelia.folder, "remote", "add", "origin", str(place))
    amelia("sync")
    git(tmp_path, "clone", "-q", str(place), "other")
    there = amelia.at(tmp_path / "other")
    told = there("pupil", "list", code=4)
    typed(tmp_path, hints(told)[0].partition(": ")[2])
    works(there)


@pytest.mark.parametrize("met", ["met", ""])
@pytest.mark.parametrize("here", ["here", ""])
def test_a_renamed_branch(amelia: Typed, tmp_path: Path, here: str, met: str) -> None:
    place = bare(tmp_path)
    git(amelia.folder, "remote", "add", "origin", str(place))
    amelia("sync")
    if not met:
        shutil.rmtree(amelia.folder / ".git/refs/sencli")
        shutil.rmtree(amelia.folder / ".git/refs/remotes")
    git(amelia.folder if here else place, "branch", "-m", "main", "records")
    told = unchanged(amelia, "sync", code=6)
    typed(amelia.folder, hints(told)[0].partition(": ")[2].partition(", then")[0])
    amelia("sync")
    branches = git(place, "for-each-ref", "--format=%(refname:short)")
    assert branches == ("main" if here else "records")


def test_a_remote_that_moved(amelia: Typed, tmp_path: Path) -> None:
    place = bare(tmp_path)
    git(amelia.folder, "remote", "add", "origin", str(place))
    amelia("sync")
    place.rename(tmp_path / "new.git")
    told = unchanged(amelia, "sync", code=7)
    assert f"{place} is not there" in told.err
    assert "git remote set-url origin" in told.err
    git(amelia.folder, "remote", "set-url", "origin", str(tmp_path / "new.git"))
    amelia("sync")
    assert git(tmp_path / "new.git", "rev-parse", "main") == head(amelia)


def test_a_repository_that_has_not_fetched_yet(amelia: Typed, tmp_path: Path) -> None:
    place = bare(tmp_path)
    git(amelia.folder, "remote", "add", "origin", str(place))
    amelia("sync")
    git(tmp_path, "init", "-q", "other")
    git(tmp_path / "other", "remote", "add", "origin", str(place))
    there = amelia.at(tmp_path / "other")
    told = there("pupil", "list", code=4)
    typed(tmp_path, *hints(told)[1].partition(": ")[2].split(", then "))
    works(there)
