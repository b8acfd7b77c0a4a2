"""The school's own look: which of its files are not in the history yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sencli.errors import NotFound
from sencli.errors import SencliError
from sencli.store.git import objects
from sencli.value import Value

if TYPE_CHECKING:
    from sencli.store.records.committed import CommittedRecords
    from sencli.store.records.records import Records
    from sencli.store.repository.repository import Repository

FOLDERS = ("templates", "templates/wording")


class LookFile(Value):
    """One file of the look.

    Attributes:
        path: from the root.
        state: ``kept`` as it is in the history, ``new`` or ``changed`` in the folder
            alone, ``gone`` from the folder.
    """

    path: str
    state: str


def look_files(repo: Repository) -> list[LookFile]:
    """The files of the look, in the folder and in the history, by path."""
    try:
        head = repo.committed()
        return [*_files(repo, head)]
    except NotFound:
        return []  # nothing has been recorded yet
    finally:
        repo.close()


def _files(repo: Records, head: CommittedRecords) -> Iterator[LookFile]:
    there = {*_paths(repo), *_paths(head)}
    for path in sorted(there.difference(FOLDERS)):
        kept = head.tree.find(path)
        try:
            data = repo.read_bytes(path)
        except NotFound:
            yield LookFile(path, "gone")
            continue
        except SencliError:
            continue  # a link or a folder: whoever reads it says so
        if objects.same_content(data, kept):
            yield LookFile(path, "kept")
        else:
            yield LookFile(path, "changed" if kept else "new")


def _paths(records: Records) -> Iterator[str]:
    for folder in FOLDERS:
        try:
            names = records.names(folder)
        except SencliError:
            continue
        yield from (f"{folder}/{name}" for name in names if name[0] not in ".~")
