"""Random ids for pupils and items, long enough not to clash between laptops.

Nobody has to type one: a number, a date or a few words name the same thing.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING
from typing import Any

if TYPE_CHECKING:
    from random import Random

# No vowels (no words), nothing that is mistaken for something else when read aloud.
_LETTERS = "bcdfghjkmnpqrstvwxyz23456789"

# The first letter says what kind of thing it is.
PREFIX = {
    "pupil": "p",
    "contact": "c",
    "need": "d",
    "concern": "n",
    "cycle": "y",
    "strategy": "g",
    "outcome": "o",
    "intervention": "i",
    "measurement": "m",
    "change": "h",
    "group": "q",
    "specialist": "s",
    "advice": "a",
    "meeting": "t",
    "document": "f",
    "plan": "e",
    "review": "r",
    "correction": "z",
    "departure": "w",
    "access": "j",
    "hold": "u",
    "retention": "l",
    "barrier": "b",
    "activity": "v",
    "draft": "k",
    "sheet": "j",
}


# The reckoning is in docs/decisions.md. A draft stays on one laptop and may be typed.
_SIZE = 7
_SIZES = {"draft": 3}
_SHORTEST = 3  # what versions before gave to an item


def new_id(kind: str, taken: Collection[str], rng: Random) -> str:
    """An id of that kind that is not taken: a letter for the kind, and seven more."""
    size = _SIZES.get(kind, _SIZE)
    while True:
        name = PREFIX.get(kind, "x") + "".join(rng.choices(_LETTERS, k=size))
        if name not in taken:
            return name


def other_id(known: str, content: str, taken: Collection[str]) -> str:
    """The new id of one of two items that have the same: everywhere the same one.

    Args:
        known: the id that both have.
        content: the item that is to have another, as text.
        taken: ids that are not free.
    """
    count = 0
    while True:
        seed = f"{known}\0{count}\0{content}".encode()
        number = int.from_bytes(sha256(seed).digest(), "big")
        name = known[:1]
        for _ in range(_SIZE):
            number, place = divmod(number, len(_LETTERS))
            name += _LETTERS[place]
        if name not in taken:
            return name
        count += 1


def is_id(kind: str, text: str) -> bool:
    """Whether a text has the form of an id of that kind, of today or of before."""
    first, rest = text[:1], text[1:]
    fits = _SHORTEST <= len(rest) <= _SIZE and set(rest) <= set(_LETTERS)
    return first == PREFIX[kind] and fits


def ids_in(value: Any) -> Iterator[str]:
    """Every ``id`` anywhere in a record."""
    if isinstance(value, dict):
        if isinstance(found := value.get("id"), str):
            yield found
        for child in value.values():
            yield from ids_in(child)
    elif isinstance(value, list):
        for child in value:
            yield from ids_in(child)


class Ids:
    """Hands out ids that are new to a record (or several).

    Attributes:
        others: by kind, what hands out the ids that are to be new to other records.
    """

    def __init__(self, rng: Random, *records: Any) -> None:
        self._rng = rng
        self._taken = {name for record in records for name in ids_in(record)}
        self.others: dict[str, Ids] = {}

    def __call__(self, kind: str) -> str:
        """A new id of that kind."""
        if kind in self.others:
            return self.others[kind](kind)
        name = new_id(kind, self._taken, self._rng)
        self._taken.add(name)
        return name
