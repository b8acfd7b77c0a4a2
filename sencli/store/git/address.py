"""Addresses of remotes: what may be shown of them, and where git really goes."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from sencli.value import Value

if TYPE_CHECKING:
    from sencli.store.git.settings import Settings

_WEB = re.compile(r"(?i)\b((?:https?|ftps?|git|ftp)(?:://|%3a//))[^\s/'\"<>]*@")
# a slash within a password: git takes what stands before it for the name of a computer
_ODD = re.compile(r"(?i)(\b[a-z][a-z0-9+.-]*://)[^\s/:@]+:(?![0-9]*(?:[/\s'\"]|$))\S*@")
_OTHER = re.compile(r"(?i)(\b[a-z][a-z0-9+.-]*://[^\s/:@'\"]*):[^\s/'\"]*@")
_QUERY = re.compile(
    r"(?i)([?&][^=&\s]*(?:token|key|secret|passw|pwd|sig|auth)[^=&\s]*=)[^&\s'\"]+"
)
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


def shown(text: str) -> str:
    """A text, such as an address or words of git, without passwords in addresses."""
    if "://" not in text and "?" not in text:
        return text
    text = _WEB.sub(r"\1", text)
    text = _OTHER.sub(r"\1@", _ODD.sub(r"\1", text))
    return _QUERY.sub(r"\1...", text)


class Destination(Value):
    """Where git goes for an address.

    Attributes:
        url: the address that git uses in the end.
        key: the setting that makes it another than the one given, or "".
        own: whether the folder's own settings say so, not the user's.
    """

    url: str
    key: str = ""
    own: bool = False


def destination(known: Settings, url: str, *, push: bool = False) -> Destination:
    """Where git goes for an address, by `url.*.insteadOf`, as git works it out."""
    if push:
        found = _rewritten(known, url, ".pushinsteadof")
        if found.key:
            return found
    return _rewritten(known, url, ".insteadof")


def _rewritten(known: Settings, url: str, ending: str) -> Destination:
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
