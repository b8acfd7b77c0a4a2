"""Which commits change a file: found by git, or sooner by what the commits say.

Git looks into the folder's list of every commit, which takes seconds where thousands of
pupils meet tens of thousands of commits and no table was made. Our commits name the
pupils that they change. What they say is believed only if the versions of the file
follow each other without a gap, from nothing to the newest; commits of other programs
are looked into, and `sen verify` looks into all.
"""

from __future__ import annotations

import importlib
import itertools
import re
import subprocess
import time
from typing import TYPE_CHECKING
from typing import NamedTuple

from sencli.store import objects
from sencli.store.git import fault
from sencli.store.records import pupil_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sencli.store.git import Git

_TRAILER = "%(trailers:key={},valueonly,separator=%x2C)"
_FORMAT = "%x00".join(
    ("%x01%H", "%P", "%aI", "%an", "%s", _TRAILER.format("Action")),
)
_NAMES = "%x00".join(("%H", "%P", _TRAILER.format("Action"), _TRAILER.format("Pupil")))
_ENTRY = re.compile(r"(?:^|\0)\x01(?=[0-9a-f]{40}\0)")
_LOG = (
    *("log", f"--format={_FORMAT}", "--raw", "-c", "-z", "--no-abbrev", "--no-renames"),
    *("--no-ext-diff", "--no-textconv", "--no-show-signature", "--no-color"),
    "--no-decorate",
)
_LITERAL = ":(literal)"
# Seconds that git may search before what the commits say is asked; and before a table
# is worth making.
_PATIENCE = 0.4
_LONG_SEARCH = 0.2


class Row(NamedTuple):
    """A commit that changes a file, and the names of its contents before and after."""

    commit: str
    parents: list[str]
    date: str
    author: str
    subject: str
    action: str
    path: str
    before: list[str]
    after: str


def changes(git: Git, limits: tuple[str, ...], *paths: str) -> list[Row]:
    """The commits that change these paths, newest first; of a merge, if it decides."""
    begun = time.monotonic()
    process = git.start(*_LOG, *limits, "--end-of-options", "HEAD", "--", *paths)
    importlib.import_module("sencli.store.pieces")  # while git searches
    with process:
        try:
            out, err = process.communicate(timeout=_PATIENCE)
        except subprocess.TimeoutExpired:
            found = None if limits else _as_said(git, paths[0].removeprefix(_LITERAL))
            if found is not None:
                process.kill()
                return found
            out, err = process.communicate()
    if process.returncode:
        raise fault("git", process.returncode, err.decode("utf-8", "replace").strip())
    if time.monotonic() - begun > _LONG_SEARCH:
        write_graph(git)
    return _rows(out)


def _rows(log: bytes) -> list[Row]:
    entries = _ENTRY.split(log.decode("utf-8", "replace"))[1:]
    return [row for entry in entries for row in _of_commit(entry)]


def _of_commit(entry: str) -> Iterator[Row]:
    """One commit of the log: each file that it changes, or of a merge, joins."""
    fields = entry.split("\0")
    commit, parents, when, author, subject, action = fields[:6]
    for head, path in itertools.pairwise(fields[6:]):
        line = head.strip("\n")
        if line.startswith(":"):
            number = len(line) - len(line.lstrip(":"))
            names = line.lstrip(":").split()[number + 1 : 2 * number + 2]
            yield Row(
                *(commit, parents.split(), when, author, subject, action.strip("\n")),
                *(path, names[:-1], names[-1]),
            )


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
    for line in git.ask("log", f"--format={_NAMES}", "HEAD", "--").splitlines():
        name, parents, action, pupils = line.decode("utf-8", "replace").split("\0")[:4]
        if not action or " " in parents or pupil in pupils.split(","):
            names.append(name)
    feed = "".join(f"{name}\n" for name in names)
    words = (*_LOG, "--no-walk=unsorted", "--stdin", "--", f"{_LITERAL}{path}")
    found = _rows(git.ask(*words, feed=feed.encode()))
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
