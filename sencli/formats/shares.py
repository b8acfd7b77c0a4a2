"""How columns share a line: as wide as they need, and fairly where room is short."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

_LONGEST_WORD = 24
"""A longer word may be broken before it pushes its neighbours aside."""

_LEAST = 5
"""Characters below which a column of words is no longer readable."""


def share(
    columns: Sequence[Sequence[str]], room: int, rigid: Sequence[bool]
) -> list[int]:
    """A width in characters for each column, given all its cells with the title.

    What fits is left as it is. Otherwise each column gets its longest word, and what
    remains goes to those that would need more, by how much more they would need.

    Args:
        columns: the texts of each column.
        room: characters of a line, without what stands between columns.
        rigid: for each column, whether its words (sums, dates) must not be broken
            while another's can be.
    """
    full = [_longest(text.split("\n") for text in column) for column in columns]
    if sum(full) <= room:
        return full
    words = [_longest(text.split() for text in column) for column in columns]
    least = _least(words, room, rigid)
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


def _least(words: list[int], room: int, rigid: Sequence[bool]) -> list[int]:
    least = [min(word, _LONGEST_WORD) for word in words]
    stiff = sum(low for low, hard in zip(least, rigid, strict=True) if hard)
    soft = [low for low, hard in zip(least, rigid, strict=True) if not hard]
    if stiff + _LEAST * len(soft) > room:
        return _levelled(least, room)
    cut = iter(_levelled(soft, room - stiff))
    return [
        low if hard else next(cut) for low, hard in zip(least, rigid, strict=True)
    ]


def _levelled(widths: list[int], room: int) -> list[int]:
    """The widths with the widest cut down to one height until they fit the room."""
    if sum(widths) <= room:
        return widths
    top = max(widths)
    while top > 1 and sum(min(width, top) for width in widths) > room:
        top -= 1
    return [min(width, top) for width in widths]
