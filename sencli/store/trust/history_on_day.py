"""What was known in this copy on a day."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from sencli.errors import NotFound
from sencli.errors import SencliError
from sencli.store.git import partial_clone
from sencli.store.git import settings
from sencli.store.history.arrivals import ArrivalLine

if TYPE_CHECKING:
    from datetime import date

    from sencli.store.records.committed import CommittedRecords
    from sencli.store.repository.repository import Repository


def known_heads(repository: Repository) -> ArrivalLine:
    """The commits that were the newest in this copy, by what they are called now."""
    from sencli.core.audit.erasure import FOLDER
    from sencli.store.change.commit import branch

    try:
        ref = branch(str(repository.root))
    except SencliError:  # a detached HEAD has no log of its own
        ref = ""
    if not repository.committed().names(FOLDER):
        return ArrivalLine(repository.git, ref)
    from sencli.store.git.log import commits
    from sencli.store.trust.certificates import ledger

    known = settings.listing(repository.git)
    erased = ledger(repository, known, commits(repository.git, "HEAD"))
    return ArrivalLine(repository.git, ref, erased.commits)


def head_at(repository: Repository, day: date) -> str:
    """The commit that was the newest here at the end of `day`, in local time.

    Raises:
        NotFound: there was no record yet.
    """
    from sencli.core.text.dates import words  # hardly ever needed

    end = int(time.mktime((day.year, day.month, day.day + 1, 0, 0, 0, 0, 0, -1))) - 1
    commit = known_heads(repository).at(end)
    git = repository.git
    if not commit and partial_clone.shallow_ends(git.root):
        raise NotFound(
            f"The history in this copy does not go back to {words(day.isoformat())} (a "
            "shallow clone).",
            partial_clone.FETCH,
        )
    if not commit:
        raise NotFound(
            f"There are no records from {words(day.isoformat())} or before.",
            "See from when they are: git log --reverse",
        )
    return commit


def known_at(repository: Repository, day: date) -> CommittedRecords:
    """The records as they were here at the end of `day`; then close the repository."""
    return repository.committed(head_at(repository, day))
