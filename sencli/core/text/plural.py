"""A number with its noun."""

from __future__ import annotations


def plural(number: int | str, noun: str) -> str:
    """``1 session``, ``3 sessions``, ``no sessions``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
