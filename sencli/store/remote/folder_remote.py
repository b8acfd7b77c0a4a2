"""Remotes that are folders: sticks and shares.

What somebody wrote there (its settings, what it borrows from) could run programs here,
so it is looked at before git is. Its HEAD is set, so that it can be cloned.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sencli.errors import EnvironmentFault
from sencli.store.files import files
from sencli.store.git.dangerous_settings import HARMLESS
from sencli.store.git.dangerous_settings import OURS
from sencli.store.git.dangerous_settings import REFUSED_AT_THE_OTHER_END
from sencli.store.git.dangerous_settings import RUN_PROGRAMS
from sencli.store.git.dangerous_settings import SEND_ELSEWHERE
from sencli.store.git.dangerous_settings import among
from sencli.store.git.git_folder import has_ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sencli.store.git.process import Git

_SMALL = 1_000_000
_POINTS = "gitdir: "
_ENDINGS = ("/.git", "", ".git/.git", ".git")  # git's own order
_ANEW = (
    "Meet in a new folder: git init --bare --initial-branch=main FOLDER, then "
    "git remote set-url {} FOLDER, then sen sync"
)


def git_folder(place: str) -> str:
    """Git's own folder (the one with the objects) of a folder, or ""."""
    heads = (f for f in _candidates(place) if os.path.lexists(os.path.join(f, "HEAD")))
    return next(heads, "")


def _candidates(place: str) -> Iterator[str]:
    """What git could take for its own folder there: all is looked at, before git is."""
    for ending in _ENDINGS:
        found = _followed(f"{place}{ending}")
        if os.path.isdir(os.path.join(found, "objects")) or os.path.lexists(
            os.path.join(found, "commondir")
        ):
            yield found


def _followed(path: str) -> str:
    """Where a `.git` that is a file points to; the path itself otherwise."""
    if not os.path.isfile(path) or not (line := _line(path)).startswith(_POINTS):
        return path
    return os.path.join(os.path.dirname(path), line.removeprefix(_POINTS))


def _common_folder(folder: str) -> str:
    """The folder that a worktree shares with others, or itself."""
    path = os.path.join(folder, "commondir")
    return os.path.join(folder, _line(path)) if os.path.lexists(path) else folder


def _line(path: str) -> str:
    """The path in one of git's files, read as git does; or git went where we do not."""
    try:
        text = os.fsdecode(files.read(path, _SMALL)).rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        text = ""
    if not (found := text.partition("\0")[0]):
        raise EnvironmentFault(
            f"Where {path!a} leads cannot be read. Nothing was fetched, and nothing "
            "was sent.",
            "Ask who made it, or meet in a new folder: git init --bare "
            "--initial-branch=main FOLDER",
        )
    return found


def refuse_dangerous(git: Git, name: str, place: str) -> None:
    """Refuse a folder in which git could be made to run, or read, something else.

    Args:
        git: any git.
        name: the remote's name.
        place: the folder that its address names.

    Raises:
        EnvironmentFault: it borrows objects, or its settings name programs.
    """
    for found in _candidates(place):
        _refuse_borrowed(name, found)
        _refuse_settings(git, name, found)


def _refuse_borrowed(name: str, found: str) -> None:
    borrowed = os.path.join(_common_folder(found), "objects", "info", "alternates")
    if os.path.lexists(borrowed):
        raise EnvironmentFault(
            f"The remote {name} keeps part of its history in another folder "
            f"({os.path.join('objects', 'info', 'alternates')}), so nobody can say "
            "what comes from it. Nothing was fetched, and nothing was sent.",
            _ANEW.format(name),
        )


def _refuse_settings(git: Git, name: str, found: str) -> None:
    listed, odd = _settings(git, found)
    if ("extensions.objectformat", "sha256") in listed:
        raise EnvironmentFault(
            f"The remote {name} keeps its history in git's form 'sha256', which "
            "sencli cannot use. Nothing was fetched or sent.",
            _ANEW.format(name),
        )
    odd += [key for key, _ in listed if among(key, REFUSED_AT_THE_OTHER_END)]
    if odd:
        raise EnvironmentFault(
            f"The remote {name} has settings of its own that could run a program on "
            f"this computer ({', '.join(dict.fromkeys(odd))}). Nothing was fetched, "
            "and nothing was sent.",
            f"Ask who set them. {_ANEW.format(name)}",
        )


def named_settings(git: Git, place: str) -> list[str]:
    """The settings of such a folder that git by itself could act upon there."""
    telling = (*RUN_PROGRAMS, *SEND_ELSEWHERE)
    listed = (
        key for found in _candidates(place) for key, _ in _settings(git, found)[0]
    )
    odd = {key for key in listed if among(key, telling) and not among(key, HARMLESS)}
    return sorted(odd - set(OURS))


def _settings(git: Git, found: str) -> tuple[list[tuple[str, str]], list[str]]:
    """The key and value of each setting there; and the files that cannot be read."""
    listed: list[tuple[str, str]] = []
    odd: list[str] = []
    for file in (
        os.path.join(_common_folder(found), "config"),
        os.path.join(found, "config.worktree"),
    ):
        if os.path.lexists(file):
            words = ("config", "--file", file, "--no-includes", "--list", "-z")
            status, out, _ = git.run(*words)
            for item in filter(None, out.decode("utf-8", "replace").split("\0")):
                key, _, value = item.partition("\n")
                listed.append((key, value))
            if status:
                odd.append(f"{os.path.basename(file)} cannot be read")
    return listed, odd


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
