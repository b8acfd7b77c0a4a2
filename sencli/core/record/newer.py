"""Records of a newer version: what their schema adds, and what of them we know.

A later version only ever adds: a field, a list, a value of a closed list. Whatever this
version does not know stays in the record through every change and meeting, and is shown
to nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sencli.core.record.diff import Schema
from sencli.core.record.diff import resolve
from sencli.core.record.merge import merge_from
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.errors import InvalidValue

_NAMED = ("properties", "$defs")
_INNER = ("items", "propertyNames")
_LISTED = ("enum", "anyOf", "oneOf", "allOf")
_GONE = object()
_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "string": str,
    "array": list,
    "object": dict,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
}


def adds(schema: Any, other: Any) -> bool:
    """Whether ``other`` has a field, a part or a value that ``schema`` has not."""
    if not (isinstance(schema, Mapping) and isinstance(other, Mapping)):
        return False
    for key in _NAMED:
        mine, theirs = schema.get(key, {}), other.get(key, {})
        if any(name not in mine or adds(mine[name], theirs[name]) for name in theirs):
            return True
    if any(adds(schema.get(key), other.get(key)) for key in _INNER):
        return True
    return any(
        value not in schema[key]
        for key in _LISTED
        if key in schema
        for value in other.get(key, ())
    )


def joined(schema: Schema, other: Schema) -> dict[str, Any]:
    """One schema with what the other has besides; what both have is as in the first."""
    made = dict(schema)
    for key in _NAMED:
        mine, theirs = schema.get(key, {}), other.get(key, {})
        if mine or theirs:
            made[key] = _named_parts(mine, theirs)
    for key in _INNER:
        if isinstance(schema.get(key), Mapping) and key in other:
            made[key] = joined(schema[key], other[key])
    for key in _LISTED:
        if key in schema:
            more = [v for v in other.get(key, ()) if v not in schema[key]]
            made[key] = [*schema[key], *more]
    return made


def _named_parts(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of both; in the order of the one that has them all, where one has."""
    order = theirs if mine.keys() <= theirs.keys() else mine
    names = dict.fromkeys([*order, *mine, *theirs])
    return {
        name: joined(mine[name], theirs[name])
        if name in mine and name in theirs
        else mine.get(name, theirs.get(name))
        for name in names
    }


def known_part(record: Record, schema: Schema, *, fields: bool = True) -> Record:
    """The record without what the schema does not know; itself where it knows all.

    Args:
        record: as it is written.
        schema: this version's.
        fields: whether unknown fields go too, or only values that nobody can read.
    """
    known = _known_value(record, schema, schema, fields=fields)
    return known if isinstance(known, dict) else record


def _known_value(value: Any, schema: Schema, root: Schema, *, fields: bool) -> Any:
    schema = resolve(schema, root)
    if "enum" in schema and value not in schema["enum"]:
        return _GONE
    kind = _TYPES.get(str(schema.get("type", "")))
    if kind is not None and not isinstance(value, kind):
        return _GONE
    if isinstance(value, dict) and "properties" in schema:
        return _known_fields(value, schema, root, fields=fields)
    if isinstance(value, list) and "items" in schema:
        made = [_known_value(v, schema["items"], root, fields=fields) for v in value]
        same = all(one is two for one, two in zip(made, value, strict=True))
        return value if same else [one for one in made if one is not _GONE]
    return value


def _known_fields(value: Record, schema: Schema, root: Schema, *, fields: bool) -> Any:
    properties = schema["properties"]
    needed = schema.get("required", ())
    top = schema is root
    made = {}
    same = True
    for name, inner in value.items():
        if name not in properties:
            if fields and schema.get("additionalProperties") is False:
                same = False
            else:
                made[name] = inner
            continue
        known = _known_value(inner, properties[name], root, fields=fields)
        if known is _GONE and name in needed and not top:
            return _GONE  # without it nobody could say what this is
        same = same and known is inner
        if known is not _GONE:
            made[name] = known
    return value if same else made


def grafted(part: Entry, changed: Entry, whole: Entry, schema: Schema) -> Record:
    """The whole record with the change that was made to a part of it.

    Args:
        part: what was known of the whole.
        changed: the part after the change.
        whole: as it is written.
        schema: the one that knows all of it.

    Raises:
        InvalidValue: the change would write over what this version cannot read.
    """
    merged = merge_from((part,), changed, whole, schema)
    for place, sides in zip(merged.clashes, merged.sides, strict=True):
        if None not in sides:
            raise InvalidValue(
                f"A newer sencli has written something at {place} that this one cannot "
                "read, so it is not written over.",
                "Bring this computer up to date: pipx upgrade sencli",
            )
    record: Record = merged.record
    return record
