"""Where two long things differ: what is equal at their ends, found by halves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def equal_ends(one: Sequence[Any], other: Sequence[Any]) -> tuple[int, int]:
    """How many items, or bytes, are equal at the beginning, and of the rest at the end.

    Equal pieces are compared much faster than item after item.
    """
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
