"""Imported pupils whose names nearly match existing ones."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from itertools import combinations

from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.folding import same
from sencli.core.text.folding import slip
from sencli.core.text.folding import words

_MOST = 2
_NAMES = 2
_ONE_FROM, _TWO_FROM = 4, 6


class KnownPupils:
    """The pupils of a school, by what a new one may be like.

    Two names that differ in two letters at the most share a key from each of which two
    letters at the most were left out; so a name is looked up, not compared with all.

    Args:
        records: each with its names, and date of birth and UPN where they are known.
    """

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self._near: dict[str, dict[str, Record]] = {}
        self._pairs: dict[tuple[str, str], dict[str, Record]] = {}
        for record in records:
            self.add(record)

    def add(self, record: Record) -> None:
        """One pupil more."""
        for name in _spelt(record):
            for part in _shortened(name):
                self._near.setdefault(part, {})[record["id"]] = record
            for pair in _pairs(name):
                self._pairs.setdefault(pair, {})[record["id"]] = record

    def like(self, record: Entry) -> list[Record]:
        """The pupils that a new one may be, but for other letters."""
        found: dict[str, Record] = {}
        for name in _spelt(record):
            for part in _shortened(name):
                found |= self._near.get(part, {})
            for pair in _pairs(name):
                found |= self._pairs.get(pair, {})
        return [
            other
            for other in found.values()
            if other["id"] != record["id"] and alike(record, other)
        ]


def _shortened(name: str) -> set[str]:
    """The name as one word, also sorted, with up to two letters left out."""
    parts = words(name)
    found = {"".join(parts), "".join(sorted(parts))}
    for _ in range(_MOST):
        found |= {one[:at] + one[at + 1 :] for one in found for at in range(len(one))}
    return found


def _pairs(name: str) -> Iterator[tuple[str, str]]:
    """Every two words of a name."""
    yield from combinations(sorted(set(words(name))), _NAMES)


def _spelt(record: Entry) -> Iterator[str]:
    """How a pupil is called, in full."""
    last = record.get("last_name", "")
    for field in ("first_name", "known_as"):
        if first := record.get(field):
            yield f"{first} {last}".strip()


def alike(new: Entry, known: Entry) -> bool:
    """Whether a new pupil may be one we have, but for other letters."""
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
    if min(len(mine), len(theirs)) < _NAMES or _figures(mine) != _figures(theirs):
        return False
    fewer, more = sorted((mine, theirs), key=len)
    if set(fewer) < set(more):
        return True
    if len(mine) != len(theirs):
        return slip("".join(mine), "".join(theirs), 1) <= 1
    return any(_slipped(order(mine), order(theirs)) for order in (list, sorted))


def _slipped(mine: list[str], theirs: list[str]) -> bool:
    """Whether each word is the other's but for a slip, two in all.

    Short words are names of their own: Ada is not Ava, nor Jack Zack.
    """
    total = 0
    for one, other in zip(mine, theirs, strict=True):
        if one != other:
            length = min(len(one), len(other))
            most = (length >= _ONE_FROM) + (length >= _TWO_FROM)
            count = slip(one, other, most)
            if count > most or (length < _TWO_FROM and one[0] != other[0]):
                return False
            total += count
    return total <= _MOST


def _figures(parts: list[str]) -> list[str]:
    """The words with figures in them: Amelia 2 is not Amelia 3, whatever else."""
    return sorted(part for part in parts if not part.isalpha())
