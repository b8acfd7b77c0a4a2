"""Versions of one file, each piece of their text parsed once.

Two versions that follow each other differ in a line or two. A record's text is cut
where its fields and the items of its lists begin, and what is long is cut again within,
down to single entries. A piece that was seen before is not parsed again, and what
stands before and after a change is not even cut again. What cannot be cut that way
(text by another hand) is read whole.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from bisect import bisect_right
from contextlib import suppress
from functools import lru_cache
from typing import Any

from sencli.core.record.diff import equal_ends
from sencli.errors import InvalidValue
from sencli.store.text import load

# Cutting pays for itself from here on: of a file, and of a piece of it.
_SMALL = 2_000
_SHORT = 400
# Canonical records are not indented further; what is might be without end.
_DEEP = 12
# No name of a field is longer, so that this far behind a cut nothing bears on it.
_NAME = 60
_BEARS = 80
# Stands for the value of a field whose line ends with its colon: items follow.
_ITEMS = object()
_NEW_LINE = ord("\n")


@lru_cache(maxsize=_DEEP)
def _border(indent: int) -> re.Pattern[bytes]:
    """Where a line so far in begins a field, or an item of a field's list."""
    return re.compile(rb"\n(?= {%d}(?:[a-z_]{1,%d}:(?:[ \n]|\Z)|- ))" % (indent, _NAME))


@lru_cache(maxsize=_DEEP)
def _field(indent: int) -> re.Pattern[bytes]:
    """A field's name and its colon, so far in."""
    return re.compile(rb" {%d}([a-z_]{1,%d}):(?=[ \n]|\Z)" % (indent, _NAME))


def _borders(data: bytes, indent: int, scan: int, until: int, end: int) -> list[int]:
    """Where pieces begin behind a border that lies between the two places."""
    found = _border(indent).finditer(data, scan, min(end, until + _BEARS))
    return [border.end() for border in found if border.start() < until]


class _Cut:
    """A text cut at one depth.

    Args:
        data: the text.
        indent: how far in its fields stand.
        before: the same place of another version, or None.
        likely: how much of the two may be equal, at the beginning and at the end.

    Attributes:
        ends: how much of the two is equal there.
        starts: where each piece begins.
        said: a field's name and value, or an item; None where it is to be read.
        fields: which of the pieces are fields.
        pieces: those that are to be read, one after the other.
        fresh: the number of the first of these.
        record: what all say together, once they are joined.
    """

    def __init__(
        self, data: bytes, indent: int, before: _Cut | None, likely: tuple[int, int]
    ) -> None:
        self.data = data
        self.record: dict[str, Any] = {}
        self.ends = 0, 0
        self.starts: list[int]
        self.said: list[Any]
        self.fields: list[int]
        head, tail, moved = 0, 0, 0
        old: tuple[list[int], list[Any], list[int]] = ([], [], [])
        begin, end = 0, len(data)
        # between these, borders may be where none were
        scan, until = 0, len(data)
        if before is not None:
            old = (before.starts, before.said, before.fields)
            moved = len(data) - len(before.data)
            self.ends = first, last = equal_ends(before.data, data, likely)
            head = max(0, bisect_right(old[0], first - _BEARS) - 1)
            tail = max(head, bisect_left(old[0], len(before.data) - last + 1))
            begin = old[0][head]
            end = old[0][tail] + moved - 1 if tail < len(old[0]) else len(data)
            scan, until = max(begin, first - _BEARS), len(data) - last + 1
        starts = [begin, *_borders(data, indent, scan, min(until, end), end)]
        ends = [*(n - 1 for n in starts[1:]), end]
        self.pieces = [data[a:b] for a, b in zip(starts, ends, strict=True)]
        fields = [
            number
            for number, piece in enumerate(self.pieces, head)
            if not piece.startswith(b"- ", indent)
        ]
        more = head + len(starts) - tail
        self.fresh = head
        self.starts = [*old[0][:head], *starts, *[n + moved for n in old[0][tail:]]]
        self.said = [*old[1][:head], *[None] * len(starts), *old[1][tail:]]
        self.fields = [
            *old[2][: bisect_left(old[2], head)],
            *fields,
            *[n + more for n in old[2][bisect_left(old[2], tail) :]],
        ]

    def joined(self, before: _Cut | None) -> dict[str, Any]:
        """The fields, now that all is read; a list as long as it stays the same one."""
        old = before.record if before is not None else {}
        after = self.fresh + len(self.pieces)
        ends = [*self.fields[1:], len(self.said)]
        if self.fields[:1] != [0]:
            raise _OddError
        for number, end in zip(self.fields, ends, strict=True):
            name, value = self.said[number]
            if name in self.record:
                raise _OddError
            if end <= self.fresh or number >= after:
                self.record[name] = old[name]
                continue
            items = self.said[number + 1 : end]
            # without a value (which is no empty list), or items of nothing
            if bool(items) != (value is _ITEMS):
                raise _OddError
            self.record[name] = items or value
        return self.record


class Pieces:
    """Reads one version after another; what they share is the same object in all.

    Args:
        path: the file, for messages.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._fields: dict[bytes, tuple[str, Any]] = {}
        self._items: dict[bytes, Any] = {}
        self._cuts: dict[tuple[int, bytes], _Cut] = {}
        # between which places of the text the change lies, as the first cut found it
        self._changed = 0, 0

    def load(self, data: bytes) -> dict[str, Any]:
        """The record; as ``yaml_text.load``, with the same errors."""
        if _SMALL <= len(data) <= load.MAX_BYTES and b"\r" not in data:
            body = data.removesuffix(b"\n")
            if body.startswith(b"#"):
                # the first line, by which editors find the schema
                body = body.partition(b"\n")[2]
            # read whole, it may be sound all the same, or its fault has its line
            if _field(0).match(body):
                with suppress(InvalidValue, _OddError):
                    return self._mapping(body, 0, 0)
        return load.load(data, self._path)

    def _mapping(self, data: bytes, indent: int, at: int) -> dict[str, Any]:
        """The fields whose names stand so far in; none of them is ever changed.

        Args:
            data: the piece of the text that holds them.
            indent: how far in.
            at: where in the text the piece begins.

        The caller has seen the first of them: a piece that another place knows, further
        in, would be taken for it.
        """
        place = indent, data[: data.find(b"\n")]
        before = self._cuts.get(place)
        if before is not None and before.data == data:
            return before.record
        begin, end = self._changed
        cut = _Cut(data, indent, before, (begin - at, at + len(data) - end))
        if not indent:
            self._changed = cut.ends[0], len(data) - cut.ends[1]
        for number, piece in enumerate(cut.pieces, cut.fresh):
            if piece.startswith(b"- ", indent):
                item = self._items.get(piece)
                if item is None:
                    item = self._item(piece, indent, at + cut.starts[number])
                cut.said[number] = item
            else:
                known = self._fields.get(piece)
                cut.said[number] = known or self._named(
                    piece, indent, at + cut.starts[number]
                )
        record = cut.joined(before)
        self._cuts[place] = cut
        return record

    def _named(self, piece: bytes, indent: int, at: int) -> tuple[str, Any]:
        """A field's name and value."""
        start = _field(indent).match(piece)
        if start is None:
            raise _OddError
        name, end = start[1].decode(), start.end()
        if end == len(piece):
            return name, _ITEMS
        if piece[end] == _NEW_LINE and self._is_block(piece, end + 1, indent + 2):
            return name, self._mapping(piece[end + 1 :], indent + 2, at + end + 1)
        found = load.load(piece + b"\n", self._path)
        if [*found] != [name]:
            raise _OddError
        self._fields[piece] = name, found[name]
        return name, found[name]

    def _item(self, piece: bytes, indent: int, at: int) -> Any:
        """An item of a list, its dash so far in."""
        block = b"  " + piece[:indent] + piece[indent + 2 :]
        if self._is_block(block, 0, indent + 2):
            return self._mapping(block, indent + 2, at)
        found = load.load(b"x:\n" + piece + b"\n", self._path)["x"]
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


class _OddError(Exception):
    """The text is not laid out as the canonical writer does."""
