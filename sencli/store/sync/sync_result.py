"""The result of a sync, with the number of records before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sencli.store.records.records import is_record
from sencli.value import Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sencli.store.git.process import Git
    from sencli.store.records.committed import CommittedRecords
    from sencli.store.sync.contradictions import Contradiction
    from sencli.store.sync.merge import Question


class Numbers(Value):
    """How records changed in number.

    Attributes:
        new: the records that were not there.
        out: those that are not there any more.
    """

    new: tuple[str, ...] = ()
    out: tuple[str, ...] = ()


class Synced(Value):
    """The result of a sync.

    Attributes:
        remote: with whom.
        received: how many changes came.
        sent: how many changes went.
        commit: the commit that this computer is at now.
        paths: the files that changed here.
        joined: whether both had changes, so that one commit joins them.
        questions: what must be decided first; then nothing has changed.
        contradictions: what came together though it contradicts itself.
        came: how the records here changed in number.
        went: the same for those of the remote.
        unsure: the records that would go from here ("here") or from the remote
            ("there"), if it is right; nothing goes before.
        warning: a sentence for the user, or "".
        astray: what came for attachments and schemas that no record accounts for, a
            sentence each.
    """

    remote: str
    received: int = 0
    sent: int = 0
    commit: str = ""
    paths: tuple[str, ...] = ()
    joined: bool = False
    questions: tuple[Question, ...] = ()
    warning: str = ""
    contradictions: tuple[Contradiction, ...] = ()
    came: Numbers = Numbers()
    went: Numbers = Numbers()
    unsure: tuple[str, tuple[str, ...]] = ("", ())
    astray: tuple[str, ...] = ()


class Joining(Value):
    """What came of taking theirs in; `going` is what would go, if it is right."""

    paths: tuple[str, ...] = ()
    joined: bool = False
    questions: tuple[Question, ...] = ()
    warning: str = ""
    contradictions: tuple[Contradiction, ...] = ()
    numbers: Numbers = Numbers()
    going: tuple[str, ...] = ()


def between(git: Git, old: str, new: str) -> Numbers:
    """Which records one commit has and the other has not."""
    args = ("diff-tree", "-r", "-z", "--no-renames", "--no-ext-diff", old, new)
    fields = git.ask(*args).decode("utf-8", "replace").split("\0")
    new_, out = [], []
    for head, path in zip(fields[::2], fields[1::2], strict=False):
        if is_record(path) and head.endswith(" A"):
            new_.append(path)
        elif is_record(path) and head.endswith(" D"):
            out.append(path)
    return Numbers(tuple(new_), tuple(out))


def counted(ours: CommittedRecords, changes: Mapping[str, bytes | None]) -> Numbers:
    """The records that would be new here, and those that would go."""
    records = sorted(filter(is_record, changes))
    new = [p for p in records if changes[p] is not None and not ours.tree.find(p)]
    out = [path for path in records if changes[path] is None]
    return Numbers(tuple(new), tuple(out))


def added(one: Joining, other: Joining) -> Joining:
    """Two steps of one meeting as one."""
    return Joining(
        tuple(sorted({*one.paths, *other.paths})),
        one.joined or other.joined,
        (),
        " ".join(filter(None, (one.warning, other.warning))),
        (*one.contradictions, *other.contradictions),
        Numbers(
            one.numbers.new + other.numbers.new, one.numbers.out + other.numbers.out
        ),
    )
