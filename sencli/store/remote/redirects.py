"""Detect settings that divert a remote's address."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sencli.errors import EnvironmentFault
from sencli.store.files import shell
from sencli.store.git.address import Destination
from sencli.store.git.address import destination
from sencli.store.git.dangerous_settings import HARMLESS
from sencli.store.git.dangerous_settings import PARTIAL
from sencli.store.git.dangerous_settings import among
from sencli.store.git.partial_clone import left_out
from sencli.store.git.passwords import masked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sencli.store.git.settings import GitSettings

_FILES = ("remotes", "branches")  # where git kept its remotes before 2005


def destinations(known: GitSettings, name: str) -> tuple[Destination, Destination]:
    """Where git fetches from and sends to, for a remote."""
    url = known.get(f"remote.{name}.url")
    return destination(known, url), destination(known, url, push=True)


def refuse_diverted(known: GitSettings, name: str, root: str) -> str:
    """Refuse where the folder's own settings lead the records somewhere else.

    Args:
        known: the settings.
        name: the remote.
        root: the records.

    Returns:
        Where the user's own settings send them, as a sentence; or "".

    Raises:
        EnvironmentFault: the folder's own settings do it.
    """
    if any(among(key, PARTIAL) for key in known.own()):
        # git would fetch what it lacks by programs that the folder names
        raise left_out()
    url = known.get(f"remote.{name}.url")
    several = {v for k, v, _ in known.items("remote") if k == f"remote.{name}.url"}
    if len(several) > 1:
        raise EnvironmentFault(
            f"The remote {name} has several addresses: "
            f"{', '.join(map(masked, sorted(several)))}. Nothing was fetched, and "
            "nothing was sent.",
            f"Say which: git config --replace-all remote.{name}.url ADDRESS",
        )
    notice = ""
    for where in destinations(known, name):
        if where.own:
            raise EnvironmentFault(
                f"The folder's own settings send what is meant for {name} "
                f"({masked(url)}) to another address: {masked(where.url)}. Nothing was "
                "fetched, and nothing was sent.",
                f"If that address is right: git remote set-url {name} ADDRESS\n"
                f"Either way take the setting away: {_unset(where.key)}",
            )
        if where.key:
            notice = (
                f"Your own git settings send what is meant for {name} ({masked(url)}) "
                f"to {masked(where.url)}."
            )
    odd = list(dict.fromkeys(_odd(known, name, root)))
    if odd:
        raise EnvironmentFault(
            "The folder's own settings change where the records would go, or through "
            f"whom ({', '.join(map(masked, odd))}). Nothing was fetched, and nothing "
            "was sent.",
            f"Take it away: {_unset(odd[0])}{_for_yourself(odd[0])}",
        )
    return notice


def _unset(key: str) -> str:
    if key.startswith(".git/"):
        return shell.removal(key)
    return f"git config --local --unset-all {shell.quoted(masked(key))}"


def _for_yourself(key: str) -> str:
    if key.startswith((".git/", "remote.")):
        return ""
    typed = shell.quoted(masked(key))
    return f"\nIf you need it, set it for yourself: git config --global {typed} VALUE"


def _odd(known: GitSettings, name: str, root: str) -> Iterator[str]:
    """The folder's own settings that have a say in where the records go."""
    url = known.get(f"remote.{name}.url")
    web = any(
        where.url.lower().startswith(("http:", "https:"))
        for where in destinations(known, name)
    )
    for key in known.own():
        # git looks the address up among the names of remotes
        named = key.startswith(f"remote.{url}.") or key == "fetch.bundleuri"
        leads = key.startswith("http.") and not among(key, HARMLESS)
        if named or (web and leads):
            yield key
    # a name of such a file has nothing that parts folders, nor a drive
    path = {os.sep, os.altsep or os.sep, ":"}
    for folder in _FILES if not path & set(url) else ():
        if os.path.lexists(os.path.join(root, ".git", folder, url)):
            yield f".git/{folder}/{url}"
