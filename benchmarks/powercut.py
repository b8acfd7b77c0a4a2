"""A power cut, as a model: what was confirmed but would not be on the disk.

The log of every call that changes something is played back. A file counts as safe when
its content was fsynced after the last write and its name after the last rename (fsync
of the folder). At the moment the branch moves, every object and the journal must be
safe; at the end, the branch, the working files and the index too.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from benchmarks import meeting

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.faults import Bench


class Disk:
    """Which contents and names have reached the disk.

    A content has a number, as a file has an inode: two names may share one.
    """

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.dirty: set[int] = set()
        self._last = 0
        self.unnamed: set[str] = set()

    def play(self, what: str, path: str, other: str) -> None:
        """One call."""
        if what in ("create", "truncate", "write"):
            if path not in self.numbers:
                self._last += 1
                self.numbers[path] = self._last
                self.unnamed |= {path} if what == "create" else set()
            self.dirty.add(self.numbers[path])
        elif what == "mkdir":
            self.unnamed.add(path)
        elif what == "fsync":
            self.dirty.discard(self.numbers.get(path, -1))
            self.unnamed = {p for p in self.unnamed if posixpath.dirname(p) != path}
        elif what in ("rename", "link"):
            self._name(path, other)
            if what == "rename":
                self._forget(path)
        elif what == "unlink":
            self._forget(path)

    def _name(self, path: str, other: str) -> None:
        for known, number in list(self.numbers.items()):
            if _within(known, path):
                self.numbers[other + known[len(path) :]] = number
        below = [p for p in self.unnamed if _within(p, path)]
        self.unnamed |= {other, *(other + p[len(path) :] for p in below)}

    def _forget(self, path: str) -> None:
        self.numbers = {p: n for p, n in self.numbers.items() if not _within(p, path)}
        self.unnamed = {p for p in self.unnamed if not _within(p, path)}

    def unsafe(self, kinds: tuple[str, ...]) -> list[str]:
        """What of these kinds would not survive."""
        dirty = {p for p, number in self.numbers.items() if number in self.dirty}
        return sorted(p for p in dirty | self.unnamed if kind(p) in kinds)


def _within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")


def kind(path: str) -> str:
    """What a file is to a confirmed write; "" for what it does not depend on."""
    inside, mark, rest = path.partition("/.git/")
    if not mark:
        return "" if path.endswith(("/.git", "/.sencli-new")) else "working"
    if inside.endswith("/.sencli-new"):
        return ""
    if rest.endswith(".lock") or posixpath.basename(rest).startswith("tmp_"):
        return ""
    if rest.startswith("objects/"):
        return "object"
    if rest.startswith("refs/heads/") or rest in ("HEAD", "packed-refs", "config"):
        return "ref"
    return {"index": "index", "sencli/journal": "journal"}.get(rest, "")


def replay(lines: list[str]) -> list[str]:
    """What a log of calls leaves unsafe, with the moment at which it matters."""
    disk = Disk()
    wrong = []
    for line in lines:
        what, path, other = line.split("\t")
        moves = what == "rename" and kind(other) == "ref"
        if moves:
            found = disk.unsafe(("object", "journal"))
            wrong += [f"not synced when the branch moves: {p}" for p in found]
        disk.play(what, path, other)
    # the emptied journal may come back: finishing twice does no harm
    found = disk.unsafe(("object", "ref", "working", "index"))
    return wrong + [f"not synced when the write is confirmed: {p}" for p in found]


def missing(bench: Bench, act: str) -> list[str]:
    """What a power cut after a confirmed act would lose."""
    area = bench.fresh(act)
    log: Path = area.parent / "log"
    log.unlink(missing_ok=True)
    status = bench.run(act, area, mode="log", log=log)
    if status:
        return [f"{act} failed: {bench.words}"]
    lines = log.read_text().splitlines()
    # what another computer keeps is for that one to make durable
    ours = [
        line
        for line in lines
        if not any(f"/{name}" in line for name in (meeting.REMOTE, meeting.SOUTH))
    ]
    return [f"{act}: {line}" for line in replay(ours)]


def fsyncs(bench: Bench, act: str) -> int:
    """How many fsyncs an act makes."""
    area = bench.fresh()
    log: Path = area.parent / "log"
    log.unlink(missing_ok=True)
    bench.run(act, area, mode="log", log=log)
    return sum(line.startswith("fsync") for line in log.read_text().splitlines())
