"""Find the repository from a folder upwards, as git does."""

from __future__ import annotations

import os

from sencli.errors import NotFound
from sencli.errors import SencliError


def holds_records(folder: str) -> bool:
    """Whether a folder is a repository of records."""
    git = os.path.join(folder, ".git")
    return os.path.isdir(git) and (
        os.path.lexists(os.path.join(folder, "school.yaml"))
        or os.path.isdir(os.path.join(git, "sencli"))
    )


def _odd(start: str, nearest: str, alone: str) -> SencliError | None:
    """The message for records without a history, or a history without records."""
    if alone:
        from sencli.store.git.history_gone import history_gone_fault

        return history_gone_fault(alone)
    from sencli.store.records.no_records import explain
    from sencli.store.records.no_records import meeting_place

    if os.path.isdir(os.path.join(nearest, ".git")) and nearest:
        return explain(nearest)
    return meeting_place(start)


def _stands_alone(folder: str) -> bool:
    if not os.path.isfile(os.path.join(folder, "school.yaml")):
        return False
    from sencli.store.git.history_gone import stands_alone

    return stands_alone(folder)


def standing(named: str) -> str:
    """The nearest folder with a school's file, whatever its history is; or ""."""
    folder = os.path.realpath(named or os.curdir)
    while not os.path.isfile(os.path.join(folder, "school.yaml")):
        above = os.path.dirname(folder)
        if above == folder:
            return ""
        folder = above
    return folder


def upwards(named: str) -> str:
    """The repository that holds `named`, or the current folder."""
    try:
        start = folder = os.path.realpath(named) if named else os.getcwd()
    except OSError:
        raise NotFound(
            "The current folder is gone.", "Go to the folder of the records: cd"
        ) from None
    nearest = alone = ""
    while not holds_records(folder):
        above = os.path.dirname(folder)
        if os.path.lexists(os.path.join(folder, ".git")):
            nearest = nearest or folder
            if os.path.isfile(os.path.join(folder, "school.yaml")):
                from sencli.store.git.unsupported import refuse_git_elsewhere

                refuse_git_elsewhere(folder)
        alone = alone or (folder if _stands_alone(folder) else "")
        if above == folder:
            if found := _odd(start, nearest, alone):
                raise found
            if named and not os.path.isdir(start):
                raise NotFound(f"There is no folder {named}.", f"sen init {named}")
            raise NotFound(
                f"{named or 'This'} is not a folder of SEN records, "
                "nor is one above it.",
                "Go to it with cd, name it with -C DIR, or make one: sen init",
            )
        folder = above
    return folder
