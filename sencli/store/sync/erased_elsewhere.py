"""Erasures and remotes: refuse the old history, prove a rewritten one.

What a remote brings is looked at aside, before any of it comes among our objects, where
records were erased here. And where they were erased on another computer, that must be
certified by somebody whom we know.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from contextlib import suppress
from typing import TYPE_CHECKING

from sencli.errors import Conflict
from sencli.errors import IntegrityFault
from sencli.errors import InvalidValue
from sencli.store.files import files
from sencli.store.files.commit_words import count
from sencli.store.git.log import commits
from sencli.store.git.process import fault
from sencli.store.records.contents import by_pupil
from sencli.store.trust import signers
from sencli.store.trust.certificates import certificates
from sencli.store.trust.certificates import ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from sencli.core.audit.erasure import Certificate
    from sencli.store.git.process import Git
    from sencli.store.git.settings import GitSettings
    from sencli.store.remote.connection import Connection
    from sencli.store.repository.repository import Repository
    from sencli.store.trust.certificates import Ledger

_ASIDE = "tmp-incoming"


def refuse_old(repository: Repository, line: Connection, ref: str) -> None:
    """Refuse a remote that has, or brings back, what was erased here.

    Args:
        repository: the records.
        line: to the remote.
        ref: the branch.

    Raises:
        Conflict: it still has the history from before; ours must be sent.
        IntegrityFault: somebody sent an erased record again.
    """
    known = made_here(repository)
    newest = line.newest(ref) if known else ""
    if not newest:
        return
    for made in known.values():
        if newest in made.commits:
            raise Conflict(
                f"{line.name} still has the history from before the erasure of "
                f"{made.day}. Nothing was fetched, and nothing was sent.",
                "Put the rewritten history in its place: sen sync --after-erasure",
            )
    if not repository.git.run("cat-file", "-e", f"{newest}^{{commit}}")[0]:
        return
    with aside(repository.git, line, ref) as env:
        came = _came(repository.git, newest, env)
        back = next((c for c in known.values() if not came.isdisjoint(c.commits)), None)
        back = back or _back(repository, known, newest, env)
    if back:
        raise IntegrityFault(
            f"{line.name} brings a record back that was erased on {back.day}: "
            "somebody sent it from an old copy. Nothing was taken in, and nothing was "
            "sent.",
            "On the computer that it came from: sen sync --accept-erasure, or make a "
            "new clone there.\nPut the remote right from here: sen sync "
            "--after-erasure",
        )


def made_here(repository: Repository) -> dict[str, Certificate]:
    """The certificates that our own records hold, by path.

    Raises:
        IntegrityFault: one of them is none.
    """
    try:
        return certificates(repository.committed())
    except InvalidValue as error:
        raise IntegrityFault(
            error.message, "See what was changed: sen verify"
        ) from None
    finally:
        repository.close()


@contextmanager
def aside(git: Git, line: Connection, ref: str) -> Iterator[dict[str, str]]:
    """A remote's branch fetched beside our objects; the environment to see it in."""
    folder = os.path.join(git.root, ".git", "sencli", _ASIDE)
    files.delete_tree(folder)
    files.make_folder(folder)
    env = {
        "GIT_OBJECT_DIRECTORY": folder,
        "GIT_ALTERNATE_OBJECT_DIRECTORIES": os.path.join(git.root, ".git", "objects"),
    }
    try:
        line.peek(ref, env)
        yield env
    finally:
        # on a failure the next meeting clears it
        with suppress(OSError):
            files.delete_tree(folder)


def _came(git: Git, newest: str, env: Mapping[str, str]) -> set[str]:
    status, out, err = git.run("rev-list", newest, "^HEAD", "--", env=dict(env))
    if status:
        raise fault("git", status, err)
    return set(out.decode().split())


def _back(
    repository: Repository,
    known: Mapping[str, Certificate],
    newest: str,
    env: Mapping[str, str],
) -> Certificate | None:
    """The erasure whose record is among what is new in what came."""
    found = by_pupil(repository.git, (newest, "^HEAD"), env)
    try:
        here = set(repository.committed().pupil_ids())
    finally:
        repository.close()
    for pupil_id in sorted(found.keys() - here):
        for made in known.values():
            if made.recognises(pupil_id, found[pupil_id]):
                return made
    return None


def unfollowed(repository: Repository, theirs: str) -> list[Certificate]:
    """The erasures that a remote's history has and ours has not followed.

    Raises:
        IntegrityFault: a certificate there is none.
    """
    try:
        there = certificates(repository.committed(theirs))
    except InvalidValue as error:
        raise IntegrityFault(error.message) from None
    finally:
        repository.close()
    if not there:
        return []
    names = set(repository.git.ask("rev-list", "HEAD", "--").decode().split())
    found: list[Certificate] = []
    waiting = list(there.values())
    # a later erasure rewrites what an earlier one made: then it is about ours too
    while meant := [made for made in waiting if not names.isdisjoint(made.commits)]:
        found += meant
        waiting = [made for made in waiting if made not in meant]
        names.update(*(made.commits.values() for made in meant))
    return found


def proved(
    repository: Repository, known: GitSettings, remote: str, theirs: str
) -> Ledger:
    """The certificates on a remote, checked against the signers here.

    Raises:
        IntegrityFault: one of them cannot be believed.
    """
    trusted = signers.list_in(repository.committed())
    history = commits(repository.git, theirs)
    found = ledger(repository, known, history, trusted)
    repository.close()
    wrong = [check.message for check in found.checks if check.level == "breach"]
    if wrong:
        raise IntegrityFault(
            f"The history on {remote} was rewritten, and the certificate of the "
            f"erasure cannot be trusted: {wrong[0]} Nothing was changed here, and "
            "nothing was sent.",
            "Ask who else can write there. Compare the fingerprints that you both have "
            "on paper: sen verify",
        )
    return found


def refuse_unfollowed(
    repository: Repository, known: GitSettings, remote: str, theirs: str
) -> None:
    """Refuse to meet a rewritten history before it is accepted.

    Raises:
        Conflict: an erasure is to be followed first.
        IntegrityFault: its certificate cannot be believed.
    """
    found = unfollowed(repository, theirs)
    if not found:
        return
    proved(repository, known, remote, theirs)
    days = ", ".join(dict.fromkeys(made.day for made in found))
    ahead = _ahead(repository.git, theirs, found)
    kept = (
        f"{count(ahead).capitalize()} of yours will be put upon it. " if ahead else ""
    )
    raise Conflict(
        f"A record was erased on another computer ({days}), and the history on "
        f"{remote} was rewritten for it. Nothing was changed here, and nothing was "
        "sent.",
        f"{kept}Erase it here too: sen sync --accept-erasure",
    )


def _ahead(git: Git, theirs: str, found: list[Certificate]) -> int:
    ours = set(git.ask("rev-list", "HEAD", f"^{theirs}", "--").decode().split())
    return len(ours.difference(*(made.commits for made in found)))
