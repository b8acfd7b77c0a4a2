"""Make text safe to show on a terminal, in a log or in a message.

A record may hold anything: an escape sequence would recolour or rewrite the screen, a
bidirectional control would show a name backwards. Both are shown, never obeyed.
"""

from __future__ import annotations

_BIDI = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_ODD = frozenset("\u2028\u2029\ufeff\ufff9\ufffa\ufffb")
_LATIN = range(0x100)
_C0 = range(0x20)
_C1 = range(0x7F, 0xA0)
_SURROGATES = range(0xD800, 0xE000)
_TAGS = range(0xE0000, 0xE0080)


def is_control(char: str) -> bool:
    """Whether a terminal might obey this character in place of showing it."""
    code = ord(char)
    return (
        code in _C0
        or code in _C1
        or char in _BIDI
        or char in _ODD
        or code in _SURROGATES
        or code in _TAGS
    )


def _escaped(char: str) -> str:
    code = ord(char)
    if code in _LATIN:
        return f"\\x{code:02x}"
    return f"\\U{code:08x}" if code in _TAGS else f"\\u{code:04x}"


def safe_line(text: str) -> str:
    r"""The text on one line, each control shown escaped (``\x1b``, ``\n``)."""
    if text.isprintable():
        return text
    named = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return "".join(
        named.get(char) or _escaped(char) if is_control(char) else char for char in text
    )


def safe_text(text: str) -> str:
    """The text with its line ends kept, tabs as blanks, each other control escaped."""
    if text.isprintable():
        return text
    plain = text.replace("\r\n", "\n").replace("\t", "    ")
    return "\n".join(safe_line(line) for line in plain.split("\n"))
