"""Searching all text of a record: where words stand, in which entry, of which day."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli.core.diff import Schema
from sencli.core.diff import identity
from sencli.core.diff import label
from sencli.core.diff import resolve
from sencli.core.find import fold
from sencli.value import Value

_BEFORE, _LENGTH = 30, 100
_NOT_TEXT = {"id", "schema"}


class Hit(Value):
    """A field in which all the words stand.

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


class _At(Value):
    path: str = ""
    date: str = ""
    restricted: bool = False


def search(record: Mapping[str, Any], words: Sequence[str], root: Schema) -> list[Hit]:
    """Every field of the record that holds all the words, in the order of the record.

    Args:
        record: a pupil's.
        words: each stands anywhere in the field; a phrase stands as it is.
        root: the pupil's schema.
    """
    wanted = [fold(word) for word in words]
    return [
        hit
        for hit in _texts(record, root, root, _At())
        if all(word in fold(hit.text) for word in wanted)
    ]


def _texts(value: Any, schema: Schema, root: Schema, at: _At) -> Iterator[Hit]:
    schema = resolve(schema, root)
    if isinstance(value, Mapping):
        here = _entered(value, schema.get("x-date", ""), at)
        properties = schema.get("properties", {})
        for key, child in value.items():
            if key not in _NOT_TEXT:
                path = f"{here.path}.{key}" if here.path else key
                deeper = _At(path, here.date, here.restricted)
                yield from _texts(child, properties.get(key, {}), root, deeper)
    elif isinstance(value, list):
        yield from _items(value, schema, root, at)
    elif isinstance(value, str):
        yield Hit(at.path, at.date, value, at.restricted)


def _items(
    entries: Sequence[Any], schema: Schema, root: Schema, at: _At
) -> Iterator[Hit]:
    keys = schema.get("x-key")
    for entry in entries:
        path = f"{at.path}[{label(identity(entry, keys))}]" if keys else at.path
        here = _At(path, at.date, at.restricted)
        if isinstance(entry, Mapping):
            here = _entered(entry, schema.get("x-date", ""), here)
        yield from _texts(entry, schema.get("items", {}), root, here)


def _entered(entry: Mapping[str, Any], dated: str, at: _At) -> _At:
    """The place one step deeper: the entry's own date where it has one."""
    day = str(entry.get(dated, "")) if dated else ""
    return _At(at.path, day or at.date, at.restricted or bool(entry.get("restricted")))


def snippet(text: str, word: str) -> str:
    """The surroundings of the first place where the word stands, on one line."""
    line = " ".join(text.split())
    place = max(fold(line).find(fold(word)), 0)
    start = max(place - _BEFORE, 0)
    if start:
        start = line.find(" ", start) + 1 or start
    cut = line[start : start + _LENGTH]
    if start + _LENGTH < len(line):
        cut = f"{cut.rpartition(' ')[0] or cut} ..."
    return f"... {cut}" if start else cut
