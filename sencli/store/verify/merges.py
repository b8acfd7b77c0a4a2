"""Check each merge against both its parents.

What it comes to is worked out again from its parents. It may be something else only
where the two clash and people had to decide, and there it is what one of them says.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from sencli.core.record.diff import diff
from sencli.core.record.types import Record
from sencli.errors import SencliError
from sencli.resources import load_schema
from sencli.store.files.check_result import CheckResult
from sencli.store.files.commit_words import count
from sencli.store.git.process import Reader
from sencli.store.records.committed import CommittedRecords
from sencli.store.records.records import schema_of
from sencli.store.sync.merge import REMARKS
from sencli.store.sync.merge import Question
from sencli.store.sync.merge import Trio
from sencli.store.sync.merge import converge
from sencli.store.text import load
from sencli.store.trust.signed import SHORT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sencli.store.git.log import Commit
    from sencli.store.repository.repository import Repository

_TWO = 2
_SHOWN = 3


def meetings(repository: Repository, history: list[Commit]) -> Iterator[CheckResult]:
    """A breach for each meeting that holds what neither side says; newest first."""
    wanted = [one for one in history if len(one.parents) > 1 and not one.edge]
    if not wanted:
        return
    with closing(Reader(repository.git)) as reader:
        yield from _held(repository, reader, wanted)


def _held(
    repository: Repository, reader: Reader, history: list[Commit]
) -> Iterator[CheckResult]:
    held, wrong = 0, 0
    for commit in history:
        if len(commit.parents) > _TWO:
            odd = ["more than two histories at once"]
        else:
            try:
                odd = _Meeting(repository, reader, commit).odd()
            except SencliError as error:
                message = f"{commit.name[:SHORT]} cannot be held to its two sides: "
                yield CheckResult(
                    "merges", "warning", message + error.message, commit=commit.name
                )
                continue
        held += 1
        if odd:
            wrong += 1
            more = f" and {len(odd) - _SHOWN} more" if len(odd) > _SHOWN else ""
            message = (
                f"{commit.name[:SHORT]} brings two computers together, and is not what "
                f"the two say: {', '.join(odd[:_SHOWN])}{more}."
            )
            yield CheckResult("merges", "breach", message, commit=commit.name)
    if held and not wrong:
        message = f"{count(held)} of two computers brought together, as both say."
        yield CheckResult("merges", "ok", message)


class _Meeting:
    """One meeting, worked out again."""

    def __init__(self, repository: Repository, reader: Reader, commit: Commit) -> None:
        self._commit = commit
        self._git = repository.git
        self._made = repository.committed(commit.name)
        ours, theirs = (repository.committed(name) for name in commit.parents)
        _, out, _ = self._git.run("merge-base", "--all", *commit.parents)
        bases = tuple(repository.committed(name) for name in out.decode().split())
        self._sides = ours, theirs
        self._trio = Trio(bases, ours, theirs)
        self._reader = reader

    def odd(self) -> list[str]:
        """The places that are not what the two sides say."""
        found = converge(self._git, self._reader, self._trio, {})
        asked: dict[str, list[Question]] = {}
        for question in found.questions:
            asked.setdefault(question.path, []).append(question)
        args = ("diff-tree", "-r", "-z", "--name-only", "--no-renames")
        ours = self._sides[0]
        out = self._git.ask(*args, ours.commit, self._made.commit)
        changed = set(filter(None, out.decode("utf-8", "replace").split("\0")))
        odd: list[str] = []
        for path in sorted(changed | found.files.keys()):
            wanted = found.files.get(path, _data(ours, path))
            odd += self._file(path, wanted, asked.get(path, []))
        return odd

    def _file(
        self, path: str, wanted: bytes | None, asked: list[Question]
    ) -> Iterator[str]:
        made = _data(self._made, path)
        if made == wanted:
            return
        whole = any(question.place == "" for question in asked)
        if whole and any(_data(side, path) == made for side in self._sides):
            return
        if not schema_of(path) or made is None or wanted is None:
            yield path
            return
        new = load.load(made, path)
        schema = load_schema(schema_of(path))
        for change in diff(load.load(wanted, path), new, schema):
            by_hand = not self._commit.action
            if not any(
                _decided(question, change.path, new, by_hand=by_hand)
                for question in asked
            ):
                yield f"{path} ({change.path})"


def _decided(question: Question, place: str, made: Record, *, by_hand: bool) -> bool:
    """Whether people had to decide there, and decided for one of the sides.

    Who brought them together by hand, with git itself, may have written a third thing.
    """
    at = question.place
    if at == REMARKS:
        return False
    if question.double and "[" in at:
        # both stay, and one of them has another id
        return place.startswith(at.rpartition("[")[0] + "[")
    if place != at and not place.startswith((f"{at}.", f"{at}[")):
        return False
    if by_hand:
        return True
    root = load_schema(schema_of(question.path))
    sides = (question.mine or {}, question.theirs or {})
    return any(
        all(
            one.path != place and not place.startswith(f"{one.path}.")
            for one in diff(side, made, root)
        )
        for side in sides
    )


def _data(side: CommittedRecords, path: str) -> bytes | None:
    name = side.tree.find(path)
    return side.content(name) if name else None
