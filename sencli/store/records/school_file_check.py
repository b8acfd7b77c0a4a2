"""Whether the school's files fit their schema, cached by content."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from sencli import __version__
from sencli.errors import SencliError
from sencli.store.files import files
from sencli.store.git import objects

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sencli.store.records.records import WorkingRecords

_LIMIT = 10_000


def faults(records: WorkingRecords, paths: Iterable[str]) -> list[str]:
    """Each fault of these files, with file and line; a list may go on over some."""
    place = os.path.join(records.folder, ".git", "sencli", "sound")
    known: set[str] = set()
    with suppress(OSError, ValueError):
        known.update(files.read(place, _LIMIT).decode().split("\n"))
    found: list[str] = []
    now: set[str] = set()
    for path in sorted(paths):
        try:
            name = objects.blob(records.read_bytes(path))
        except SencliError:
            continue  # whoever needs it has said so
        mark = f"{__version__} {path} {name}"
        if (
            mark not in known
            and not _as_saved(records, path, name)
            and (said := _fault_lines(records, path))
        ):
            found += said
        else:
            now.add(mark)
    if not now <= known:
        with suppress(OSError):
            kept = {mark for mark in known if mark.split(" ")[0] == __version__}
            files.write_cache(place, "\n".join(sorted(_newest(kept, now))))
    return found


def _as_saved(records: WorkingRecords, path: str, name: str) -> bool:
    """Whether the file is as it was saved: then it was judged before."""
    from sencli.store.git import index

    try:
        now, _ = index.load(records.folder)
    except (OSError, SencliError):
        return False
    return now is not None and now.find(path) == name


def _newest(kept: set[str], now: set[str]) -> set[str]:
    """The marks to keep: one for each file."""
    paths = {mark.split(" ")[1] for mark in now}
    return now | {mark for mark in kept if mark.split(" ")[1] not in paths}


def _fault_lines(records: WorkingRecords, path: str) -> list[str]:
    from sencli.store.records.check import of_school

    return [
        f"{p.file}:{p.line}: {p.message}"
        for p in of_school(records, path)
        if not p.note and not p.level
    ]
