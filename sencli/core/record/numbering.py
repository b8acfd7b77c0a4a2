"""Read item numbers: ``2``, ``meeting 2``, ``No. 2``, ``o2``."""

from __future__ import annotations

import re
import unicodedata

NONE = -1
"""A number that no item has: it was not a whole one, or below nought."""

_ANY = ("item", "entry", "number", "no", "nr", "num")
_NUMBER = r"(?P<number>[-+]?\d+(?:[.,]\d*)?)(?:st|nd|rd|th)?\.?"
_NAMED = re.compile(
    rf"(?P<noun>[a-z -]*?) ?(?:(?:no|nr|num|number)\.? ?|# ?)?{_NUMBER}"
)
_TURNED = re.compile(rf"{_NUMBER} ?(?P<noun>[a-z][a-z -]*)")
_DIGITS = re.compile(r"\d+")


def number_of(typed: str, nouns: tuple[str, ...]) -> tuple[str, int] | None:
    """The noun that was typed, and the number; None where words were typed.

    Args:
        typed: what was typed.
        nouns: what the items are called, in the singular. Any of them, its plural or
            its first letter may stand beside the number; another word makes it words.
    """
    text = " ".join(unicodedata.normalize("NFKC", typed).casefold().split())
    found = _NAMED.fullmatch(text) or _TURNED.fullmatch(text)
    if found is None:
        return None
    noun = found["noun"].strip()
    known = {"": ""} | dict.fromkeys(_ANY, "")
    for name in nouns:
        known |= {name: name, f"{name}s": name}
    if text[:1].isalpha() and text[1:].isdecimal():  # o2, as --items takes it
        for letter in {name[0] for name in nouns}:
            meant = {name for name in nouns if name[0] == letter}
            known[letter] = meant.pop() if len(meant) == 1 else ""
    if noun not in known:
        return None
    plain = found["number"].removeprefix("+").rstrip(".,")
    return known[noun], int(plain) if plain.isdecimal() else NONE


def fits_numbers(typed: str, wording: str) -> bool:
    """Whether each typed number occurs as a whole in the wording: 2 is not 2026."""
    wanted = _DIGITS.findall(typed)
    return not wanted or set(wanted) <= set(_DIGITS.findall(wording))
