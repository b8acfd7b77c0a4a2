"""Git's index, changed for the files of one commit and for no others.

What the user has staged stays as it is. The lock is git's own (`index.lock`), made as
a second name of our own file, so that after a crash it is known whose it was.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sencli.store import files
from sencli.store.entries import Index
from sencli.store.git import fault
from sencli.store.git_lock import OwnLock
from sencli.store.git_lock import clear_scratch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sencli.store.git import Git

_HEADER = 12  # bytes before the first entry


def load(root: str) -> tuple[Index | None, int]:
    """The index and its time in nanoseconds; None where it cannot be read here."""
    path = os.path.join(root, ".git", "index")
    try:
        when = os.stat(path).st_mtime_ns
        return Index.parse(files.read(path)), when
    except OSError:
        if os.path.isfile(path):
            raise
        return None, 0  # there is none: a folder in its place is the doctor's to find


def update(git: Git, paths: Mapping[str, tuple[str, str]], head: str) -> None:
    """Bring the entries of `paths` from the old content's name to the new one's.

    Args:
        git: the repository.
        paths: path to (old, new) object names, "" where there is no file. An entry
            that is neither has been staged by the user and is left alone.
        head: the commit to rebuild a missing or damaged index from, or "".
    """
    lock = OwnLock(git.root, "index")
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
    clear_scratch(scratch)
    try:
        git_env = {"GIT_INDEX_FILE": scratch}
        status, _, err = git.run("read-tree", head, env=git_env)
        if status:
            raise fault("git", status, err)
        return Index.parse(files.read(scratch))
    finally:
        clear_scratch(scratch)


def _scratch(root: str) -> str:
    return os.path.join(root, ".git", "sencli", "tmp-index")


def _through_git(git: Git, paths: Mapping[str, tuple[str, str]]) -> bytes:
    """For an index of another make (version 4, split, sparse): git changes a copy."""
    scratch = _scratch(git.root)
    env = {"GIT_INDEX_FILE": scratch}
    source = os.path.join(git.root, ".git", "index")
    clear_scratch(scratch)
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
        clear_scratch(scratch)
