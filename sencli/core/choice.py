"""From a word that people type to the one of a closed vocabulary: code, words, part."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sencli.core.find import matches
from sencli.core.folding import fold
from sencli.errors import InvalidValue

_NONE: Mapping[str, str] = MappingProxyType({})
_SHOWN = 24


def plain(text: str) -> str:
    """A word for comparing: no case, accents, underscores or hyphens."""
    return fold(text.replace("_", " ").replace("-", " "))


def choose(
    typed: str,
    options: Mapping[str, str],
    what: str,
    aliases: Mapping[str, str] = _NONE,
) -> str:
    """The code meant by itself, by its words, or by an unmistakable part of them.

    Args:
        typed: what was typed.
        options: code to words.
        what: what is chosen, for the message: "kind of need".
        aliases: further words (plain, lower case) to code.

    Raises:
        InvalidValue: none or several fit; says what can be typed.
    """
    want = plain(typed)
    for code, name in options.items():
        if want in {plain(code), plain(name)}:
            return code
    if want in aliases:
        return aliases[want]
    found = matches(want, list(options), lambda code: plain(options[code]))
    if len(found) == 1:
        return found[0]
    listed = [
        code if plain(options[code]) == plain(code) else f"{code} ({options[code]})"
        for code in found or options
    ]
    said = f" {what} alone: it could be several" if found else f" {what}"
    raise InvalidValue(
        f"{typed!r} is not a{said}.", f"Type one of: {', '.join(listed)}"
    )
