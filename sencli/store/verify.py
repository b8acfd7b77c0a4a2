"""Has anybody tampered? The whole history, looked at one thing after another.

A signature proves who and what, not when, and does not notice an end that was cut off:
hence the fingerprint of the newest commit, which can be kept on paper.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from sencli.errors import IntegrityFault
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.errors import SencliError
from sencli.store import heads
from sencli.store import settings
from sencli.store.certificates import ledger
from sencli.store.checking import Check
from sencli.store.checking import count
from sencli.store.checking import fingerprint
from sencli.store.log import commits
from sencli.store.records import places
from sencli.store.records import pupil_of
from sencli.store.records import schema_of
from sencli.store.signed import SHORT
from sencli.store.signed import signatures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sencli.store.log import Commit
    from sencli.store.log import Touched
    from sencli.store.repo import Repository
    from sencli.store.settings import Settings
    from sencli.store.trees import CommittedRecords

__all__ = ["Check", "fingerprint", "verify"]

DAY = 86_400
_FILES = ("100644", "100755")
_PLAIN = (*_FILES, "000000")
_LISTED = 20


def verify(repository: Repository, against: str = "") -> Iterator[Check]:
    """Look at everything; one `Check` after another, the last is the head.

    Args:
        repository: the records.
        against: a fingerprint or a commit from an earlier time, or a remote's name.
    """
    known = settings.listing(repository.git)
    try:
        yield from _objects(repository, known)
        try:
            history = commits(repository.git, "HEAD")
        except NotFound as error:
            yield Check("history", "note", error.message)
            return
        worst = "ok"
        for check in _walk(repository, known, history, against):
            worst = "breach" if check.level == "breach" else worst
            yield check
        head = history[0].name
        if worst != "breach":
            heads.remember(repository, head)
        yield Check(
            "head", "ok", f"Fingerprint of the newest change: {fingerprint(head)}", head
        )
    except IntegrityFault as error:
        yield Check("objects", "breach", f"{error.message} {error.hint}")
    finally:
        repository.close()


def _walk(
    repository: Repository, known: Settings, history: list[Commit], against: str
) -> Iterator[Check]:
    erased = ledger(repository, known, history)
    yield from heads.cut(repository, history, erased)
    if against:
        yield from heads.against(repository, known, history, against, erased)
    yield from erased.checks
    yield from signatures(repository, known, history, erased.vouched)
    yield from _trailers(history)
    yield from _dates(history)
    yield from _schemas(repository, history)
    yield from _working(repository)


def _objects(repository: Repository, known: Settings) -> Iterator[Check]:
    git = repository.git
    status, out, err = git.run("fsck", "--strict", "--no-dangling", "--no-progress")
    lines = [*out.decode("utf-8", "replace").splitlines(), *err.splitlines()]
    told = [line for line in lines if not line.startswith(("notice", "dangling"))]
    if status:
        for line in told[:_LISTED]:
            yield Check("objects", "breach", f"git fsck: {line}.")
        if not told:
            yield Check("objects", "breach", f"git fsck failed ({status}).")
    else:
        yield Check("objects", "ok", "Every object is whole (git fsck --strict).")
    hiding = known.under("fsck")
    if hiding:
        yield Check(
            "settings",
            "warning",
            f"Settings hide faults from git fsck: {', '.join(hiding)}.",
        )
    folder = os.path.join(str(repository.root), ".git")
    for name, what in (
        ("shallow", "The beginning of the history is not here (a shallow clone)."),
        ("info/grafts", "Grafts show git another history than the recorded one."),
        ("refs/replace", "Replacements show git other objects than the recorded."),
    ):
        path = os.path.join(folder, *name.split("/"))
        if os.path.isfile(path) or (os.path.isdir(path) and os.listdir(path)):
            yield Check("history", "breach", what)


def _trailers(history: list[Commit]) -> Iterator[Check]:
    """Does each commit change what it says, and was it made by sencli?"""
    by_hand = 0
    wrong = 0
    for commit in history:
        odd = [file.path for file in commit.files if file.mode not in _PLAIN]
        if odd:
            wrong += 1
            message = f"{commit.name[:SHORT]} puts a link or a program: {places(odd)}."
            yield Check("trailers", "breach", message, commit.name, odd[0])
        if len(commit.parents) > 1:
            continue
        changed = set(filter(None, (pupil_of(file.path) for file in commit.files)))
        unsaid = sorted(changed.difference(commit.pupils))
        if not commit.action:
            by_hand += 1
        elif unsaid:
            wrong += 1
            message = (
                f"{commit.name[:SHORT]} says {commit.action} and changes pupils that "
                f"it does not name: {places(unsaid)}."
            )
            yield Check("trailers", "breach", message, commit.name)
    if by_hand:
        message = f"{count(by_hand)} made with git itself, not with sencli."
        yield Check("trailers", "warning", message)
    if not wrong:
        yield Check("trailers", "ok", "Every change does what it says.")


def _dates(history: list[Commit]) -> Iterator[Check]:
    """Dates that run backwards; a few minutes happen where two laptops meet."""
    seconds = {commit.name: commit.seconds for commit in history}
    wrong = 0
    for commit in history:
        latest = max((seconds.get(name, 0) for name in commit.parents), default=0)
        back = latest - commit.seconds
        ahead = commit.seconds - time.time()
        if back <= 0 and ahead <= DAY:
            continue
        wrong += 1
        day = time.strftime("%Y-%m-%d", time.gmtime(commit.seconds))
        why = "before the change that it follows" if back > 0 else "in the future"
        level = "breach" if back > DAY or ahead > DAY else "warning"
        message = f"{commit.name[:SHORT]} is dated {day}, {why}."
        yield Check("dates", level, message, commit.name)
    if not wrong:
        yield Check("dates", "ok", "The dates run forwards.")


def _schemas(repository: Repository, history: list[Commit]) -> Iterator[Check]:
    """Each version of each record, by its schema."""
    from sencli.store.draft import judge

    now = repository.committed()
    judged: dict[tuple[str, str], str] = {}
    wrong = 0
    for commit in reversed(history):
        for file in commit.files:
            key = (file.path, file.blob)
            if file.mode not in _FILES or key in judged:
                continue
            try:
                judged[key] = ""
                if schema_of(file.path):
                    judge(file.path, now.content(file.blob))
            except (InvalidValue, NotFound) as error:
                judged[key] = error.message.splitlines()[0]
            if not judged[key]:
                continue
            wrong += 1
            level = "breach" if commit.action or _stands(now, file) else "warning"
            message = f"{commit.name[:SHORT]} has an invalid record: {judged[key]}"
            yield Check("schema", level, message, commit.name, file.path)
    if not wrong:
        count = sum(bool(pupil_of(path)) for path, _ in judged)
        message = f"Every version of every record is valid ({count} of pupils)."
        yield Check("schema", "ok", message)


def _stands(now: CommittedRecords, file: Touched) -> bool:
    try:
        return now.tree.find(file.path) == file.blob
    except InvalidValue:
        return False


def _working(repository: Repository) -> Iterator[Check]:
    try:
        edited = repository.differing()
    except SencliError as error:
        yield Check("working", "warning", error.message)
        return
    if edited:
        message = f"Edited by hand and not committed: {places(edited)}."
        yield Check("working", "warning", message)
