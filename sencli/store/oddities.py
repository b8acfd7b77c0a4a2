"""Text that YAML would take for something else than what is written.

Anchors, aliases, tags, merges, directives; and numbers such as ``1e3``, ``0x1F`` and
``.5``, which do not come back as they were typed. Whether a star is an alias or stands
in a sentence only a parser can tell: so the suspects are masked, and it is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Sequence

# Quick looks, a few microseconds each, which most records pass.
_MARKS = (b"&", b"*", b"!", b"<<", b"\n%")
_TO_DIGITS = bytes.maketrans(b"+-123456789E", b"00000000000e")
_EXPONENTS = (b"0e0", b"0.e")
_LONG = b"0" * 16
_RADIX = re.compile(r"0[xob][0-9a-fA-F]")
_POINT = re.compile(r"\.(?:(?<![0-9].)[0-9iInN]|(?<=[0-9].)(?:[\s,:\]}0-9]|\Z))")
_USUAL = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]")
_OF_NUMBER = frozenset("0123456789+-.")

# The closer look.
_SUSPECT_MARK = r"(?m:[&*](?=\S)|!|<<(?=\s*:)|^%)"
_SUSPECT_NUMBER = r"""(?x:(?<![^\s\[{,:])[-+]?(?:
        0(?:x[0-9a-fA-F]+|o[0-7]+|b[01]+)
      | [0-9]+(?:\.[0-9]*)?[eE][-+]?[0-9]+
      | \.[0-9]+(?:[eE][-+]?[0-9]+)?
      | \.(?:inf|Inf|INF|nan|NaN|NAN)
      | [0-9]+\.
      | 0[0-9]+\.[0-9]*
      | [0-9]{16,}(?:\.[0-9]*)?
    )(?=[\s,\]}:]|\Z))"""
# A value may begin on its own line, or after one of these signs.
_LINE_ENDS = "\n\r\x85\u2028\u2029"
_BEFORE_VALUE = frozenset(f"{_LINE_ENDS}-:?[{{,")
_CLOSE_BEFORE = frozenset(f"{_LINE_ENDS} \t:[{{,")
_NUMBERED = "\ue000([0-9]+)\ue000"


def marks(data: bytes, text: str) -> list[re.Match[str]]:
    """What may be an anchor, an alias, a tag, a merge or a directive."""
    if not data.startswith(b"%") and not any(mark in data for mark in _MARKS):
        return []
    found = re.finditer(_SUSPECT_MARK, text)
    return [mark for mark in found if _may_begin(text, mark.start())]


def without(text: str, suspects: Sequence[re.Match[str]]) -> str:
    """The text with ``@`` in their place, which stands in any text but begins none.

    If it can be read, all suspects stand inside text; if not, the fault is at one.
    """
    masked = list(text)
    for suspect in suspects:
        masked[suspect.start()] = "@"
    return "".join(masked)


def numbers(data: bytes, text: str) -> list[re.Match[str]]:
    """What may be a number that is not written as numbers are written back."""
    digits = data.translate(_TO_DIGITS)
    if (
        any(exponent in digits for exponent in _EXPONENTS)
        or _LONG in digits
        or _RADIX.search(text)
        or any(_odd_point(text, point.start()) for point in _POINT.finditer(text))
    ):
        found = re.finditer(_SUSPECT_NUMBER, text)
        return [number for number in found if _may_begin(text, number.start())]
    return []


def _odd_point(text: str, index: int) -> bool:
    """Whether the point may stand in a value such as ``.5``, ``5.`` or ``010.5``."""
    start = index
    while start and text[start - 1] in _OF_NUMBER:
        start -= 1
    return _may_begin(text, start) and not _USUAL.match(text, start)


def _may_begin(text: str, index: int) -> bool:
    """Whether a value may begin here; in a sentence a word stands before."""
    if index and text[index - 1] not in _CLOSE_BEFORE:
        return False
    while index and text[index - 1] in " \t":
        index -= 1
    return not index or text[index - 1] in _BEFORE_VALUE


def misread(
    text: str, suspects: Sequence[re.Match[str]], record: object
) -> re.Match[str] | None:
    """The first number that the record holds in place of what the text says.

    Each suspect is replaced by a text with its place in the row: where the record has a
    number and then has that text, the suspect is a value and no part of a sentence.
    """
    from sencli.store.yaml_reader import loads

    parts, at = [], 0
    for place, suspect in enumerate(suspects):
        parts += [text[at : suspect.start()], f"\ue000{place}\ue000"]
        at = suspect.end()
    masked = loads("".join(parts) + text[at:])
    for value, other in _pairs(record, masked):
        found = re.fullmatch(_NUMBERED, other) if isinstance(other, str) else None
        if found and not isinstance(value, str):
            return suspects[int(found[1])]
    return None


def _pairs(one: object, other: object) -> Iterator[tuple[object, object]]:
    """Names and values that stand in the same place."""
    if isinstance(one, dict) and isinstance(other, dict):
        for mine, theirs in zip(one.items(), other.items(), strict=True):
            yield mine[0], theirs[0]
            yield from _pairs(mine[1], theirs[1])
    elif isinstance(one, list) and isinstance(other, list):
        for mine, theirs in zip(one, other, strict=True):
            yield from _pairs(mine, theirs)
    else:
        yield one, other
