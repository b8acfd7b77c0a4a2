"""Merge two computers' changes in memory: files and open questions.

Each record is merged item by item. Where both changed one thing in two ways there is a
question for people, and until it is answered nothing is saved. Two things that were
given one id by chance both stay, and one of them has another.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from sencli.core.record.merge import Choice
from sencli.core.record.merge import Merged
from sencli.core.record.merge import merge_from
from sencli.core.record.same_id import Ids
from sencli.core.record.same_id import renamed
from sencli.core.record.same_id import stored_as
from sencli.core.record.same_id import text_of
from sencli.core.record.types import Record
from sencli.core.text.ids import other_id
from sencli.errors import InvalidValue
from sencli.store.files import files
from sencli.store.history.common_ancestor import Pasts
from sencli.store.records import newer_schemas
from sencli.store.records.draft import canonical
from sencli.store.records.draft import judge
from sencli.store.records.records import pupil_of
from sencli.store.records.records import pupil_path
from sencli.store.records.records import schema_of
from sencli.store.sync.moved_pupil import moved_to
from sencli.value import Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sencli.store.git.process import Git
    from sencli.store.git.process import Reader
    from sencli.store.records.committed import CommittedRecords

MINE = "mine"
THEIRS = "theirs"
BOTH = "both"
_PLAIN = ("100644", "100755", "000000")
_CODE = 4
REMARKS = "#"
_GROUPS = "groups.yaml"


class Question(Value):
    """One thing that was changed in two ways.

    Attributes:
        code: what the answer is given by: the same as long as the question is.
        path: the file.
        place: where in it; "" is the whole file, "#" its comments.
        mine: the record with what stands here; None where it is taken away, or where
            the file is not a record.
        theirs: the record with what stands there.
        double: whether both can stay.
    """

    code: str
    path: str
    place: str
    mine: Record | None = None
    theirs: Record | None = None
    double: bool = False


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
        notes: a sentence for each thing that has another id now, or that stays though
            it was taken away.
    """

    files: dict[str, bytes | None]
    questions: tuple[Question, ...]
    notes: tuple[str, ...] = ()


def converge(
    git: Git, reader: Reader, trio: Trio, answers: Mapping[str, str]
) -> Joined:
    """Bring theirs together with ours.

    Args:
        git: the repository.
        reader: where objects come from.
        trio: the states.
        answers: code of a question to ``mine``, ``theirs`` or ``both``.

    Raises:
        InvalidValue: what came from the other computer is not valid; nothing changes.
    """
    work = _MergeState(trio, answers, Pasts(git, reader))
    theirs, ours = (
        _all_changed(git, trio, side.commit) for side in (trio.theirs, trio.ours)
    )
    # a pupil's record says which of its attachments have another name
    for path in sorted(theirs, key=_first):
        work.take(path)
    if work.shared_new[0]:
        for path in sorted(filter(pupil_of, ours - theirs)):
            work.take(path)
    return Joined(work.files, tuple(work.questions), tuple(work.notes))


def _first(path: str) -> tuple[bool, bool, str]:
    return path != _GROUPS, not schema_of(path), path


def _all_changed(git: Git, trio: Trio, side: str) -> set[str]:
    return {path for base in trio.bases for path in _changed(git, base.commit, side)}


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


class _MergeState:
    """The merge so far.

    Attributes:
        files: what changes here.
        questions: what people must decide.
        notes: what they should know.
        shared_new: ids of groups that are others on our side, and on theirs.
    """

    def __init__(self, trio: Trio, answers: Mapping[str, str], pasts: Pasts) -> None:
        self.trio = trio
        self.answers = answers
        self.pasts = pasts
        self.files: dict[str, bytes | None] = {}
        self.questions: list[Question] = []
        self.notes: list[str] = []
        self.shared_new: tuple[Ids, Ids] = ({}, {})
        self._bases = tuple(base.commit for base in trio.bases)
        self._seen: set[str] = set()

    def take(self, path: str) -> None:
        """Bring one file together, once."""
        if path in self._seen:
            return
        self._seen.add(path)
        ours, theirs = (side.tree.find(path) for side in self._sides())
        bases = self.pasts.blobs(self._bases, path)
        renaming = bool(pupil_of(path)) and any(self.shared_new)
        if not renaming and (ours == theirs or bases == {theirs}):
            return
        data = self._data(self.trio.theirs, path)
        if data is not None and schema_of(path):
            judge(path, data)
        if bases == {ours} and not renaming:
            self.files[path] = data
        elif pupil_of(path) and bases == {""} and ours and theirs and ours != theirs:
            self._two_pupils(pupil_of(path))
        elif schema_of(path):
            both = bool(pupil_of(path)) and bool(ours) and bool(theirs)
            pasts = self.pasts.records(self._bases, path) if both else ()
            if found := moved_to(path, pasts, self._sides()) if both else None:
                self._follow(path, pasts, *found)
            else:
                self._record(path)
        elif (made := self._schema(path, data)) is not None:
            self.files[path] = made
        elif self._answer(Question(_code(path, "", ours, theirs), path, "")) == THEIRS:
            self.files[path] = data

    def _schema(self, path: str, theirs: bytes | None) -> bytes | None:
        """Two versions' schemas together: the newer one, or what both know."""
        ours = self._data(self.trio.ours, path)
        if not path.startswith(f"{newer_schemas.FOLDER}/") or not (ours and theirs):
            return None
        return newer_schemas.together(ours, theirs)

    def _sides(self) -> tuple[CommittedRecords, CommittedRecords]:
        return self.trio.ours, self.trio.theirs

    def _two_pupils(self, pupil: str) -> None:
        """Two new pupils with one id: one of them has another, and its files too."""
        path = pupil_path(pupil)
        said = [text_of(side.read(path)) for side in self._sides()]
        if said[0] == said[1]:
            return
        late = said.index(max(said))
        taken = {name for side in self._sides() for name in side.pupil_ids()}
        new = other_id(pupil, said[late], taken)
        record = self._moved(self._sides()[late], path, late)
        text = self._data(self._sides()[late], path)
        self.files[pupil_path(new)] = canonical(
            pupil_path(new), {**record, "id": new}, text
        )
        kept = self._moved(self._sides()[1 - late], path, 1 - late)
        self.files[path] = canonical(
            path, kept, self._data(self._sides()[1 - late], path)
        )
        names = {
            name for side in self._sides() for name in side.names(f"documents/{pupil}")
        }
        for name in sorted(names):
            old, to = f"documents/{pupil}/{name}", f"documents/{new}/{name}"
            data = self._data(self._sides()[late], old)
            if data is not None:
                self.files[to] = data
            self.files[old] = self._data(self._sides()[1 - late], old)
            self._seen.add(old)
        who = record.get("first_name", "")
        self.notes.append(
            f"Two new pupils had the id {pupil}: both are there, and {who} has the id "
            f"{new} now."
        )

    def _follow(
        self, path: str, pasts: tuple[Record | None, ...], moved: int, new: str
    ) -> None:
        """Move one side's entries for a child to the id that the other side gave it."""
        to = pupil_path(new)
        there, here = self._sides()[moved], self._sides()[1 - moved]
        self._seen.add(to)
        if moved:  # under the old id is another child, as the other side has it
            self.files[path] = self._data(there, path)
        wrote = {**self._moved(here, path, 1 - moved), "id": new}
        known = self._moved(there, to, moved)
        before = tuple(past and {**past, "id": new} for past in pasts)
        self._join(to, before, *((wrote, known) if moved else (known, wrote)))
        old = f"documents/{pupil_of(path)}"
        for name in here.names(old):
            data = self._data(here, f"{old}/{name}")
            if data != self._data(self.trio.bases[0], f"{old}/{name}"):
                self.files[f"documents/{new}/{name}"] = data
                self.files[f"{old}/{name}"] = self._data(there, f"{old}/{name}")
                self._seen.update((f"documents/{new}/{name}", f"{old}/{name}"))
        self.notes.append(
            f"{wrote.get('first_name', '')} has the id {new} now, since two pupils had "
            f"{pupil_of(path)}: what was written under the old one is there."
        )

    def _moved(self, side: CommittedRecords, path: str, number: int) -> Record:
        """A record with the ids that its groups have now."""
        from sencli.resources import load_schema

        found: Record = renamed(
            side.read(path), self.shared_new[number], load_schema(schema_of(path))
        )
        return found

    def _record(self, path: str) -> None:
        ours, theirs = (
            self._moved(side, path, number) if side.tree.find(path) else None
            for number, side in enumerate(self._sides())
        )
        pasts = self.pasts.records(self._bases, path) if self._bases else (None,)
        self._join(path, pasts, ours, theirs)

    def _join(
        self,
        path: str,
        pasts: tuple[Record | None, ...],
        ours: Record | None,
        theirs: Record | None,
    ) -> None:
        """Merge one record's states, item by item; ask where people must decide."""
        first = self._merged(path, pasts, ours, theirs, Choice())
        chosen: dict[str, set[str]] = {MINE: set(), THEIRS: set(), BOTH: set()}
        for place, (mine, other) in zip(first.clashes, first.sides, strict=True):
            there = self._merged(path, pasts, ours, theirs, Choice({place}))
            code = _code(path, place, mine, other)
            double = place in first.doubles
            asked = Question(code, path, place, first.record, there.record, double)
            chosen[self._answer(asked) or MINE].add(place)
        choice = Choice(chosen[THEIRS], chosen[BOTH])
        result = self._merged(path, pasts, ours, theirs, choice)
        if path == _GROUPS:
            self.shared_new = result.ours_new, result.theirs_new
        self._move_files(path, result)
        self._note(path, result)
        self.files[path] = None
        if result.record is not None:
            self.files[path] = self._text(path, result.record, ours, theirs)

    def _merged(
        self,
        path: str,
        pasts: tuple[Record | None, ...],
        ours: Record | None,
        theirs: Record | None,
        choice: Choice,
    ) -> Merged:
        from sencli.resources import load_schema

        return merge_from(pasts, ours, theirs, load_schema(schema_of(path)), choice)

    def _move_files(self, path: str, result: Merged) -> None:
        """The attachment of an entry that has another id has another name."""
        here, there = self._sides()
        moves = ((here, there, result.ours_new), (there, here, result.theirs_new))
        for side, other, new in moves:
            stands = bool(new) and bool(side.tree.find(path))
            for entry in side.read(path).get("documents", ()) if stands else ():
                if entry["id"] not in new:
                    continue
                folder = f"documents/{pupil_of(path)}"
                old = f"{folder}/{entry['file']}"
                to = f"{folder}/{stored_as(entry['file'], new)}"
                self.files[to] = self._data(side, old)
                self.files[old] = self._data(other, old)
                self._seen.update((old, to))

    def _note(self, path: str, result: Merged) -> None:
        who = (result.record or {}).get("first_name", path)
        for old, new in sorted({**result.ours_new, **result.theirs_new}.items()):
            self.notes.append(
                f"{who}: two entries had the id {old}. Both are there, and one of them "
                f"has the id {new} now."
            )
        for known in result.kept:
            self.notes.append(
                f"{who}: {known} was taken away on one computer, and the other refers "
                "to it, so it stays."
            )

    def _text(
        self, path: str, record: Record, ours: Record | None, theirs: Record | None
    ) -> bytes:
        """The text of a merged record, with the comments that people wrote."""
        here, there = (self._data(side, path) or b"" for side in self._sides())
        known = [comments_of(self._data(base, path) or b"") for base in self.trio.bases]
        old = here
        if not comments_of(there) <= comments_of(here).union(*known):
            remarks = [sorted(comments_of(side)) for side in (here, there)]
            asked = Question(_code(path, REMARKS, *remarks), path, REMARKS)
            mine = comments_of(here) <= comments_of(there).union(*known)
            if mine or self._answer(asked) == THEIRS:
                old = there
        try:
            return canonical(path, record, old)
        except InvalidValue:
            # each is valid by itself, so one of them is there to be chosen
            asked = Question(_code(path, "", ours, theirs), path, "", ours, theirs)
            chosen = theirs if self._answer(asked) == THEIRS else ours
            if chosen is None:
                raise
            return canonical(path, chosen, old)

    def _answer(self, question: Question) -> str:
        answer = self.answers.get(question.code, "")
        if not answer or (answer == BOTH and not question.double):
            self.questions.append(question)
            return ""
        return answer

    @staticmethod
    def _data(side: CommittedRecords, path: str) -> bytes | None:
        name_of = side.tree.find(path)
        return side.content(name_of) if name_of else None


def _code(*parts: object) -> str:
    """A few letters that name a question: others as soon as anything in it changes."""
    text = json.dumps(parts, default=repr, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:_CODE]


def comments_of(data: bytes) -> set[bytes]:
    """The lines that people wrote as comments (a line that only may be one counts)."""
    lines = data.splitlines()[1:]
    return {line.strip() for line in lines if line.lstrip().startswith(b"#")}
