"""What two computers changed, brought together in memory: files and open questions.

Each record is merged item by item. Where both changed one thing in two ways there is a
question for people, and until it is answered nothing is saved.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING
from typing import Any

from sencli.core.merge import Merged
from sencli.core.merge import merge_from
from sencli.errors import Conflict
from sencli.errors import InvalidValue
from sencli.store import files
from sencli.store.draft import canonical
from sencli.store.draft import judge
from sencli.store.records import schema_of
from sencli.value import Value

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Mapping

    from sencli.store.git import Git
    from sencli.store.trees import CommittedRecords

Record = dict[str, Any]
MINE = "mine"
THEIRS = "theirs"
_PLAIN = ("100644", "100755", "000000")
_CODE = 4
REMARKS = "#"


class Question(Value):
    """One thing that was changed in two ways.

    Attributes:
        code: what the answer is given by: the same as long as the question is.
        path: the file.
        place: where in it; "" is the whole file, "#" its comments.
        mine: the record with what stands here; None where it is taken away, or where
            the file is not a record.
        theirs: the record with what stands there.
    """

    code: str
    path: str
    place: str
    mine: Record | None = None
    theirs: Record | None = None


class Trio(Value):
    """Three states of the records.

    Attributes:
        bases: the newest states that both have in common; mostly one.
        ours: the state here.
        theirs: the state there.
    """

    bases: tuple[CommittedRecords, ...]
    ours: CommittedRecords
    theirs: CommittedRecords


class Joined(Value):
    """Two computers' changes brought together.

    Attributes:
        files: what changes here: path to bytes, None for a file taken away.
        questions: what people must decide first.
    """

    files: dict[str, bytes | None]
    questions: tuple[Question, ...]


def converge(git: Git, trio: Trio, answers: Mapping[str, str]) -> Joined:
    """Bring theirs together with ours.

    Args:
        git: the repository.
        trio: the states.
        answers: code of a question to ``mine`` or ``theirs``.

    Raises:
        InvalidValue: what came from the other computer is not valid; nothing changes.
        Conflict: a record would not be valid any more.
    """
    work = _Work(trio, answers)
    for base in trio.bases:
        for path in _changed(git, base.commit, trio.theirs.commit):
            work.take(path)
    return Joined(work.files, tuple(work.questions))


def _changed(git: Git, old: str, new: str) -> list[str]:
    """The files that differ between two commits; links and programs are refused."""
    args = ("diff-tree", "-r", "-z", "--no-renames", "--no-ext-diff", old, new)
    fields = git.ask(*args).decode("utf-8", "replace").split("\0")
    paths = fields[1::2]
    for head, path in zip(fields[::2], paths, strict=False):
        if head.split()[1] not in _PLAIN:
            raise InvalidValue(
                f"{path!a} is a link or a folder on the other computer, so it is not "
                "taken in. Nothing was changed."
            )
        files.safe(path)
    return paths


class _Work:
    def __init__(self, trio: Trio, answers: Mapping[str, str]) -> None:
        self.trio = trio
        self.answers = answers
        self.files: dict[str, bytes | None] = {}
        self.questions: list[Question] = []
        self._seen: set[str] = set()

    def take(self, path: str) -> None:
        """Bring one file together, once."""
        if path in self._seen:
            return
        self._seen.add(path)
        ours, theirs = (
            side.tree.find(path) for side in (self.trio.ours, self.trio.theirs)
        )
        bases = {base.tree.find(path) for base in self.trio.bases}
        if ours == theirs or bases == {theirs}:
            return
        data = self._data(self.trio.theirs, path)
        if data is not None:
            judge(path, data)
        if bases == {ours}:
            self.files[path] = data
        elif schema_of(path):
            self._record(path)
        elif self._answer(Question(_code(path, "", ours, theirs), path, "")) == THEIRS:
            self.files[path] = data

    def _record(self, path: str) -> None:
        ours, theirs = (
            self._read(self.trio.ours, path),
            self._read(self.trio.theirs, path),
        )
        pasts = [self._read(base, path) for base in self.trio.bases]
        first = self._merged(path, pasts, ours, theirs)
        chosen = set()
        for place, (mine, other) in zip(first.clashes, first.sides, strict=True):
            there = self._merged(path, pasts, ours, theirs, {place})
            code = _code(path, place, mine, other)
            asked = Question(code, path, place, first.record, there.record)
            if self._answer(asked) == THEIRS:
                chosen.add(place)
        result = self._merged(path, pasts, ours, theirs, chosen).record
        self.files[path] = None if result is None else self._text(path, result)

    def _merged(
        self,
        path: str,
        pasts: list[Record | None],
        ours: Record | None,
        theirs: Record | None,
        chosen: Collection[str] = (),
    ) -> Merged:
        from sencli.store.schema import document

        return merge_from(pasts, ours, theirs, document(schema_of(path)), chosen)

    def _text(self, path: str, record: Record) -> bytes:
        """The text of a merged record, with the comments that people wrote."""
        ours, theirs = (
            self._data(side, path) or b"" for side in (self.trio.ours, self.trio.theirs)
        )
        known = [comments_of(self._data(base, path) or b"") for base in self.trio.bases]
        old = ours
        if not comments_of(theirs) <= comments_of(ours).union(*known):
            remarks = [sorted(comments_of(side)) for side in (ours, theirs)]
            code = _code(path, REMARKS, *remarks)
            asked = Question(code, path, REMARKS)
            mine = comments_of(ours) <= comments_of(theirs).union(*known)
            if mine or self._answer(asked) == THEIRS:
                old = theirs
        try:
            return canonical(path, record, old)
        except InvalidValue as error:
            raise Conflict(
                f"The two computers' changes conflict: {error.message}"
            ) from error

    def _answer(self, question: Question) -> str:
        answer = self.answers.get(question.code, "")
        if not answer:
            self.questions.append(question)
        return answer

    @staticmethod
    def _data(side: CommittedRecords, path: str) -> bytes | None:
        name_of = side.tree.find(path)
        return side.content(name_of) if name_of else None

    def _read(self, side: CommittedRecords, path: str) -> Record | None:
        return side.read(path) if side.tree.find(path) else None


def _code(*parts: object) -> str:
    """A few letters that name a question: others as soon as anything in it changes."""
    text = json.dumps(parts, default=repr, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:_CODE]


def comments_of(data: bytes) -> set[bytes]:
    """The lines that people wrote as comments (a line that only may be one counts)."""
    lines = data.splitlines()[1:]
    return {line.strip() for line in lines if line.lstrip().startswith(b"#")}
