"""Where two long things differ: what is equal at their ends, found by halves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def equal_ends(
    one: Sequence[Any], other: Sequence[Any], likely: tuple[int, int] = (-1, -1)
) -> tuple[int, int]:
    """How many items, or bytes, are equal at the beginning, and of the rest at the end.

    Equal pieces are compared much faster than item after item.

    Args:
        one: the one.
        other: the other.
        likely: what the answer may be; if it is, it is found at once.
    """
    if _are_ends(one, other, *likely):
        return likely
    most = min(len(one), len(other))
    first, high = 0, most
    while first < high:
        middle = (first + high + 1) // 2
        if one[first:middle] == other[first:middle]:
            first = middle
        else:
            high = middle - 1
    last, high = 0, most - first
    while last < high:
        middle = (last + high + 1) // 2
        piece = slice(-middle, -last or None)
        if one[piece] == other[piece]:
            last = middle
        else:
            high = middle - 1
    return first, last


def _are_ends(one: Sequence[Any], other: Sequence[Any], first: int, last: int) -> bool:
    """Whether so much is equal at both ends, and not an item more."""
    here, there = len(one) - last, len(other) - last
    least = min(here, there)
    return (
        0 <= first <= least
        and last >= 0
        and (first == least or one[first] != other[first])
        and (first == least or one[here - 1] != other[there - 1])
        and one[:first] == other[:first]
        and one[here:] == other[there:]
    )
