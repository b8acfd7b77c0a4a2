"""The common ancestor of a file on two computers, with several meeting places.

With one place to meet there is one newest state that both came from. With two, each
may have met a third meanwhile, and there are several: then those are brought together
first, by what they in turn came from. Where that was decided in two ways, both count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sencli.core.record.merge import common_past
from sencli.core.record.types import Record
from sencli.store.records.committed import CommittedRecords
from sencli.store.records.records import schema_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sencli.store.git.process import Git
    from sencli.store.git.process import Reader

_DEEP = 100  # earlier meetings that are followed back
_MOST = 4  # answers that are kept of what was decided in several ways


class Pasts:
    """The common ancestor of several commits, file by file.

    Args:
        git: the repository.
        reader: where objects come from.
    """

    def __init__(self, git: Git, reader: Reader) -> None:
        self._git = git
        self._reader = reader
        self._states: dict[str, CommittedRecords] = {}
        self._bases: dict[tuple[str, ...], tuple[str, ...]] = {}

    def bases(self, one: str, *others: str) -> tuple[str, ...]:
        """The newest commits that one has in common with the others together."""
        asked = (one, *others)
        if asked not in self._bases:
            _, out, _ = self._git.run("merge-base", "--all", *asked)
            self._bases[asked] = tuple(sorted(out.decode().split()))
        return self._bases[asked]

    def blobs(self, bases: tuple[str, ...], path: str, depth: int = 0) -> set[str]:
        """The file's id in the merge of these commits; "" for no file.

        Several where they changed it in several ways. Arguments as of `records`.
        """
        found = {self._blob(bases[0], path)} if bases else {""}
        for number, base in enumerate(bases[1:], 1):
            other = self._blob(base, path)
            if found == {other}:
                continue
            below = self.bases(base, *bases[:number]) if depth < _DEEP else ()
            past = self.blobs(below, path, depth + 1)
            if past == found:
                found = {other}
            elif past != {other}:
                found.add(other)
        return found

    def records(
        self, bases: tuple[str, ...], path: str, depth: int = 0
    ) -> tuple[Record | None, ...]:
        """The record in the merge of these commits; None for no file.

        Args:
            bases: the commits.
            path: a record's.
            depth: how many earlier meetings were followed to come here.
        """
        from sencli.resources import load_schema

        if len({self._blob(base, path) for base in bases}) == 1 or depth > _DEEP:
            return _distinct(self._read(base, path) for base in bases)
        root = load_schema(schema_of(path))
        found: tuple[Record | None, ...] = (self._read(bases[0], path),)
        for number, base in enumerate(bases[1:], 1):
            below = self.bases(base, *bases[:number])
            pasts = self.records(below, path, depth + 1) if below else (None,)
            other = self._read(base, path)
            joined = (common_past(pasts, one, other, root) for one in found)
            found = _distinct(record for some in joined for record in some)[:_MOST]
        return found

    def _state(self, commit: str) -> CommittedRecords:
        if commit not in self._states:
            self._states[commit] = CommittedRecords(self._reader, commit)
        return self._states[commit]

    def _blob(self, commit: str, path: str) -> str:
        return self._state(commit).tree.find(path)

    def _read(self, commit: str, path: str) -> Record | None:
        state = self._state(commit)
        return state.read(path) if state.tree.find(path) else None


def _distinct(records: Iterable[Record | None]) -> tuple[Record | None, ...]:
    found: list[Record | None] = []
    for record in records:
        if record not in found:
            found.append(record)
    return tuple(found)
