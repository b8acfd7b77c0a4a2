"""A signature beside a file that goes out or came in, by the key that signs changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sencli.errors import IntegrityFault
from sencli.errors import NotFound
from sencli.store.git import settings
from sencli.store.git import sign
from sencli.store.records.signers_file import of_key
from sencli.store.records.signers_file import read
from sencli.store.trust.signers import list_in

if TYPE_CHECKING:
    from sencli.store.repository.repository import Repository

_SSH = b"-----BEGIN SSH SIGNATURE-----"


def signature_of(repository: Repository, data: bytes) -> bytes:
    """A signature over a file, where signing is set up; else nothing."""
    known = settings.listing(repository.git)
    if not sign.wanted(known):
        return b""
    return sign.signature(known, data, settings.person(known, "committer"))


def signed_by(repository: Repository, data: bytes, signature: bytes) -> str:
    """Who signed a file, in words; "" where the signature cannot be checked here.

    Raises:
        IntegrityFault: the signature does not fit the file.
    """
    if not signature.startswith(_SSH):
        return ""
    known = settings.listing(repository.git)
    key = sign.key_of(sign.program(known, "ssh"), data, signature)
    if not key:
        raise IntegrityFault(
            "The file was not taken in: its signature does not fit it.",
            "It was changed since it was signed. Ask the other school for it again.",
        )
    try:
        listed = list_in(repository.committed()) or b""
    except NotFound:
        listed = b""
    finally:
        repository.close()
    names = [line.name for line in of_key(read(listed), key)]
    return f"{names[0]} (key {key})" if names else f"the key {key}"
