"""A commit, and a number of changes, in words."""

from __future__ import annotations

_GROUP = 4
_GROUPS = 4


def fingerprint(commit: str) -> str:
    """The first sixteen letters of a commit's name, in groups to write on paper."""
    groups = (commit[n * _GROUP : (n + 1) * _GROUP] for n in range(_GROUPS))
    return " ".join(groups)


def count(number: int) -> str:
    """A number of changes in words."""
    return f"{number or 'no'} change{'' if number == 1 else 's'}"
