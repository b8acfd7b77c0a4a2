"""Files missing from the folder but in the history: detect and restore them.

Somebody deleted them, or a service that copies the folder did: what is not there cannot
be read, so nothing else would say that it is missing.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from sencli.errors import SencliError
from sencli.store.files import files
from sencli.store.records.records import pupil_of
from sencli.store.repository.repository import Repository

if TYPE_CHECKING:
    from collections.abc import Iterable

_PLAIN = ("100644", "100755")


def records(repo: Repository) -> list[str]:
    """The pupils' records that are gone; quick, for every list."""

    def look() -> list[str]:
        known = _committed_pupils(repo)
        if not known:
            return []
        try:
            here = os.listdir(os.path.join(repo.folder, "pupils"))
        except FileNotFoundError:
            here = []
        except OSError:  # a link, or not a folder: reading it says so
            return []
        return [f"pupils/{name}" for name in sorted(known.difference(here))]

    # while a change is being written its files come one after the other
    return repo.steady(look) if look() else []


def everything(repo: Repository) -> list[str]:
    """Every file of the history that is gone, sorted."""

    def look() -> list[str]:
        return [
            path for path in _listed(repo) if not os.path.lexists(_place(repo, path))
        ]

    return repo.steady(look) if look() else []


class Restoring(Repository):
    """The records, with files to be brought back.

    Args:
        repository: the records.
    """

    def __init__(self, repository: Repository) -> None:
        super().__init__(repository.folder)

    def bring_back(self, paths: Iterable[str]) -> list[str]:
        """Write files as the newest commit has them, where nothing is in their place.

        Returns:
            Those that were written.
        """
        from sencli.store.change import recover

        self.prepare()
        try:
            with self._writing():
                return recover.bring_back(self._base(), paths)
        finally:
            self.close()


def _listed(repo: Repository) -> list[str]:
    """The plain files of the newest commit."""
    args = ("ls-tree", "-r", "-z", "--full-tree", "HEAD")
    status, out, _ = repo.git.run(*args)
    if status:  # nothing recorded yet, or damage, which is another finding
        return []
    found = []
    for line in out.decode("utf-8", "replace").split("\0"):
        head, _, path = line.partition("\t")
        if head.split(" ")[0] in _PLAIN and _is_safe(path):
            found.append(path)
    return sorted(found)


def _is_safe(path: str) -> bool:
    try:
        return bool(files.safe(path))
    except SencliError:
        return False


def _place(repo: Repository, path: str) -> str:
    return os.path.join(repo.folder, *path.split("/"))


def _committed_pupils(repo: Repository) -> set[str]:
    """The names of the pupils' files in the newest commit, kept by that commit."""
    commit = head(repo.folder)
    place = os.path.join(repo.folder, ".git", "sencli", "listed")
    if commit:
        with suppress(OSError, ValueError):
            of, *names = files.read(place).decode().split("\n")
            if of == commit:
                return set(names)
    # a reader of its own: a change that is being made has the other
    own = Repository(repo.folder)
    try:
        there = own.committed()
        found = [n for n in there.names("pupils") if pupil_of(f"pupils/{n}")]
    except SencliError:
        return set()  # nothing recorded yet, or damage: doctor and verify tell
    finally:
        own.close()
    with suppress(OSError):
        files.write_cache(place, "\n".join([there.commit, *found]))
    return set(found)


def head(root: str) -> str:
    """The newest commit by git's own small files, or "": ask git."""
    inside = os.path.join(root, ".git")
    try:
        ref = files.read(os.path.join(inside, "HEAD"), 4096).decode().strip()
        ref = files.safe(ref.removeprefix("ref: "))
        place = os.path.join(inside, *ref.split("/"))
        return files.read(place, 4096).decode().strip()
    except (OSError, ValueError, SencliError):
        return ""
