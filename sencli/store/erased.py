"""The second half of an erasure: from the promise on it is finished, or was never.

The promise names every branch and where it goes. If one of them has moved, all do, then
the working files and the index follow, and then everything is cleared away; else the
promise is forgotten and nothing has happened.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sencli.errors import SencliError
from sencli.store import clearing
from sencli.store import index
from sencli.store import journal
from sencli.store import recover
from sencli.store import refs
from sencli.store.trees import CommittedRecords

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable
    from typing import Any

    from sencli.store.git import Git


def told(which: Iterable[refs.Move], ids: Collection[str]) -> dict[str, Any]:
    """The part of a promise that says what is erased, and which names move."""
    moves = [[move.ref, move.old, move.new, move.symbolic] for move in which]
    return {"refs": moves, "ids": sorted(ids)}


def resume(git: Git, left: journal.Journal) -> str:
    """Finish or discard what a killed erasure left; a warning or ""."""
    moves = _moves(left)
    if not refs.begun(git, moves):
        refs.clear_locks(git.root, moves)
        journal.clear(git.root)
        return ""
    return finish(git, left, -1)


def finish(git: Git, left: journal.Journal, lock: int) -> str:
    """Everything after the first branch has moved; a warning or "".

    No failure undoes it: what could not be done is done by the next command.
    """
    try:
        moves = _moves(left)
        refs.clear_locks(git.root, moves)
        rest = refs.rest(git, moves)
        if rest:
            refs.start(git, rest, lock)
        refs.settle(git.root, moves)
        _follow(git, left)
        clearing.clear(git, left.erasure["ids"])
        journal.clear(git.root)
    except (OSError, SencliError) as error:
        return (
            "The history holds the record no more, but not everything could be cleared "
            f"away yet ({_reason(git, error)}); the next sen command sees to it. Until "
            "then nothing else can be saved: sen doctor"
        )
    return ""


def _reason(git: Git, error: OSError | SencliError) -> str:
    if isinstance(error, SencliError):
        return error.message
    where = error.filename
    place = os.path.relpath(where, git.root) if isinstance(where, str) else ""
    return ": ".join(filter(None, (place, error.strerror or type(error).__name__)))


def _moves(left: journal.Journal) -> list[refs.Move]:
    return [refs.Move(*one) for one in left.erasure["refs"]]


def _follow(git: Git, left: journal.Journal) -> None:
    """Working files and index."""
    from sencli.store.git import Reader

    reader = Reader(git)
    try:
        found = reader.get(left.ref)
        commit = found[0] if found else ""
        head = recover.Head(commit, CommittedRecords(reader, commit).tree)
        _, entries = recover.working(git, head, reader.content, left)
        if entries:
            index.update(git, entries, commit)
    finally:
        reader.close()
