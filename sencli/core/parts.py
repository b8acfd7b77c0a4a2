"""A change of a whole part taken apart: into items and fields, or into fields alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from sencli.core.diff import Change
from sencli.core.diff import Schema
from sencli.core.diff import identity
from sencli.core.diff import label
from sencli.core.diff import resolve

_STEP = re.compile(r"([A-Za-z0-9_]+)(?:\[(.*?)\](?=\.[a-z]|$))?(?:\.|$)")


@lru_cache(maxsize=16)
def steps(path: str) -> tuple[tuple[str, str | None], ...]:
    """``cycles[y2qf].plan`` as ``(("cycles", "y2qf"), ("plan", None))``."""
    return tuple([(m[1], m[2]) for m in _STEP.finditer(path)])


def schema_at(path: str, root: Schema) -> Schema:
    """The schema of what stands at a path."""
    schema: Schema = root
    for name, item in steps(path):
        schema = resolve(schema.get("properties", {}).get(name, {}), root)
        if item is not None:
            schema = resolve(schema.get("items", {}), root)
    return schema


def parts(change: Change, root: Schema) -> Iterator[Change]:
    """A part that came or went (a plan, a cycle) as its fields and whole items."""
    yield from _apart(change, schema_at(change.path, root), root, whole=True)


def fields(change: Change, root: Schema) -> Iterator[Change]:
    """A change as changes of single fields, also within items."""
    yield from _apart(change, schema_at(change.path, root), root, whole=False)


def _apart(
    change: Change, schema: Schema, root: Schema, *, whole: bool
) -> Iterator[Change]:
    schema = resolve(schema, root)
    value = change.new if change.old is None else change.old
    if None not in (change.old, change.new) or not _divides(value, schema):
        yield change
        return
    if isinstance(value, dict):
        if whole and _is_item(change.path) and schema.get("title") != "Cycle":
            yield change
            return
        for name, child in value.items():
            part = schema.get("properties", {}).get(name, {})
            inner = _with(change, f"{change.path}.{name}", child)
            yield from _apart(inner, part, root, whole=whole)
        return
    for child in value:
        place = f"{change.path}[{label(identity(child, schema['x-key']))}]"
        inner = _with(change, place, child)
        yield from _apart(inner, schema.get("items", {}), root, whole=whole)


def _divides(value: Any, schema: Schema) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and "x-key" in schema)


def _is_item(path: str) -> bool:
    return path.endswith("]")


def _with(change: Change, path: str, value: Any) -> Change:
    return (
        Change(path, None, value) if change.old is None else Change(path, value, None)
    )
