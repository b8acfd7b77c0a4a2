"""Check git's index, and rebuild it if damaged."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sencli.errors import SencliError
from sencli.store.files import files
from sencli.store.git import objects
from sencli.store.git.git_folder import set_aside
from sencli.store.git.git_lock import OwnLock
from sencli.store.git.git_lock import clear_scratch
from sencli.store.git.index import Index
from sencli.store.git.index import damage_in
from sencli.store.git.process import fault

if TYPE_CHECKING:
    from sencli.store.git.process import Git


def damage(root: str) -> str:
    """The fault of the index, or ""."""
    try:
        data = files.read(os.path.join(root, ".git", "index"))
    except FileNotFoundError:
        return "is gone"
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    return damage_in(data)


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
