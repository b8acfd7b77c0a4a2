"""Admit or end a signer, by another signer.

Each is one signed change of the list in the records, so everybody who has them can see
who let whom in, and when.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from sencli.core.text.folding import key
from sencli.core.text.folding import same
from sencli.errors import IntegrityFault
from sencli.errors import NotFound
from sencli.errors import UsageFault
from sencli.store.git import settings
from sencli.store.git import sign
from sencli.store.records import signers_file
from sencli.store.records.draft import Message
from sencli.store.trust import signers
from sencli.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from sencli.store.records.draft import Draft
    from sencli.store.records.draft import Written
    from sencli.store.records.signers_file import Signer
    from sencli.store.repository.repository import Repository

_MARK = "SHA256:"


class SignerList(Value):
    """The list of signers, and which of the keys is one's own.

    Attributes:
        text: the list as it stands in the records.
        signers: its lines.
        mine: the fingerprint of the key that this computer signs with, or "".
    """

    text: bytes
    signers: tuple[Signer, ...]
    mine: str = ""


def signer_list(repository: Repository) -> SignerList:
    """The list of signers.

    Raises:
        NotFound: the records have none.
    """
    try:
        text = signers.list_in(repository.committed())
    finally:
        repository.close()
    if text is None:
        raise NotFound(
            "These records have no list of signers: changes are not signed.",
            "Sign from now on: sen init --sign",
        )
    return SignerList(text, tuple(signers_file.read(text)), _own(repository))


def _own(repository: Repository) -> str:
    """The fingerprint of the key that signs here; "" where none does."""
    known = settings.listing(repository.git)
    if not sign.wanted(known):
        return ""
    person = settings.person(known, "committer")
    try:
        return signers_file.signed_with(sign.signature(known, b"a trial\n", person))
    except IntegrityFault:
        return ""


def admit(repository: Repository, signer: Signer, since: int | None) -> Written:
    """Let a key sign from a moment on; no commit where it may already.

    Args:
        repository: the records.
        signer: whose key; its days are not looked at.
        since: seconds since 1970, or None for now.

    Raises:
        IntegrityFault: this computer's key is not on the list.
    """
    begin = int(time.time()) if since is None else since
    mark = signer.mark

    def change(text: bytes) -> bytes:
        lines = signers_file.of_key(signers_file.read(text), mark)
        if any(one.counts(begin) and one.until is None for one in lines):
            return text
        line = type(signer)(signer.name, signer.kind, signer.key, begin)
        return signers_file.with_line(text, line)

    return _changed(
        repository,
        Message("signer.add", "Let a key sign from now on", (("Key", mark),)),
        change,
    )


def end(repository: Repository, signer: Signer, until: int | None) -> Written:
    """End a key: what it signed before stays signed, what it signs after is refused.

    Args:
        repository: the records.
        signer: whose key.
        until: seconds since 1970, or None for now.

    Raises:
        UsageFault: it is the key that signs here.
        IntegrityFault: this computer's key is not on the list.
    """
    if signer.mark == _own(repository):
        raise UsageFault(
            "That is the key you sign with, so you would lock yourself out.",
            "Let another signer end it, or sign with a new key first: "
            "sen init --sign --key FILE",
        )
    moment = int(time.time()) if until is None else until
    return _changed(
        repository,
        Message("signer.end", "A key signs no more", (("Key", signer.mark),)),
        lambda text: signers_file.ended(text, signer.mark, moment),
    )


def _changed(
    repository: Repository, message: Message, change: Callable[[bytes], bytes]
) -> Written:
    """One signed change of the list, by somebody who is on it."""
    found = signer_list(repository)
    lines = signers_file.of_key(found.signers, found.mine) if found.mine else []
    if not any(line.counts(int(time.time())) for line in lines):
        raise IntegrityFault(
            "Only somebody on the list of signers can change it, and the key that "
            "this computer signs with is not on it. Nothing was changed.",
            "Sign here first: sen init --sign; it says who must let your key in.",
        )

    def act(draft: Draft) -> Message:
        draft.put_bytes(signers.LIST, change(draft.read_bytes(signers.LIST)))
        return message

    return repository.change(act)


def find_signer(found: SignerList, typed: str) -> Signer:
    """The key meant, of those that still count: by name or fingerprint.

    Raises:
        NotFound: none, or more than one.
    """
    now = int(time.time())
    standing = [one for one in found.signers if one.until is None or one.until > now]
    words = typed.strip()
    fits = [one for one in standing if key(words) in key(one.name)]
    fits = [one for one in fits if same(one.name, words)] or fits
    keyed = [
        one
        for one in standing
        if words and one.mark.removeprefix(_MARK).startswith(words.removeprefix(_MARK))
    ]
    fits = keyed or fits
    if len({one.mark for one in fits}) == 1:
        return fits[0]
    several = "\n".join(f"  {one.name}  {one.mark}" for one in fits or standing)
    what = f"Several keys fit {typed!r}" if fits else f"No key fits {typed!r}"
    raise NotFound(
        f"{what}. Nothing was changed.\n{several}",
        "Type the name, or the beginning of the key's fingerprint.",
    )
