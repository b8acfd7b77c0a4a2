"""The cache of rows: never trusted over the file, never in the way."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from sencli.core.provision.register import digest
from sencli.store.files import parallel
from sencli.store.repository import rows as store_rows
from sencli.store.repository.repository import Repository
from sencli.store.repository.rows import derived
from sencli.store.repository.rows import rows
from tests.conftest import Typed
from tests.systems import posix


@pytest.fixture
def repo(oak: Typed) -> Repository:
    for name in ("Amelia Khan", "Ben Adeyemi", "Chloe Davies"):
        oak("pupil", "add", name, "--class", "4B")
    return Repository.find(str(oak.folder))


def settle() -> None:
    """Past the grain of the clock, so that a cache may be trusted."""
    time.sleep(0.03)


class Counting:
    def __init__(self) -> None:
        self.seen: list[str] = []

    def __call__(self, record: dict[str, Any]) -> Any:
        self.seen.append(record["id"])
        return record["first_name"]


def test_a_second_reading_reads_no_file(repo: Repository) -> None:
    settle()
    first, second = Counting(), Counting()
    assert sorted(rows(repo, "names", first).rows.values()) == [
        *("Amelia", "Ben", "Chloe")
    ]
    assert len(first.seen) == 3
    assert rows(repo, "names", second).rows == rows(repo, "names", second).rows
    assert second.seen == []


def test_a_changed_file_is_read_again_and_alone(repo: Repository, oak: Typed) -> None:
    settle()
    rows(repo, "names", Counting())
    oak("pupil", "set", "amelia", "first_name=Amy")
    settle()
    again = Counting()
    found = rows(repo, "names", again)
    assert len(again.seen) == 1
    assert "Amy" in found.rows.values()


def test_a_change_within_the_clocks_grain_is_seen(repo: Repository) -> None:
    """The times and size of a file can be the same after a change: git's racy rule."""
    settle()
    path = next(iter((repo.root / "pupils").iterdir()))
    stat = path.stat()
    rows(repo, "names", Counting())
    text = path.read_text("utf-8")
    name = next(n for n in ("Amelia", "Ben", "Chloe") if f"first_name: {n}" in text)
    path.write_text(
        text.replace(f"first_name: {name}", f"first_name: {name[::-1]}"),
        "utf-8",
        newline="\n",
    )
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert name[::-1] in rows(repo, "names", Counting()).rows.values()


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"key": 1}', b"\xff\xfe"])
def test_a_damaged_cache_is_made_again(repo: Repository, damage: bytes) -> None:
    settle()
    want = rows(repo, "names", Counting()).rows
    cache = repo.root / ".git" / "sencli" / "rows-names.json"
    cache.write_bytes(damage)
    assert rows(repo, "names", Counting()).rows == want
    cache.unlink()
    assert rows(repo, "names", Counting()).rows == want


def test_a_cache_that_cannot_be_written_is_done_without(repo: Repository) -> None:
    cache = repo.root / ".git" / "sencli" / "rows-names.json"
    cache.unlink(missing_ok=True)
    cache.mkdir()
    assert len(rows(repo, "names", Counting()).rows) == 3


def test_a_record_that_cannot_be_read_is_told_of(repo: Repository) -> None:
    path: Path = min((repo.root / "pupils").iterdir())
    path.write_text("first_name: [", "utf-8", newline="\n")
    found = rows(repo, "names", Counting())
    assert len(found.rows) == 2
    assert list(found.problems) == [path.stem]


def test_another_salt_is_another_cache(repo: Repository) -> None:
    settle()
    rows(repo, "names", Counting(), "monday")
    again = Counting()
    rows(repo, "names", again, "tuesday")
    assert len(again.seen) == 3


@posix("processes that go on from where their parent is")
def test_work_spread_over_processes_comes_back_in_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parallel, "workers", lambda _: 3)
    names = [str(n) for n in range(50)]
    assert parallel.spread(lambda name: [name, os.getpid()][0], names) == names
    pids = set(parallel.spread(lambda _: os.getpid(), names))
    assert len(pids) == 3


@posix("processes that go on from where their parent is")
def test_a_child_that_fails_is_done_again_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parallel, "workers", lambda _: 2)
    here = os.getpid()

    def work(name: str) -> str:
        if os.getpid() != here:
            raise KeyboardInterrupt
        return name

    assert parallel.spread(work, ["a", "b", "c"]) == ["a", "b", "c"]


@posix("processes that go on from where their parent is")
def test_what_a_child_found_comes_a_line_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[int] = []
    loads = parallel.json.loads
    monkeypatch.setattr(
        parallel.json, "loads", lambda text: read.append(len(text)) or loads(text)
    )
    names = [f"{n}\n" for n in range(50)]
    assert parallel.spread(lambda name: name * 9, names, processes=2) == [
        name * 9 for name in names
    ]
    assert len(read) == 25
    assert max(read) < 60


def test_a_cache_is_written_a_row_at_a_time(
    repo: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces: list[str] = []
    monkeypatch.setattr(
        store_rows.cache_files, "write", lambda _, text: pieces.extend(text)
    )
    rows(repo, "names", Counting())
    assert sum("Amelia" in piece or "Ben" in piece for piece in pieces) == 2
    assert json.loads("".join(pieces).split("\n")[1]).keys() == set(repo.pupil_ids())


def test_the_digest_says_what_the_record_says(repo: Repository) -> None:
    for pupil_id, row in rows(repo, "digest", digest).rows.items():
        record = repo.pupil(pupil_id)
        assert row["first_name"] == record["first_name"]
        assert row.get("placements") == record.get("placements")


def test_rows_of_rows_follow_their_files(repo: Repository, oak: Typed) -> None:
    settle()

    def shouted() -> dict[str, str]:
        under = Counting()
        found = derived(
            repo, "shout", lambda: rows(repo, "names", under), str.upper, "monday"
        )
        counts.append(len(under.seen))
        return found.rows

    counts: list[int] = []
    assert sorted(shouted().values()) == ["AMELIA", "BEN", "CHLOE"]
    assert sorted(shouted().values()) == ["AMELIA", "BEN", "CHLOE"]
    oak("pupil", "set", "amelia", "first_name=Amy")
    settle()
    assert "AMY" in shouted().values()
    assert counts == [3, 0, 1]


def test_a_record_taken_away_is_in_no_row(repo: Repository) -> None:
    settle()
    assert len(rows(repo, "names", Counting()).rows) == 3
    path: Path = min((repo.root / "pupils").iterdir())
    path.unlink()
    found = rows(repo, "names", Counting())
    assert len(found.rows) == 2
    assert path.stem not in found.rows


def test_a_clock_that_stepped_back_is_not_believed(
    repo: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cache was written, so the clock says, before the files were: read again."""
    monkeypatch.setattr(store_rows.time, "time_ns", lambda: 1_000)
    rows(repo, "names", Counting())
    monkeypatch.undo()
    again = Counting()
    rows(repo, "names", again)
    assert len(again.seen) == 3


def test_a_file_from_the_future_is_read_each_time(repo: Repository) -> None:
    """What was changed while the clock was ahead may change again unseen."""
    settle()
    path: Path = min((repo.root / "pupils").iterdir())
    ahead = time.time_ns() + 3_600_000_000_000
    os.utime(path, ns=(ahead, ahead))
    rows(repo, "names", Counting())
    again = Counting()
    rows(repo, "names", again)
    assert again.seen == [path.stem]


@posix("processes that go on from where their parent is")
def test_writers_at_once_leave_a_whole_cache(repo: Repository) -> None:
    settle()
    want = rows(repo, "names", Counting()).rows
    place = repo.root / ".git" / "sencli" / "rows-names.json"
    children = []
    for number in range(6):
        pid = os.fork()
        if not pid:
            status = 1
            try:
                for n in range(20):
                    # another salt each time, so that each reads and writes anew
                    rows(repo, "names", Counting(), f"{number} {n}")
                status = 0
            finally:
                os._exit(status)
        children.append(pid)
    for _ in range(30):
        assert rows(repo, "names", Counting()).rows == want
    assert [os.waitpid(pid, 0)[1] for pid in children] == [0] * 6
    assert rows(repo, "names", Counting()).rows == want
    assert [p.name for p in place.parent.glob("rows-names*")] == [place.name]


def children() -> set[str]:
    """The processes that this one has begun; others' may be among them."""
    mine = str(os.getpid())
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, parent, *_ = stat.read_text("utf-8").rpartition(")")[2].split()
            if parent == mine and state != "Z":
                found.add(stat.parent.name)
    return found


@posix("processes that go on from where their parent is")
def test_an_interruption_ends_the_children_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "workers", lambda _: 2)
    here = os.getpid()

    def work(name: str) -> str:
        if os.getpid() == here:
            raise KeyboardInterrupt
        time.sleep(60)
        return name

    before = children()
    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        parallel.spread(work, ["a", "b"])
    assert time.monotonic() - begun < 30
    assert children() == before


def test_ticks_come_to_all_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "workers", lambda _: 2)
    ticks: list[int] = []
    parallel.spread(str.upper, ["a", "b", "c", "d"], ticks.append)
    assert sum(ticks) == 4


def test_a_cache_cut_off_anywhere_is_never_half_believed(repo: Repository) -> None:
    settle()
    want = rows(repo, "names", Counting()).rows
    place = repo.root / ".git" / "sencli" / "rows-names.json"
    whole = place.read_bytes()
    for end in range(0, len(whole), 7):
        place.write_bytes(whole[:end])
        assert rows(repo, "names", Counting()).rows == want


def test_rows_that_say_nothing_are_not_taken_for_rows(repo: Repository) -> None:
    """Rows of other pupils under a listing that is right: a cache put in from afar."""
    settle()
    want = rows(repo, "names", Counting()).rows
    place = repo.root / ".git" / "sencli" / "rows-names.json"
    head, _, problems, listing = place.read_bytes().split(b"\n", 3)
    place.write_bytes(b"\n".join([head, b"{}", problems, listing]))
    assert rows(repo, "names", Counting()).rows == want


def test_another_file_of_the_same_size_and_times_is_seen(repo: Repository) -> None:
    """Put in its place by a program that keeps times, as a backup does."""
    settle()
    rows(repo, "names", Counting())
    path: Path = min((repo.root / "pupils").iterdir())
    stat = path.stat()
    other = path.with_suffix(".other")
    other.write_bytes(path.read_bytes())
    os.utime(other, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    other.replace(path)
    again = Counting()
    rows(repo, "names", again)
    assert again.seen == [path.stem]


@pytest.mark.parametrize("fault", [OSError(28, "No space left"), KeyboardInterrupt()])
def test_a_cache_that_is_not_finished_leaves_nothing(
    repo: Repository, monkeypatch: pytest.MonkeyPatch, fault: BaseException
) -> None:
    settle()
    want = rows(repo, "names", Counting()).rows
    place = repo.root / ".git" / "sencli" / "rows-names.json"
    kept = place.read_bytes()

    def refuse(_source: str, _target: str) -> None:
        raise fault

    with monkeypatch.context() as patched:
        patched.setattr(store_rows.os, "replace", refuse)
        if isinstance(fault, OSError):
            assert rows(repo, "names", Counting(), "another day").rows == want
        else:
            with pytest.raises(KeyboardInterrupt):
                rows(repo, "names", Counting(), "another day")
    assert [p.name for p in place.parent.glob("rows-names*")] == [place.name]
    assert place.read_bytes() == kept


def test_two_commands_of_different_days_do_not_mix(repo: Repository) -> None:
    settle()
    for day in ("monday", "tuesday", "monday"):
        found = rows(repo, "days", lambda record, day=day: [record["id"], day], day)
        assert {said for _, said in found.rows.values()} == {day}


@posix("processes that go on from where their parent is")
def test_an_interruption_while_children_are_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parallel, "workers", lambda _: 3)
    here = os.getpid()

    def work(name: str) -> str:
        if os.getpid() != here:
            time.sleep(60)
        return name

    signal.signal(signal.SIGALRM, lambda *_: signal.raise_signal(signal.SIGINT))
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    before = children()
    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        parallel.spread(work, ["a", "b", "c"])
    assert time.monotonic() - begun < 30
    assert children() == before


def test_windows_lists_a_folder_by_the_files_themselves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There the list of a folder lags, and its inodes are 0: no row would be found."""
    (tmp_path / "pupils").mkdir()
    record = tmp_path / "pupils" / "p7k2q.yaml"
    record.write_text("x", "utf-8", newline="\n")

    class Entry:
        name, path = record.name, str(record)

        def stat(self, **_: bool) -> os.stat_result:
            return os.stat_result((0o100600, *[0] * 9))

    monkeypatch.setattr(store_rows.files, "WINDOWS", True)
    monkeypatch.setattr(os, "scandir", lambda _: contextlib.nullcontext([Entry()]))
    told = store_rows.listing(str(tmp_path))
    assert told == f"p7k2q {store_rows.file_stamps(record.lstat())}\n"
