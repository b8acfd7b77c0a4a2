"""A cache of rows derived from records, keyed by their files' stamps.

It lies under ``.git/sencli/`` and can be deleted at any time. A row is used only while
its file has the same times, size and inode, and was not changed within the clock's
grain of the cache's own writing (git's racy rule): otherwise the file is read again.

A cache is three lines of JSON, and the file stamps, a line each. While no file has
changed, the file stamps are compared as they stand, all at once, and never parsed.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING
from typing import Any

from sencli import __version__
from sencli.errors import EnvironmentFault
from sencli.errors import IntegrityFault
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.errors import SencliError
from sencli.store.files import files
from sencli.store.records.records import pupil_of
from sencli.store.records.records import pupil_path
from sencli.store.repository import cache_files
from sencli.value import Value

if TYPE_CHECKING:
    from sencli.store.repository.repository import Repository


def file_stamps(stat: os.stat_result) -> str:
    """A file's times, size and inode as text."""
    return f"{stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_size} {stat.st_ino}"


def newest_change(stamps: str) -> int:
    """When the file with these stamps was last changed or moved, in nanoseconds."""
    changed, moved, _, _ = stamps.split(" ")
    return max(int(changed), int(moved))


def listing(folder: str) -> str:
    """Id and file stamps of every record in a repository, a line each, in order."""
    place = os.path.join(folder, "pupils")
    # from within, where that can be: else the folder's own path is walked for each
    inside = files.open_folder(place)
    try:
        with os.scandir(place if inside is None else inside) as entries:
            found = [
                f"{pupil_id} {file_stamps(_stat(entry))}\n"
                for entry in entries
                if (pupil_id := pupil_of(f"pupils/{entry.name}"))
            ]
    finally:
        if inside is not None:
            os.close(inside)
    return "".join(sorted(found))


def _stat(entry: os.DirEntry[str]) -> os.stat_result:
    """The state of a file itself: Windows' list of a folder lags, and has no inodes."""
    return os.lstat(entry.path) if files.WINDOWS else entry.stat(follow_symlinks=False)


def stamps_by_id(listed: str) -> dict[str, str]:
    """The file stamps of a listing, by id."""
    return dict(line.split(" ", 1) for line in listed.splitlines())


# A change within this time of the cache's writing may not show in the file's times.
_GRAIN_NS = 20_000_000
_FORM = 11
_KINDS: dict[str, type[SencliError]] = {
    str(kind.exit_code): kind
    for kind in (InvalidValue, NotFound, EnvironmentFault, IntegrityFault)
}
# what work on a record fails with that does not fit its schema
_ODD = (KeyError, TypeError, ValueError, AttributeError, IndexError)

_Made = tuple[Any, str]
_compact = json.JSONEncoder(separators=(",", ":")).encode


class Rows(Value):
    """Cached rows by pupil's id.

    Attributes:
        rows: id to row, in the order of ids.
        problems: id to what is wrong, for records that cannot be read.
    """

    rows: dict[str, Any]
    problems: dict[str, str]

    def faults(self) -> list[SencliError]:
        """The problems as errors, of the kind that they were."""
        found = []
        for problem in self.problems.values():
            code, _, message = problem.partition(" ")
            found.append(_KINDS.get(code, InvalidValue)(message))
        return found


def rows(
    repo: Repository, name: str, work: Callable[[dict[str, Any]], Any], salt: str = ""
) -> Rows:
    """``work(record)`` for every pupil, from the cache where it still holds.

    Args:
        repo: the records.
        name: names the cache file.
        work: pure; gives JSON.
        salt: what else the rows depend on (the day, the school's file).
    """
    return by_id(repo, name, lambda pupil_id: work(repo.pupil(pupil_id)), salt)


def by_id(
    repo: Repository, name: str, make: Callable[[str], Any], salt: str = ""
) -> Rows:
    """As ``rows``, with ``make(id)`` reading no more of the file than it needs."""

    def one(pupil_id: str) -> _Made:
        try:
            return make(pupil_id), ""
        except SencliError as fault:
            return None, _cached_fault(fault)
        except _ODD as odd:
            return None, _unfit(repo, pupil_id, odd)

    def all_of(stale: Sequence[str]) -> list[_Made]:
        if not stale:
            return []
        from sencli.store.files import parallel

        with repo.told("Reading records", len(stale)) as tick:
            return parallel.spread(one, stale, tick)

    return _kept(repo, name, salt, all_of)


def derived(
    repo: Repository,
    name: str,
    below: Callable[[], Rows],
    work: Callable[[Any], Any],
    salt: str = "",
) -> Rows:
    """``work(row)`` for every row of another cache, kept in a cache of its own.

    For what depends on the day too: a new day works through the rows and reads no file.

    Args:
        repo: the records.
        name: names the cache file.
        below: gives the other rows; called only where something has changed.
        work: pure; gives JSON.
        salt: what else the result depends on.
    """

    def once(pupil_id: str, row: Any) -> _Made:
        try:
            return work(row), ""
        except _ODD as odd:
            return None, _unfit(repo, pupil_id, odd)

    def all_of(stale: Sequence[str]) -> Iterable[_Made]:
        under = below() if stale else Rows({}, {})
        for pupil_id in stale:
            if pupil_id in under.rows:
                yield once(pupil_id, under.rows[pupil_id])
            else:
                yield None, under.problems.get(pupil_id, "")

    return _kept(repo, name, salt, all_of)


def _cached_fault(fault: SencliError) -> str:
    """A problem as it is kept: the exit code, and the message."""
    return f"{fault.exit_code} {fault.message}"


def _unfit(repo: Repository, pupil_id: str, odd: Exception) -> str:
    """Why a record breaks what sound records do not; an odder fault goes on up."""
    from sencli.store.records.draft import judge

    path = pupil_path(pupil_id)
    try:
        judge(path, repo.read_bytes(path))
    except SencliError as fault:
        return _cached_fault(fault)
    raise odd


def _kept(
    repo: Repository,
    name: str,
    salt: str,
    make: Callable[[Sequence[str]], Iterable[_Made]],
) -> Rows:
    key = f"{_FORM} {__version__} {salt}"
    place = cache_files.place(repo, f"rows-{name}")
    listing = _listing(repo)
    try:
        cache = _Cache(place, key)
        if cache.sure and cache.listing == listing:
            found = cache.rows()
            # a disk that failed once may read again: what failed is always tried
            if not found.problems:
                return found
        known = cache.entries()
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError):
        known = {}
    now = stamps_by_id(listing.decode())
    stale = [i for i, stamps in now.items() if known.get(i, ("",))[0] != stamps]
    made = dict(zip(stale, make(stale), strict=True))
    told = {i: made[i] if i in made else known[i][1] for i in now}
    found = Rows(
        {i: row for i, (row, problem) in told.items() if not problem},
        {i: problem for i, (_, problem) in told.items() if problem},
    )
    _save(place, key, found, listing.decode())
    return found


def _listing(repo: Repository) -> bytes:
    """The file stamps of every record, as a cache holds them."""
    folder = os.path.join(repo.folder, "pupils")
    if not os.path.isdir(folder) or os.path.islink(folder):
        repo.names("pupils")  # says what is wrong
        return b""
    return listing(repo.folder).encode()


class _Cache:
    """A cache as it was written; anything may be wrong with it."""

    def __init__(self, place: str, key: str) -> None:
        parts = files.read(place).split(b"\n", 3)
        head, self._rows, self._problems, self.listing = parts
        told = json.loads(head)
        if told["key"] != key:
            raise ValueError(key)
        self._safe = int(told["written"]) - _GRAIN_NS
        self.sure = int(told["newest"]) < self._safe

    def rows(self) -> Rows:
        """Everything in it."""
        rows: dict[str, Any] = json.loads(self._rows)
        problems: dict[str, str] = json.loads(self._problems)
        if len(rows) + len(problems) != self.listing.count(b"\n"):
            raise ValueError("rows are missing")
        return Rows(rows, problems)

    def entries(self) -> Mapping[str, tuple[str, _Made]]:
        """Signature and what was made, of each file that the clock can be sure of."""
        held = self.rows()
        found: dict[str, tuple[str, _Made]] = {}
        for pupil_id, told in stamps_by_id(self.listing.decode()).items():
            if pupil_id in held.rows and newest_change(told) < self._safe:
                found[pupil_id] = told, (held.rows[pupil_id], "")
        return found


def _save(place: str, key: str, found: Rows, listing: str) -> None:
    """Write the cache as ``_Cache`` reads it."""
    told = stamps_by_id(listing).values()
    newest = max(map(newest_change, told), default=0)
    head = {"key": key, "written": time.time_ns(), "newest": newest}
    parts = (head, found.rows, found.problems)
    texts = (chain(_in_pieces(part), "\n") for part in parts)
    cache_files.write(place, chain(*texts, [listing]))


def _in_pieces(told: Mapping[str, Any]) -> Iterator[str]:
    """An object as JSON, a field each: the rows of a large school are long."""
    before = "{"
    for name, value in told.items():
        yield f"{before}{_compact(name)}:{_compact(value)}"
        before = ","
    yield "}" if told else "{}"
