"""Which papers parents read, by the name of the document."""

from __future__ import annotations

_PARENTS = ("summary", "profile", "support-plan")


def is_letter(document: str) -> bool:
    """Whether it is a letter."""
    return document.startswith("letter-")


def for_parents(document: str) -> bool:
    """Whether it is written for parents: a letter, or a page for them."""
    return is_letter(document) or document in _PARENTS
