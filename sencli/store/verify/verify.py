"""Verify the whole history for tampering.

A signature proves who and what, not when, and does not notice an end that was cut off:
hence the fingerprint of the newest commit, which can be kept on paper.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sencli.errors import EnvironmentFault
from sencli.errors import IntegrityFault
from sencli.errors import NotFound
from sencli.errors import SencliError
from sencli.store.files.check_result import CheckResult
from sencli.store.files.commit_words import count
from sencli.store.files.commit_words import fingerprint
from sencli.store.git import index_state
from sencli.store.git import partial_clone
from sencli.store.git import settings
from sencli.store.git.git_folder import FIX
from sencli.store.git.log import commits
from sencli.store.records.records import places
from sencli.store.records.records import whose
from sencli.store.repository import attachments
from sencli.store.trust.certificates import ledger
from sencli.store.trust.signed import SHORT
from sencli.store.trust.signed import signatures
from sencli.store.verify import heads
from sencli.store.verify.damage import OURS
from sencli.store.verify.damage import outside
from sencli.store.verify.derived_data import beside
from sencli.store.verify.merges import meetings
from sencli.store.verify.stated_actions import unknown
from sencli.store.verify.versions import dates
from sencli.store.verify.versions import versions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sencli.store.git.log import Commit
    from sencli.store.git.settings import GitSettings
    from sencli.store.repository.repository import Repository

__all__ = ["CheckResult", "fingerprint", "verify"]

DAY = 86_400
_FILES = ("100644", "100755")
_PLAIN = (*_FILES, "000000")
_LISTED = 20


def verify(repository: Repository, against: str = "") -> Iterator[CheckResult]:
    """Look at everything; one `CheckResult` after another, the last is the head.

    Args:
        repository: the records.
        against: a fingerprint or a commit from an earlier time, or a remote's name.

    Raises:
        EnvironmentFault: this computer's git, or its rights, cannot read them.
    """
    hurt = [one for one in outside(repository.folder) if one.level == "fault"]
    for one in hurt:
        if one.code in OURS:
            raise EnvironmentFault(one.message, one.mend)
        mend = f"To mend it: {FIX}." if one.fixable else "See what to do: sen doctor."
        yield CheckResult("damage", "breach", f"{one.message} {mend}")
    if hurt:
        message = "The history is looked at when that is mended; nothing else is said."
        yield CheckResult("history", "note", message)
        return
    known = settings.listing(repository.git)
    try:
        yield from _objects(repository, known)
        try:
            history = commits(repository.git, "HEAD")
        except NotFound as error:
            yield CheckResult("history", "note", error.message)
            return
        whole = True
        for check in _walk(repository, known, history, against):
            # a date of years ago cannot be mended, and must not end the memory
            whole = whole and (check.level != "breach" or check.code == "dates")
            yield check
        head = history[0].name
        if whole:
            heads.remember(repository, head)
        yield CheckResult(
            "head",
            "ok",
            f"Fingerprint of the newest change: {fingerprint(head)}",
            commit=head,
        )
    except IntegrityFault as error:
        yield CheckResult("objects", "breach", f"{error.message} {error.hint}")
    finally:
        repository.close()


def _walk(
    repository: Repository, known: GitSettings, history: list[Commit], against: str
) -> Iterator[CheckResult]:
    erased = ledger(repository, known, history)
    yield from heads.cut(repository, history, erased)
    if against:
        yield from heads.against(repository, known, history, against, erased)
    yield from erased.checks
    yield from signatures(repository, known, history, erased.vouched)
    yield from _trailers(history)
    yield from dates(history)
    yield from versions(repository, history)
    yield from meetings(repository, history)
    yield from attachments.verified(
        repository.git, repository, repository.committed(), history
    )
    yield from _working(repository)


def _objects(repository: Repository, known: GitSettings) -> Iterator[CheckResult]:
    git = repository.git
    with repository.told("Checking every object", 0):
        words = ("fsck", "--strict", "--no-dangling", "--no-progress")
        # git's list of what is staged is no part of the history
        hurt = index_state.damage(repository.folder)
        aside = os.path.join(git.root, ".git", "sencli", "none")
        env = {"GIT_INDEX_FILE": aside} if hurt else None
        status, out, err = git.run(*words, env=env)
    lines = [*out.decode("utf-8", "replace").splitlines(), *err.splitlines()]
    told = [
        line for line in lines if not line.startswith(("notice", "dangling", "hint"))
    ]
    if status:
        for line in told[:_LISTED]:
            yield CheckResult("objects", "breach", f"git fsck: {line}.")
        if not told:
            yield CheckResult("objects", "breach", f"git fsck failed ({status}).")
        yield CheckResult(
            "objects", "note", "What is lost, and can be saved: sen doctor."
        )
    else:
        yield CheckResult("objects", "ok", "Every object is whole (git fsck --strict).")
    hiding = known.under("fsck")
    if hiding:
        yield CheckResult(
            "settings",
            "warning",
            f"Settings hide faults from git fsck: {', '.join(hiding)}.",
        )
    root = str(repository.root)
    if partial_clone.shallow_ends(root):
        message = (
            "The history in this copy does not go back to its beginning (a shallow "
            "clone), so what was before is not proved."
        )
        yield CheckResult("history", "warning", f"{message} {partial_clone.FETCH}")
    yield from beside(repository)


def _trailers(history: list[Commit]) -> Iterator[CheckResult]:
    """Does each commit change what it says, and was it made by sencli?"""
    by_hand = 0
    wrong = 0
    for commit in history:
        odd = [file.path for file in commit.files if file.mode not in _PLAIN]
        if odd:
            wrong += 1
            message = f"{commit.name[:SHORT]} puts a link or a program: {places(odd)}."
            yield CheckResult(
                "trailers", "breach", message, commit=commit.name, path=odd[0]
            )
        if len(commit.parents) > 1:
            continue
        changed = set(filter(None, (whose(file.path) for file in commit.files)))
        unsaid = sorted(changed.difference(commit.pupils))
        if not commit.action:
            by_hand += 1
        elif unsaid:
            wrong += 1
            message = (
                f"{commit.name[:SHORT]} says {commit.action} and changes pupils that "
                f"it does not name: {places(unsaid)}."
            )
            yield CheckResult("trailers", "breach", message, commit=commit.name)
    if by_hand:
        message = f"{count(by_hand)} made with git itself, not with sencli."
        yield CheckResult("trailers", "warning", message)
    yield from unknown(history)
    if not wrong:
        yield CheckResult(
            "trailers", "ok", "Every change names whose records it changes."
        )


def _working(repository: Repository) -> Iterator[CheckResult]:
    try:
        edited = repository.differing()
    except SencliError as error:
        yield CheckResult("working", "warning", error.message)
        return
    if said := index_state.damage(repository.folder):
        message = f"git's list of what is staged (.git/index) {said}: {FIX}."
        yield CheckResult("working", "warning", message)
    if edited:
        message = f"Edited by hand and not committed: {places(edited)}."
        yield CheckResult("working", "warning", message)
