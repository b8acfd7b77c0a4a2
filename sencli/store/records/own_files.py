"""Files that belong to the records or git, and must not be overwritten by output."""

from __future__ import annotations

import os

from sencli.store.files import page_files
from sencli.store.records.find import holds_records
from sencli.store.records.records import TOP

_FOLDERS = ("pupils", "documents", "templates", ".sencli")
_FILES = (*TOP, ".gitattributes", ".gitignore", ".gitmodules", "readme.md")
_STREAMS = ("/dev/stdout", "/dev/stderr", "/dev/fd/")


def through_link(path: str) -> bool:
    """Whether the last part of a path is a link (not to this process's own streams)."""
    return os.path.islink(path) and not path.startswith(_STREAMS)


def part_of_records(path: str) -> str:
    """The protected folder of a path, as ``pupils/ of the records in DIR``, or "".

    Links on the way are followed, and letters of either case are the same, as they are
    on Windows and macOS.
    """
    at = os.path.realpath(path)
    below: list[str] = []
    while True:
        above, name = os.path.split(at)
        if name.casefold() == ".git" and not _to_be_shown(below):
            return f"git's own folder {at}"
        if holds_records(at) and below:
            return _part(at, below)
        if above == at:
            return ""
        below.insert(0, name)
        at = above


def _to_be_shown(below: list[str]) -> bool:
    """Whether it is a page in the place for those that are only looked at."""
    return tuple(below[:-1]) == page_files.FOLDER


def _part(root: str, below: list[str]) -> str:
    first = below[0].casefold()
    if first in _FOLDERS:
        return f"{below[0]}/ of the records in {root}"
    if len(below) == 1 and first in _FILES:
        return f"the records in {root}"
    return ""
