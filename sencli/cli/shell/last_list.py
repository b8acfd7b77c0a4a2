"""The numbered list that was shown last: what ``sen do`` goes by.

It is kept under ``.git/sencli`` and can be deleted at any time.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING
from typing import NamedTuple

from sencli.errors import NotFound
from sencli.store.files import files
from sencli.store.repository.cache_files import place
from sencli.store.repository.cache_files import write

if TYPE_CHECKING:
    from sencli.store.repository.repository import Repository

_NAME = "last-list"


class Task(NamedTuple):
    """One line of the list: what it says, and the command that does it."""

    said: str
    command: str


def keep(repo: Repository, tasks: Sequence[Task]) -> None:
    """Keep the list that is shown now."""
    write(place(repo, _NAME), json.dumps(tasks))


def task(repo: Repository, number: int) -> Task:
    """The line of that number, counted from 1.

    Raises:
        NotFound: no list was shown yet, or it has no such line.
    """
    listed: list[Task] = []
    with suppress(OSError, ValueError, TypeError):
        listed = [Task(*told) for told in json.loads(files.read(place(repo, _NAME)))]
    if not listed:
        raise NotFound(
            "No numbered list has been shown yet.", "See what is due: sen due"
        )
    if not 1 <= number <= len(listed):
        raise NotFound(
            f"The list shown last has no line {number}: it has {len(listed)}.",
            "See it again: sen due",
        )
    return listed[number - 1]
