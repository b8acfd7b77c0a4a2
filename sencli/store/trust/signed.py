"""Who signed each change, and whether they could at that time.

The list of signers at the end of the history says whose key counts from when to when.
What it does not let pass is judged by the list of its own place in the history, so that
a key that ended, or was taken off, keeps what it signed before. A change is never
earlier than what it follows, whatever its date says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sencli.store.files.check_result import CheckResult
from sencli.store.files.commit_words import count
from sencli.store.git.log import commits
from sencli.store.records.signers_file import read
from sencli.store.trust import signers

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Collection
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from sencli.store.git.log import Commit
    from sencli.store.git.settings import GitSettings
    from sencli.store.repository.repository import Repository
    from sencli.store.trust.signers import Signature


SHORT = 10
GOOD = "G"
NONE = "it is not signed"
_WORDS = {
    "B": "its signature does not fit it: it was altered",
    "E": "its signature cannot be checked",
    "U": "its signer is not on the list of signers",
    "X": "its signer's key did not count then",
    "Y": "its key had expired",
    "R": "its key was revoked",
}

_NOT_SIGNED = CheckResult(
    "signatures",
    "note",
    "The changes are not signed, so only the names in them say who made them. Whoever "
    "can write to this folder can also make the history anew, with other names, dates "
    "and contents, and nothing here would show it: that takes an earlier fingerprint "
    "on paper (sen verify --against COMMIT) or the other computer. Signing: "
    "sen init --sign",
)


def why(state: Signature) -> str:
    """The fault of a signature, and whose it is."""
    words = _WORDS.get(state.state, NONE)
    who = state.signer or state.key
    return f"{words} ({who})" if who else words


def times(history: Sequence[Commit], before: Mapping[str, int]) -> dict[str, int]:
    """When each commit was made at the earliest: not before what it follows.

    Args:
        history: newest first.
        before: the same of commits that are not in it.
    """
    found = dict(before)
    for commit in reversed(history):
        parents = [found[name] for name in commit.parents if name in found]
        found[commit.name] = max([commit.seconds, *parents])
    return found


class SignerJudge:
    """Judges the signatures of a stretch of history.

    Args:
        repository: the records.
        known: git's settings.
        history: the commits, newest first.
        listed: the list of signers that has the last word.
        before: times of commits that the history begins from.

    Attributes:
        times: when each commit was made at the earliest.
    """

    def __init__(
        self,
        repository: Repository,
        known: GitSettings,
        history: Sequence[Commit],
        listed: bytes,
        before: Mapping[str, int],
    ) -> None:
        self._repository = repository
        self._known = known
        self._history = history
        self._listed = listed
        self.times = times(history, before)
        self._lists: dict[str, bytes | None] = {}

    def judged(
        self, *span: str, counts: Callable[[str, bool], bool]
    ) -> dict[str, Signature]:
        """The signature of each commit.

        Args:
            span: the same stretch as arguments for `git log`.
            counts: whether the list of a parent counts where the last list says no,
                by the parent's name and whether it was itself found good.
        """
        git, known = self._repository.git, self._known
        last = read(self._listed)
        raw = signers.signatures(git, known, self._listed, *span)
        found: dict[str, Signature] = {}
        for commit in reversed(self._history):
            seconds = self.times[commit.name]
            state = signers.in_time(raw[commit.name], last, seconds)
            if state.state in ("U", "X"):
                good = [
                    name
                    for name in commit.parents
                    if counts(name, name in found and found[name].state == GOOD)
                ]
                state = self._by_its_time(commit, good) or state
            found[commit.name] = state
        return found

    def _by_its_time(self, commit: Commit, parents: list[str]) -> Signature | None:
        """What the list of a parent says of a signature, where it says good."""
        git, known = self._repository.git, self._known
        for parent in parents:
            listed = self.listed_at(parent)
            if not listed:
                continue
            one = signers.of_each(git, known, listed, [commit.name])[commit.name]
            one = signers.in_time(one, read(listed), self.times[commit.name])
            if one.state == GOOD:
                return one
        return None

    def listed_at(self, commit: str) -> bytes | None:
        """The list of signers as a commit has it."""
        if commit not in self._lists:
            self._lists[commit] = signers.list_in(self._repository.committed(commit))
        return self._lists[commit]


def signatures(
    repository: Repository,
    known: GitSettings,
    history: list[Commit],
    vouched: Collection[str] = (),
) -> Iterator[CheckResult]:
    """Every signature good, and no unsigned commit after a signed one.

    Those that are vouched for lost theirs to an erasure: its certificate stands for
    them. The history is newest first.
    """
    allowed = signers.list_in(repository.committed())
    listed = allowed or signers.own_list(str(repository.root), known)
    judge = SignerJudge(repository, known, history, listed or b"", {})
    found = judge.judged("HEAD", counts=lambda _name, _good: allowed is not None)
    early = _before_signing(history)
    unknown = 0
    stood_for = 0
    after_signed: set[str] = set()
    by: dict[str, int] = {}
    for commit in reversed(history):
        state = found[commit.name]
        if state.state != "N" or after_signed.intersection(commit.parents):
            after_signed.add(commit.name)
        if state.state == GOOD:
            by[state.signer] = by.get(state.signer, 0) + 1
        elif state.state == "N" and commit.name in vouched:
            stood_for += 1
            continue
        elif state.state == "U" and not listed:
            unknown += 1
        elif commit.name in after_signed or (
            allowed is not None and commit.name not in early
        ):
            yield _unsigned(commit, state)
        if any(file.path == signers.LIST for file in commit.files):
            yield from _changed_list(repository, known, commit, judge)
    yield from _signed_by(by, unknown, len(early) if allowed is not None else 0)
    if stood_for:
        message = f"{count(stood_for)} vouched for by the certificate of an erasure."
        yield CheckResult("signatures", "ok", message)
    if not by and not after_signed:
        yield _NOT_SIGNED


def _signed_by(by: dict[str, int], unknown: int, early: int) -> Iterator[CheckResult]:
    """Who signed how many changes."""
    if unknown:
        yield CheckResult(
            "signatures",
            "warning",
            f"{count(unknown)} signed, but no list of signers says by whom.",
        )
    if early:
        message = f"{count(early)} from before the list of signers was begun."
        yield CheckResult("signatures", "note", message)
    if by:
        spoken = ", ".join(f"{number} by {who}" for who, number in sorted(by.items()))
        yield CheckResult("signatures", "ok", f"Good signatures: {spoken}.")


def _before_signing(history: list[Commit]) -> set[str]:
    """What the records held already when the list of signers was begun."""
    parents = {commit.name: commit.parents for commit in history}
    first = next(
        (
            one
            for one in reversed(history)
            if any(f.path == signers.LIST for f in one.files)
        ),
        None,
    )
    waiting = list(first.parents) if first else []
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += parents.get(name, ())
    return found


def _unsigned(commit: Commit, state: Signature) -> CheckResult:
    return CheckResult(
        "signatures",
        "breach",
        f"{commit.name[:SHORT]} of {commit.date[:10]}: {why(state)}.",
        commit=commit.name,
    )


def _changed_list(
    repository: Repository, known: GitSettings, commit: Commit, judge: SignerJudge
) -> Iterator[CheckResult]:
    """Was a change of the list of signers made by somebody on it?"""
    for parent in commit.parents:
        before = judge.listed_at(parent)
        if before is None:
            continue
        only = [commit.name]
        state = signers.of_each(repository.git, known, before, only)[commit.name]
        if signers.in_time(state, read(before), commit.seconds).state != GOOD:
            yield CheckResult(
                "signatures",
                "breach",
                f"{commit.name[:SHORT]} changes the list of signers, and whoever made "
                "it was not on the list.",
                commit=commit.name,
                path=signers.LIST,
            )


def breaches(repository: Repository, known: GitSettings) -> list[str]:
    """Faults of the signatures, a sentence each."""
    from sencli.store.trust.certificates import ledger

    history = commits(repository.git, "HEAD")
    found = ledger(repository, known, history)
    checks = [*found.checks, *signatures(repository, known, history, found.vouched)]
    return [check.message for check in checks if check.level == "breach"]
