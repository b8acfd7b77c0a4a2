"""Versions of one file, each piece of their text parsed once.

Two versions that follow each other differ in a line or two. A record's text is cut
where its fields and the items of its lists begin, which canonical text shows by a line
that is not indented; a piece that was seen before is not parsed again. What cannot be
cut that way (text by another hand) is read whole.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

from sencli.errors import InvalidValue
from sencli.store import yaml_text

# A line that begins a field or an item of a field's list.
_CUT = re.compile(rb"\n(?=[a-z_]+:(?:[ \n]|\Z)|- )")
_FIELD = re.compile(rb"([a-z_]+):")
# Cutting pays for itself from here on.
_SMALL = 2_000


class Pieces:
    """Reads one version after another; what they share is the same object in all.

    Args:
        path: the file, for messages.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._known: dict[bytes, Any] = {}

    def load(self, data: bytes) -> dict[str, Any]:
        """The record; as ``yaml_text.load``, with the same errors."""
        if _SMALL <= len(data) <= yaml_text.MAX_BYTES and b"\r" not in data:
            # read whole, it may be sound all the same, or its fault has its line
            with suppress(InvalidValue, _OddError):
                return self._joined(data.removesuffix(b"\n"))
        return yaml_text.load(data, self._path)

    def _joined(self, data: bytes) -> dict[str, Any]:
        record: dict[str, Any] = {}
        items: list[Any] | None = None
        for number, piece in enumerate(_CUT.split(data)):
            if piece.startswith(b"- "):
                if items is None:
                    raise _OddError
                items += self._piece(b"x:\n" + piece)
                continue
            field = _FIELD.match(piece)
            if field is None:
                if number or not piece.startswith(b"#") or b"\n" in piece:
                    raise _OddError
                continue  # the first line, by which editors find the schema
            name = field[1].decode()
            if name in record:
                raise _OddError
            items = None
            if field.end() == len(piece):
                record[name] = items = []
            else:
                record[name] = self._piece(b"x" + piece[field.end() - 1 :])
        if [] in record.values():
            raise _OddError  # a field without a value, which is no empty list
        return record

    def _piece(self, text: bytes) -> Any:
        """What stands after the colon, from the text of a mapping with that one field.

        A piece is never changed by those who read it.
        """
        if text not in self._known:
            found = yaml_text.load(text + b"\n", self._path)
            if len(found) != 1:
                raise _OddError
            self._known[text] = found["x"]
        return self._known[text]


class _OddError(Exception):
    """The text is not laid out as the canonical writer does."""
