"""How columns share a line: as wide as they need, and fairly where room is short."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

_LONGEST_WORD = 24
"""A longer word may be broken before it pushes its neighbours aside."""


def share(columns: Sequence[Sequence[str]], room: int) -> list[int]:
    """A width in characters for each column, given all its cells with the title.

    What fits is left as it is. Otherwise each column gets its longest word, and what
    remains goes to those that would need more, by how much more they would need.

    Args:
        columns: the texts of each column.
        room: characters of a line, without what stands between columns.
    """
    full = [_longest(text.split("\n") for text in column) for column in columns]
    if sum(full) <= room:
        return full
    words = [_longest(text.split() for text in column) for column in columns]
    least = _levelled([min(word, _LONGEST_WORD) for word in words], room)
    spare = room - sum(least)
    # the square root keeps one essay from starving a column of names
    want = [(whole - low) ** 0.5 for whole, low in zip(full, least, strict=True)]
    every = sum(want) or 1.0
    return [
        min(whole, low + int(max(0, spare) * part / every))
        for whole, low, part in zip(full, least, want, strict=True)
    ]


def _longest(pieces: Iterable[Iterable[str]]) -> int:
    return max(1, max((len(part) for piece in pieces for part in piece), default=1))


def _levelled(widths: list[int], room: int) -> list[int]:
    """The widths with the widest cut down to one height until they fit the room."""
    if sum(widths) <= room:
        return widths
    top = max(widths)
    while top > 1 and sum(min(width, top) for width in widths) > room:
        top -= 1
    return [min(width, top) for width in widths]
