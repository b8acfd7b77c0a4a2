"""Faults at calls spread over each act; `python -m benchmarks.faults` takes every call.

Where there is no C compiler, strace kills at the same calls; where there is neither,
the act is killed at moments spread over its length.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks import acts
from benchmarks import concurrency
from benchmarks import faults
from benchmarks import powercut
from sencli.store.repository.repository import Repository
from tests.store.conftest import assert_clean
from tests.systems import posix

ACTS = ("single", "several", "init", "undo")


def kill_by_other_means(folder: Path, act: str, points: int) -> None:
    """Kill without the library: strace at a call, or a signal at a moment."""
    strace = shutil.which("strace")
    for number in range(points):
        root = folder / f"{act}{number}"
        if act != "init":
            made = Repository.create(root, acts.starting_files(), acts.INIT)
            with made.batch() as batch:
                for pupil_id in acts.IDS:
                    batch.change(acts.adds(pupil_id))
            acts.group(str(root))
        words = [sys.executable, "-m", "benchmarks.acts", act, str(root)]
        calls = "fsync,rename,link,unlink,mkdir"
        if strace:
            inject = f"inject={calls}:signal=KILL:when={1 + 3 * number}"
            words = [strace, "-f", "-qq", "-o", "/dev/null", "-e", inject, *words]
        with subprocess.Popen(
            words, start_new_session=True, stderr=subprocess.DEVNULL
        ) as process:
            if not strace:
                time.sleep(0.05 + 0.02 * number)
                process.kill()
        if act == "init" and not (root / ".git").exists():
            Repository.create(root, acts.starting_files(), acts.INIT)
        repository = Repository.find(str(root))
        assert repository.change(acts.adds("pz3xy")).commit
        assert_clean(root)


@pytest.mark.parametrize("fault", ["group", "one", "enospc", "eio"])
def test_a_meeting_of_two_computers(bench: faults.Bench | None, fault: str) -> None:
    if bench is None:
        return
    tally, wrong = faults.campaign(bench, "sync", fault, 5)
    assert wrong == []
    assert tally["points"] == 5
    assert not {"half", "lost", "untold", "blocked", "fsck", "leftover"} & set(tally)


@pytest.mark.parametrize("act", [*ACTS, "log"])
def test_killed_at_any_instant(
    bench: faults.Bench | None, tmp_path: Path, act: str
) -> None:
    if bench is None:
        kill_by_other_means(tmp_path, act, 12)
        return
    tally, wrong = faults.campaign(bench, act, "group", 12)
    assert wrong == []
    assert tally["old"]
    assert tally["new"]


@posix("an interruption that one process sends to others")
def test_interrupted_at_any_moment(tmp_path: Path) -> None:
    root = tmp_path / "oak"
    made = Repository.create(root, acts.starting_files(), acts.INIT)
    with made.batch() as batch:
        for pupil_id in acts.IDS:
            batch.change(acts.adds(pupil_id))
    words = [sys.executable, "-m", "benchmarks.acts", "several", str(root)]
    for number in range(8):
        with subprocess.Popen(
            words, start_new_session=True, stderr=subprocess.DEVNULL
        ) as process:
            time.sleep(0.12 + 0.03 * number)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGINT)
        found = Repository.find(str(root))
        notes = [len(found.pupil(i).get("concerns", [])) for i in acts.IDS]
        assert len(set(notes)) == 1
        assert_clean(root)
    assert made.change(acts.adds("pz3xy")).commit


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("fault", ["one", "enospc", "eio"])
def test_one_process_killed_disk_full_or_failing(
    bench: faults.Bench | None, tmp_path: Path, act: str, fault: str
) -> None:
    if bench is None:
        kill_by_other_means(tmp_path, act, 2)
        return
    tally, wrong = faults.campaign(bench, act, fault, 4)
    assert wrong == []
    assert tally["points"] == 4


@pytest.mark.parametrize("act", [*ACTS, "log", "batch"])
def test_power_cut_after_a_confirmed_write(
    bench: faults.Bench | None, tmp_path: Path, act: str
) -> None:
    if bench is None:
        kill_by_other_means(tmp_path, act, 1)
        return
    assert powercut.missing(bench, act) == []


def test_the_power_cut_model_sees_what_is_not_synced() -> None:
    lines = [
        "create\t/r/.git/objects/ab/tmp_obj_1\t",
        "write\t/r/.git/objects/ab/tmp_obj_1\t",
        "link\t/r/.git/objects/ab/tmp_obj_1\t/r/.git/objects/ab/cdef",
        "unlink\t/r/.git/objects/ab/tmp_obj_1\t",
        "create\t/r/.git/refs/heads/main.lock\t",
        "write\t/r/.git/refs/heads/main.lock\t",
        "fsync\t/r/.git/refs/heads/main.lock\t",
        "rename\t/r/.git/refs/heads/main.lock\t/r/.git/refs/heads/main",
    ]
    assert powercut.replay(lines) == [
        "not synced when the branch moves: /r/.git/objects/ab/cdef",
        "not synced when the write is confirmed: /r/.git/objects/ab/cdef",
        "not synced when the write is confirmed: /r/.git/refs/heads/main",
    ]


@pytest.mark.parametrize("kind", ["one", "all"])
def test_many_writers_and_readers_at_once(tmp_path: Path, kind: str) -> None:
    result = concurrency.run(tmp_path, kind, writers=8, writes=5, readers=1)
    assert result.right, result
    assert result.saved + result.busy == 40
    assert_clean(tmp_path / kind)
