"""Short random names for pupils and items: nobody has to type one."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterator
from random import Random
from typing import Any

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
    "draft": "k",
}


def new_id(kind: str, taken: Collection[str], rng: Random) -> str:
    """An id of that kind that is not taken; pupils get four letters, items three."""
    size = 4 if kind == "pupil" else 3
    while True:
        name = PREFIX.get(kind, "x") + "".join(rng.choices(_LETTERS, k=size))
        if name not in taken:
            return name


def is_id(kind: str, text: str) -> bool:
    """Whether a text has the form of an id of that kind."""
    first, rest = text[:1], text[1:]
    return first == PREFIX[kind] and len(rest) in {3, 4} and set(rest) <= set(_LETTERS)


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
    """Hands out ids that are new to a record (or several)."""

    def __init__(self, rng: Random, *records: Any) -> None:
        self._rng = rng
        self._taken = {name for record in records for name in ids_in(record)}

    def __call__(self, kind: str) -> str:
        """A new id of that kind."""
        name = new_id(kind, self._taken, self._rng)
        self._taken.add(name)
        return name
