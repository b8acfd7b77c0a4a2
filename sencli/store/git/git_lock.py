"""Lock one of git's files so that a crash blocks nobody.

The lock is git's own (``index.lock``, ``config.lock``), made as a second name of a file
of ours, so that after a crash it is known whose it was. A disk without second names
gets a lock with a mark in it, and a note beforehand: an empty lock bears no mark yet.
"""

from __future__ import annotations

import contextlib
import os
import time

from sencli.errors import Busy
from sencli.store.files import files
from sencli.store.files.own_folder import refuse_odd

_OWN = {"index": "ilock", "config": "clock"}
_MINUTES = 120
MARK = b"sencli\n"  # in a lock, in place of a second name
_BEGUN = "-begun"
_SOON = 60.0  # between the note and the lock lie two calls, on a slow stick seconds
_SETTLED = 1.0
_PAUSE = 0.05


class OwnLock:
    """Git's lock on a file, held; raises `Busy` where somebody else has it.

    Args:
        root: the repository's folder.
        name: ``index`` or ``config``.
    """

    def __init__(self, root: str, name: str) -> None:
        self._folder = os.path.join(root, ".git")
        self._name = name
        self._own = os.path.join(self._folder, "sencli", _OWN[name])
        self._path = os.path.join(self._folder, f"{name}.lock")
        drop_own_lock(root, name)
        self._fd = files.open_new(self._own)
        self._held = False
        try:
            self._take()
        except BaseException:
            self.release()
            raise

    def _take(self) -> None:
        try:
            if not files.second_name(self._own, self._path):
                self._mark()
        except FileExistsError:
            raise locked(self._path) from None
        self._held = True

    def _mark(self) -> None:
        """Take the lock on a disk without second names."""
        if os.path.lexists(self._path):
            raise FileExistsError
        note = f"{os.getpid()} {int(time.time())}\n"
        files.overwrite(f"{self._own}{_BEGUN}", note.encode())
        files.sync_folder(os.path.dirname(self._own))
        files.put(files.open_new(self._path), MARK)

    def replace(self, raw: bytes) -> None:
        """Put new content in the place of git's file."""
        files.write_all(self._fd, raw)
        self._close()
        target = os.path.join(self._folder, self._name)
        if os.path.samefile(self._own, self._path):
            files.move(self._path, target)
        else:  # so that the lock can be told as ours until it goes
            files.move(self._own, target)
            files.delete(self._path)
        self._held = False
        files.sync_folder(self._folder)

    def _close(self) -> None:
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def release(self) -> None:
        """Give the lock up; what was not replaced stays as it was."""
        self._close()
        if self._held:
            files.delete(self._path)
        for name in (f"{self._own}{_BEGUN}", self._own):
            files.delete(name, missing_ok=True)


def drop_own_locks(root: str) -> None:
    """Clear what a killed writer left: our own files, and git's locks of ours."""
    for name in _OWN:
        drop_own_lock(root, name)


def drop_own_lock(root: str, name: str) -> None:
    """The same for the lock on one file."""
    refuse_odd(root)
    own = os.path.join(root, ".git", "sencli", _OWN[name])
    lock = os.path.join(root, ".git", f"{name}.lock")
    note = f"{own}{_BEGUN}"
    with contextlib.suppress(OSError):  # on a disk without second names
        if files.head(lock, 64) == MARK or _begun(lock, note):
            files.delete(lock)
    files.delete(note, missing_ok=True)
    try:
        mine = os.lstat(own)
    except FileNotFoundError:
        return
    with contextlib.suppress(FileNotFoundError):
        if os.path.samestat(mine, os.lstat(lock)):
            files.delete(lock)
    files.delete(own)


def _begun(lock: str, note: str) -> bool:
    """Whether a lock without its mark is one that a killed writer of ours had begun.

    It was made just after the note and stays as it is: whoever else takes a lock, at
    such a moment, fills it or gives it up.
    """
    if not files.head(note, 64).endswith(b"\n"):  # killed before it made the lock
        return False
    since = os.lstat(note).st_mtime
    while True:
        made = os.lstat(lock).st_mtime
        if not 0 <= made - since <= _SOON:
            return False
        if not MARK.startswith(files.head(lock, 64)):
            return False
        if abs(time.time() - made) >= _SETTLED:
            return True
        time.sleep(_PAUSE)


def clear_scratch(path: str) -> None:
    """Take away a copy that git works on, and the lock of a git that was killed."""
    for name in (path, f"{path}.lock"):
        files.delete(name, missing_ok=True)


def locked(path: str) -> Busy:
    """The sentence about a lock that is not ours: whose, how old, how to clear it."""
    name = os.path.join(".git", os.path.relpath(path, _git_folder(path)))
    return Busy(
        f"Another program is using git here: {name} is {spoken_age(path)}.",
        f"Close it, or if none is running, delete the file: {name}",
    )


def spoken_age(path: str) -> str:
    """How old a file is, in words."""
    try:
        age = max(0, int(time.time() - os.lstat(path).st_mtime))
    except OSError:
        age = 0
    return f"{age} seconds old" if age < _MINUTES else f"{age // 60} minutes old"


def _git_folder(path: str) -> str:
    head, mark, _ = path.rpartition(os.sep + ".git" + os.sep)
    return head + mark


def own_lock_age(path: str, commit: str) -> float | None:
    """How sure it is that a lock is ours, as an age in seconds; None if it is not."""
    try:
        stat = os.lstat(path)
        content = files.read(path, limit=4096).decode("ascii", "replace")
    except OSError:
        return None
    if content.strip() == commit:
        return _SETTLED
    begun = commit.startswith(content) or "ref: ".startswith(content[:5])
    return abs(time.time() - stat.st_mtime) if begun else None
