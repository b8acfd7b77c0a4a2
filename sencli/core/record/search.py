"""Search all text of a record: matches with their entry and date."""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli.core.record.diff import Schema
from sencli.core.record.diff import identity
from sencli.core.record.diff import label
from sencli.core.record.diff import resolve
from sencli.core.text.folding import fold
from sencli.core.text.folding import key
from sencli.core.text.names_in_text import Names
from sencli.value import Value

_BEFORE, _LENGTH = 30, 100
_MARKS = re.compile(r"[\W_]+")
_NOT_TEXT = {"id", "schema"}


class Hit(Value):
    """A field that contains all the words.

    Attributes:
        path: where, as ``sen history`` names it.
        date: the governing date of the entry, or "".
        text: the whole field.
        restricted: whether it or what holds it is marked so.
    """

    path: str
    date: str
    text: str
    restricted: bool = False


class Wanted:
    """Words that are searched for, in any spelling.

    Args:
        typed: the words; several are a phrase.
    """

    def __init__(self, typed: str) -> None:
        self._folded = fold(typed)
        self._key = key(typed)
        self._names = Names([typed])

    def stands_in(self, text: str) -> bool:
        """Whether a text contains the words, as part of it or as a name."""
        if self._folded in (folded := fold(text)):
            return True
        near = self._key in _MARKS.sub("", folded)
        return near and any(self._names.found(text))

    def may_stand_in(self, text: str) -> bool:
        """Whether a long text, such as a whole file, needs a closer look."""
        folded = fold(text)
        return self._folded in folded or self._key in _MARKS.sub("", folded)


_At = tuple[str, str, bool]
"""Where a value stands: its path, the date that governs it, whether it is withheld."""

_Found = list[tuple[str, str, str, bool]]
"""Path, date, text and whether it is withheld, of every text."""


def search(record: Mapping[str, Any], words: Sequence[str], root: Schema) -> list[Hit]:
    """Every field of the record that holds all the words, in the order of the record.

    Args:
        record: a pupil's.
        words: each stands anywhere in the field; a phrase stands as it is.
        root: the pupil's schema.
    """
    wanted = [Wanted(word) for word in words]
    found: _Found = []
    _texts(record, root, root, ("", "", False), found)
    return [
        Hit(*made) for made in found if all(word.stands_in(made[2]) for word in wanted)
    ]


def _texts(value: Any, schema: Schema, root: Schema, at: _At, found: _Found) -> None:
    """Gather the texts; into a list, since a large school has a million of them."""
    path, date, restricted = at
    if isinstance(value, str):
        found.append((path, date, value, restricted))
    elif isinstance(value, dict):
        schema = resolve(schema, root)
        own = _entered(value, schema, at)
        properties = schema.get("properties", {})
        before = f"{path}." if path else ""
        for name, child in value.items():
            if name not in _NOT_TEXT:
                deeper = (f"{before}{name}", *own)
                _texts(child, properties.get(name, {}), root, deeper, found)
    elif isinstance(value, list):
        schema = resolve(schema, root)
        keys, inner = schema.get("x-key"), schema.get("items", {})
        for entry in value:
            name = f"{path}[{label(identity(entry, keys))}]" if keys else path
            own = _entered(entry, schema, at) if isinstance(entry, dict) else at[1:]
            _texts(entry, inner, root, (name, *own), found)


def _entered(entry: Mapping[str, Any], schema: Schema, at: _At) -> tuple[str, bool]:
    """Date and mark one step deeper: the entry's own where it has them."""
    dated = schema.get("x-date", "")
    day = str(entry.get(dated, "")) if dated else ""
    return day or at[1], at[2] or bool(entry.get("restricted"))


def snippet(text: str, word: str) -> str:
    """The text around the first match, on one line."""
    line = " ".join(text.split())
    named = next(iter(Names([word]).found(line)), None)
    place = named.start if named else max(fold(line).find(fold(word)), 0)
    start = max(place - _BEFORE, 0)
    if start:
        start = line.find(" ", start) + 1 or start
    cut = line[start : start + _LENGTH]
    if start + _LENGTH < len(line):
        cut = f"{cut.rpartition(' ')[0] or cut} ..."
    return f"... {cut}" if start else cut
