"""Explain a remote that has changed unexpectedly or holds other records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sencli.errors import Conflict

if TYPE_CHECKING:
    from sencli.store.git.process import Git
    from sencli.store.remote.connection import Connection

_HEADS = "refs/heads/"
_LOOKED_AT = 8


def refuse_without_records(git: Git, line: Connection, commit: str) -> None:
    """Refuse a remote whose branch is not of records at all.

    Args:
        git: the repository here.
        line: to it.
        commit: its newest.

    Raises:
        Conflict: it was made with files of its own.
    """
    if _holds(git, commit) or _in_our_history(git, commit):
        return
    out = git.ask("ls-tree", "--name-only", "-z", commit)
    names = [name for name in out.decode("utf-8", "replace").split("\0") if name]
    raise Conflict(
        f"{line.name} holds files of its own ({', '.join(names[:3]) or 'none'}) and no "
        "records: it was made with them. Nothing was changed, and nothing was sent.",
        "Make it anew, without a README or a licence, then sen sync.\n"
        "In a folder: git init --bare --initial-branch=main FOLDER, then "
        f"git remote set-url {line.name} FOLDER, then sen sync",
    )


def refuse_other_branch(git: Git, line: Connection, ref: str) -> None:
    """Refuse a remote that has our records under the name of another branch.

    Args:
        git: the repository here.
        line: to it.
        ref: our branch, which it lacks.

    Raises:
        Conflict: the two would never meet.
    """
    there = [name for name in line.all() if name.startswith(_HEADS)]
    ours = ref.removeprefix(_HEADS)
    for name in there[:_LOOKED_AT]:
        commit = line.fetch(name, f"refs/sencli/incoming/{line.name}")
        if commit and _holds(git, commit):
            other = name.removeprefix(_HEADS)
            raise Conflict(
                f"{line.name} has no branch called {ours}: its records are on {other}. "
                "Nothing was changed, and nothing was sent.",
                f"Give it the same name here: git branch -m {other}, then sen sync",
            )


def _holds(git: Git, commit: str) -> bool:
    return git.run("cat-file", "-e", f"{commit}:school.yaml")[0] == 0


def _in_our_history(git: Git, commit: str) -> bool:
    return git.run("merge-base", "--is-ancestor", commit, "HEAD")[0] == 0
