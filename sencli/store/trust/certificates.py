"""Certificates of erasure in a history, and whether they are genuine.

A certificate is believed where somebody on the list of signers signed it, where it came
into the history by a commit of its own, and where every commit that it speaks of is
there. It then vouches for the commits that were rewritten, and knows what each was.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sencli.core.audit.erasure import ACTION
from sencli.core.audit.erasure import FOLDER
from sencli.core.audit.erasure import Certificate
from sencli.errors import IntegrityFault
from sencli.errors import InvalidValue
from sencli.store.files.check_result import CheckResult
from sencli.store.files.commit_words import count
from sencli.store.git.log import commits
from sencli.store.records.signers_file import read as signers_of
from sencli.store.trust import signers
from sencli.value import Value
from sencli.value import field

if TYPE_CHECKING:
    from collections.abc import Collection

    from sencli.store.git.log import Commit
    from sencli.store.git.settings import GitSettings
    from sencli.store.records.records import Records
    from sencli.store.repository.repository import Repository

_SHORT = 10
_PLAIN = "100644"


class Ledger(Value):
    """The accepted certificates of a history, combined.

    Attributes:
        commits: what was, to what it is now, through all erasures since.
        dates: what was, to the day, in words, of the erasure that took it.
        gone: what was left out.
        vouched: the commits that are vouched for though they are not signed.
        checks: what there is to say of each certificate.
        certificates: those that are believed, by their commits.
        trusted: the list of signers that they are judged by, if not by their own.
    """

    commits: dict[str, str] = field(default_factory=dict)
    dates: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    vouched: set[str] = field(default_factory=set)
    checks: list[CheckResult] = field(default_factory=list)
    certificates: dict[str, Certificate] = field(default_factory=dict)
    trusted: bytes | None = None

    def was(self, begins: str) -> list[str]:
        """The commits of before whose names begin so."""
        return [name for name in self.commits if name.startswith(begins)]


def certificates(records: Records) -> dict[str, Certificate]:
    """Every certificate that some records hold, by path.

    Raises:
        InvalidValue: one of them is none.
    """
    found = {}
    for name in records.names(FOLDER):
        path = f"{FOLDER}/{name}"
        found[path] = _parsed(path, records.read_bytes(path))
    return found


def _parsed(path: str, data: bytes) -> Certificate:
    try:
        return Certificate.parse(data.decode("ascii", "surrogateescape"))
    except InvalidValue as error:
        raise InvalidValue(f"{path}: {error.message}") from error


def ledger(
    repository: Repository,
    known: GitSettings,
    history: list[Commit],
    trusted: bytes | None = None,
) -> Ledger:
    """Judge the certificates of a history.

    Args:
        repository: the records.
        known: git's settings.
        history: every commit, newest first.
        trusted: the list of signers to judge by, for a history that is not ours;
            otherwise each is judged by the list of its own time.
    """
    found = Ledger(trusted=trusted)
    names = {commit.name for commit in history}
    for commit in history:
        paths = [f.path for f in commit.files if f.path.startswith(f"{FOLDER}/")]
        if not paths or len(commit.parents) > 1:
            continue
        try:
            made, who, sure = _believed(repository, known, commit, found, names)
        except (InvalidValue, IntegrityFault) as error:
            message = f"{commit.name[:_SHORT]} is no erasure to believe: "
            words = error.message[0].lower() + error.message[1:]
            found.checks.append(
                CheckResult(
                    "erasure",
                    "breach",
                    message + words,
                    commit=commit.name,
                    path=paths[0],
                )
            )
        else:
            _enter(found, commit, made, who, sure=sure)
            if sure and commit.name not in found.vouched:
                found.checks.extend(_let_in(repository, known, commit, history, made))
    return found


def _enter(
    found: Ledger, commit: Commit, made: Certificate, who: str, *, sure: bool
) -> None:
    for old, new in made.commits.items():
        now = found.commits.get(new, new)
        found.commits[old], found.dates[old] = now, made.day
        # what an erasure only left out stands for itself, with its own signature
        if sure and old not in made.gone:
            found.vouched.add(now)
        if old in made.gone or new in found.gone:
            found.gone.add(old)
    found.certificates[commit.name] = made
    number = len(made.commits) - len(made.gone)
    message = (
        f"A record was erased on {made.day} ({made.ground}): {count(number)} "
        f"rewritten, {len(made.gone)} left out, {who}."
    )
    level = "ok" if sure else "warning"
    found.checks.append(CheckResult("erasure", level, message, commit=commit.name))


def _believed(
    repository: Repository,
    known: GitSettings,
    commit: Commit,
    later: Ledger,
    names: Collection[str],
) -> tuple[Certificate, str, bool]:
    """The certificate of a commit, who stands for it, and whether that is anybody."""
    if commit.action != ACTION or len(commit.files) != 1:
        raise InvalidValue("It changes a certificate, or something else beside it.")
    (file,) = commit.files
    after = repository.committed(commit.name)
    if file.mode != _PLAIN or repository.committed(commit.parents[0]).tree.find(
        file.path
    ):
        raise InvalidValue("It changes a certificate that was there before.")
    data = after.content(file.blob)
    made = _parsed(file.path, data)
    if hashlib.sha256(data).hexdigest() not in _commit_text(repository, commit.name):
        raise InvalidValue("The certificate is not the one that it names.")
    if (later.commits.get(made.after, made.after),) != commit.parents:
        raise InvalidValue("It does not follow the history that it names.")
    strangers = [
        new for new in made.commits.values() if later.commits.get(new, new) not in names
    ]
    if strangers or made.commits.get(made.before, made.before) != made.after:
        raise InvalidValue("It names changes that are not there.")
    return made, *_signed(repository, known, commit, later)


def _let_in(
    repository: Repository,
    known: GitSettings,
    commit: Commit,
    history: list[Commit],
    made: Certificate,
) -> list[CheckResult]:
    """Does a certificate stand for the very change that let its signer sign?"""
    new = {now for old, now in made.commits.items() if old not in made.gone}
    lists = [
        one
        for one in history
        if one.name in new and any(f.path == signers.LIST for f in one.files)
    ]
    before = lists[-1].parents[:1] if lists else ()
    listed = signers.list_in(repository.committed(before[0])) if before else None
    if listed is None:
        return []
    state = signers.of_each(repository.git, known, listed, [commit.name])[commit.name]
    if state.state == "G":
        return []
    message = (
        f"The erasure of {made.day} also stands for the change that let its signer "
        "sign: compare this history with another computer's (sen sync), or ask."
    )
    return [CheckResult("erasure", "warning", message, commit=commit.name)]


def _commit_text(repository: Repository, commit: str) -> str:
    return repository.git.ask("cat-file", "commit", commit).decode("utf-8", "replace")


def _signed(
    repository: Repository, known: GitSettings, commit: Commit, later: Ledger
) -> tuple[str, bool]:
    """Who stands for a certificate; IntegrityFault where nobody does who may."""
    if commit.name in later.vouched:
        return "vouched for by a later erasure", True
    allowed = later.trusted
    if allowed is None:
        allowed = signers.list_in(repository.committed(commit.parents[0]))
    listed = allowed or signers.own_list(str(repository.root), known) or b""
    state = signers.of_each(repository.git, known, listed, [commit.name])[commit.name]
    state = signers.in_time(state, signers_of(listed), commit.seconds)
    if state.state == "G":
        return f"vouched for by {state.signer}", True
    if allowed is not None or state.state not in ("N", "U"):
        raise IntegrityFault("It is not signed by anybody who may sign.")
    return "signed by nobody that is known", state.state == "U"


def vouched(
    repository: Repository,
    known: GitSettings,
    tip: str,
    trusted: bytes,
    came: Collection[Commit],
) -> frozenset[str]:
    """Those of what came that lost their signature to an erasure on its way.

    Args:
        repository: the records.
        known: git's settings.
        tip: the newest of what came.
        trusted: the list of signers to judge by.
        came: the commits that came.
    """
    if not any(commit.action == ACTION for commit in came):
        return frozenset()
    history = commits(repository.git, tip)
    return frozenset(ledger(repository, known, history, trusted).vouched)
