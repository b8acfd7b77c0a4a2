"""About how wide text is when it is set, in ems: near enough to lay out by."""

from __future__ import annotations

_THIN = frozenset("iljtfrI.,:;'|!()[]/ -")
_BROAD = frozenset("mwMW@%—")
_EM = {"thin": 0.33, "broad": 0.92, "capital": 0.67, "other": 0.57}
_LATIN_AND_SIGNS = range(0x1E00, 0x2100)
_FULL_FROM = 0x1100
"""From here on (Hangul, Chinese, emoji) most characters take a whole em."""

_INDIC = range(0x0900, 0x0E00)
_INDIC_EM = 0.7


def ems(text: str) -> float:
    """The breadth of the text in ems of its size."""
    return sum(map(_one, text))


def _one(char: str) -> float:
    if char in _THIN:
        return _EM["thin"]
    if char in _BROAD:
        return _EM["broad"]
    code = ord(char)
    if code in _INDIC:
        return _INDIC_EM
    if code >= _FULL_FROM and code not in _LATIN_AND_SIGNS:
        return 1.0
    return _EM["capital"] if char.isupper() else _EM["other"]
