"""Which commits change a file, by git or by their trailers.

Git looks into the folder's list of every commit, which takes seconds where thousands of
pupils meet tens of thousands of commits and no table was made. Our commits name the
pupils that they change. What they say is believed only if the versions of the file
follow each other without a gap, from nothing to the newest; commits of other programs
are looked into, and `sen verify` looks into all.
"""

from __future__ import annotations

import importlib
import itertools
import os
import re
import time
from contextlib import suppress
from queue import Empty
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING
from typing import NamedTuple

from sencli.store.git import objects
from sencli.store.git.partial_clone import shallow_ends
from sencli.store.git.process import LEAN
from sencli.store.git.process import fault
from sencli.store.git.trailers import trailers
from sencli.store.records.records import pupil_of

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from typing import IO

    from sencli.store.git.process import Git

_FORMAT = "%x01%H%x00%P%x00%aI%x00=%an%x00=%s%x00=%B"
_NAMES = "%x01%H%x00%P%x00=%B"
_ENTRY = re.compile(rb"(?:^|\0)\x01(?=[0-9a-f]{40}\0)")
_PAIR = re.compile(r"(?:^|(?<=\0))[0-9a-f]{40}\0")
_LOG = (
    *(*LEAN, "log", f"--format={_FORMAT}", "--raw", "--diff-merges=off", "-z"),
    # without it git leaves out the side of a merge that was not chosen
    "--full-history",
    *("--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv"),
    *("--no-show-signature", "--no-color", "--no-decorate"),
)
_AGAINST = (
    *(*LEAN, "diff-tree", "--stdin", "--always", "-r", "--raw", "-z"),
    *("--no-renames", "--no-ext-diff", "--no-textconv"),
)
_LITERAL = ":(literal)"
# Seconds that git may search before what the commits say is asked; and before a table
# is worth making.
_PATIENCE = 0.4
_LONG_SEARCH = 0.2
_CHUNK = 65_536
_AT_ONCE = 20
# What reads and tells what is found.
_NEXT = (
    "sencli.store.text.version_parser",
    "sencli.store.text.schema",
    "sencli.core.audit.events",
    "jsonschema_rs",
)


class Row(NamedTuple):
    """A commit that changes a file, and the names of its contents before and after.

    Of a merge ``before`` has a name for each parent.
    """

    commit: str
    parents: list[str]
    date: str
    author: str
    subject: str
    action: str
    path: str
    before: list[str]
    after: str


def changes(
    git: Git,
    limits: tuple[str, ...],
    *paths: str,
    early: Callable[[list[Row]], object] | None = None,
) -> list[Row]:
    """The commits that change these paths, newest first.

    A merge is among them where a file differs from that of any parent.

    Args:
        git: the repository.
        limits: options of git that say how far to look.
        paths: what is looked for.
        early: is given commits while git still searches; not all of them may stay.
    """
    begun = time.monotonic()
    process = git.start(*_LOG, *limits, "--end-of-options", "HEAD", "--", *paths)
    for module in _NEXT:  # while git searches
        importlib.import_module(module)
    with process:
        answer = _Answer(process, early)
        if not answer.ends(_PATIENCE):
            found = None if limits else _as_said(git, paths[0].removeprefix(_LITERAL))
            if found is not None:
                process.kill()
                return found  # whole, so no shallow clone's
            answer.ends(None)
        err = process.stderr.read() if process.stderr else b""
    if process.returncode:
        raise fault("git", process.returncode, err.decode("utf-8", "replace").strip())
    if time.monotonic() - begun > _LONG_SEARCH:
        write_graph(git)
    return _without_edge(git, _with_merges(git, answer.rows, paths))


def _without_edge(git: Git, rows: list[Row]) -> list[Row]:
    """Without the commits at the edge of a shallow clone: what they changed is unknown.

    git shows them as if they had made all that there was.
    """
    edge = shallow_ends(git.root)
    return [row for row in rows if row.commit not in edge] if edge else rows


class _Answer:
    """Git's output, read as it arrives.

    Args:
        process: git, searching.
        early: is given the commits as they come.

    Attributes:
        rows: the commits so far; of a merge only that it is there.
    """

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        early: Callable[[list[Row]], object] | None,
    ) -> None:
        self.rows: list[Row] = []
        self._early = early
        self._rest = b""
        self._chunks: SimpleQueue[bytes] = SimpleQueue()
        # a pipe can be waited for with patience only by another thread
        self._taker = Thread(target=self._take, args=(process.stdout,), daemon=True)
        self._taker.start()

    def _take(self, stdout: IO[bytes]) -> None:
        # whoever asks no further closes it while it is read
        with suppress(OSError, ValueError):
            while chunk := os.read(stdout.fileno(), _CHUNK):
                self._chunks.put(chunk)
        self._chunks.put(b"")

    def ends(self, patience: float | None) -> bool:
        """Take what comes within so many seconds; whether that is all."""
        until = None if patience is None else time.monotonic() + patience
        while True:
            left = None if until is None else max(0, until - time.monotonic())
            try:
                chunks = [self._chunks.get(timeout=left)]
            except Empty:
                return False
            # all that waits, so that many versions are asked for at once
            while chunks[-1] and not self._chunks.empty():
                chunks.append(self._chunks.get())
            entries = _ENTRY.split(b"".join((self._rest, *chunks)))
            # the last may not be whole before all has come
            whole = len(entries) - 1 if chunks[-1] else len(entries)
            self._rest = b"".join((b"\0\1", entries[-1])) if whole else entries[-1]
            self._told(entries[:whole])
            if not chunks[-1]:
                self._taker.join()
                return True

    def _told(self, entries: list[bytes]) -> None:
        rows = [row for entry in entries if entry for row in _of_commit(entry)]
        self.rows += rows
        plain = [row for row in rows if row.path]
        for begin in range(0, len(plain), _AT_ONCE):
            # once git has found all, the caller knows better who is to read it
            if self._early is not None and self._taker.is_alive():
                self._early(plain[begin : begin + _AT_ONCE])


def _rows(log: bytes) -> list[Row]:
    return [row for entry in _ENTRY.split(log)[1:] for row in _of_commit(entry)]


def _of_commit(entry: bytes) -> Iterator[Row]:
    """One commit of the log: each file that it changes; a merge is only named."""
    fields = entry.decode("utf-8", "replace").split("\0")
    commit, parents, when, author, subject, message = fields[:6]
    action = ",".join(trailers(message).get("Action", ()))
    said = (commit, parents.split(), when, author[1:], subject[1:], action)
    if " " in parents:
        yield Row(*said, "", [], "")
    for path, before, after in _changed(fields[6:]):
        yield Row(*said, path, [before], after)


def _changed(fields: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Path, and names before and after, of each raw line such as ``:100644 ...``."""
    for head, path in itertools.pairwise(fields):
        line = head.strip("\n")
        if line.startswith(":"):
            before, after = line.split()[2:4]
            yield path, before, after


def _with_merges(git: Git, rows: list[Row], paths: tuple[str, ...]) -> list[Row]:
    """The rows with each file of a merge that differs from that of any parent."""
    merges = [row for row in rows if not row.path]
    if not merges:
        return rows
    feed = "".join(f"{row.commit} {name}\n" for row in merges for name in row.parents)
    out = git.ask(*_AGAINST, "--", *paths, feed=feed.encode())
    pairs = iter(_PAIR.split(out.decode("utf-8", "replace"))[1:])
    found: list[Row] = []
    for row in rows:
        if row.path:
            found.append(row)
            continue
        sides = [
            {path: names for path, *names in _changed(next(pairs).split("\0"))}
            for _ in row.parents
        ]
        for path in sorted(set().union(*sides)):
            after = next(side[path][1] for side in sides if path in side)
            before = [side[path][0] if path in side else after for side in sides]
            found.append(row._replace(path=path, before=before, after=after))
    return found


def _as_said(git: Git, path: str) -> list[Row] | None:
    """The changes by the commits that may be of this pupil; None where one is missing.

    Args:
        git: the repository.
        path: the file.
    """
    pupil = pupil_of(path)
    if not pupil:
        return None
    names = []
    log = git.ask("log", "-z", f"--format={_NAMES}", "HEAD", "--")
    for entry in filter(None, _ENTRY.split(log)):
        name, parents, message = entry.decode("utf-8", "replace").split("\0")[:3]
        said = trailers(message)
        if "Action" not in said or " " in parents or pupil in said.get("Pupil", ()):
            names.append(name)
    feed = "".join(f"{name}\n" for name in names)
    words = (*_LOG, "--no-walk=unsorted", "--stdin", "--", f"{_LITERAL}{path}")
    found = _rows(git.ask(*words, feed=feed.encode()))
    found = _with_merges(git, found, (f"{_LITERAL}{path}",))
    # a merge that has the file as one of its parents tells nothing that breaks a row
    found = [
        row for row in found if len(row.before) == 1 or row.after not in row.before
    ]
    status, out, _ = git.run("rev-parse", "-q", "--verify", f"HEAD:{path}")
    newest = objects.ZERO if status else out.decode().strip()
    return found if _unbroken(found, newest) else None


def _unbroken(rows: list[Row], newest: str) -> bool:
    """Whether each version follows the one before it, from nothing to the newest."""
    if any(len(row.before) > 1 for row in rows):
        return False
    before = [row.before[0] for row in rows]
    after = [row.after for row in rows]
    return after == [newest, *before[:-1]] and before[-1:] == [objects.ZERO]


def write_graph(git: Git) -> None:
    """A table of who changed which file, so that a long history is quick to search.

    It can be lost or missing without harm, so a failure is passed over.
    """
    args = ("--reachable", "--changed-paths", "--no-progress")
    git.run("commit-graph", "write", *args)
