"""Versions of one file, each piece of their text parsed once.

Two versions that follow each other differ in a line or two. A record's text is cut
where its fields and the items of its lists begin, and what is long is cut again within,
down to single entries; a piece that was seen before is not parsed again. What cannot be
cut that way (text by another hand) is read whole.
"""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from typing import Any

from sencli.errors import InvalidValue
from sencli.store import yaml_text

# Cutting pays for itself from here on: of a file, and of a piece of it.
_SMALL = 2_000
_SHORT = 400
# Canonical records are not indented further; what is might be without end.
_DEEP = 12
# Stands for the value of a field whose line ends with its colon: items follow.
_ITEMS = object()


@lru_cache(maxsize=_DEEP)
def _cut(indent: int) -> re.Pattern[bytes]:
    """Where a line so far in begins a field, or an item of a field's list."""
    return re.compile(rb"\n(?= {%d}(?:[a-z_]+:(?:[ \n]|\Z)|- ))" % indent)


@lru_cache(maxsize=_DEEP)
def _field(indent: int) -> re.Pattern[bytes]:
    """A field's name and its colon, so far in."""
    return re.compile(rb" {%d}([a-z_]+):(?=[ \n]|\Z)" % indent)


class Pieces:
    """Reads one version after another; what they share is the same object in all.

    Args:
        path: the file, for messages.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._fields: dict[bytes, tuple[str, Any]] = {}
        self._items: dict[bytes, Any] = {}
        # long pieces are kept for the next version only, as most of them change
        self._last: dict[bytes, Any] = {}
        self._now: dict[bytes, Any] = {}

    def load(self, data: bytes) -> dict[str, Any]:
        """The record; as ``yaml_text.load``, with the same errors."""
        if _SMALL <= len(data) <= yaml_text.MAX_BYTES and b"\r" not in data:
            self._last, self._now = self._now, {}
            body = data.removesuffix(b"\n")
            if body.startswith(b"#"):
                # the first line, by which editors find the schema
                body = body.partition(b"\n")[2]
            # read whole, it may be sound all the same, or its fault has its line
            with suppress(InvalidValue, _OddError):
                return self._mapping(body, 0)
        return yaml_text.load(data, self._path)

    def _mapping(self, data: bytes, indent: int) -> dict[str, Any]:
        """The fields whose names stand so far in; none of them is ever changed."""
        record: dict[str, Any] = {}
        items: list[Any] | None = None
        pieces = _cut(indent).split(data)
        # of a long list nearly all items are known
        known = [*map(self._items.get, pieces)]
        told = 0
        for number in [n for n, item in enumerate(known) if item is None]:
            _add(items, known[told:number])
            told = number + 1
            piece = pieces[number]
            if piece.startswith(b"- ", indent):
                _add(items, [self._item(piece, indent)])
                continue
            name, value = self._fields.get(piece) or self._named(piece, indent)
            if name in record or items == []:
                raise _OddError  # twice, or without a value, which is no empty list
            items = [] if value is _ITEMS else None
            record[name] = value if items is None else items
        _add(items, known[told:])
        if items == []:
            raise _OddError
        return record

    def _named(self, piece: bytes, indent: int) -> tuple[str, Any]:
        """A field's name and value."""
        start = _field(indent).match(piece)
        if start is None:
            raise _OddError
        name, end = start[1].decode(), start.end()
        if end == len(piece):
            return name, _ITEMS
        if self._is_block(piece, end + 1, indent + 2) and piece[end] == _NEW_LINE:
            return name, self._long(piece[end + 1 :], indent + 2)
        found = yaml_text.load(piece + b"\n", self._path)
        if [*found] != [name]:
            raise _OddError
        self._fields[piece] = name, found[name]
        return name, found[name]

    def _item(self, piece: bytes, indent: int) -> Any:
        """An item of a list, its dash so far in."""
        block = b"  " + piece[:indent] + piece[indent + 2 :]
        if self._is_block(block, 0, indent + 2):
            return self._long(block, indent + 2)
        found = yaml_text.load(b"x:\n" + piece + b"\n", self._path)["x"]
        if not isinstance(found, list) or len(found) != 1:
            raise _OddError
        self._items[piece] = found[0]
        return found[0]

    def _is_block(self, text: bytes, at: int, indent: int) -> bool:
        """Whether fields begin there, so many that it is worth to cut between them."""
        return (
            len(text) > _SHORT
            and indent < _DEEP
            and _field(indent).match(text, at) is not None
        )

    def _long(self, block: bytes, indent: int) -> dict[str, Any]:
        found = self._now.get(block) or self._last.get(block)
        if found is None:
            found = self._mapping(block, indent)
        self._now[block] = found
        return found


def _add(items: list[Any] | None, more: list[Any]) -> None:
    """More items for the list that they stand under."""
    if items is not None:
        items += more
    elif more:
        raise _OddError


_NEW_LINE = ord("\n")


class _OddError(Exception):
    """The text is not laid out as the canonical writer does."""
