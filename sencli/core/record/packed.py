"""A whole school's records held compressed in memory."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from typing import Any


class Packed(Iterable[dict[str, Any]]):
    """Can be gone through again and again; who does must not hold on to them all.

    Args:
        records: plain data, as a reader of YAML gives it.
    """

    def __init__(self, records: Iterable[Mapping[str, Any]]) -> None:
        texts = (json.dumps(record).encode() for record in records)
        self._packed = [zlib.compress(text, 1) for text in texts]

    def __len__(self) -> int:
        return len(self._packed)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (load(packed) for packed in self._packed)


def load(packed: bytes) -> dict[str, Any]:
    """One record unpacked."""
    record: dict[str, Any] = json.loads(zlib.decompress(packed))
    return record
