"""Addresses of remotes: where git really goes for them."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from sencli.value import Value

if TYPE_CHECKING:
    from sencli.store.git.settings import GitSettings

_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


class Destination(Value):
    """Where git connects for an address.

    Attributes:
        url: the address that git uses in the end.
        key: the setting that makes it another than the one given, or "".
        own: whether the folder's own settings say so, not the user's.
    """

    url: str
    key: str = ""
    own: bool = False


def destination(known: GitSettings, url: str, *, push: bool = False) -> Destination:
    """The address git uses after `url.*.insteadOf`."""
    if push:
        found = _rewritten(known, url, ".pushinsteadof")
        if found.key:
            return found
    return _rewritten(known, url, ".insteadof")


def _rewritten(known: GitSettings, url: str, ending: str) -> Destination:
    best, longest = Destination(url), ""
    for key, value, trusted in known.items("url"):
        if key.endswith(ending) and url.startswith(value) and len(value) > len(longest):
            base = key.removeprefix("url.").removesuffix(ending)
            best = Destination(base + url.removeprefix(value), key, not trusted)
            longest = value
    return best


def folder(url: str, root: str) -> str:
    """The folder that an address names, or "" where it is on another computer.

    Args:
        url: the address.
        root: what a relative one starts from.
    """
    if url.lower().startswith("file://"):
        path = url[len("file://") :]
        path = path[path.find("/") :] if "/" in path else path
        return os.path.join(root, unquote(path))
    if _DRIVE.match(url):
        return url
    colon, slash = url.find(":"), url.find("/")
    if colon >= 0 and not 0 <= slash < colon:
        return ""
    return os.path.join(root, os.path.expanduser(url))
