"""The names by which items are pointed to, and what names them."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from typing import Any

from sencli.core.record.diff import Schema
from sencli.core.record.diff import resolve

_NAMES = ("id", "key", "initials")


def names(record: Any, root: Schema) -> set[str]:
    """The names by which items of a record are pointed to."""
    return set(_names(record, root, root))


def _names(value: Any, schema: Schema, root: Schema) -> Iterator[str]:
    schema = resolve(schema, root)
    if isinstance(value, Mapping):
        properties = schema.get("properties", {})
        for key, item in value.items():
            yield from _names(item, properties.get(key, {}), root)
    elif isinstance(value, list):
        key = schema.get("x-key", ("",))[0]
        for item in value:
            if key in _NAMES and isinstance(item, Mapping) and key in item:
                yield str(item[key])
            yield from _names(item, schema.get("items", {}), root)


def values_naming(
    record: Any, wanted: set[str], at: str = ""
) -> Iterator[tuple[str, str]]:
    """(place, name) of every value that is one of the wanted names."""
    if isinstance(record, Mapping):
        for key, item in record.items():
            yield from values_naming(item, wanted, f"{at}.{key}" if at else str(key))
    elif isinstance(record, list):
        for number, item in enumerate(record, 1):
            yield from values_naming(item, wanted, f"{at}[{number}]")
    elif isinstance(record, str) and record in wanted:
        yield at, record
