"""Detect names read in the wrong encoding: ``SiobhÃ¡n`` for Siobhán."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sencli.errors import InvalidValue

# How programs misread UTF-8: as Windows does, as an old Mac, as a DOS box.
_MISREAD = ("cp1252", "latin-1", "mac_roman", "cp1250", "cp850", "cp437")
_LOST = "\ufffd"
_TWICE = 3


def mended(text: str) -> str:
    """The text as it was meant; itself where nothing is wrong with it.

    Where the whole makes no sense so read, each word is tried by itself.
    """
    whole = _mended(text)
    if whole != text or text.isascii():
        return whole
    return "".join(map(_mended, re.split("([ ,()-])", text)))


def _mended(text: str) -> str:
    for _ in range(_TWICE):
        once = next(filter(None, (_unmixed(text, code) for code in _MISREAD)), "")
        if not once:
            break
        text = once
    return text


def _unmixed(text: str, code: str) -> str:
    """The text read as UTF-8 from the bytes of one encoding; "" where it is none."""
    if text.isascii():
        return ""
    try:
        made = b"".join(_byte(char, code) for char in text).decode()
    except UnicodeError:
        return ""
    return made if _likely(text, made) else ""


def _byte(char: str, code: str) -> bytes:
    """The byte of a letter; what Windows leaves undefined is taken as it is."""
    try:
        return char.encode(code)
    except UnicodeEncodeError:
        if ord(char) in range(0x80, 0xA0):
            return bytes((ord(char),))
        raise


def _likely(text: str, made: str) -> bool:
    """Whether the result consists of letters usual in names."""
    import unicodedata

    new = [char for char in made if not char.isascii()]
    if not new or len(made) >= len(text):
        return False
    if not all(c.isprintable() and unicodedata.category(c)[0] in "LMPZS" for c in new):
        return False
    latin = all(_is_latin(char) for char in new if char.isalpha())
    # a Greek or Cyrillic letter amid Latin ones is an accident of the bytes
    return latin or not any(char.isascii() and char.isalpha() for char in made)


def _is_latin(char: str) -> bool:
    import unicodedata

    return unicodedata.name(char, "").startswith("LATIN")


def is_lossy(name: str) -> bool:
    """Whether a letter of a name is lost: ``Siobh?n`` or with a replacement mark."""
    return _LOST in name or any(
        char == "?" and name[at - 1 : at].isalpha() for at, char in enumerate(name)
    )


_NAMES = frozenset({"first_name", "last_name", "known_as", "name"})


def names_in(record: object) -> Iterator[str]:
    """Every name in a record: of the pupil, of contacts, staff, provisions, groups."""
    if isinstance(record, dict):
        for field, part in record.items():
            if field in _NAMES and isinstance(part, str):
                yield part
            else:
                yield from names_in(part)
    elif isinstance(record, list):
        for part in record:
            yield from names_in(part)


def refuse_new(before: object, after: object) -> None:
    """Refuse a garbled name that a record did not hold before.

    Raises:
        InvalidValue: with the name as it was meant.
    """
    known = set(names_in(before))
    for name in names_in(after):
        if not name.isascii() and name not in known:
            _refuse_misread(name)


def _refuse_misread(name: str) -> None:
    if (meant := mended(name)) != name:
        raise InvalidValue(
            f"{name!r} is garbled: its letters were read in the wrong encoding.",
            f"It was meant to be {meant!r}.",
        )


def check_name(name: str) -> None:
    """Refuse a garbled name, with the name as it was meant.

    Raises:
        InvalidValue: its letters are not those of a name.
    """
    _refuse_misread(name)
    if is_lossy(name):
        raise InvalidValue(
            f"{name!r} is garbled: a letter of it is lost.",
            "Type the name again, or save the list anew as CSV UTF-8.",
        )
