"""Undo the last or a named action with a new commit.

What came later stays. Where it changed the same items, or points to what would go, the
undo is refused and says what is in the way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from sencli.core.audit.erasure import ACTION
from sencli.core.audit.erasure import FOLDER
from sencli.core.record.item_names import names
from sencli.core.record.item_names import values_naming as pointers
from sencli.core.record.merge import merge
from sencli.errors import Conflict
from sencli.errors import NotFound
from sencli.store.git import objects
from sencli.store.git.log import commits
from sencli.store.git.partial_clone import FETCH
from sencli.store.records import newer_schemas
from sencli.store.records.draft import Draft
from sencli.store.records.draft import Message
from sencli.store.records.records import Records
from sencli.store.records.records import places
from sencli.store.records.records import schema_of
from sencli.value import Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sencli.store.git.log import Commit
    from sencli.store.git.process import Git
    from sencli.store.records.committed import CommittedRecords
    from sencli.store.records.draft import Written
    from sencli.store.repository.repository import Repository

_LONGEST = 150
_LISTED = 5
_MEETING = 2  # parents of a commit where two computers met
# what nobody did who might take it back: undone, the next change would do it again
_PASSED_OVER = ("undo", ACTION, newer_schemas.ACTION)


class Undone(Value):
    """One file of an undo.

    Attributes:
        path: the file.
        old: the record as it is now, None for none or for what is no record.
        new: the record as it will be.
        before: the bytes now; None where there is no file.
        after: the bytes afterwards; None where the record is written anew, or where
            the file goes.
        gone: whether the file goes.
    """

    path: str
    old: dict[str, Any] | None
    new: dict[str, Any] | None
    before: bytes | None
    after: bytes | None
    gone: bool


class Undo(Value):
    """The plan of an undo; nothing is changed until it is applied."""

    commit: Commit
    files: tuple[Undone, ...]

    def message(self) -> Message:
        """The message of its commit."""
        subject = f"Undo: {self.commit.subject}"[:_LONGEST]
        return Message("undo", subject, (("Undoes", self.commit.name),))


def plan(repository: Repository, commit: str = "") -> Undo:
    """Plan the undoing of the last action that is not undone yet, or of `commit`.

    Raises:
        NotFound: there is no such commit, or none to undo.
        Conflict: something later depends on it; the message lists what.
    """
    try:
        chosen = _commit_to_undo(repository, commit)
        files = _files(repository, chosen)
    finally:
        repository.close()
    return Undo(chosen, files)


def apply(repository: Repository, undo: Undo, when: int | None = None) -> Written:
    """Do what was planned, in one commit."""

    def act(draft: Draft) -> Message:
        for file in undo.files:
            now = draft.read_bytes(file.path) if draft.exists(file.path) else None
            if now != file.before:
                raise Conflict(
                    f"{file.path} was changed meanwhile. Nothing was undone.",
                    "Look again and decide: sen undo",
                )
            if file.gone:
                draft.delete(file.path)
            elif file.after is not None:
                draft.put_bytes(file.path, file.after)
            elif file.new is not None:
                seen = draft.whole(file.path) if now is not None else None
                draft.put(file.path, file.new, seen)
        return undo.message()

    return repository.change(act, when)


def _commit_to_undo(repository: Repository, wanted: str) -> Commit:
    git = repository.git
    if wanted:
        wanted = _since_erased(repository, wanted)
        found = repository.committed(wanted).commit
        status, _, _ = git.run("merge-base", "--is-ancestor", found, "HEAD")
        if status:
            raise NotFound(f"{wanted} is not part of the history of these records.")
        chosen = commits(git, "-1", found)[0]
    else:
        chosen = _own(repository)
    if chosen.action == ACTION:
        raise Conflict(
            "An erasure cannot be undone: the record is gone, and so is every copy of "
            "it here.",
            "See what was done before: sen history",
        )
    if chosen.edge:
        raise Conflict(
            f"{chosen.name[:10]} ({chosen.subject}) is where the history in this copy "
            "begins (a shallow clone): what was before is not here, so it cannot be "
            "undone.",
            FETCH,
        )
    if len(chosen.parents) != 1:
        what = "where two laptops met" if chosen.parents else "the beginning"
        raise Conflict(
            f"{chosen.name[:10]} ({chosen.subject}) is {what}: it cannot be undone.",
            "Name the change that you mean: sen history, then sen undo COMMIT",
        )
    return chosen


def _since_erased(repository: Repository, wanted: str) -> str:
    """What is called so now, if an erasure has rewritten what was called so."""
    if not repository.committed().names(FOLDER):
        return wanted
    from sencli.store.git import settings
    from sencli.store.trust.certificates import ledger

    known = settings.listing(repository.git)
    erased = ledger(repository, known, commits(repository.git, "HEAD"))
    was = erased.was(wanted.lower())
    if len(was) != 1:
        return wanted
    if was[0] in erased.gone:
        raise Conflict(
            f"{wanted} was about a pupil whose record was erased on "
            f"{erased.dates[was[0]]}: there is nothing left of it to undo.",
            "See what was done: sen history",
        )
    return erased.commits[was[0]]


def _own(repository: Repository) -> Commit:
    """The newest action that somebody did here: neither an undo nor undone."""
    from sencli.store.trust.history_on_day import known_heads

    git = repository.git
    undone: set[str] = set()
    for commit in commits(git, "--grep=^Undoes: ", "HEAD"):
        if commit.action == "undo" and commit.name not in undone:
            undone.add(commit.undoes)
    for tip, after in known_heads(repository).own():
        stretch = (tip, f"^{after}") if after else (tip,)
        for commit in commits(git, "--first-parent", "-1000", *stretch):
            if (
                commit.name not in undone
                and commit.action not in _PASSED_OVER
                and len(commit.parents) < _MEETING
            ):
                return commit
    raise NotFound(
        "There is nothing left to undo that was done on this computer.",
        "See what was done, and name it: sen history, then sen undo COMMIT",
    )


def _files(repository: Repository, chosen: Commit) -> tuple[Undone, ...]:
    args = ("-r", "-z", "--raw", "--no-renames", "--no-abbrev", "--no-ext-diff")
    parent = chosen.parents[0]
    out = repository.git.ask("diff-tree", *args, parent, chosen.name)
    fields = out.decode("utf-8", "replace").split("\0")
    now = repository.committed()
    files = []
    clashes: dict[str, tuple[str, ...]] = {}
    for head, path in zip(fields[::2], fields[1::2], strict=False):
        before, after = head.split()[2:4]
        file, clash = _file(now, path, (before, after))
        files.append(file)
        if clash:
            clashes[path] = clash
    if clashes:
        raise Conflict(
            f"{chosen.subject} cannot be undone, because it was built upon: "
            f"{_spoken(clashes)}. Nothing was changed.",
            _later(repository.git, chosen, list(clashes)),
        )
    _refuse_lost(now, files, chosen)
    return tuple(files)


def _file(
    now: CommittedRecords, path: str, ids: tuple[str, str]
) -> tuple[Undone, tuple[str, ...]]:
    """One file taken back, and the places where that clashes with later changes."""
    before, after = (
        None if name == objects.ZERO else now.content(name) for name in ids
    )
    current = now.read_bytes(path) if _has(now, path) else None
    is_record = bool(schema_of(path))
    if current == after:
        old, new = (
            _load(data, path) if is_record else None for data in (current, before)
        )
        return Undone(path, old, new, current, before, before is None), ()
    if current == before:
        return Undone(path, None, None, current, current, current is None), ()
    if not is_record:
        return Undone(path, None, None, current, current, gone=False), ("the file",)
    from sencli.resources import load_schema

    base, old, back = (_load(data, path) for data in (after, current, before))
    merged = merge(base, old, back, load_schema(schema_of(path)))
    clashes = tuple(place or "the whole record" for place in merged.clashes)
    gone = merged.record is None
    return Undone(path, old, merged.record, current, None, gone), clashes


def _has(records: Records, path: str) -> bool:
    above, _, name = path.rpartition("/")
    return name in records.names(above)


def _load(data: bytes | None, path: str) -> dict[str, Any] | None:
    from sencli.store.text import load

    return None if data is None else load.load(data, path)


def _spoken(clashes: Mapping[str, tuple[str, ...]]) -> str:
    return "; ".join(
        f"{path} ({places(found)})" for path, found in sorted(clashes.items())[:_LISTED]
    )


def _later(git: Git, chosen: Commit, paths: list[str]) -> str:
    """Later changes to these files, newest first, to undo before."""
    args = ("log", "--full-history", "--format=%h   (%s)", f"-{_LISTED}")
    log = git.ask(*args, f"{chosen.name}..HEAD", "--", *paths)
    lines = log.decode("utf-8", "replace").strip().splitlines()
    return "Undo first what came later:" + "".join(f"\n  sen undo {x}" for x in lines)


def _refuse_lost(now: Records, files: list[Undone], chosen: Commit) -> None:
    """Refuse to take away an item that something else points to."""
    from sencli.resources import load_schema

    lost: set[str] = set()
    shared = False
    for file in files:
        name = schema_of(file.path)
        if name and file.old:
            schema = load_schema(name)
            taken = names(file.old, schema) - names(file.new or {}, schema)
            lost |= taken
            shared = shared or (bool(taken) and name != "pupil")
    if not lost:
        return
    news = {file.path: file.new for file in files}
    paths = [file.path for file in files if schema_of(file.path)]
    if shared:
        paths += [f"pupils/{pupil}.yaml" for pupil in now.pupil_ids()]
    found = []
    for path in dict.fromkeys(paths):
        record = news[path] if path in news else now.read(path)
        found += [f"{path} {at} ({name})" for at, name in pointers(record, lost)]
    if found:
        raise Conflict(
            f"{chosen.subject} cannot be undone, because later entries point to it: "
            f"{places(found)}. Nothing was changed.",
            "Undo or remove those first: sen history, then sen remove PUPIL ITEM",
        )
