"""Judge changes from another computer before accepting them.

Where the records hold a list of signers, every change that comes must be signed by
somebody on the list that we knew before (or whom such a person put on it since), and
what we would send must be so for those who receive it. Git checks every object on its
way in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sencli.errors import IntegrityFault
from sencli.store.files.commit_words import count
from sencli.store.git.log import commits
from sencli.store.records.signers_file import read
from sencli.store.trust import signers
from sencli.store.trust.certificates import vouched
from sencli.store.trust.signed import GOOD
from sencli.store.trust.signed import NONE
from sencli.store.trust.signed import SHORT
from sencli.store.trust.signed import SignerJudge
from sencli.store.trust.signed import why

if TYPE_CHECKING:
    from sencli.store.git.log import Commit
    from sencli.store.git.process import Git
    from sencli.store.git.settings import GitSettings
    from sencli.store.repository.repository import Repository

_SHOWN = 8
_HIDING = "fetch.fsck."


def refuse_hidden_faults(known: GitSettings) -> None:
    """Refuse to fetch where the folder's own settings tell git to overlook damage.

    Raises:
        IntegrityFault: they do.
    """
    hiding = [key for key in known.own() if key.startswith(_HIDING)]
    if hiding:
        raise IntegrityFault(
            "The folder's own settings tell git to overlook damaged or forged objects "
            f"({', '.join(hiding)}). Nothing was fetched, and nothing was changed.",
            f"If you did not set them: git config --local --unset-all {hiding[0]}",
        )


def refuse_strangers(
    repository: Repository, known: GitSettings, remote: str, ours: str, theirs: str
) -> None:
    """Refuse changes on a remote that nobody signed who may.

    Args:
        repository: the records.
        known: git's settings.
        remote: its name, for the message.
        ours: our newest commit.
        theirs: theirs.

    Raises:
        IntegrityFault: there are some; nothing was taken in.
    """
    odd = unsigned(repository, known, ours, theirs)
    if odd:
        raise IntegrityFault(
            f"{count(len(odd)).capitalize()} on {remote} {_are(odd)} not signed by "
            f"anybody on your list of signers. Nothing was taken in, and nothing was "
            f"sent.\n{_listed(odd)}",
            "Ask whoever is named whether the change is theirs.\n"
            "A new colleague types sen init --sign, and you let the key sign: "
            "sen signer add LINE; then sen sync again.\n"
            "If nobody knows it, somebody else can write to that remote: tell your "
            "data protection lead, and meet at another address.",
        )


def refuse_to_send_unsigned(
    repository: Repository, known: GitSettings, ours: str, theirs: str
) -> None:
    """Refuse to send what the other computers would refuse.

    Raises:
        IntegrityFault: there is some; nothing was sent.
    """
    odd = unsigned(repository, known, theirs, ours)
    if odd:
        raise IntegrityFault(
            f"{count(len(odd)).capitalize()} here {_are(odd)} not signed by anybody on "
            "the list of signers, so the other computers would refuse what you send. "
            f"Nothing was sent; your changes are safe here.\n{_listed(odd)}",
            _how_to_sign(odd, theirs),
        )


def unsigned(
    repository: Repository, known: GitSettings, base: str, tip: str
) -> list[tuple[Commit, str]]:
    """The changes after `base` up to `tip` that nobody signed who may, and why.

    Judged by the list of signers at `base`, and by what those on it made of the list
    since. Where there is no list at `base`, everything passes.
    """
    if not base or not tip:
        return []
    try:
        listed = signers.list_in(repository.committed(base))
        if listed is None:
            return []
        history = commits(repository.git, tip, f"^{base}")
        if not history:
            return []
        before = _times(repository.git, history)
        judge = SignerJudge(repository, known, history, listed, before)
        found = judge.judged(tip, f"^{base}", counts=lambda _name, good: good)
        newest = read(judge.listed_at(tip) or listed)
        odd = []
        excused = vouched(repository, known, tip, listed, history)
        for commit in history:
            if commit.name in excused:
                continue
            state = found[commit.name]
            state = signers.in_time(state, newest, judge.times[commit.name])
            if state.state != GOOD:
                odd.append((commit, why(state)))
            elif not state.key.startswith("SHA256:"):
                odd.append((commit, why(signers.Signature("U", state.signer, ""))))
    finally:
        repository.close()
    return odd


def _times(git: Git, history: list[Commit]) -> dict[str, int]:
    """When the commits were made that the history goes on from."""
    inside = {commit.name for commit in history}
    outside = sorted({p for c in history for p in c.parents} - inside)
    if not outside:
        return {}
    out = git.ask("rev-list", "--timestamp", "--no-walk", *outside, "--")
    pairs = (line.split() for line in out.decode().splitlines())
    return {name: int(seconds) for seconds, name in pairs}


def _how_to_sign(odd: list[tuple[Commit, str]], theirs: str) -> str:
    """What to type where our own changes lack a signature that counts."""
    lines = [
        "Sign from now on: sen init --sign; it says who must let your key sign.",
        "For what you signed before, it counts from an earlier day: --from DATE",
    ]
    if any(said == NONE for _, said in odd):
        lines.append(
            "Then sign what is not signed: git rebase --force-rebase --gpg-sign "
            f"{theirs[:SHORT]}"
        )
    return "\n".join(lines)


def _are(odd: list[tuple[Commit, str]]) -> str:
    return "is" if len(odd) == 1 else "are"


def _listed(odd: list[tuple[Commit, str]]) -> str:
    lines = [
        f"  {commit.name[:SHORT]} of {commit.date[:10]} by {commit.author}: {said}"
        for commit, said in odd[:_SHOWN]
    ]
    if len(odd) > _SHOWN:
        lines.append(f"  and {len(odd) - _SHOWN} more")
    return "\n".join(lines)
