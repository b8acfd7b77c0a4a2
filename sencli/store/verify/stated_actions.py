"""Check each commit's changes against the action it names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sencli.core.audit import scope
from sencli.core.record.diff import Change
from sencli.core.record.diff import diff
from sencli.core.record.types import Record
from sencli.resources import load_schema
from sencli.store.files.check_result import CheckResult
from sencli.store.git import objects
from sencli.store.records.records import places
from sencli.store.records.records import schema_of
from sencli.store.trust.signed import SHORT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sencli.store.git.log import Commit
    from sencli.store.git.log import Touched

_SHOWN = 3
_FILE = "file"
_NAME = re.compile("[0-9a-f]{40}")


class Deeds:
    """The changes of each commit, compared with what it says.

    Args:
        history: newest first.

    Attributes:
        held: how many commits were held to their action.
        wrong: those that did something else.
    """

    def __init__(self, history: list[Commit]) -> None:
        self.held: set[str] = set()
        self.wrong: dict[str, list[tuple[str, list[Change]]]] = {}
        self._known = {commit.name: commit for commit in history}
        wanted = {commit.undoes for commit in history if commit.undoes}
        self._undone: dict[tuple[str, str], list[str]] = {
            (name, file.path): []
            for name in wanted & self._known.keys()
            for file in self._known[name].files
        }

    def file(self, commit: Commit, file: Touched) -> None:
        """Look at a file that is no record."""
        old = None if file.before[0] == objects.ZERO else file.before[0]
        new = None if file.blob == objects.ZERO else file.blob
        self._hold(commit, file.path, _FILE, [Change(file.path, old, new)])

    def record(
        self, commit: Commit, path: str, old: Record | None, new: Record | None
    ) -> None:
        """Look at a record; None where there is none."""
        schema = schema_of(path)
        if old is None or new is None:
            changes = [Change("", old, new)]
        else:
            changes = diff(old, new, load_schema(schema))
        if (commit.name, path) in self._undone:
            self._undone[commit.name, path] = [change.path for change in changes]
        self._hold(commit, path, schema, changes)

    def _hold(
        self, commit: Commit, path: str, schema: str, changes: list[Change]
    ) -> None:
        action = commit.action
        if action not in scope.SCOPES:
            return  # told by itself
        self.held.add(commit.name)
        if action == scope.UNDO:
            odd = self._not_undone(commit, path, schema, changes)
        elif action == scope.INIT and commit.parents:
            odd = changes
        else:
            odd = scope.outside(action, schema, changes)
        if odd:
            self.wrong.setdefault(commit.name, []).append((path, odd))

    def _not_undone(
        self, commit: Commit, path: str, schema: str, changes: list[Change]
    ) -> list[Change]:
        """What an undo changes that the commit which it undoes had not changed."""
        undone = self._known.get(commit.undoes)
        if (undone is None and _NAME.fullmatch(commit.undoes)) or (
            undone is not None and undone.edge
        ):
            return []  # told by itself, or before the history in this copy begins
        if (
            undone is None
            or len(undone.parents) != 1  # which `sen undo` takes back never
            or all(file.path != path for file in undone.files)
        ):
            return changes
        if schema == _FILE:
            return []
        before = self._undone.get((undone.name, path), [])
        return [change for change in changes if not scope.related(change, before)]

    def checks(self, history: list[Commit]) -> Iterator[CheckResult]:
        """A breach for each commit that did something else; newest first."""
        for commit in history:
            if commit.name not in self.wrong:
                continue
            found = self.wrong[commit.name]
            said = [
                f"{path} ({scope.spoken(change)})" if schema_of(path) else path
                for path, changes in found
                for change in changes
            ]
            more = f" and {len(said) - _SHOWN} more" if len(said) > _SHOWN else ""
            message = (
                f"{commit.name[:SHORT]} says {commit.action}, which does not change "
                f"{', '.join(said[:_SHOWN])}{more}."
            )
            yield CheckResult(
                "trailers", "breach", message, commit=commit.name, path=found[0][0]
            )


def unknown(history: list[Commit]) -> Iterator[CheckResult]:
    """Actions that this version does not know: they cannot be held to anything."""
    odd: dict[str, list[str]] = {}
    for commit in history:
        if commit.action and commit.action not in scope.SCOPES:
            odd.setdefault(commit.action, []).append(commit.name)
    for action, names in sorted(odd.items()):
        message = (
            f"{places([name[:SHORT] for name in names])} says {action!a}: this version "
            "of sencli has no such action, so what it changed is not held to it."
        )
        yield CheckResult("trailers", "warning", message, commit=names[0])
    known = {commit.name for commit in history}
    lost = [
        commit.name
        for commit in history
        if commit.action == scope.UNDO
        and _NAME.fullmatch(commit.undoes)
        and commit.undoes not in known
    ]
    if lost:
        message = (
            f"{places([name[:SHORT] for name in lost])} says that it takes back a "
            "change which is not in this history, so what it changed is not held to it."
        )
        yield CheckResult("trailers", "warning", message, commit=lost[0])
