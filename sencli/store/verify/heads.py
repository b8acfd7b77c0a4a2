"""Compare the history with earlier heads: last verified, on paper, a remote's.

Each must still be part of the history; if one is not, the history was cut or rewritten.
"""

from __future__ import annotations

import hashlib
import os
import re
import time
from typing import TYPE_CHECKING

from sencli.errors import UsageFault
from sencli.store.files import files
from sencli.store.files.check_result import CheckResult
from sencli.store.files.commit_words import count
from sencli.store.files.commit_words import fingerprint
from sencli.store.git.partial_clone import FETCH
from sencli.store.git.partial_clone import shallow_ends
from sencli.store.remote import connection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sencli.store.git.log import Commit
    from sencli.store.git.settings import GitSettings
    from sencli.store.repository.repository import Repository
    from sencli.store.trust.certificates import Ledger

# the sum shows a slip or an edit by hand, and is missing from older versions
_KEPT = re.compile(r"([0-9a-f]{40}) ([0-9]{1,12})(?: ([0-9a-f]{16}))?\n")
_TYPED = re.compile(r"[0-9a-f]{8,40}")


def cut(
    repository: Repository, history: list[Commit], erased: Ledger
) -> Iterator[CheckResult]:
    """Is the head that was verified last still part of the history?"""
    try:
        text = files.read(_memory(repository), 200).decode("ascii", "replace")
    except OSError:
        text = ""
    if not text:
        yield CheckResult(
            "history",
            "note",
            "Never verified before on this computer: no earlier head.",
        )
        return
    found = _KEPT.fullmatch(text)
    if found is None or found[3] not in (None, _sum(found[1], found[2])):
        yield CheckResult(
            "history",
            "breach",
            "What was kept of the head that was verified last (.git/sencli/verified) "
            "was edited or damaged, so nobody can say whether something was cut. "
            "Compare with a fingerprint on paper (sen verify --against COMMIT), then "
            "delete that file.",
        )
        return
    commit, seconds = found[1], int(found[2])
    day = time.strftime("%d %B %Y", time.localtime(seconds)).lstrip("0")
    names = [found.name for found in history]
    if commit in names:
        since = names.index(commit)
        yield CheckResult(
            "history",
            "ok",
            f"The history of {day} is all there, with {count(since)} since.",
        )
    elif commit in erased.commits:
        yield CheckResult(
            "history", "ok", f"The history of {day} {_answered(erased, commit)}"
        )
    elif shallow_ends(str(repository.root)):
        yield _beyond(f"The history of {day}", commit)
    else:
        yield CheckResult(
            "history",
            "breach",
            f"The history was cut or rewritten since {day}: "
            f"{fingerprint(commit)} is no longer part of it.",
            commit=commit,
        )


def _answered(erased: Ledger, commit: str) -> str:
    """What an erasure made of an earlier head."""
    return (
        f"was rewritten by the erasure of {erased.dates[commit]}, as its certificate "
        f"says, and is now {fingerprint(erased.commits[commit])}"
    )


def _memory(repository: Repository) -> str:
    return os.path.join(str(repository.root), ".git", "sencli", "verified")


def _sum(head: str, seconds: str) -> str:
    return hashlib.sha256(f"verified {head} {seconds}".encode()).hexdigest()[:16]


def remember(repository: Repository, head: str) -> None:
    """Keep the head of a history that was found whole."""
    try:
        seconds = str(int(time.time()))
        line = f"{head} {seconds} {_sum(head, seconds)}\n"
        files.overwrite(_memory(repository), line.encode())
    except OSError:
        return  # a read-only copy can be verified all the same


def against(
    repository: Repository,
    known: GitSettings,
    history: list[Commit],
    typed: str,
    erased: Ledger,
) -> Iterator[CheckResult]:
    """Is what was written down, or what a remote has, part of the history?"""
    name, what = _find_commit(repository, known, typed)
    names = [commit.name for commit in history]
    found = [place for place, one in enumerate(names) if one.startswith(name)]
    before = erased.was(name)
    if len(before) == 1 and not found:
        yield _rewritten(erased, before[0], what, typed, known)
    elif (
        len(found) != 1
        and known.get(f"remote.{typed}.url")
        and _unseen(repository, name)
    ):
        yield CheckResult(
            "history",
            "warning",
            f"{typed} has changes that are not here yet: the two cannot be compared.",
            commit=name,
        )
    elif len(found) == 1:
        since = count(found[0])
        yield CheckResult("history", "ok", f"{what} is there, with {since} since.")
    elif shallow_ends(str(repository.root)):
        yield _beyond(what, name)
    else:
        yield CheckResult(
            "history",
            "breach",
            f"{what} is not part of this history: it was cut or "
            "rewritten, or this copy is behind.",
            commit=name,
        )


def _beyond(what: str, commit: str) -> CheckResult:
    """The answer where what is asked for may lie before the edge of a shallow clone."""
    return CheckResult(
        "history",
        "warning",
        f"{what} is not in this copy, which does not go back to the beginning (a "
        f"shallow clone). {FETCH}",
        commit=commit,
    )


def _find_commit(
    repository: Repository, known: GitSettings, typed: str
) -> tuple[str, str]:
    """The beginning of the name of the commit meant, and what to call it."""
    name = re.sub(r"[\s:-]", "", typed.lower())
    if known.get(f"remote.{typed}.url"):
        return connection.head(
            repository, known, typed
        ), f"The newest change on {typed}"
    if not _TYPED.fullmatch(name):
        raise UsageFault(
            f"{typed!a} is neither a fingerprint nor the name of a remote.",
            "Type the groups of letters from the paper: sen verify --against "
            '"3f2a 9c1e 77b0 4d5e"',
        )
    return name, f"The change {fingerprint(name).strip()}"


def _rewritten(
    erased: Ledger, commit: str, what: str, typed: str, known: GitSettings
) -> CheckResult:
    """The answer where an erasure has rewritten what is asked for."""
    message = f"{what} {_answered(erased, commit)}."
    if not known.get(f"remote.{typed}.url"):
        return CheckResult("history", "ok", message, commit=commit)
    return CheckResult(
        "history",
        "warning",
        f"{message} {typed} still has the erased record: sen sync --after-erasure",
        commit=commit,
    )


def _unseen(repository: Repository, commit: str) -> bool:
    """Whether a commit has never reached this copy."""
    status, _, _ = repository.git.run("cat-file", "-e", f"{commit}^{{commit}}")
    return status != 0
