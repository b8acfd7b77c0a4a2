"""A derived cache: what was worked out from each record, keyed by its file's signature.

It lies under ``.git/sencli/`` and can be deleted at any time. A row is used only while
its file has the same times, size and inode, and was not changed within the clock's
grain of the cache's own writing (git's racy rule): otherwise the file is read again.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from typing import TYPE_CHECKING
from typing import Any

from sencli import __version__
from sencli.errors import SencliError
from sencli.store import parallel
from sencli.value import Value

if TYPE_CHECKING:
    from sencli.store.repo import Repository

# A change within this time of the cache's writing may not show in the file's times.
_GRAIN_NS = 20_000_000
_FIRST_FORM = 1

Signature = list[int]


class Rows(Value):
    """What was worked out, by pupil's id.

    Attributes:
        rows: id to row, in the order of ids.
        problems: id to what is wrong, for records that cannot be read.
    """

    rows: dict[str, Any]
    problems: dict[str, str]


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
    key = f"{_FIRST_FORM} {__version__} {salt}"
    old = _load(repo, name, key)
    now = _signatures(repo)
    stale = [i for i, signature in now.items() if old.get(i, [None])[0] != signature]

    def one(pupil_id: str) -> Any:
        try:
            return [work(repo.pupil(pupil_id)), ""]
        except SencliError as fault:
            return [None, fault.message]

    fresh = dict(zip(stale, parallel.spread(one, stale), strict=True))
    entries = {i: [s, *fresh[i]] if i in fresh else old[i] for i, s in now.items()}
    if fresh or len(old) != len(now):
        _save(repo, name, key, entries)
    return Rows(
        {i: row for i, (_, row, problem) in entries.items() if not problem},
        {i: problem for i, (_, _, problem) in entries.items() if problem},
    )


def file_signature(repo: Repository, path: str) -> str:
    """A file's signature as text, for a salt; "" where there is none."""
    try:
        return " ".join(map(str, _signature((repo.root / path).lstat())))
    except OSError:
        return ""


def _signature(stat: os.stat_result) -> Signature:
    return [stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino]


def _signatures(repo: Repository) -> dict[str, Signature]:
    """The signature of every record, by id."""
    wanted = set(repo.pupil_ids())
    found: dict[str, Signature] = {}
    if not wanted:
        return found
    with os.scandir(repo.root / "pupils") as listing:
        for entry in listing:
            pupil_id = entry.name.removesuffix(".yaml")
            if pupil_id in wanted:
                found[pupil_id] = _signature(entry.stat(follow_symlinks=False))
    return dict(sorted(found.items()))


def _place(repo: Repository, name: str) -> str:
    return os.path.join(repo.root, ".git", "sencli", f"rows-{name}.json")


def _load(repo: Repository, name: str, key: str) -> dict[str, list[Any]]:
    """The entries that may be used; {} where the cache is missing, damaged or old."""
    try:
        with open(_place(repo, name), "rb") as file:
            cache = json.loads(file.read())
        if cache["key"] != key:
            return {}
        safe = int(cache["written"]) - _GRAIN_NS
        return {
            pupil_id: entry
            for pupil_id, entry in cache["entries"].items()
            if entry[0][0] < safe and entry[0][1] < safe
        }
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError):
        return {}


def _save(repo: Repository, name: str, key: str, entries: dict[str, list[Any]]) -> None:
    """Write the cache whole, or not at all: a read-only disk is no reason to fail."""
    place = _place(repo, name)
    scratch = f"{place}.{os.getpid()}"
    cache = {"key": key, "written": time.time_ns(), "entries": entries}
    try:
        os.makedirs(os.path.dirname(place), mode=0o700, exist_ok=True)
        fd = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(fd, "w", encoding="utf-8") as file:
            file.write(json.dumps(cache, separators=(",", ":")))
        os.replace(scratch, place)
    except OSError:
        return
