"""Versions of one file: a part of the text that was seen before is not parsed again.

Two versions that follow each other differ in a line or two. A text is cut where its
fields and the items of its lists begin, as the program lays them out. What cannot be
cut so, or not be read alone, is read whole (docs/speed.md, "History").
"""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from typing import Any

from sencli.errors import InvalidValue
from sencli.store.text import load

# Cutting pays for itself from here on.
_LONG = 400
# Of these a part does not know what they mean for the whole.
_UNUSUAL = re.compile(rb"\r|\n(?:---|\.\.\.)")
# Cycle, part of a cycle, list in it, item: what is deeper is short.
_DEEP = 6


class _UncutError(Exception):
    """The text is not laid out as the program does."""


class VersionParser:
    """Reads one version after another; what they share is the same object in all.

    Args:
        path: the file, for messages.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._known: dict[tuple[int, bytes], Any] = {}

    def load(self, data: bytes) -> dict[str, Any]:
        """The record, which nobody may change; as ``load.load``, with its errors."""
        if _LONG < len(data) <= load.MAX_BYTES and not _UNUSUAL.search(data):
            body = data.partition(b"\n")[2] if data.startswith(b"#") else data
            with suppress(InvalidValue, _UncutError):
                return self._fields(body, 0)
        return load.load(data, self._path)

    def _fields(self, text: bytes, indent: int) -> dict[str, Any]:
        """A mapping whose names stand so far in."""
        record: dict[str, Any] = {}
        for part in _cut(text, indent, b"[a-z]"):
            name, value = self._once(part, indent, self._field)
            if name in record:
                raise _UncutError
            record[name] = value
        return record

    def _once(self, part: bytes, indent: int, read: Any) -> Any:
        """What a part says; read where it was not seen before at that depth."""
        key = indent, part
        if key not in self._known:
            self._known[key] = read(part, indent)
        return self._known[key]

    def _field(self, part: bytes, indent: int) -> tuple[str, Any]:
        """A field's name and value."""
        first, _, rest = part.partition(b"\n")
        name = first[indent:-1].decode("ascii", "replace")
        if first[-1:] == b":" and _is_name(name) and len(rest) > _LONG:
            if rest.startswith(b"- ", indent):
                items = _cut(rest, indent, b"- ")
                return name, [self._once(item, indent, self._item) for item in items]
            if indent < _DEEP:
                return name, self._fields(rest, indent + 2)
        found = load.load(part, self._path)
        if len(found) != 1:
            raise _UncutError
        return next(iter(found.items()))

    def _item(self, part: bytes, indent: int) -> Any:
        """An item of a list, its dash so far in."""
        if len(part) > _LONG and indent < _DEEP:
            with suppress(_UncutError):
                return self._fields(
                    part[:indent] + b"  " + part[indent + 2 :], indent + 2
                )
        found = load.load(b"x:\n" + part, self._path)
        items = found["x"]
        if len(found) != 1 or not isinstance(items, list) or len(items) != 1:
            raise _UncutError
        return items[0]


@lru_cache(maxsize=64)
def _is_name(name: str) -> bool:
    return re.fullmatch("[a-z][a-z0-9_]*", name) is not None


@lru_cache(maxsize=16)
def _border(indent: int, start: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"\n(?= {%d}%s)" % (indent, start))


def _cut(text: bytes, indent: int, start: bytes) -> list[bytes]:
    """The text in the parts that begin so far in; the first with its first line."""
    border = _border(indent, start)
    if not border.match(b"\n" + text[: indent + 2]):
        raise _UncutError
    *parts, last = border.split(text)
    return [*(part + b"\n" for part in parts), last]
