"""Preconditions of an erasure: what prevents it, and what to do."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sencli.core.audit import erasure
from sencli.errors import Conflict
from sencli.errors import IntegrityFault
from sencli.errors import SencliError
from sencli.store.change import refs
from sencli.store.change.edited import differing
from sencli.store.erasure import notes
from sencli.store.files.shell import quoted
from sencli.store.records.records import places
from sencli.store.remote import connection

if TYPE_CHECKING:
    from collections.abc import Collection

    from sencli.core.audit.erased_names import ErasedNames
    from sencli.store.change.commit import Base
    from sencli.store.git.process import Git
    from sencli.store.git.settings import GitSettings

# what makes a repository show or hold more, or less, than its own history
_ODD = {
    "shallow": "The beginning of the history is not here (a shallow clone)",
    "info/grafts": "Grafts show git another history than the recorded one",
    "refs/replace": "Replacements show git other objects than the recorded",
    "objects/info/alternates": "The records borrow from another folder",
    "worktrees": "The records are open in a second folder (git worktree list)",
}

_RENAMING = {
    "refs/heads/": "Give it another name: git branch -m {} NEW-NAME",
    "refs/tags/": "Take it away: git tag -d {}",
}


def refuse(
    base: Base, known: GitSettings, ids: Collection[str], names: ErasedNames
) -> None:
    """Refuse where something would be lost, or could not be cleaned.

    Args:
        base: the state to start from.
        known: git's settings.
        ids: the pupils that go.
        names: what they are called.

    Raises:
        Conflict: it says what is in the way.
    """
    root = base.git.root
    for name, what in _ODD.items():
        path = os.path.join(root, ".git", *name.split("/"))
        if os.path.isfile(path) or (os.path.isdir(path) and os.listdir(path)):
            raise Conflict(
                f"{what}, so nothing can be erased for certain. Nothing was changed.",
                "Make a plain clone of the records and erase there.",
            )
    if known.get("extensions.partialclone"):
        raise Conflict(
            "This is not a plain repository: some of its objects are kept elsewhere. "
            "Nothing was changed.",
            "Make a plain clone of the records and erase there.",
        )
    _refuse_edits(base)
    _refuse_names(base.git, ids, names)


def _refuse_edits(base: Base) -> None:
    edited = differing(base.git.root, base.records, None)
    args = ("diff-index", "--cached", "--name-only", "-z", "--no-ext-diff")
    staged = base.git.ask(*args, base.commit, "--").decode("utf-8", "replace")
    edited += [path for path in staged.split("\0") if path and path not in edited]
    if edited:
        raise Conflict(
            f"{places(edited)} was edited by hand and is not committed. "
            "Your edit is kept; nothing was changed.",
            "Take it into the history first: sen commit",
        )


def _refuse_names(git: Git, ids: Collection[str], names: ErasedNames) -> None:
    """A branch or tag is what people and other computers call it: they rename it."""
    word = erasure.word(ids)
    for ref in refs.listed(git):
        if ref.name == "refs/stash":
            raise Conflict(
                "git has put changes aside (a stash), which may hold the record. "
                "Nothing was changed.",
                "Restore them (git stash pop) or drop them (git stash drop).",
            )
        if not ref.name.startswith((*refs.OURS, notes.FOLDER)):
            continue
        if word.search(ref.name.encode()) or names.named(ref.name):
            raise Conflict(
                f"{ref.name} is named after the pupil. Nothing was changed.",
                _renamed(ref.name),
            )


def _renamed(name: str) -> str:
    """How a branch or tag gets another name, or goes."""
    for above, how in _RENAMING.items():
        if name.startswith(above):
            return how.format(quoted(name.removeprefix(above)))
    return f"Take it away: git update-ref -d {quoted(name)}"


def refuse_behind(git: Git) -> None:
    """Refuse while a remote is known to have what is not here."""
    args = ("--count", "--remotes", "--glob=refs/sencli", "--not", "--branches")
    if int(git.ask("rev-list", *args)):
        raise _behind("A remote")


def ask_remotes(
    git: Git, known: GitSettings, ref: str, past: Collection[str]
) -> list[str]:
    """Refuse if a remote has commits not here; returns remotes that did not answer.

    Args:
        git: the repository.
        known: git's settings.
        ref: the branch.
        past: the commits that earlier erasures have rewritten: one that a remote still
            has was here.
    """
    silent = []
    for key in known.under("remote"):
        name = key.removeprefix("remote.").removesuffix(".url")
        if not key.endswith(".url"):
            continue
        try:
            newest = connection.Connection(git, known, name).newest(ref)
        except SencliError:
            silent.append(name)
            continue
        if newest in past or not newest:
            continue
        if git.run("cat-file", "-e", f"{newest}^{{commit}}")[0]:
            raise _behind(name)
    return silent


def _behind(who: str) -> Conflict:
    return Conflict(
        f"{who} has changes that are not here yet. Nothing was changed.",
        "Take them in first: sen sync",
    )


def refuse_unproved(breaches: Collection[str]) -> None:
    """Refuse where a signature is wrong: the certificate would vouch for it."""
    if breaches:
        first = min(breaches)
        raise IntegrityFault(
            f"The signatures are not in order ({first}), and an erasure would vouch "
            "for what is there. Nothing was changed.",
            "See all of it: sen verify. An old copy that cannot be put in order is "
            "made anew: git clone",
        )
