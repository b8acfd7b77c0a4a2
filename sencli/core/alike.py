"""New pupils who look like pupils we have: the same name but for some letters."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from typing import Any

from sencli.core.folding import key
from sencli.core.folding import same
from sencli.core.folding import slips
from sencli.core.folding import words

Entry = Mapping[str, Any]
Record = dict[str, Any]
_MOST = 2
_NAMES = 2


class Known:
    """The pupils of a school, by what a new one may be like.

    Args:
        records: each with its names, and date of birth and UPN where they are known.
    """

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self._by_part: dict[str, dict[str, Record]] = {}
        for record in records:
            self.add(record)

    def add(self, record: Record) -> None:
        """One pupil more."""
        for part in _parts(record):
            self._by_part.setdefault(part, {})[record["id"]] = record

    def like(self, record: Entry) -> list[Record]:
        """The pupils that a new one may be, but for other letters."""
        near: dict[str, Record] = {}
        for part in _parts(record):
            near |= self._by_part.get(part, {})
        return [
            other
            for other in near.values()
            if other["id"] != record["id"] and _alike(record, other)
        ]


def _parts(record: Entry) -> set[str]:
    """Each word of the names, also with any one letter left out."""
    found = {key(name) for name in _spelt(record)}
    for name in _spelt(record):
        for word in words(name):
            found.add(word)
            found |= {word[:at] + word[at + 1 :] for at in range(len(word))}
    return found - {""}


def _spelt(record: Entry) -> Iterator[str]:
    """How a pupil is called, in full."""
    last = record.get("last_name", "")
    for field in ("first_name", "known_as"):
        if first := record.get(field):
            yield f"{first} {last}".strip()


def _alike(new: Entry, known: Entry) -> bool:
    born, upn = (_differ(new, known, field) for field in ("date_of_birth", "upn"))
    for one in _spelt(new):
        for other in _spelt(known):
            if same(one, other):
                return not (born and upn)
            if not born and _near(one, other):
                return True
    return False


def _differ(one: Entry, other: Entry, field: str) -> bool:
    """Whether both are known and are not the same."""
    return field in one and field in other and one[field] != other[field]


def _near(one: str, other: str) -> bool:
    """Whether two full names differ in a slip or two, or in a name more."""
    mine, theirs = words(one), words(other)
    if min(len(mine), len(theirs)) < _NAMES:
        return False
    if _figures(mine) != _figures(theirs):
        return False
    fewer, more = sorted((mine, theirs), key=len)
    if set(fewer) < set(more):
        return True
    count = slips(one, other)
    back = slips(other, one)
    return count is not None and back is not None and max(count, back) <= _MOST


def _figures(parts: list[str]) -> list[str]:
    """The words with figures in them: Amelia 2 is not Amelia 3, whatever else."""
    return sorted(part for part in parts if not part.isalpha())
