"""The acts that faults are injected into: ``python -m benchmarks.acts NAME DIR``.

Each ends with the exit code that `sen` would end with.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

from sencli.errors import SencliError
from sencli.store import undo
from sencli.store.draft import Draft
from sencli.store.draft import Message
from sencli.store.repo import Repository

if TYPE_CHECKING:
    from collections.abc import Callable

IDS = ("p3dfb", "p4fgh", "pd5gh", "pf6hj", "pg7jk", "ph8km")
INIT = Message("init", "Begin the records")


def record(pupil_id: str) -> dict[str, Any]:
    """A new pupil's record."""
    return {"schema": 1, "id": pupil_id, "first_name": "Ann", "last_name": "Example"}


def starting_files() -> dict[str, bytes]:
    """The files of a new repository."""
    return {
        "school.yaml": b"schema: 1\nname: Oak Primary\n",
        "provisions.yaml": b"schema: 1\n",
        "groups.yaml": b"schema: 1\n",
        ".gitattributes": b"* -text\n",
    }


def adds(pupil_id: str) -> Callable[[Draft], Message]:
    """An act that adds a pupil."""

    def act(draft: Draft) -> Message:
        draft.put(f"pupils/{pupil_id}.yaml", record(pupil_id))
        return Message("pupil.add", "Add a pupil")

    return act


def notes(text: str, *ids: str) -> Callable[[Draft], Message]:
    """An act that adds one concern to each of these pupils' records."""

    def act(draft: Draft) -> Message:
        for pupil_id in ids:
            path = f"pupils/{pupil_id}.yaml"
            found = draft.read(path)
            listed = found.setdefault("concerns", [])
            number = f"c{len(listed):04}"
            listed.append({"id": number, "date": "2025-10-01", "concern": text})
            draft.put(path, found)
        return Message("concern.add", "Record a concern")

    return act


def _undo(repository: Repository) -> None:
    undo.apply(repository, undo.plan(repository))


def _batch(repository: Repository) -> None:
    with repository.batch() as batch:
        for number in range(60):
            batch.change(notes(f"note {number}", *IDS[:2]))


ACTS: dict[str, Callable[[Repository], object]] = {
    "single": lambda repository: repository.change(notes("one", IDS[0])),
    "several": lambda repository: repository.change(notes("all", *IDS)),
    "new": lambda repository: repository.change(adds("pj9mn")),
    "batch": _batch,
    "undo": _undo,
    "read": lambda repository: repository.pupil(IDS[0]),
}


def perform(name: str, folder: str) -> int:
    """Do one act; the exit code."""
    try:
        if name == "init":
            Repository.create(Path(folder), starting_files(), INIT)
        else:
            ACTS[name](Repository.find(folder))
    except SencliError as error:
        print(error.message, file=sys.stderr)
        return error.exit_code
    return 0


def main() -> None:
    """The act and the folder stand on the command line."""
    status = perform(sys.argv[1], sys.argv[2])
    sys.stdout.flush()
    os._exit(status)


if __name__ == "__main__":
    main()
