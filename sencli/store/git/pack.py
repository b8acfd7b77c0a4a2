"""Write many objects as one pack, with similar trees as deltas.

A school's list of pupils is rewritten once for each commit: whole, that would be
gigabytes; as differences it is a few bytes each.
"""

from __future__ import annotations

import hashlib
import zlib
from typing import TYPE_CHECKING

from sencli.core.record.diff import equal_ends
from sencli.store.git import objects

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEEPEST = 40  # git follows differences upon differences, each one a step
_WORTH = 200  # bytes from which a difference is worth it
_COPY = 0xFFFF
_INSERT = 0x7F
_DIFFERENCE = 7


class Packer:
    """Objects in the making."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._depth: dict[str, int] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._depth

    def add(
        self, kind: bytes, data: bytes, near: tuple[str, bytes] | None = None
    ) -> str:
        """Pack an object; its name.

        Args:
            kind: commit, tree, blob or tag.
            data: its content.
            near: name and content of one in this pack that hardly differs.
        """
        name = objects.oid(kind, data)
        if name in self._depth:
            return name
        depth = self._depth.get(near[0], _DEEPEST) + 1 if near else 0
        if near is None or depth > _DEEPEST or len(data) < _WORTH:
            depth = 0
            head = objects.entry_head(objects.KINDS[kind], len(data))
            self._parts += [head, zlib.compress(data, 1)]
        else:
            told = difference(near[1], data)
            head = objects.entry_head(_DIFFERENCE, len(told))
            self._parts += [head, bytes.fromhex(near[0]), zlib.compress(told, 1)]
        self._depth[name] = depth
        return name

    def stream(self) -> Iterator[bytes]:
        """The pack, in pieces."""
        head = b"PACK" + (2).to_bytes(4, "big") + len(self._depth).to_bytes(4, "big")
        sum_of = hashlib.sha1(head, usedforsecurity=False)
        yield head
        for part in self._parts:
            sum_of.update(part)
            yield part
        yield sum_of.digest()


def difference(old: bytes, new: bytes) -> bytes:
    """How git gets from one content to the other, where they differ in one place."""
    start, end = equal_ends(old, new)
    middle = new[start : len(new) - end]
    parts = [_size(len(old)), _size(len(new)), *_copies(0, start)]
    for at in range(0, len(middle), _INSERT):
        piece = middle[at : at + _INSERT]
        parts += [bytes((len(piece),)), piece]
    return b"".join((*parts, *_copies(len(old) - end, end)))


def _size(number: int) -> bytes:
    out = bytearray()
    while number > _INSERT:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes((*out, number))


def _copies(at: int, size: int) -> Iterator[bytes]:
    """The orders to copy that many bytes from there."""
    while size:
        now = min(size, _COPY)
        numbers = [*at.to_bytes(4, "little"), *now.to_bytes(2, "little")]
        order = 0x80 | sum(1 << place for place, byte in enumerate(numbers) if byte)
        yield bytes((order, *(byte for byte in numbers if byte)))
        at, size = at + now, size - now
