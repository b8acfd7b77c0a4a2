"""Check the records' folder: access, stray files, disk."""

from __future__ import annotations

import contextlib
import os
import stat
import time
from typing import TYPE_CHECKING

from sencli.store.change.commit import UNFINISHED
from sencli.store.files import files
from sencli.store.git.git_lock import spoken_age
from sencli.store.records.records import pupil_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_DAY = 86_400
_OTHERS = 0o077
_SCRAPS = ("tmp_", ".sencli-")  # git's, and what the doctor was putting in place
_MANY_LOOSE = 24  # in one of 256 folders: about 6,000 in all
_MANY_PACKS = 150  # each is two or three files


def _walk(root: str) -> Iterator[tuple[str, os.stat_result]]:
    """Everything below, links left out; object files lie in folders that are judged."""
    yield root, os.lstat(root)
    for folder, folders, names in os.walk(root):
        inside = os.path.basename(os.path.dirname(folder)) == "objects"
        for name in folders if inside else (*folders, *names):
            path = os.path.join(folder, name)
            with contextlib.suppress(FileNotFoundError):
                found = os.lstat(path)
                if not stat.S_ISLNK(found.st_mode):
                    yield path, found


def open_to_others(root: str) -> list[str]:
    """Files others on this computer may open; [] if the system has no such rights."""
    if os.name == "nt":
        return []
    return [
        os.path.relpath(path, root)
        for path, found in _walk(root)
        if found.st_mode & _OTHERS
    ]


def make_private(root: str) -> int:
    """Take all rights from others; how many files and folders that changed."""
    changed = 0
    for path, found in list(_walk(root)):
        if found.st_mode & _OTHERS:
            private = stat.S_IMODE(found.st_mode) & ~_OTHERS
            changed += files.make_private(path, private)
    return changed


def hooks(root: str) -> list[str]:
    """The hooks that git would run here."""
    folder = os.path.join(root, ".git", "hooks")
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return []
    return [
        name
        for name in names
        if not name.endswith(".sample")
        and os.access(os.path.join(folder, name), os.X_OK)
    ]


def unfinished(root: str) -> str:
    """An operation of git in progress (merge, rebase ...), or ""."""
    for name, what in UNFINISHED.items():
        if os.path.lexists(os.path.join(root, ".git", name)):
            return what
    return ""


def locks(root: str) -> list[tuple[str, str]]:
    """Git's locks that are held or left, with their age in words."""
    found = []
    top = os.path.join(root, ".git")
    for folder, folders, names in os.walk(top):
        if folder == top:
            folders[:] = [name for name in folders if name not in ("objects", "sencli")]
        for name in names:
            if name.endswith(".lock"):
                path = os.path.join(folder, name)
                found.append((os.path.relpath(path, root), spoken_age(path)))
    return sorted(found)


def scraps(root: str) -> list[str]:
    """Leftovers of killed programs, old enough to be abandoned."""
    found = []
    for folder, _, names in os.walk(os.path.join(root, ".git")):
        found += [os.path.join(folder, n) for n in names if n.startswith(_SCRAPS)]
    aside = os.path.join(root, ".sencli-new")
    if os.path.isdir(aside):
        found.append(aside)
    old = time.time() - _DAY
    kept = [path for path in found if os.lstat(path).st_mtime < old or path == aside]
    return [os.path.relpath(path, root) for path in sorted(kept)]


def remove_scraps(root: str) -> int:
    """Remove them; how many."""
    found = scraps(root)
    for name in found:
        path = os.path.join(root, name)
        if os.path.isdir(path):
            files.delete_tree(path)
        else:
            files.delete(path)
    return len(found)


def untidy(root: str) -> bool:
    """Whether the history lies in many files: one of 256 folders speaks for all."""
    store = os.path.join(root, ".git", "objects")
    for folder, many in (("17", _MANY_LOOSE), ("pack", _MANY_PACKS)):
        with contextlib.suppress(OSError):
            if len(os.listdir(os.path.join(store, folder))) > many:
                return True
    return False


def strays(root: str) -> list[str]:
    """Files among the pupils' records that are none."""
    try:
        names = sorted(os.listdir(os.path.join(root, "pupils")))
    except OSError:
        return []
    paths = [f"pupils/{name}" for name in names]
    return [path for path in paths if not pupil_of(path)]
