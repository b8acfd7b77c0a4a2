"""A repository for replaying a scripted history: many commits, published once."""

from __future__ import annotations

from contextlib import contextmanager
from errno import ENOENT
from typing import TYPE_CHECKING
from typing import Any

from sencli.errors import NotFound
from sencli.store.change.attempts import Attempts
from sencli.store.change.attempts import OneMore
from sencli.store.repository.repository import Repository

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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

    @contextmanager
    def changing(self, when: int | None = None) -> Iterator[Attempts]:
        """One commit more, by the person and at the moment that are set."""
        moment = self.when if when is None else when
        yield OneMore(self._batch, moment, self.author)
