"""Finish or discard what a killed or failed write left; needs the lock.

The branch is the truth. For each path of the journal: if the branch has the new
content and the working file still has the old, the write was committed and the file
follows; anything else in the file is the user's and stays.
"""

from __future__ import annotations

import contextlib
import os
import re
import time
from typing import TYPE_CHECKING
from typing import NamedTuple

from sencli.errors import SencliError
from sencli.store.change import journal
from sencli.store.files import files
from sencli.store.git import git_lock
from sencli.store.git import index
from sencli.store.git import objects

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable

    from sencli.store.change.commit import Base
    from sencli.store.git.process import Git
    from sencli.store.records.committed import Tree

_SETTLED = 1.0
_PAUSE = 0.05
_HALF = re.compile(r".+\.[0-9]+")  # files.write_cache, on its way, of a process
_OLD = 600.0


class Head(NamedTuple):
    """A commit and the files in it."""

    commit: str
    tree: Tree


def sweep(root: str) -> None:
    """Remove what a killed writer leaves before its journal: scratch, index lock."""
    git_lock.drop_own_locks(root)
    folder = os.path.join(root, ".git", "sencli")
    for name in os.listdir(folder):
        if name == "tmp-incoming":  # what a remote sent, looked at aside
            with contextlib.suppress(OSError):
                files.delete_tree(os.path.join(folder, name))
        elif name == "sending":
            from sencli.store.change import sync_lock

            sync_lock.sweep(root)
        elif name.startswith("tmp-"):
            left = os.path.join(folder, name)
            if os.path.isdir(left) and not os.path.islink(left):
                with contextlib.suppress(OSError):
                    files.delete_tree(left)
            else:
                files.delete(left, missing_ok=True)
        elif _HALF.fullmatch(name):
            with contextlib.suppress(OSError):
                path = os.path.join(folder, name)
                if time.time() - os.lstat(path).st_mtime > _OLD:
                    files.delete(path)
    with contextlib.suppress(OSError):
        files.delete_folder(os.path.join(root, ".sencli-new"))


def clear_locks(root: str, left: journal.Journal) -> bool:
    """Remove git's locks on the branch where a git of ours left them.

    Our git is dead (it would hold our lock), so a lock with our commit in it is ours.
    An empty one is ours if it stays: whoever else takes it fills it at once. Any other
    belongs to another program and is never touched.

    Returns:
        Whether none of ours is left.
    """
    clear = True
    for name in ("HEAD.lock", f"{left.ref}.lock") if left.new else ():
        path = os.path.join(root, ".git", *name.split("/"))
        while (age := git_lock.own_lock_age(path, left.new)) is not None:
            if age < _SETTLED:
                time.sleep(_PAUSE)
                continue
            try:
                files.delete(path)
            except FileNotFoundError:
                pass
            except OSError:
                clear = False
            break
    return clear


def close(root: str, left: journal.Journal) -> None:
    """End a promise: what stays is index entries still owed, and locks of ours."""
    pending = left.pending
    if not clear_locks(root, left):
        journal.save(root, journal.Journal(left.ref, left.new, {}, pending))
    elif pending:
        journal.save(root, journal.Journal(pending=pending))
    else:
        journal.clear(root)


def finish(
    git: Git, head: Head, content: Callable[[str], bytes], left: journal.Journal
) -> str:
    """Let working files and index follow the branch; returns a warning or "".

    Args:
        git: the repository.
        head: the branch's newest commit and its tree.
        content: gives the bytes of an object.
        left: what was promised.
    """
    kept, entries = working(git, head, content, left)
    if entries:
        try:
            index.update(git, entries, head.commit)
        except (OSError, SencliError) as error:
            close(git.root, journal.Journal(left.ref, left.new, pending=entries))
            reason = error.message if isinstance(error, SencliError) else error.strerror
            return (
                f"Saved. git's index could not follow yet ({reason}); the next sen "
                "command sees to it."
            )
    close(git.root, journal.Journal(left.ref, left.new))
    if kept:
        return (
            f"Saved in the history, but {', '.join(kept)} was edited meanwhile and is "
            "left as you have it: compare with git diff, then sen commit."
        )
    return ""


def working(
    git: Git, head: Head, content: Callable[[str], bytes], left: journal.Journal
) -> tuple[list[str], dict[str, tuple[str, str]]]:
    """Let the working files follow; the files that people edited, and the index's due.

    Arguments as for `finish`.
    """
    moved = {
        path: (old, new)
        for path, (old, new) in left.paths.items()
        if head.tree.find(path) == new
    }
    kept = [p for p, ids in moved.items() if not _follow(git.root, content, p, ids)]
    for folder in {os.path.dirname(path) for path in moved}:
        if os.path.isdir(os.path.join(git.root, folder)):
            files.sync_folder(os.path.join(git.root, folder))
    return kept, journal.joined(left.pending, moved)


def bring_back(base: Base, paths: Iterable[str]) -> list[str]:
    """Write files as a commit has them, where nothing is in their place.

    Args:
        base: the newest commit.
        paths: of files that it has.

    Returns:
        Those that were written.
    """
    root, tree = base.git.root, base.records.tree
    wanted = {
        path: ("", tree.find(path))
        for path in paths
        if not os.path.lexists(os.path.join(root, *path.split("/")))
    }
    left = journal.Journal(base.ref, base.commit, wanted)
    head = Head(base.commit, tree)
    kept, entries = working(base.git, head, base.reader.content, left)
    if entries:
        index.update(base.git, entries, base.commit)
    return sorted(wanted.keys() - kept)


def _follow(
    root: str, content: Callable[[str], bytes], path: str, ids: tuple[str, str]
) -> bool:
    """Bring one working file from old to new; False if it is neither."""
    old, new = ids
    now = files.current(root, path)
    if now is not None and new and objects.blob(now) == new:
        return True
    if not objects.same_content(now, old):
        return now is None and not new
    if not new:
        files.remove(root, path)
        return True
    target = os.path.join(root, *path.split("/"))
    files.make_folder(os.path.dirname(target))
    scratch = os.path.join(root, ".git", "sencli", "tmp-work")
    files.replace(target, content(new), scratch)
    return True
