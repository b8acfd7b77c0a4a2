"""Shallow and partial clones, which lack part of the history."""

from __future__ import annotations

import os
import re

from sencli.errors import EnvironmentFault
from sencli.errors import IntegrityFault
from sencli.errors import SencliError
from sencli.store.files import files

_LIMIT = 10_000_000
_NAME = re.compile(r"[0-9a-f]{40}")
_PARTIAL = re.compile(
    rb"(?im)^\s*(partialclone|promisor|partialclonefilter)\s*(=\s*(?!false\b)\S|$)"
)
_WHOLE = "Make a whole copy, in a new folder: git clone ADDRESS FOLDER"
FETCH = "Fetch the rest: git fetch --unshallow"


def shallow_ends(root: str) -> frozenset[str]:
    """The commits at which the history in this copy begins, in a shallow clone."""
    try:
        text = files.read(os.path.join(root, ".git", "shallow"), _LIMIT)
    except OSError:
        return frozenset()
    return frozenset(_NAME.findall(text.decode("ascii", "replace")))


def partial(root: str) -> bool:
    """Whether git left contents out of this copy, to fetch them when needed."""
    try:
        text = files.read(os.path.join(root, ".git", "config"), _LIMIT)
    except OSError:
        return False
    return _PARTIAL.search(text) is not None


def left_out() -> EnvironmentFault:
    """The sentence about contents that a partial clone lacks."""
    return EnvironmentFault(
        "These records are a partial clone: git left older contents out of it, so what "
        "they were cannot be told here. Nothing was changed.",
        _WHOLE,
    )


def missing(root: str, what: str) -> SencliError:
    """The sentence about an object, or what a name leads to, that is not there."""
    if partial(root):
        return left_out()
    return IntegrityFault(
        f"The history is damaged: {what} is missing.",
        "Copy the folder, then clone the records again from the other computer or the "
        "backup.",
    )


def remark(root: str) -> str:
    """The warning beside a history that is incomplete here, or ""."""
    if not shallow_ends(root):
        return ""
    return (
        "The history in this copy ends here: what was before is not in it (a shallow "
        f"clone). {FETCH}"
    )
