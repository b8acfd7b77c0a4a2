"""Holds every commit that a test types to what its action may change.

So an action that the table does not know, or that changes more than the table says,
fails the first test that types it.
"""

from __future__ import annotations

from functools import wraps

from sencli.core.audit import scope
from sencli.core.record.diff import Change
from sencli.core.record.diff import diff
from sencli.errors import NotFound
from sencli.resources import load_schema
from sencli.store.change.commit import ChangeSet
from sencli.store.records.draft import Draft
from sencli.store.records.draft import Message
from sencli.store.records.draft import Written
from sencli.store.records.records import schema_of

FOUND: list[str] = []
"""What was changed against the table."""
TYPING: list[bool] = []
"""Not empty while a command runs."""
_FREE = ("test.",)


def watch() -> None:
    """Look at every commit from now on."""
    plain = ChangeSet.step

    @wraps(plain)
    def step(
        self: ChangeSet,
        draft: Draft,
        message: Message,
        when: int | None = None,
        author: str = "",
    ) -> Written:
        if (
            TYPING
            and not self.joined
            and not message.action.startswith((*_FREE, scope.UNDO))
        ):
            FOUND.extend(_outside(self, draft, message.action))
        return plain(self, draft, message, when, author)

    setattr(ChangeSet, plain.__name__, step)


def _outside(work: ChangeSet, draft: Draft, action: str) -> list[str]:
    if action not in scope.SCOPES:
        return [f"{action} is not among sencli.core.audit.scope.SCOPES"]
    told = []
    for path in draft.changes():
        schema = schema_of(path)
        read = "read" if schema else "read_bytes"
        there = _is_there(work, path)
        old = getattr(work.records, read)(path) if there else None
        made = draft.whole if schema else draft.read_bytes
        new = made(path) if draft.exists(path) else None
        if schema and old is not None and new is not None:
            changes = diff(old, new, load_schema(schema))
        else:
            changes = [Change("" if schema else path, old, new)]
        told += [
            f"{action} changes {path}: {change.path}"
            for change in scope.outside(action, schema or "file", changes)
        ]
    return told


def _is_there(work: ChangeSet, path: str) -> bool:
    try:
        work.records.read_bytes(path)
    except NotFound:
        return False
    return True
