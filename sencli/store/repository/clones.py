"""The records of many schools in one folder: which there are, and which can be read."""

from __future__ import annotations

import os

from sencli.errors import EnvironmentFault
from sencli.errors import NotFound
from sencli.store.change import journal
from sencli.store.git.process import Git
from sencli.store.records.find import holds_records


def clones(folder: str) -> list[str]:
    """The names of the folders in it, in order; files and hidden ones are passed over.

    Raises:
        NotFound: there is no such folder, or none in it.
    """
    if holds_records(folder):
        raise NotFound(
            f"{folder} holds the records of one school.",
            "Name the folder that holds the schools' folders.",
        )
    try:
        with os.scandir(folder) as entries:
            found = sorted(
                entry.name
                for entry in entries
                if not entry.name.startswith(".")
                and (entry.is_dir(follow_symlinks=True) or entry.is_symlink())
            )
    except (FileNotFoundError, NotADirectoryError):
        raise NotFound(f"There is no folder {folder}.") from None
    if not found:
        raise NotFound(
            f"{folder} holds no folders of schools.", "Clone each school's into it."
        )
    return found


def refuse_unsafe(path: str) -> None:
    """Refuse a folder that is not to be read for others, or not without a change.

    Raises:
        NotFound: it is a link, or no folder of records.
        EnvironmentFault: it is somebody else's, or a change in it is not finished.
    """
    if os.path.islink(path):
        raise NotFound("It is a link, and is not followed.")
    if not holds_records(path):
        raise NotFound("It is not a folder of SEN records.")
    if hasattr(os, "geteuid") and os.lstat(path).st_uid != os.geteuid():
        Git(path).ask("rev-parse", "--git-dir")  # whom git trusts, is trusted
    if journal.waiting(path):
        raise EnvironmentFault(
            "A change was interrupted there. Open it by itself, which finishes it."
        )
