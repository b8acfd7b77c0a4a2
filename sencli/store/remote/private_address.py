"""Refuse an address that is none, runs a program, or that anybody can read."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from sencli.errors import Conflict
from sencli.errors import UsageFault
from sencli.store.git.address import folder
from sencli.store.git.dangerous_settings import ON_THE_LINE
from sencli.store.git.passwords import masked

if TYPE_CHECKING:
    from sencli.store.git.process import Git

_HELPER = re.compile(r"[A-Za-z0-9+.-]+::")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_SPOKEN = ("file", "http", "https", "ssh")
_WEB = ("http://", "https://")
# Nothing that lets the user in is sent along: who is answered all the same is anybody.
_NOBODY = (
    "credential.helper=",
    "core.askPass=",
    "http.extraHeader=",
    "http.cookieFile=",
)


def address(typed: str) -> str:
    """What was typed as git can use it from any folder.

    Raises:
        UsageFault: it cannot be an address of records.
    """
    scheme = _SCHEME.match(typed)
    if not typed.strip() or typed.startswith("-") or not typed.isprintable():
        raise UsageFault(f"{masked(typed)!a} is not an address.")
    if _HELPER.match(typed) or (scheme and scheme[1].lower() not in _SPOKEN):
        raise UsageFault(
            f"{masked(typed)} is not an address of a private copy: sencli speaks "
            "https and ssh, and reads folders. Nothing was made or sent.",
            "Ask whoever keeps the copy for its https or ssh address.",
        )
    place = "" if scheme else folder(typed, os.getcwd())
    return os.path.abspath(place) if place else typed


def refuse_public(git: Git, typed: str) -> None:
    """Refuse an address that answers somebody who says no name and no password.

    Raises:
        Conflict: it does; what is there is no longer private.
    """
    if not typed.lower().startswith(_WEB):
        return
    words = [part for one in (*ON_THE_LINE, *_NOBODY) for part in ("-c", one)]
    nowhere = os.path.join(git.root, ".git", "sencli", "none")
    # a file .netrc in the user's own folder would let the user in
    env = {"HOME": nowhere, "NETRC": nowhere}
    shown = masked(typed)
    status, _, _ = git.run(
        *words, "ls-remote", "--end-of-options", shown, env=env, network=True
    )
    if status == 0:
        raise Conflict(
            f"{shown} is public: it answers without a name or a password, so anybody "
            "can read what is there. Nothing was made or sent.",
            "Have it made private before anything else is done, and tell the school's "
            "data protection officer if records were there.",
        )
