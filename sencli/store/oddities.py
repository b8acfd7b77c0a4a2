"""Text that YAML would take for something else than what is written.

Anchors, aliases, tags, merges, directives; and numbers such as ``1e3``, ``0x1F`` and
``.5``, which do not come back as they were typed. Whether a star is an alias or stands
in a sentence only a parser can tell: so the suspects are masked, and it is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Sequence

# Quick looks, a few microseconds each: is a closer look worth its time?
_TO_DIGITS = bytes.maketrans(b"+-123456789E", b"00000000000e")
_MARKS = (b"&", b"*", b"!")
_MARK = re.compile(r"[&*!](?<![^\s\[{,:].)")
_EXPONENTS = (b"0e0", b"0.e")
_LONG = b"0" * 16
_RADIX = re.compile(r"0[xob][0-9a-fA-F]")
_POINT = re.compile(
    r"\.(?:(?<![0-9].)[0-9iInN]|(?<=[0-9].)(?:[\s,:\]}]|\Z)|(?<=0[0-9].))"
)

# The closer look: where a value may begin.
_SUSPECT_MARK = re.compile(
    r"(?<![^\s\[{,:])(?:[&*](?=\S)|!|<<(?=\s*:))|^%", re.MULTILINE
)
_SUSPECT_NUMBER = re.compile(
    r"""(?<![^\s\[{,:])[-+]?(?:
        0(?:x[0-9a-fA-F]+|o[0-7]+|b[01]+)
      | [0-9]+(?:\.[0-9]*)?[eE][-+]?[0-9]+
      | \.[0-9]+(?:[eE][-+]?[0-9]+)?
      | \.(?:inf|Inf|INF|nan|NaN|NAN)
      | [0-9]+\.
      | 0[0-9]+\.[0-9]*
      | [0-9]{16,}(?:\.[0-9]*)?
    )(?=[\s,\]}:]|\Z)""",
    re.VERBOSE,
)
_NUMBERED = re.compile("\ue000([0-9]+)\ue000")


def looks_odd(data: bytes, text: str) -> bool:
    """Whether a closer look is worth its time; never wrong where it says no."""
    if data.startswith(b"%") or b"\n%" in data or b"<<" in data:
        return True
    if any(mark in data for mark in _MARKS) and _MARK.search(text):
        return True
    digits = data.translate(_TO_DIGITS)
    return bool(
        any(exponent in digits for exponent in _EXPONENTS)
        or _LONG in digits
        or _RADIX.search(text)
        or _POINT.search(text)
    )


def marks(text: str) -> list[re.Match[str]]:
    """What may be an anchor, an alias, a tag, a merge or a directive."""
    return list(_SUSPECT_MARK.finditer(text))


def without(text: str, suspects: Sequence[re.Match[str]]) -> str:
    """The text with ``@`` in their place, which stands in any text but begins none.

    If it can be read, all suspects stand inside text; if not, the fault is at one.
    """
    masked = list(text)
    for suspect in suspects:
        masked[suspect.start()] = "@"
    return "".join(masked)


def numbers(text: str) -> list[re.Match[str]]:
    """What may be a number that is not written as numbers are written back."""
    return list(_SUSPECT_NUMBER.finditer(text))


def misread(text: str, record: object) -> re.Match[str] | None:
    """The first number that the record holds in place of what the text says.

    Each suspect is replaced by a text with its place in the row: where the record has a
    number and then has that text, the suspect is a value and no part of a sentence.
    """
    import ryaml

    suspects = numbers(text)
    if not suspects:
        return None
    count = iter(range(len(suspects)))
    masked = _SUSPECT_NUMBER.sub(lambda _: f"\ue000{next(count)}\ue000", text)
    for value, other in _pairs(record, ryaml.loads(masked)):
        found = _NUMBERED.fullmatch(other) if isinstance(other, str) else None
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
