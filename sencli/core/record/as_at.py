"""A record as at a day: entries dated later are dropped.

The schema names the date that governs an item (``x-date``), and marks a date on which
something else happened to it (``x-event``, with the fields that came with it): advice
stays, and its answer of the week after goes. Dates to come (review by, until) stay.

This is the first of the two clocks (when things happened); the second (when they were
recorded) is the commit's.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from typing import Any

from sencli.core.record.diff import Schema
from sencli.core.record.diff import resolve


def as_at(record: Mapping[str, Any], day: str, root: Schema) -> dict[str, Any]:
    """A copy of the record with what is dated after the day left out.

    A cycle of which nothing had happened by the day is left out whole.
    """
    kept: dict[str, Any] = _keep(record, root, root, day)
    if "cycles" in kept:
        kept["cycles"] = [c for c in kept["cycles"] if begun(c)]
    if record.get("roll") and not kept["roll"]:
        # an empty roll means on roll: who comes later must not seem to be here
        kept["roll"] = list(record["roll"][:1])
    return kept


def begun(cycle: Mapping[str, Any]) -> bool:
    """Whether any part of a cycle is there."""
    return any(part in cycle for part in ("assess", "plan", "review", "closed"))


def _later(value: Any, schema: Schema, day: str) -> bool:
    """Whether an item's governing date comes after the day; undated items stay."""
    governing = schema.get("x-date")
    if governing is None or not isinstance(value, Mapping):
        return False
    return str(value.get(governing, "")) > day


def _not_yet(value: Mapping[str, Any], properties: Schema, day: str) -> Iterator[str]:
    """The fields of what had not happened to an item by the day."""
    for key, child in value.items():
        came_with = properties.get(key, {}).get("x-event")
        if came_with is not None and isinstance(child, str) and child > day:
            yield key
            yield from came_with


def _keep(value: Any, schema: Schema, root: Schema, day: str) -> Any:
    schema = resolve(schema, root)
    if isinstance(value, Mapping):
        properties = schema.get("properties", {})
        gone = set(_not_yet(value, properties, day))
        kept = {}
        for key, child in value.items():
            part = resolve(properties.get(key, {}), root)
            if key in gone or (isinstance(child, Mapping) and _later(child, part, day)):
                continue
            if isinstance(child, list) and "x-event" in properties.get(key, {}):
                kept[key] = [event for event in child if event <= day]
                continue
            kept[key] = _keep(child, part, root, day)
        return kept
    if isinstance(value, list):
        items = schema.get("items", {})
        dated = {"x-date": schema.get("x-date")}
        return [_keep(v, items, root, day) for v in value if not _later(v, dated, day)]
    return value
