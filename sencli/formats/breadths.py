"""About how wide text is when it is set, in ems: near enough to lay out by."""

from __future__ import annotations

import unicodedata
from functools import cache

_LATIN = {
    0.27: " ijl',.:;!J`",
    0.34: "()-[]If",
    0.38: "t/\\{}",
    0.42: 'r"',
    0.48: "?_zsc",
    0.54: "vyxkFL",
    0.57: "aeSETY*|$+0123456789<=>Z^~£",
    0.62: "obdgpqhnuXVPKR",
    0.66: "CA#B",
    0.75: "GDU&H",
    0.79: "NOQw",
    0.94: "%@MWm—",
}
"""The advances of our own sans-serif, rounded up."""

_ADVANCE = {char: wide for wide, chars in _LATIN.items() for char in chars}
_OTHER = 0.62
_INDIC = range(0x0900, 0x0E00)
_INDIC_ADVANCE = 0.72
_SIGNS = range(0x1E00, 0x2100)
_FULL_FROM = 0x1100
"""From here on (Hangul, Chinese, emoji) most characters take a whole em."""


def ems(text: str) -> float:
    """The breadth of the text in ems of its size."""
    return sum(map(_advance, text))


@cache
def _advance(char: str) -> float:
    known = _ADVANCE.get(char)
    if known is not None:
        return known
    if unicodedata.combining(char):
        return 0.0
    code = ord(char)
    if code in _INDIC:
        return _INDIC_ADVANCE
    if code >= _FULL_FROM and code not in _SIGNS:
        return 1.0
    # a letter with an accent is as wide as without
    plain = unicodedata.normalize("NFD", char)[0]
    return _ADVANCE.get(plain, _OTHER)
