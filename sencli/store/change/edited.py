"""Which working files differ from the commit, without `git status`.

`git status` runs filters that a repository's own settings name; we compare ourselves:
by the index's time, size and inode where they can be trusted, else by content.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sencli.errors import SencliError
from sencli.store.files import files
from sencli.store.git import index
from sencli.store.git import objects
from sencli.store.records.records import REPORTS
from sencli.store.records.records import TOP
from sencli.store.records.records import pupil_of
from sencli.store.records.records import schema_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sencli.store.git.index import Index
    from sencli.store.records.committed import CommittedRecords


def differing(
    root: str, head: CommittedRecords, paths: Iterable[str] | None
) -> list[str]:
    """The paths, of those given or of all records, that differ from the commit."""
    known, when = index.load(root)
    wanted = _all(root, head) if paths is None else sorted(set(paths))
    return [path for path in wanted if _differs(root, head, path, known, when)]


def _all(root: str, head: CommittedRecords) -> list[str]:
    names = {f"pupils/{name}" for name in head.names("pupils")}
    folder = os.path.join(root, "pupils")
    if os.path.isdir(folder):
        found = (f"pupils/{name}" for name in os.listdir(folder))
        names.update(path for path in found if pupil_of(path))
    there = (path for path in REPORTS if head.tree.find(path) or _stands(root, path))
    return sorted(names.union(TOP, there))


def _stands(root: str, path: str) -> bool:
    return os.path.lexists(os.path.join(root, *path.split("/")))


def _differs(
    root: str, head: CommittedRecords, path: str, known: Index | None, when: int
) -> bool:
    try:
        committed = head.tree.find(path)
        place = os.path.join(root, *files.safe(path).split("/"))
    except SencliError:
        return True
    try:
        stat = os.lstat(place)
    except OSError:
        return bool(committed)
    # git's rule: a file as young as the index may have changed since in one tick
    old_enough = stat.st_mtime_ns < when
    if (
        known
        and old_enough
        and known.find(path) == committed
        and known.fresh(path, stat)
    ):
        return False
    try:
        schema_of(path)
        return not objects.same_content(files.current(root, path), committed)
    except SencliError:
        return True  # a link, a name that no record has, a file that cannot be read
