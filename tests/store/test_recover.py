"""What a killed write leaves is finished or discarded by the next command."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from sencli.errors import Busy
from sencli.store.change import journal
from sencli.store.files.lock import Lock
from sencli.store.git import objects
from sencli.store.repository.repository import Repository
from tests.store.conftest import OTHER
from tests.store.conftest import PUPIL
from tests.store.conftest import assert_clean
from tests.store.conftest import concerns
from tests.store.conftest import git
from tests.store.conftest import notes


@dataclass
class Half:
    """A write that was committed and then killed before its files followed."""

    root: Path
    old: bytes
    new: bytes
    commit: str


@pytest.fixture
def half(repository: Repository) -> Half:
    path = repository.root / PUPIL
    index = (repository.root / ".git/index").read_bytes()
    old = path.read_bytes()
    written = repository.change(notes("one"))
    new = path.read_bytes()
    path.write_bytes(old)
    (repository.root / ".git/index").write_bytes(index)
    names = (objects.blob(old), objects.blob(new))
    promise = journal.Journal("refs/heads/main", written.commit, {PUPIL: names})
    journal.save(str(repository.root), promise)
    return Half(repository.root, old, new, written.commit)


def test_a_read_finishes_a_committed_write(half: Half) -> None:
    found = Repository.find(str(half.root))
    assert concerns(found) == ["one"]
    assert found.warning == ""
    assert_clean(half.root)


def test_a_write_finishes_it_too(half: Half) -> None:
    repository = Repository(half.root)
    repository.change(notes("two"))
    assert concerns(repository) == ["one", "two"]
    assert_clean(half.root)


def test_an_edit_made_meanwhile_is_kept(half: Half) -> None:
    (half.root / PUPIL).write_bytes(half.old + b"known_as: Millie\n")
    found = Repository.find(str(half.root))
    assert "edited meanwhile" in found.warning
    assert (half.root / PUPIL).read_bytes() == half.old + b"known_as: Millie\n"
    assert not journal.waiting(str(half.root))


def test_a_write_whose_branch_never_moved_is_discarded(half: Half) -> None:
    git(half.root, "update-ref", "refs/heads/main", "HEAD~1")
    found = Repository.find(str(half.root))
    assert concerns(found) == []
    assert_clean(half.root)


def test_a_commit_from_elsewhere_on_top_does_not_hide_it(half: Half) -> None:
    tree = git(half.root, "rev-parse", "HEAD^{tree}").strip()
    args = ("commit-tree", tree, "-p", half.commit, "-m", "theirs")
    git(half.root, "update-ref", "refs/heads/main", git(half.root, *args).strip())
    found = Repository.find(str(half.root))
    assert concerns(found) == ["one"]
    assert_clean(half.root)


@pytest.mark.parametrize("torn", [b"{", b'{"format": 1}', b"\0\0\0", b"[]"])
def test_a_torn_journal_means_nothing_happened(
    repository: Repository, torn: bytes
) -> None:
    (repository.root / ".git/sencli/journal").write_bytes(torn)
    Repository.find(str(repository.root))
    assert_clean(repository.root)


def test_a_journal_cannot_point_outside(half: Half) -> None:
    path = half.root / ".git/sencli/journal"
    path.write_text(
        path.read_text("utf-8").replace(PUPIL, "../outside.yaml"), "utf-8", newline="\n"
    )
    Repository.find(str(half.root))
    assert not (half.root.parent / "outside.yaml").exists()


@pytest.mark.parametrize("name", ["refs/heads/main.lock", "HEAD.lock"])
@pytest.mark.parametrize("whole", [True, False])
def test_ref_locks_of_our_own_killed_git_go(
    half: Half, name: str, *, whole: bool
) -> None:
    lock = half.root / ".git" / name
    lock.write_text(half.commit + "\n" if whole else "", "utf-8", newline="\n")
    start = time.monotonic()
    repository = Repository.find(str(half.root))
    assert not lock.exists()
    assert time.monotonic() - start < 10  # of the 20 that others wait
    assert repository.change(notes("two")).commit
    assert_clean(half.root)


def test_foreign_ref_locks_stay(half: Half) -> None:
    lock = half.root / ".git/refs/heads/main.lock"
    lock.write_text("1" * 40 + "\n", "utf-8", newline="\n")
    repository = Repository.find(str(half.root))
    assert lock.exists()
    with pytest.raises(Busy):
        repository.change(notes("two"))


def test_index_lock_of_a_killed_writer_goes(repository: Repository) -> None:
    own = repository.root / ".git/sencli/ilock"
    own.write_text("half an ind", "utf-8", newline="\n")
    os.link(own, repository.root / ".git/index.lock")
    (repository.root / ".git/sencli/tmp-work").write_text(
        "half a rec", "utf-8", newline="\n"
    )
    assert repository.change(notes("one")).warning == ""
    left = sorted(path.name for path in (repository.root / ".git/sencli").iterdir())
    assert left == ["git", "journal", "lock"]
    assert_clean(repository.root)


def test_our_lock_of_a_killed_process_has_no_effect(repository: Repository) -> None:
    assert (repository.root / ".git/sencli/lock").exists()
    assert repository.change(notes("one")).commit


def test_busy_while_another_holds_the_lock(repository: Repository) -> None:
    path = str(repository.root / ".git/sencli/lock")
    with Lock(path), pytest.raises(Busy, match="Another sen command"), Lock(path, 0.1):
        pass


def test_a_reader_is_not_held_up_by_a_writer_for_long(half: Half) -> None:
    start = time.monotonic()
    with Lock(str(half.root / ".git/sencli/lock")):
        found = Repository.find(str(half.root))
    assert found.pupil("p7k2q")["id"] == "p7k2q"
    assert time.monotonic() - start < 5


def test_a_steady_read_of_several_records_is_never_split(
    repository: Repository,
) -> None:
    calls = []

    def read() -> tuple[list[str], list[str]]:
        first = concerns(repository)
        if len(calls) < 2:
            calls.append(1)
            repository.change(notes(f"write {len(calls)}", PUPIL, OTHER))
        return first, concerns(repository, OTHER)

    first, second = repository.steady(read)
    assert first == second == ["write 1", "write 2"]


def test_a_steady_read_holds_writers_off_in_the_end(repository: Repository) -> None:
    calls = []

    def read() -> list[str]:
        calls.append(1)
        if len(calls) <= 3:
            repository.change(notes(f"write {len(calls)}"))
        return concerns(repository)

    assert len(repository.steady(read)) == 3
    assert len(calls) == 4


def test_recovery_on_a_read_only_disk_is_not_in_the_way(
    half: Half, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("sencli.store.change.recover.sweep", refuse)
    found = Repository.find(str(half.root))
    assert "Read-only" in found.warning
    assert found.pupil("p7k2q")["id"] == "p7k2q"
