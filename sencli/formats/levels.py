"""Headings that never skip a level: readers of a tagged page go by them."""

from __future__ import annotations


class Levels:
    """The level that each heading really takes; the title above is level 1."""

    def __init__(self) -> None:
        self._last = 1

    def next(self, wanted: int) -> int:
        """At least 2, at most one deeper than the heading before, at most 6."""
        self._last = max(2, min(wanted, self._last + 1, 6))
        return self._last
