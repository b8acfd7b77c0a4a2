"""The valid part of a school file, to work with despite a mistake."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING
from typing import Any

from sencli.core.record.types import Record
from sencli.errors import SencliError
from sencli.store.records.records import schema_of
from sencli.store.text import schema

if TYPE_CHECKING:
    from collections.abc import Callable

    from sencli.core.record.walk import Path
    from sencli.store.records.records import Records

_ROUNDS = 9  # an item goes once what it must have is gone; nothing lies deeper


def read(
    records: Records, path: str, saved: Callable[[], Records] | None
) -> tuple[Record, bool]:
    """A file of the school without what does not fit; and whether it fits as it is.

    Args:
        records: where it stands.
        path: which file.
        saved: gives where it stood before, for one that cannot be read at all.
    """
    try:
        record = records.read(path)
    except SencliError:
        try:
            return (_part(saved().read(path), path) if saved else {}), False
        except SencliError:
            return {}, False
    if schema.fits(record, schema_of(path)):
        return record, True
    return _part(record, path), False


def _part(record: Record, path: str) -> Record:
    rest = deepcopy(record)
    for _ in range(_ROUNDS):
        faults = schema.faults(rest, schema_of(path))
        # the last first, so that the numbers of those before stay true
        ways = sorted({f.path for f in faults}, key=_order, reverse=True)
        for way in ways:
            _cut(rest, way)
    return rest


def _order(way: Path) -> list[tuple[bool, int, str]]:
    return [(isinstance(s, str), s if isinstance(s, int) else 0, str(s)) for s in way]


def _cut(record: Record, way: Path) -> None:
    """Remove the value at a path, or the item that lacks a needed value."""
    here: tuple[Any, str | int] | None = None
    at: Any = record
    for step in way:
        try:
            inside = at[step]
        except (LookupError, TypeError):
            break
        here, at = (at, step), inside
    if here is not None:
        holder, last = here
        del holder[last]
