"""Hazards 9 to 24: locks, other writers, the user's own work, git itself."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks import concurrency
from tests.conftest import Typed
from tests.hazards.world import files
from tests.hazards.world import git
from tests.hazards.world import head
from tests.hazards.world import program
from tests.hazards.world import record
from tests.hazards.world import unchanged
from tests.hazards.world import whole
from tests.hazards.world import works

WRITE = ("pupil", "set", "amelia", "class=5A")


def test_09_foreign_index_lock(amelia: Typed) -> None:
    lock = amelia.folder / ".git/index.lock"
    lock.touch()
    before = head(amelia)
    told = amelia(*WRITE)
    assert "index.lock" in told.err
    assert head(amelia) != before
    assert "5A" in record(amelia).read_text("utf-8")
    assert lock.exists()
    lock.unlink()
    works(amelia)


@pytest.mark.parametrize("name", ["refs/heads/main.lock", "HEAD.lock"])
def test_10_foreign_branch_lock(amelia: Typed, name: str) -> None:
    lock = amelia.folder / ".git" / name
    lock.write_text("0" * 40, "utf-8", newline="\n")
    for _ in range(2):
        assert name in unchanged(amelia, *WRITE, code=5).err
    assert lock.exists()
    lock.unlink()
    amelia(*WRITE)
    works(amelia)


def test_11_lock_of_a_killed_process(amelia: Typed) -> None:
    lock = amelia.folder / ".git/sencli/lock"
    hold = "import sys; from sencli.store.files.lock import Lock; Lock(sys.argv[1])"
    hold += ".__enter__(); print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(lock)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        holder.send_signal(signal.SIGKILL)
    start = time.monotonic()
    amelia(*WRITE)
    assert time.monotonic() - start < 5
    works(amelia)


def test_12_several_writers_at_once(amelia: Typed) -> None:
    words = [sys.executable, "-m", "sencli", "concern", "add", "amelia"]
    pipes = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    at_once = [
        subprocess.Popen(
            [*words, "--concern", f"Worry {n}"], cwd=amelia.folder, **pipes
        )
        for n in range(6)
    ]
    codes = []
    for process in at_once:
        _, err = process.communicate(timeout=60)
        assert process.returncode in (0, 5), err
        codes.append(process.returncode)
    assert record(amelia).read_text("utf-8").count("concern: Worry") == codes.count(0)
    works(amelia)


@pytest.mark.parametrize("kind", ["one", "all"])
def test_13_readers_during_writers(tmp_path: Path, kind: str) -> None:
    result = concurrency.run(tmp_path, kind, writers=4, writes=4, readers=2)
    assert result.right, result
    assert result.saved + result.busy == 16


def test_14_user_commits_during_our_write(
    amelia: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    # a git that commits once beside us, just before the branch moves
    real = shutil.which("git")
    bin_ = amelia.folder.parent / "bin"
    bin_.mkdir()
    fake = bin_ / "git"
    fake.write_text(
        f'#!/bin/sh\ncase "$*" in *update-ref*) if mkdir {bin_}/once 2>/dev/null;'
        f" then env -u GIT_DIR {real} -C {amelia.folder} commit -q --allow-empty"
        f" -m 'By hand'; fi;; esac\nexec {real} \"$@\"\n",
        "utf-8",
        newline="\n",
    )
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{bin_}{os.pathsep}{os.environ['PATH']}")
    amelia(*WRITE)
    log = git(amelia.folder, "log", "--format=%s").splitlines()
    assert "By hand" in log
    assert log.index("By hand") == 1
    works(amelia)


def test_15_record_edited_by_hand(amelia: Typed) -> None:
    path = record(amelia)
    path.write_text(
        path.read_text("utf-8").replace("Khan", "Khan-Ali"), "utf-8", newline="\n"
    )
    unchanged(amelia, *WRITE, code=6, says="sen commit")
    assert "Khan-Ali" in path.read_text("utf-8")
    amelia("commit")
    amelia(*WRITE)
    works(amelia)


def test_16_other_files_staged(amelia: Typed) -> None:
    (amelia.folder / "notes.txt").write_text("mine\n", "utf-8", newline="\n")
    git(amelia.folder, "add", "notes.txt")
    school = amelia.folder / "school.yaml"
    school.write_text(school.read_text("utf-8") + "# edited\n", "utf-8", newline="\n")
    amelia(*WRITE)
    assert "notes.txt" not in git(amelia.folder, "show", "--name-only", "--format=")
    state = git(amelia.folder, "status", "--porcelain")
    assert "A  notes.txt" in state
    assert "M school.yaml" in state
    assert "# edited" in school.read_text("utf-8")


def test_17_untracked_file_among_the_pupils(amelia: Typed) -> None:
    (amelia.folder / "pupils/x.yaml").write_text("a: 1\n", "utf-8", newline="\n")
    amelia(*WRITE)
    assert "x.yaml" in amelia("doctor", code=None).both
    assert "x.yaml" in amelia("check", code=1).both
    assert "?? pupils/x.yaml" in git(amelia.folder, "status", "--porcelain")


@pytest.mark.parametrize("what", ["merge", "cherry-pick", "rebase"])
def test_18_merge_in_progress(amelia: Typed, what: str) -> None:
    path = record(amelia)
    git(amelia.folder, "config", "--remove-section", "merge.sencli")
    git(amelia.folder, "switch", "-qc", "side")
    amelia("pupil", "set", "amelia", "known_as=Amy")
    git(amelia.folder, "switch", "-q", "main")
    amelia("pupil", "set", "amelia", "known_as=Millie")
    git(amelia.folder, what, "side", check=False)
    assert "<<<<<<<" in path.read_text("utf-8")
    unchanged(amelia, "concern", "add", "amelia", "--concern", "x", code=6, says=what)
    read = amelia("pupil", "show", path.stem, code=3)
    assert f"pupils/{path.name}" in read.err
    git(amelia.folder, what, "--abort")
    works(amelia)


def test_19_detached_head(amelia: Typed) -> None:
    git(amelia.folder, "checkout", "-q", "--detach")
    unchanged(amelia, *WRITE, code=6, says="git switch main")
    assert "Khan" in amelia("pupil", "show", "amelia").out
    git(amelia.folder, "switch", "-q", "main")
    works(amelia)


def test_20_no_commits_yet(amelia: Typed) -> None:
    shutil.rmtree(amelia.folder / ".git")
    git(amelia.folder, "init", "-q")
    for words in (("pupil", "show", "amelia"), ("register",)):
        assert "Khan" in amelia(*words).out
    told = amelia("history", code=None)
    assert told.code in (0, 4)
    assert "Traceback" not in told.both
    amelia("commit")
    assert git(amelia.folder, "log", "--format=%s")
    amelia(*WRITE)
    git(amelia.folder, "fsck", "--strict")


def test_21_outside_any_records(sen: Typed) -> None:
    for words in (("pupil", "list"), ("register",), ("undo",), ("sync",)):
        assert "sen init" in sen(*words, code=4).err
    assert list(sen.folder.iterdir()) == []


def test_22_git_missing_or_too_old(
    amelia: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    bin_ = amelia.folder.parent / "bin"
    bin_.mkdir()
    monkeypatch.setenv("PATH", str(bin_))
    before = files(amelia.folder)
    assert "git" in amelia(*WRITE, code=7).err
    old = bin_ / "git"
    old.write_text("#!/bin/sh\necho git version 2.11.0\n", "utf-8", newline="\n")
    old.chmod(0o755)
    assert "2.31" in amelia(*WRITE, code=7).err
    assert "Khan" in amelia("pupil", "show", "amelia").out
    assert files(amelia.folder) == before
    monkeypatch.undo()


def test_23_no_name_or_email(amelia: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(amelia.folder.parent / "nowhere"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(amelia.folder.parent / "nowhere"))
    monkeypatch.delenv("EMAIL", raising=False)
    unchanged(amelia, *WRITE, code=7, says="git config --global user.name")
    assert "Khan" in amelia("pupil", "show", "amelia").out


@pytest.mark.parametrize("script", ["exit 1", "sleep 999"])
def test_24_failing_or_hanging_hooks(amelia: Typed, script: str) -> None:
    hooks = amelia.folder / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("pre-commit", "commit-msg", "reference-transaction", "post-commit"):
        (hooks / name).write_text(f"#!/bin/sh\n{script}\n", "utf-8", newline="\n")
        (hooks / name).chmod(stat.S_IRWXU)
    done = program(amelia.folder, *WRITE)
    assert done.code == 0, done.err
    assert done.seconds < 20
    shutil.rmtree(hooks)
    whole(amelia)
    works(amelia)
