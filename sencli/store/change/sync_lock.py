"""The sync lock, and clean-up after a sync that was killed.

Who meets a remote holds a lock of the operating system, which the gits that work for
it inherit. So whoever gets it next knows that none of them lives: a lock of git on a
name that only we use is a dead one. A lock on a name that others use too is ours only
if it holds a commit that we were sending, or has stayed empty since.
"""

from __future__ import annotations

import contextlib
import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sencli.errors import Busy
from sencli.errors import EnvironmentFault
from sencli.store.files import files
from sencli.store.files.lock import Lock
from sencli.store.files.poor_disk import unsaved
from sencli.store.git.git_lock import own_lock_age

if TYPE_CHECKING:
    from collections.abc import Iterator

_WAIT = 5.0
_SETTLED = 1.0
_PAUSE = 0.05
_REMEMBERED = 20


@contextmanager
def alone(root: str, commit: str) -> Iterator[int]:
    """Meet with nobody else of this folder; gives the open lock, for gits to inherit.

    Args:
        root: the records.
        commit: the newest one here, that may be sent.

    Raises:
        Busy: another meeting is under way.
    """
    folder = os.path.join(root, ".git", "sencli")
    with contextlib.ExitStack() as stack:
        try:
            files.make_folder(folder)
            lock = stack.enter_context(Lock(os.path.join(folder, "meeting"), _WAIT))
            _clear_all(root)
            begin(root, commit)
        except Busy:
            raise Busy(
                "Another sen sync of these records is under way. Nothing was changed.",
                "Wait until it is done, and type it again.",
            ) from None
        except OSError as error:
            raise unsaved(error) from error
        yield lock.fd


def sweep(root: str) -> None:
    """Remove what a killed meeting left, unless one is under way."""
    with (
        contextlib.suppress(OSError, Busy, EnvironmentFault),
        Lock(os.path.join(root, ".git", "sencli", "meeting"), 0),
    ):
        _clear_all(root)


def _clear_all(root: str) -> None:
    # a whole copy of the history, which an erasure must not leave behind
    files.delete_tree(read_back_folder(root))
    commits = sent(root)
    for name in ("sencli", "remotes"):
        for top, _, names in os.walk(os.path.join(root, ".git", "refs", name)):
            for lock in names:
                path = os.path.join(top, lock).removesuffix(".lock")
                if lock.endswith(".lock") and name == "sencli":
                    files.delete(f"{path}.lock")
                elif lock.endswith(".lock"):
                    clear(path, commits)


def clear(path: str, commits: list[str]) -> bool:
    """Remove the lock beside a name where a dead git of ours left it.

    Args:
        path: of the name's own file.
        commits: what we were sending when we were broken off.

    Returns:
        Whether there was one of ours, and it is gone.
    """
    lock = f"{path}.lock"
    for commit in commits:
        while (age := own_lock_age(lock, commit)) is not None:
            if age < _SETTLED:
                time.sleep(_PAUSE)
                continue
            with contextlib.suppress(OSError):
                files.delete(lock)
                return True
            return False
    return False


def sent(root: str) -> list[str]:
    """The commits whose sending was begun and never ended."""
    try:
        return files.read(_memo(root), 4096).decode("ascii", "replace").split()
    except OSError:
        return []


def begin(root: str, commit: str) -> None:
    """Note that a commit is being sent."""
    known = [name for name in sent(root) if name != commit]
    text = "\n".join([*known, commit][-_REMEMBERED:])
    files.overwrite(_memo(root), f"{text}\n".encode())


def end(root: str) -> None:
    """Note that the sending has ended, one way or the other."""
    with contextlib.suppress(OSError):
        files.delete(_memo(root))


def read_back_folder(root: str) -> str:
    """Where a backup is read back into; whoever holds the lock has it alone."""
    return os.path.join(root, ".git", "sencli-backup")


def _memo(root: str) -> str:
    return os.path.join(root, ".git", "sencli", "sending")


def settle(root: str, since: float) -> None:
    """Make the names of objects durable that git has stored since then."""
    store = os.path.join(root, ".git", "objects")
    with os.scandir(store) as listing:
        fresh = [e.path for e in listing if e.stat().st_mtime >= since - _SETTLED]
    for path in [*fresh, store]:
        if os.path.isdir(path):
            files.sync_folder(path)
