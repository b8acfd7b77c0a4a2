"""Check that ``.git/sencli`` has the expected shape.

A copying service, a stick or a stranger can leave a link, a pipe or a folder in the
place of a file: a write would hang on it, or reach what lies outside.
"""

from __future__ import annotations

import os
import stat

from sencli.errors import EnvironmentFault
from sencli.store.files import files

_FOLDERS = ("drafts", "shown")
_TEMPORARY = "tmp-"
FIX = "sen doctor --fix"
_TRIES = 1000


def odd(root: str) -> list[tuple[str, str]]:
    """Files of the wrong kind: path from the root, and kind."""
    top = os.path.join(root, ".git", "sencli")
    what = _kind(top)
    if what in ("", "a folder"):
        return _inside(root, top) if what else []
    return [(_place(root, top), what)]


def _inside(root: str, top: str) -> list[tuple[str, str]]:
    try:
        names = sorted(os.listdir(top))
    except OSError:  # no right to: whatever is done there says so
        return []
    found = []
    for name in names:
        path = os.path.join(top, name)
        what = _kind(path)
        wanted = ("a file", "a folder") if name.startswith(_TEMPORARY) else ("a file",)
        if what and what not in (("a folder",) if name in _FOLDERS else wanted):
            found.append((_place(root, path), what))
        elif name in _FOLDERS:
            found += _inside(root, path)
    return found


def _place(root: str, path: str) -> str:
    return os.path.relpath(path, root)


def _kind(path: str) -> str:
    """The kind of file there, in words; "" for none."""
    try:
        mode = os.lstat(path).st_mode
    except OSError:
        return ""
    if stat.S_ISREG(mode):
        return "a file"
    if stat.S_ISDIR(mode):
        return "a folder"
    if stat.S_ISLNK(mode):
        return "a link"
    return "a pipe" if stat.S_ISFIFO(mode) else "no plain file"


def refuse_odd(root: str) -> None:
    """Refuse to write while something is of another shape.

    Raises:
        EnvironmentFault: what, and what clears it.
    """
    for place, what in odd(root):
        raise EnvironmentFault(
            f"{place} is {what}, which sencli did not make. Nothing was saved.",
            f"Clear it away: {FIX}",
        )


def clear(root: str) -> list[str]:
    """Take away what holds nothing, move the rest aside; a sentence for each."""
    done = []
    for place, what in odd(root):
        path = os.path.join(root, place)
        if what in ("a file", "a folder"):
            aside = _free(os.path.join(root, ".git"))
            files.move(path, aside)
            done.append(f"{place} was moved to {_place(root, aside)}: look at it.")
        else:
            files.delete(path)
            done.append(f"{place} ({what}) is removed; what it led to is untouched.")
    return done


def _free(folder: str) -> str:
    for number in range(1, _TRIES):
        path = os.path.join(folder, f"sencli-aside-{number}")
        if not os.path.lexists(path):
            return path
    raise EnvironmentFault(
        "There are too many .git/sencli-aside-... files.", "Look at them, delete them."
    )
