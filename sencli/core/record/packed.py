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

    def by_id(self) -> Mapping[str, dict[str, Any]]:
        """The same by their ids: each is unpacked when it is asked for."""
        return _ById({str(record["id"]): at for at, record in enumerate(self)}, self)

    def __getitem__(self, at: int) -> dict[str, Any]:
        return load(self._packed[at])

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (load(packed) for packed in self._packed)


class _ById(Mapping[str, dict[str, Any]]):
    def __init__(self, places: dict[str, int], records: Packed) -> None:
        self._places = places
        self._records = records

    def __getitem__(self, name: str) -> dict[str, Any]:
        return self._records[self._places[name]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def load(packed: bytes) -> dict[str, Any]:
    """One record unpacked."""
    record: dict[str, Any] = json.loads(zlib.decompress(packed))
    return record
