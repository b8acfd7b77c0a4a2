"""Hazards 1 to 8: killed, cut off, full, failing, forbidden."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time

import pytest

from benchmarks import faults
from benchmarks import powercut
from tests.conftest import Typed
from tests.hazards.world import ORDINARY
from tests.hazards.world import Done
from tests.hazards.world import files
from tests.hazards.world import head
from tests.hazards.world import program
from tests.hazards.world import record
from tests.hazards.world import unchanged
from tests.hazards.world import whole
from tests.hazards.world import works
from tests.systems import kill_with_children
from tests.systems import posix


def test_01_killed_at_any_moment(amelia: Typed) -> None:
    words = [sys.executable, "-m", "sencli", "pupil", "set", "amelia"]
    for number in range(7):
        before = record(amelia).read_text("utf-8")
        known = f"known_as=Millie {number}"
        with subprocess.Popen(
            [*words, known],
            cwd=amelia.folder,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            time.sleep(0.1 + 0.05 * number)
            if process.poll() is None:
                kill_with_children(process)
        assert "Khan" in amelia("pupil", "show", "amelia").out
        now = record(amelia).read_text("utf-8")
        assert now == before or f"Millie {number}" in now
        whole(amelia)
    works(amelia)


def test_02_power_cut(bench: faults.Bench | None, amelia: Typed) -> None:
    if bench is not None:
        assert powercut.missing(bench, "log") == []
    works(amelia)


def test_03_disk_full_from_call_n(bench: faults.Bench | None, amelia: Typed) -> None:
    if bench is not None:
        tally, wrong = faults.campaign(bench, "log", "enospc", 4)
        assert wrong == []
        assert tally["points"] == 4
    works(amelia)


@posix("a limit on the size of what a process writes")
def test_04_quota_on_file_size(amelia: Typed) -> None:
    amelia("concern", "add", "amelia", "--concern", os.urandom(2000).hex())
    before = head(amelia), files(amelia.folder)

    quota = "import resource as r\nr.setrlimit(r.RLIMIT_FSIZE, (1024, 1024))\n"
    words = ("concern", "add", "amelia", "--concern", os.urandom(2000).hex())
    # what Python compiles would be cut off too, and be found by the next test
    plain = {"PYTHONDONTWRITEBYTECODE": "1"}
    done = program(amelia.folder, *words, before=quota, env=plain)
    assert done.code == 7
    assert "othing was saved" in done.err
    assert (head(amelia), files(amelia.folder)) == before
    works(amelia)


def read_fails(amelia: Typed) -> Done:
    """``sen pupil show`` while the disk cannot read Amelia's record."""
    strace = shutil.which("strace")
    path = record(amelia)
    if not strace:
        path.chmod(0)
        return program(amelia.folder, "pupil", "show", path.stem, before=ORDINARY)
    fault = [
        "-f",
        "-qq",
        "-o",
        os.devnull,
        "-P",
        str(path),
        "-e",
        "inject=read:error=EIO",
    ]
    done = subprocess.run(
        [strace, *fault, sys.executable, "-m", "sencli", "pupil", "show", path.stem],
        cwd=amelia.folder,
        capture_output=True,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr.decode(), 0)


def test_05_error_while_a_record_is_read(amelia: Typed) -> None:
    done = read_fails(amelia)
    assert done.code == 7
    assert f"pupils/{record(amelia).name}" in done.err or "cannot be read" in done.err
    assert done.out == b""
    record(amelia).chmod(0o600)
    works(amelia)


def shut(amelia: Typed, *names: str) -> None:
    """Take away the right to write in these folders and all below."""
    for name in names:
        top = amelia.folder / name
        for path in (top, *top.rglob("*")):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode & ~0o222)


def opened(amelia: Typed) -> None:
    for path in (amelia.folder, *amelia.folder.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)


def test_06_read_only_records(amelia: Typed) -> None:
    before = head(amelia), files(amelia.folder)
    shut(amelia, ".")
    shown = program(amelia.folder, "pupil", "show", "amelia", before=ORDINARY)
    assert shown.code == 0
    assert b"Khan" in shown.out
    for words in (("register",), ("history", "amelia"), ("due",)):
        done = program(amelia.folder, *words, before=ORDINARY)
        assert done.code == 0, done.err
    words = ("pupil", "set", "amelia", "class=5A")
    done = program(amelia.folder, *words, before=ORDINARY)
    assert done.code == 7
    opened(amelia)
    assert (head(amelia), files(amelia.folder)) == before
    works(amelia)


def test_07_git_folder_not_writable(amelia: Typed) -> None:
    before = head(amelia), files(amelia.folder)
    shut(amelia, ".git")
    words = ("pupil", "set", "amelia", "class=5A")
    done = program(amelia.folder, *words, before=ORDINARY)
    assert done.code == 7
    assert "othing was" in done.err
    opened(amelia)
    assert (head(amelia), files(amelia.folder)) == before
    works(amelia)


def test_08_record_not_readable(amelia: Typed) -> None:
    amelia("pupil", "add", "Ben Adeyemi", "--class", "4B")
    ben = record(amelia, "Ben")
    ben.chmod(0)

    def typed(*words: str) -> Done:
        return program(amelia.folder, *words, before=ORDINARY)

    for who in ("ben", ben.stem):
        for words in (("pupil", "show"), ("summary",), ("history",)):
            done = typed(*words, who)
            assert done.code == 7, (words, done.err)
            assert f"pupils/{ben.name} cannot be read: Permission denied" in done.err
    for words in (("pupil", "list"), ("register",), ("find", "Khan")):
        done = typed(*words)
        assert done.code != 0
        assert b"Khan" in done.out
        assert "1 record could not be read" in done.err
        assert ben.name in done.err
    assert typed("pupil", "show", "amelia").code == 0
    ben.chmod(0o600)
    amelia("pupil", "show", "ben")
    assert "Adeyemi" in amelia("pupil", "list").out
    works(amelia)


@pytest.mark.parametrize("code", ["pupils/p2345.yaml"])
def test_08_a_folder_in_place_of_a_record(amelia: Typed, code: str) -> None:
    (amelia.folder / code).mkdir()
    assert "1 record could not be read" in amelia("pupil", "list", code=7).err
    assert "cannot be read" in unchanged(amelia, "pupil", "show", "p2345", code=7).err
