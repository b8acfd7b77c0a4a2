"""Advice for a git repository without records: an empty clone, another branch."""

from __future__ import annotations

import os

from sencli.errors import EnvironmentFault
from sencli.errors import NotFound
from sencli.errors import SencliError
from sencli.store.files import shell
from sencli.store.git.passwords import masked
from sencli.store.git.process import Git

_MARK = "school.yaml"
_NEW = "Make records in a new folder: sen init DIR"


def explain(folder: str) -> SencliError:
    """Why there are no records in the repository of a folder, and what to type.

    Args:
        folder: with `.git` in it, and no records.
    """
    try:
        git = Git(folder)
    except EnvironmentFault as fault:
        return fault
    born = git.run("rev-parse", "-q", "--verify", "HEAD")[0] == 0
    if born and _holds(git, "HEAD"):
        return NotFound(
            f"{folder} has the records in its history, but their files are gone.",
            f"Take them out again: git -C {shell.quoted(folder)} restore .",
        )
    for ref in _branches(git):
        if _holds(git, ref):
            return _elsewhere(folder, ref)
    _, out, _ = git.run("config", "--get-regexp", r"^remote\..*\.url$")
    remote, _, address = (
        out.decode("utf-8", "replace").partition("\n")[0].partition(" ")
    )
    name = remote.removeprefix("remote.").removesuffix(".url")
    if name and not born:
        there = shell.quoted(folder)
        return NotFound(
            f"{folder} is a clone of {masked(address)}, and no records have come from "
            "there yet.",
            "First, on the computer that has the records: sen sync\n"
            f"Then here: git -C {there} fetch {name}, then git -C {there} switch "
            f"--track {name}/main",
        )
    return NotFound(
        f"{folder} is a git repository without SEN records. Nothing was changed.", _NEW
    )


def _holds(git: Git, ref: str) -> bool:
    return git.run("cat-file", "-e", f"{ref}:{_MARK}")[0] == 0


def _branches(git: Git) -> list[str]:
    """Our branches, then those of remotes."""
    places = ("refs/heads", "refs/remotes")
    status, out, _ = git.run("for-each-ref", "--format=%(refname)", *places)
    names = [] if status else out.decode("utf-8", "replace").split()
    return [name for name in names if not name.endswith("/HEAD")]


def _elsewhere(folder: str, ref: str) -> SencliError:
    remote = ref.startswith("refs/remotes/")
    name = ref.removeprefix("refs/remotes/").removeprefix("refs/heads/")
    track = "--track " if remote else ""
    return NotFound(
        f"The records in {folder} are on the branch {name}, which is not the one that "
        "is open.",
        f"Open it: git -C {shell.quoted(folder)} switch {track}{shell.quoted(name)}",
    )


def meeting_place(folder: str) -> SencliError | None:
    """The sentence about a folder where records meet, which holds no files itself."""
    names = ("HEAD", "objects", "refs")
    if not all(os.path.lexists(os.path.join(folder, name)) for name in names):
        return None
    return NotFound(
        f"{folder} is a place where records meet: it has their history, and no files.",
        f"Make a copy to work in: git clone {shell.quoted(folder)} FOLDER",
    )
