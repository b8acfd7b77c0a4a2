"""Equal ends of two lists, found by halves, are those found item by item."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sencli.core.record.diff import equal_ends

LISTS = st.lists(st.integers(0, 2), max_size=12)


def counted(one: list[int], other: list[int]) -> int:
    pairs = zip(one, other, strict=False)
    return next(
        (n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other))
    )


@given(LISTS, LISTS, LISTS, LISTS)
def test_the_same_as_item_by_item(
    head: list[int], one: list[int], other: list[int], tail: list[int]
):
    old, new = head + one + tail, head + other + tail
    first, last = equal_ends(old, new)
    assert first == counted(old, new)
    assert last == counted(old[first:][::-1], new[first:][::-1])
    assert equal_ends(bytes(old), bytes(new)) == (first, last)
