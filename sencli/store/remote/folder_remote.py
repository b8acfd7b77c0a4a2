"""Remotes that are folders: sticks and shares.

What somebody wrote there (its settings, what it borrows from) could run programs here,
so it is looked at before git is. Its HEAD is set, so that it can be cloned.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sencli.errors import EnvironmentFault
from sencli.store.files import files
from sencli.store.git.dangerous_settings import REFUSED_AT_THE_OTHER_END
from sencli.store.git.dangerous_settings import among
from sencli.store.git.git_folder import has_ref

if TYPE_CHECKING:
    from sencli.store.git.process import Git

_SMALL = 1_000_000
_ENDINGS = ("/.git", "", ".git/.git", ".git")  # git's own order
_ANEW = (
    "Meet in a new folder: git init --bare --initial-branch=main FOLDER, then "
    "git remote set-url {} FOLDER, then sen sync"
)


def git_folder(place: str) -> str:
    """Git's own folder (the one with the objects) of a folder, or ""."""
    for ending in _ENDINGS:
        found = _followed(f"{place}{ending}")
        if os.path.isdir(os.path.join(found, "objects")) or os.path.isfile(
            os.path.join(found, "commondir")
        ):
            return found
    return ""


def _followed(path: str) -> str:
    """Where a `.git` that is a file points to; the path itself otherwise."""
    if not os.path.isfile(path):
        return path
    try:
        text = files.read(path, 4096).decode("utf-8", "replace")
    except OSError:
        return path
    named = text.removeprefix("gitdir: ").strip()
    return os.path.join(os.path.dirname(path), named)


def _common_folder(folder: str) -> str:
    """The folder that a worktree shares with others, or itself."""
    try:
        named = files.read(os.path.join(folder, "commondir"), 4096).decode().strip()
    except (OSError, UnicodeDecodeError):
        return folder
    return os.path.join(folder, named)


def refuse_dangerous(git: Git, name: str, place: str) -> None:
    """Refuse a folder in which git could be made to run, or read, something else.

    Args:
        git: any git.
        name: the remote's name.
        place: the folder that its address names.

    Raises:
        EnvironmentFault: it borrows objects, or its settings name programs.
    """
    found = git_folder(place)
    if not found:
        return
    common = _common_folder(found)
    borrowed = os.path.join(common, "objects", "info", "alternates")
    if os.path.lexists(borrowed):
        raise EnvironmentFault(
            f"The remote {name} keeps part of its history in another folder "
            f"({os.path.join('objects', 'info', 'alternates')}), so nobody can say "
            "what comes from it. Nothing was fetched, and nothing was sent.",
            _ANEW.format(name),
        )
    odd: list[str] = []
    for file in (
        os.path.join(common, "config"),
        os.path.join(found, "config.worktree"),
    ):
        if os.path.lexists(file):
            words = ("config", "--file", file, "--no-includes", "--list", "-z")
            status, out, _ = git.run(*words)
            listed = out.decode("utf-8", "replace").split("\0")
            if "extensions.objectformat\nsha256" in listed:
                raise EnvironmentFault(
                    f"The remote {name} keeps its history in git's form 'sha256', "
                    "which sencli cannot use. Nothing was fetched or sent.",
                    _ANEW.format(name),
                )
            keys = [item.partition("\n")[0] for item in listed]
            odd += [key for key in keys if among(key, REFUSED_AT_THE_OTHER_END)]
            if status:
                odd.append(f"{os.path.basename(file)} cannot be read")
    if odd:
        raise EnvironmentFault(
            f"The remote {name} has settings of its own that could run a program on "
            f"this computer ({', '.join(dict.fromkeys(odd))}). Nothing was fetched, "
            "and nothing was sent.",
            f"Ask who set them. {_ANEW.format(name)}",
        )


def set_head(place: str, ref: str) -> None:
    """Let a clone of the folder get our branch, where its own HEAD leads to none."""
    found = git_folder(place)
    head = os.path.join(found, "HEAD")
    try:
        text = files.read(head, 4096).decode("ascii", "replace").strip()
        named = text.removeprefix("ref: ")
        bare = os.path.basename(found) != ".git"
        if not found or not bare or named in (text, ref) or has_ref(found, named):
            return
        files.replace(head, f"ref: {ref}\n".encode(), f"{head}.sencli")
    except OSError:
        return  # a clone of it names its branch then
