"""How columns share a line: as wide as they need, and fairly where room is short."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
    full = [
        max((len(line) for text in column for line in text.split("\n")), default=0)
        for column in columns
    ]
    full = [max(1, width) for width in full]
    if sum(full) <= room:
        return full
    least = [
        min(
            whole,
            _LONGEST_WORD,
            max((len(word) for text in column for word in text.split()), default=1),
        )
        for column, whole in zip(columns, full, strict=True)
    ]
    least = [max(1, width) for width in least]
    spare = room - sum(least)
    if spare <= 0:
        return [max(1, width * room // sum(least)) for width in least]
    # the square root keeps one essay from starving a column of names
    want = [(whole - low) ** 0.5 for whole, low in zip(full, least, strict=True)]
    every = sum(want) or 1.0
    return [
        min(whole, low + int(spare * part / every))
        for whole, low, part in zip(full, least, want, strict=True)
    ]
