"""The journal: what a write still has to finish.

One file, `.git/sencli/journal`, always there and empty between writes: its size is all
a reader has to look at. It is on the disk before the branch moves, and is emptied when
the working files and the index have followed. A torn one means the branch never moved.
"""

from __future__ import annotations

import os
from typing import Any

from sencli.errors import Busy
from sencli.store.files import files
from sencli.value import Value
from sencli.value import field

_FORMAT = 1


class Journal(Value):
    """The promise of one write.

    Attributes:
        ref: the branch.
        new: the commit that it is to move to.
        paths: path to (old, new) content names, "" where there is no file: their
            working files and index entries are still to follow.
        pending: the same for earlier writes whose index entries could not be set,
            because another program held the index.
        erasure: what an erasure is to finish (`erasure_promise`), or nothing.
    """

    ref: str = ""
    new: str = ""
    paths: dict[str, tuple[str, str]] = field(default_factory=dict)
    pending: dict[str, tuple[str, str]] = field(default_factory=dict)
    erasure: dict[str, Any] = field(default_factory=dict)


def _path(root: str) -> str:
    return os.path.join(root, ".git", "sencli", "journal")


def waiting(root: str) -> bool:
    """Whether a write has left something to finish: one stat."""
    try:
        return os.stat(_path(root)).st_size > 0
    except OSError:
        return False


def stamp(root: str) -> tuple[int, int]:
    """Changes with every write: the time and size of the file."""
    try:
        found = os.stat(_path(root))
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


def load(root: str) -> Journal | None:
    """The promise left by an earlier write; None where there is none, or a torn one."""
    import json

    try:
        told = json.loads(files.read(_path(root)))
        if told["format"] != _FORMAT or told["end"] != told["new"]:
            return None
        paths = {files.safe(path): (old, new) for path, old, new in told["paths"]}
        pending = {files.safe(path): (old, new) for path, old, new in told["pending"]}
        erasure = dict(told.get("erasure", {}))
        return Journal(str(told["ref"]), str(told["new"]), paths, pending, erasure)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def save(root: str, journal: Journal) -> None:
    """Put a promise on the disk."""
    import json

    told = {
        "format": _FORMAT,
        "ref": journal.ref,
        "new": journal.new,
        "paths": [[path, *ids] for path, ids in journal.paths.items()],
        "pending": [[path, *ids] for path, ids in journal.pending.items()],
        "erasure": journal.erasure,
        "end": journal.new,
    }
    files.overwrite(_path(root), json.dumps(told).encode())


def clear(root: str) -> None:
    """The promise is kept, or was never one: empty the file."""
    path = _path(root)
    if waiting(root):
        files.empty(path)


def refuse_unerased(root: str, why: str) -> None:
    """Refuse to write before an erasure is finished: its promise must stay.

    Raises:
        Busy: it could not be finished, and why.
    """
    left = load(root)
    if left is not None and left.erasure:
        raise Busy(f"{why} Nothing else is written before.", "sen doctor")


def joined(
    earlier: dict[str, tuple[str, str]], later: dict[str, tuple[str, str]]
) -> dict[str, tuple[str, str]]:
    """Two promises one after the other: from the first's old to the last's new."""
    result = dict(earlier)
    for path, (old, new) in later.items():
        result[path] = (result[path][0] if path in result else old, new)
    return result
