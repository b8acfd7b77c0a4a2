"""Check git's index, and rebuild it if damaged."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from sencli.errors import SencliError
from sencli.store.files import files
from sencli.store.git import objects
from sencli.store.git.git_folder import set_aside
from sencli.store.git.git_lock import OwnLock
from sencli.store.git.git_lock import clear_scratch
from sencli.store.git.index import Index
from sencli.store.git.process import fault

if TYPE_CHECKING:
    from sencli.store.git.process import Git

_HEADER = 12
_SUM = 20
_VERSIONS = tuple(number.to_bytes(4, "big") for number in (2, 3, 4))


def damage(root: str) -> str:
    """The fault of the index, or ""; git seldom checks its checksum."""
    try:
        data = files.read(os.path.join(root, ".git", "index"))
    except FileNotFoundError:
        return "is gone"
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    if data[:4] != b"DIRC" or len(data) < _HEADER + _SUM:
        return "is garbled"
    body, told = data[:-_SUM], data[-_SUM:]
    # a setting of git's leaves the sum out
    if told.strip(b"\0") and hashlib.sha1(body, usedforsecurity=False).digest() != told:
        return "is not as git wrote it"
    if data[4:8] not in _VERSIONS:
        return "has a form that git does not know"
    return ""


def renew(git: Git, head: str) -> None:
    """Make the index anew from a commit; what was staged by hand is staged no more."""
    path = os.path.join(git.root, ".git", "index")
    lock = OwnLock(git.root, "index")
    try:
        now = _of(git, head)
        out = git.ask("ls-tree", "-r", "-z", "--full-tree", head)
        for line in out.decode("utf-8", "replace").split("\0"):
            entry, _, name = line.partition("\t")
            if name and (stat := _unchanged(git.root, name, entry.split(" ")[2])):
                now.put(name, entry.split(" ")[2], stat)
        if os.path.isdir(path):
            set_aside(path, git.root)
        lock.replace(now.dump())
    finally:
        lock.release()


def _of(git: Git, head: str) -> Index:
    scratch = os.path.join(git.root, ".git", "sencli", "tmp-index")
    clear_scratch(scratch)
    try:
        status, _, err = git.run("read-tree", head, env={"GIT_INDEX_FILE": scratch})
        if status:
            raise fault("git read-tree", status, err)
        return Index.parse(files.read(scratch)) or Index()
    finally:
        clear_scratch(scratch)


def _unchanged(root: str, name: str, oid: str) -> os.stat_result | None:
    """The file's times and size, where it is as the commit has it."""
    try:
        stat = os.lstat(os.path.join(root, *name.split("/")))
        data = files.current(root, name)
    except (OSError, SencliError):
        return None
    return stat if data is not None and objects.blob(data) == oid else None
