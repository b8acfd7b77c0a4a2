"""Passwords within addresses: never shown, logged or put into a message."""

from __future__ import annotations

import re

_WEB = re.compile(r"(?i)\b((?:https?|ftps?|git|ftp)(?:://|%3a//))[^\s/'\"<>]*@")
# a slash within a password: git takes what stands before it for the name of a computer
_ODD = re.compile(r"(?i)(\b[a-z][a-z0-9+.-]*://)[^\s/:@]+:(?![0-9]*(?:[/\s'\"]|$))\S*@")
_OTHER = re.compile(r"(?i)(\b[a-z][a-z0-9+.-]*://[^\s/:@'\"]*):[^\s/'\"]*@")
_QUERY = re.compile(
    r"(?i)([?&][^=&\s]*(?:token|key|secret|passw|pwd|sig|auth)[^=&\s]*=)[^&\s'\"]+"
)


def masked(text: str) -> str:
    """A text, such as an address or words of git, without passwords in addresses."""
    if "://" not in text and "?" not in text:
        return text
    text = _WEB.sub(r"\1", text)
    text = _OTHER.sub(r"\1@", _ODD.sub(r"\1", text))
    return _QUERY.sub(r"\1...", text)
