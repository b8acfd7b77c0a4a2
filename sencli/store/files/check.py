"""A check result of `sen verify` or `sen doctor`."""

from __future__ import annotations

from sencli.value import Value

_GROUP = 4
_GROUPS = 4


class Check(Value):
    """One thing found.

    Attributes:
        kind: objects, history, erasure, signatures, trailers, schema, dates, merges,
            caches, working, settings or head.
        level: ok, note, warning or breach.
        message: one sentence.
        commit: the commit it is about, or "".
        path: the file it is about, or "".
    """

    kind: str
    level: str
    message: str
    commit: str = ""
    path: str = ""


def fingerprint(commit: str) -> str:
    """The first sixteen letters of a commit's name, in groups to write on paper."""
    groups = (commit[n * _GROUP : (n + 1) * _GROUP] for n in range(_GROUPS))
    return " ".join(groups)


def count(number: int) -> str:
    """A number of changes in words."""
    return f"{number or 'no'} change{'' if number == 1 else 's'}"
