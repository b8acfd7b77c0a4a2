"""Git's index, changed for the files of one commit and for no others.

What the user has staged stays as it is. The lock is git's own (`index.lock`), made as
a second name of our own file, so that after a crash it is known whose it was.
"""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from sencli.errors import Busy
from sencli.store import files
from sencli.store.entries import Index
from sencli.store.git import fault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sencli.store.git import Git

_MINUTES = 120
_HEADER = 12  # bytes before the first entry


def load(root: str) -> tuple[Index | None, int]:
    """The index and its time in nanoseconds; None where it cannot be read here."""
    path = os.path.join(root, ".git", "index")
    try:
        when = os.stat(path).st_mtime_ns
        return Index.parse(files.read(path)), when
    except FileNotFoundError:
        return None, 0


def update(git: Git, paths: Mapping[str, tuple[str, str]], head: str) -> None:
    """Bring the entries of `paths` from the old content's name to the new one's.

    Args:
        git: the repository.
        paths: path to (old, new) object names, "" where there is no file. An entry
            that is neither has been staged by the user and is left alone.
        head: the commit to rebuild a missing or damaged index from, or "".
    """
    lock = _Lock(git.root)
    try:
        now = _base(git, head)
        if now is None:
            raw = _through_git(git, paths)
        else:
            for path, (old, new) in paths.items():
                if now.find(path) in (old, new):
                    now.put(path, new, _stat(git.root, path))
            raw = now.dump()
        lock.replace(raw)
    finally:
        lock.release()


def _stat(root: str, path: str) -> os.stat_result | None:
    try:
        return os.lstat(os.path.join(root, path))
    except OSError:
        return None


def _base(git: Git, head: str) -> Index | None:
    """The index as it is, made anew from `head` where it is missing or damaged."""
    path = os.path.join(git.root, ".git", "index")
    try:
        data = files.read(path)
    except FileNotFoundError:
        data = b""
    if data[:4] == b"DIRC" and len(data) > _HEADER:
        return Index.parse(data)
    if not head:
        return Index()
    scratch = _scratch(git.root)
    try:
        git_env = {"GIT_INDEX_FILE": scratch}
        status, _, err = git.run("read-tree", head, env=git_env)
        if status:
            raise fault("git", status, err)
        return Index.parse(files.read(scratch))
    finally:
        with contextlib.suppress(FileNotFoundError):
            files.delete(scratch)


def _scratch(root: str) -> str:
    return os.path.join(root, ".git", "sencli", "tmp-index")


def _through_git(git: Git, paths: Mapping[str, tuple[str, str]]) -> bytes:
    """For an index of another make (version 4, split, sparse): git changes a copy."""
    scratch = _scratch(git.root)
    env = {"GIT_INDEX_FILE": scratch}
    source = os.path.join(git.root, ".git", "index")
    try:
        files.overwrite(scratch, files.read(source))
        status, out, err = git.run("ls-files", "-z", "--stage", "--", *paths, env=env)
        staged = dict.fromkeys(paths, "")
        for line in out.decode("utf-8", "replace").split("\0"):
            entry, _, path = line.partition("\t")
            staged[path] = entry.split()[1] if entry else ""
        feed = "".join(
            f"100644 {new}\t{path}\0" if new else f"0 {'0' * 40}\t{path}\0"
            for path, (old, new) in paths.items()
            if staged[path] in (old, new)
        )
        if not status:
            args = ("update-index", "-z", "--index-info")
            status, _, err = git.run(*args, feed=feed.encode(), env=env)
        if status:
            raise fault("git", status, err)
        return files.read(scratch)
    finally:
        with contextlib.suppress(FileNotFoundError):
            files.delete(scratch)


class _Lock:
    """`index.lock`, held; raises `Busy` where somebody else has it."""

    def __init__(self, root: str) -> None:
        self._folder = os.path.join(root, ".git")
        self._own = os.path.join(self._folder, "sencli", "ilock")
        self._path = os.path.join(self._folder, "index.lock")
        drop_own_lock(root)
        self._fd = files.open_new(self._own)
        self._held = False
        try:
            self._take()
        except BaseException:
            self.release()
            raise

    def _take(self) -> None:
        try:
            files.second_name(self._own, self._path)
        except FileExistsError:
            raise locked(self._path) from None
        self._held = True

    def replace(self, raw: bytes) -> None:
        files.write_all(self._fd, raw)
        self._close()
        index = os.path.join(self._folder, "index")
        if os.path.samefile(self._own, self._path):
            files.move(self._path, index)
        else:  # so that the lock can be told as ours until it goes
            files.move(self._own, index)
            files.delete(self._path)
        self._held = False
        files.sync_folder(self._folder)

    def _close(self) -> None:
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def release(self) -> None:
        self._close()
        if self._held:
            files.delete(self._path)
        with contextlib.suppress(FileNotFoundError):
            files.delete(self._own)


def drop_own_lock(root: str) -> None:
    """Clear what a killed writer left: its own file, and git's lock if it was ours."""
    own = os.path.join(root, ".git", "sencli", "ilock")
    lock = os.path.join(root, ".git", "index.lock")
    with contextlib.suppress(OSError):  # on a disk without second names
        if files.head(lock, 64) == files.IN_PLACE_OF_A_NAME:
            files.delete(lock)
    try:
        mine = os.lstat(own)
    except FileNotFoundError:
        return
    with contextlib.suppress(FileNotFoundError):
        if os.path.samestat(mine, os.lstat(lock)):
            files.delete(lock)
    files.delete(own)


def locked(path: str) -> Busy:
    """The sentence about a lock that is not ours: whose, how old, how to clear it."""
    name = os.path.join(".git", os.path.relpath(path, _git_folder(path)))
    return Busy(
        f"Another program is using git here: {name} is {spoken_age(path)}.",
        f"Close it, or if none is running, delete the file: {name}",
    )


def spoken_age(path: str) -> str:
    """How old a file is, in words."""
    import time

    try:
        age = max(0, int(time.time() - os.lstat(path).st_mtime))
    except OSError:
        age = 0
    return f"{age} seconds old" if age < _MINUTES else f"{age // 60} minutes old"


def _git_folder(path: str) -> str:
    head, mark, _ = path.rpartition(os.sep + ".git" + os.sep)
    return head + mark
