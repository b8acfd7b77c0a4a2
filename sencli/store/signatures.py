"""By what a file is told to be the one that was read: its times, size and inode."""

from __future__ import annotations

import os

from sencli.store import files
from sencli.store.records import pupil_of


def signature(stat: os.stat_result) -> str:
    """The signature, as text."""
    return f"{stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_size} {stat.st_ino}"


def newest(told: str) -> int:
    """When the file of a signature was last changed or moved, in nanoseconds."""
    changed, moved, _, _ = told.split(" ")
    return max(int(changed), int(moved))


def listing(folder: str) -> str:
    """Id and signature of every record in a repository, a line each, in order."""
    place = os.path.join(folder, "pupils")
    # from within, where that can be: else the folder's own path is walked for each
    inside = files.open_folder(place)
    try:
        with os.scandir(place if inside is None else inside) as entries:
            found = [
                f"{pupil_id} {signature(_stat(entry))}\n"
                for entry in entries
                if (pupil_id := pupil_of(f"pupils/{entry.name}"))
            ]
    finally:
        if inside is not None:
            os.close(inside)
    return "".join(sorted(found))


def _stat(entry: os.DirEntry[str]) -> os.stat_result:
    """The state of a file itself: Windows' list of a folder lags, and has no inodes."""
    return os.lstat(entry.path) if files.WINDOWS else entry.stat(follow_symlinks=False)


def by_id(listed: str) -> dict[str, str]:
    """The signatures of a listing, by id."""
    return dict(line.split(" ", 1) for line in listed.splitlines())
