"""Disks that cannot do all that we ask: no second names, locks, rights or fsync."""

from __future__ import annotations

import errno
import os
import subprocess
from pathlib import Path

import pytest

from benchmarks import faults
from sencli.store.files import folder_location
from sencli.store.git.git_lock import MARK
from sencli.store.git.git_lock import drop_own_lock
from tests.conftest import Typed
from tests.hazards.world import git
from tests.hazards.world import unchanged
from tests.hazards.world import works
from tests.store.conftest import assert_clean

NEVER = (
    *(errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS),
    *(errno.EINVAL, errno.EMLINK, errno.EXDEV, errno.EIO, errno.ENOENT, errno.ENOTTY),
)


def follows(area: Path) -> None:
    """The index has followed: a commit by hand takes nothing back."""
    root = area / "oak"
    assert git(root, "status", "--porcelain") == ""
    before = git(root, "rev-parse", "HEAD^{tree}")
    git(root, "commit", "-q", "--allow-empty", "-m", "by hand")
    assert git(root, "rev-parse", "HEAD^{tree}") == before
    assert not (root / ".git/index.lock").exists()


@pytest.mark.parametrize("number", NEVER)
def test_a_disk_without_second_names(bench: faults.Bench | None, number: int) -> None:
    if bench is not None:
        area = bench.fresh()
        done = bench.run("single", area, mode="count", never="link", never_errno=number)
        assert done == 0, bench.words
        follows(area)


def test_killed_at_any_moment_on_a_disk_without_second_names(
    bench: faults.Bench | None,
) -> None:
    if bench is None:
        return
    area = bench.fresh()
    bench.run("single", area, mode="count", never="link")
    calls = int.from_bytes((area.parent / "state").read_bytes(), "little")
    for at in faults.spread(calls, 16):
        area = bench.fresh()
        bench.run("single", area, mode="group", at=at, never="link")
        assert bench.run("single", area, mode="count", never="link") == 0, at
        assert_clean(area / "oak")


@pytest.mark.parametrize("number", [errno.EPERM, errno.ENOTSUP, errno.ENOSYS])
def test_a_disk_without_rights(bench: faults.Bench | None, number: int) -> None:
    if bench is not None:
        area = bench.fresh()
        settings = {"mode": "count", "never": "chmod", "never_errno": number}
        assert bench.run("single", area, **settings) == 0, bench.words
        follows(area)


@pytest.mark.parametrize(
    "number",
    [errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL, errno.EPERM],
)
def test_a_disk_without_locks_is_named(
    amelia: Typed, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refused(fd: int) -> None:
        raise OSError(number, os.strerror(number), str(fd))

    monkeypatch.setattr("sencli.store.files.lock._take", refused)
    told = unchanged(amelia, "pupil", "set", "amelia", "class=5A", code=7).err
    assert "keeps no locks" in told
    assert "this computer's own disk" in told
    assert "Khan" in amelia("pupil", "show", "amelia").out
    monkeypatch.undo()


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP, errno.ENOSYS])
def test_a_disk_without_fsync_is_named(bench: faults.Bench | None, number: int) -> None:
    if bench is not None:
        area = bench.fresh()
        before = git(area / "oak", "rev-parse", "HEAD")
        settings = {"mode": "count", "never": "fsync", "never_errno": number}
        assert bench.run("single", area, **settings) != 0
        assert "no fsync" in bench.words
        assert git(area / "oak", "rev-parse", "HEAD") == before
        follows(area)


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP, errno.EBADF])
def test_a_share_that_cannot_settle_folders(
    amelia: Typed, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    real = os.fsync

    def settled(fd: int) -> None:
        if Path(f"/proc/self/fd/{fd}").is_dir():
            raise OSError(number, os.strerror(number))
        real(fd)

    monkeypatch.setattr("os.fsync", settled)
    works(amelia)


def test_the_lock_of_another_stays(amelia: Typed) -> None:
    lock = amelia.folder / ".git/index.lock"
    for content in (b"", b"DIRC", b"sencli", b"sencli\nx"):
        lock.write_bytes(content)
        drop_own_lock(str(amelia.folder), "index")
        assert lock.read_bytes() == content
    lock.write_bytes(MARK)
    drop_own_lock(str(amelia.folder), "index")
    assert not lock.exists()


def test_a_stick_is_known_by_its_form(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/sda / ext4 rw 0 0\n/dev/sdb /media/STICK vfat rw 0 0\n",
        "utf-8",
        newline="\n",
    )
    assert folder_location.without_rights("/media/STICK/oak", str(mounts)) == "vfat"
    assert folder_location.without_rights("/home/x", str(mounts)) == ""


def test_a_fix_that_a_disk_refuses_says_so(
    amelia: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    amelia.folder.chmod(0o755)

    def refused(path: str, mode: int) -> None:
        raise OSError(errno.EPERM, f"{path} {mode}")

    monkeypatch.setattr("os.chmod", refused)
    told = amelia("doctor", "--fix", code=1)
    assert "keeps no rights" in told.err
    assert "yours alone" not in told.both


def test_init_on_a_disk_without_second_names(
    bench: faults.Bench | None, tmp_path: Path
) -> None:
    if bench is not None:
        area = bench.fresh("init")
        assert bench.run("init", area, mode="count", never="link") == 0, bench.words
        done = subprocess.run(
            ["git", "status", "--porcelain"],
            cwd=area / "elm",
            capture_output=True,
            check=True,
        )
        assert done.stdout == b""
    assert tmp_path.exists()
