"""Temporary folders for printing, and clean-up of those left by a kill.

A folder is held by a lock while its print is at work, so that a left one can be told;
``.git/sencli`` notes where it is, so that the doctor can name it.
"""

from __future__ import annotations

import contextlib
import os
import re
import time
from contextlib import ExitStack
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sencli.errors import EnvironmentFault
from sencli.errors import SencliError
from sencli.store.files import files
from sencli.store.files.check_result import CheckResult
from sencli.store.files.lock import Lock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sencli.store.git.settings import GitSettings
    from sencli.store.repository.repository import Repository

_NAME = re.compile(r"\.sencli-[a-z0-9_]{8}")
_HELD = ".lock"
_YOUNG = 600.0
_MOMENT = 2.0  # between a folder and the lock in it
_NOTE = "printing-"


@contextmanager
def scratch(place: str, root: str) -> Iterator[str]:
    """A hidden folder in `place`, deleted at the end, as are leftovers of a kill.

    Args:
        place: the folder that the papers are for.
        root: of the records, which note the place meanwhile; "" for none.
    """
    clear(place)
    if root:
        _forget(root)
    with _noted(place, root), ExitStack() as held:
        folder = files.scratch_folder(place)
        held.callback(_delete, folder)
        with contextlib.suppress(EnvironmentFault):  # a disk without locks
            held.enter_context(Lock(os.path.join(folder, _HELD), 0))
        yield folder


def _delete(folder: str) -> None:
    with contextlib.suppress(OSError):  # the next print there clears it
        files.delete_tree(folder)


@contextmanager
def _noted(place: str, root: str) -> Iterator[None]:
    """A note of where papers are being made; it stays when the process is killed."""
    note = os.path.join(root, ".git", "sencli", f"{_NOTE}{os.getpid()}")
    if root:
        with contextlib.suppress(OSError):
            files.write_cache(note, os.path.abspath(place))
    try:
        yield
    finally:
        if root:
            with contextlib.suppress(OSError):
                files.delete(note, missing_ok=True)


def left(place: str) -> list[str]:
    """The hidden folders and files of prints that were stopped, in one folder."""
    try:
        paths = _hidden(place)
    except OSError:
        return []
    return [path for path in paths if not os.path.islink(path) and not _at_work(path)]


def _hidden(place: str) -> list[str]:
    names = sorted(filter(_NAME.fullmatch, os.listdir(place)))
    return [os.path.join(place, name) for name in names]


def _at_work(path: str) -> bool:
    """Whether a print may still be busy with it."""
    held = os.path.join(path, _HELD)
    if os.path.isfile(held) and not os.path.islink(held):
        try:
            with Lock(held, 0):
                return False
        except EnvironmentFault:
            pass
        except (SencliError, OSError):
            return True
    try:
        empty = os.path.isdir(path) and not os.listdir(path)
        age = time.time() - os.lstat(path).st_mtime
    except OSError:
        return True
    return age < (_MOMENT if empty else _YOUNG)


def clear(place: str) -> int:
    """Remove them; how many."""
    number = 0
    for path in left(place):
        with contextlib.suppress(OSError):
            if os.path.isdir(path):
                files.delete_tree(path)
            else:
                files.delete(path)
            number += 1
    return number


def places(root: str) -> list[str]:
    """The folders in which a print was stopped, or is at work: the records' notes."""
    return sorted({root, *_notes(root).values()})


def _notes(root: str) -> dict[str, str]:
    """Each note with the folder that it names."""
    top = os.path.join(root, ".git", "sencli")
    found = {}
    with contextlib.suppress(OSError):
        for name in os.listdir(top):
            note = os.path.join(top, name)
            if name.startswith(_NOTE):
                with contextlib.suppress(OSError, ValueError):
                    found[note] = files.read(note, 10_000).decode()
    return found


def _forget(root: str) -> None:
    """Remove the notes of folders in which nothing is hidden any more."""
    for note, place in _notes(root).items():
        with contextlib.suppress(OSError):
            if not _hidden(place):
                files.delete(note)


def examined(repository: Repository, _: GitSettings) -> Iterator[CheckResult]:
    """The doctor's findings about them."""
    found = [path for place in places(str(repository.root)) for path in left(place)]
    for path in found:
        message = f"A stopped print left {path}, with pupils' papers in it."
        yield CheckResult(
            "prints", "warning", message, "sen doctor --fix", fixable=True
        )


def clear_all(root: str) -> int:
    """Remove all that the records know of, and the notes; how many."""
    number = sum(clear(place) for place in places(root))
    _forget(root)
    return number
