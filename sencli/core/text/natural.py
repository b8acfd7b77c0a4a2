"""The order in which people look for names: 2A before 10A, Reception before both."""

from __future__ import annotations

import re

_FIGURES = re.compile("[0-9]+")
_WIDE = 9
_NURSERY, _RECEPTION, _NUMBERED, _NAMED = "1", "2", "3", "4"
_NONE = "5"
_YEARS_BELOW = (
    (_NURSERY, r"(nursery|nurs|pre-?school)\b.*|e[12]?|n[0-9]?[a-z]?|fs?1([^0-9].*)?"),
    (_RECEPTION, r"(reception|rec|eyfs)\b.*|y?r[0-9]?[a-z]?([ /-].*)?|fs?2([^0-9].*)?"),
)
_CALLED = re.compile(r"(?:(?:year|yr|y|class|form|set)\s*)?(?=[0-9])")


def natural(text: str) -> str:
    """The text with its figures all of one width, so that 10 sorts after 2."""
    return _FIGURES.sub(lambda found: found[0].zfill(_WIDE), text)


def class_key(name: str | None) -> str:
    """Sorts names of classes: Nursery, Reception, 1A, 2A, 10A, Oak; none at the end."""
    plain = " ".join((name or "").casefold().split())
    if not plain:
        return _NONE
    for rank, pattern in _YEARS_BELOW:
        if re.fullmatch(pattern, plain):
            return f"{rank} {natural(plain)}"
    called = _CALLED.match(plain)
    if called is None:
        return f"{_NAMED} {natural(plain)}"
    # 2 Oak is as near to 2A as 2B is
    return f"{_NUMBERED} {natural(plain[called.end() :]).replace(' ', '')}"
