"""Unique pupil numbers and their check letter (DfE: no I, O or S)."""

from __future__ import annotations

import re

from sencli.errors import InvalidValue

_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_SHAPE = re.compile(rf"[{_LETTERS}][0-9]{{11}}[0-9{_LETTERS}]")


def check_letter(upn: str) -> str:
    """The letter that the twelve characters after the first ask for."""
    total = sum(
        weight * (_LETTERS.index(char) if char.isalpha() else int(char))
        for weight, char in enumerate(upn[1:], 2)
    )
    return _LETTERS[total % len(_LETTERS)]


def fault(upn: str) -> str:
    """The fault of a UPN in words, or ""."""
    if not _SHAPE.fullmatch(upn):
        return (
            "a UPN is a letter, eleven digits and a digit or letter "
            f"(13 characters, never I, O or S); this has {len(upn)}"
        )
    if (right := check_letter(upn)) != upn[0]:
        return f"with these digits the check letter is {right}, not {upn[0]}"
    return ""


def checked(typed: str) -> str:
    """The UPN in capitals and without blanks.

    Raises:
        InvalidValue: of the wrong shape, or with a wrong check letter.
    """
    upn = "".join(typed.split()).upper()
    if not (wrong := fault(upn)):
        return upn
    hint = "Compare it with the school's own register."
    if _SHAPE.fullmatch(upn):
        hint += f" If the digits are right, type {check_letter(upn)}{upn[1:]}"
    raise InvalidValue(f"{typed!r} is not a UPN: {wrong}.", hint)
