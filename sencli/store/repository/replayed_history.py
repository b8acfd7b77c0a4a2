"""A repository whose history is told afterwards: many commits, one publication."""

from __future__ import annotations

from errno import ENOENT
from typing import TYPE_CHECKING
from typing import Any

from sencli.errors import NotFound
from sencli.store.repository.repository import Repository

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sencli.store.records.draft import Draft
    from sencli.store.records.draft import Message
    from sencli.store.records.draft import Written
    from sencli.store.repository.repository import Batch


class Telling(Repository):
    """Reads see the batch's changes so far; a change is one commit more in the batch.

    Attributes:
        when: seconds since 1970 of the next commits.
        author: `Name <email>` of the next commits.
    """

    def __init__(self, root: Path, batch: Batch) -> None:
        super().__init__(root)
        self._batch = batch
        self.when = 0
        self.author = ""

    def read_bytes(self, path: str) -> bytes:
        """One file as the changes so far have made it."""
        return self._batch.records.read_bytes(path)

    def read(self, path: str) -> dict[str, Any]:
        """One record as the changes so far have made it; not the reader's to change."""
        return self._batch.records.read(path)

    def head(self, path: str, size: int) -> bytes:
        """Its first bytes; as on the disk, OSError where there is no such file."""
        try:
            return self.read_bytes(path)[:size]
        except NotFound:
            raise FileNotFoundError(ENOENT, path) from None

    def names(self, folder: str) -> list[str]:
        """The names in one folder as the changes so far have made it."""
        return self._batch.records.names(folder)

    def change(
        self, act: Callable[[Draft], Message], when: int | None = None
    ) -> Written:
        """One commit more, by the person and at the moment that are set."""
        return self._batch.change(act, self.when if when is None else when, self.author)
