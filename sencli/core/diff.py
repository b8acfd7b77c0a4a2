"""What changed between two versions of a record, field by field.

Items of a list are matched by what makes them the same (``x-key`` in the schema), so
that a changed order or an item between two others is not a change of all that follows.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli.core.ends import equal_ends
from sencli.value import Value

Schema = Mapping[str, Any]


class Change(Value):
    """One field changed; ``None`` is "was not there" or "is not there"."""

    path: str
    old: Any
    new: Any


def resolve(schema: Schema, root: Schema) -> Schema:
    """A schema with its ``$ref`` followed; its own keywords win."""
    if "$ref" not in schema:
        return schema
    target = root["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    return {**target, **{k: v for k, v in schema.items() if k != "$ref"}}


def identity(item: Any, keys: Sequence[str]) -> tuple[Any, ...]:
    """What makes an item itself: the values of its key fields."""
    if not isinstance(item, dict):
        return (_name(item),)
    return tuple([_name(item.get(key)) for key in keys])


def _name(value: Any) -> Any:
    """A value that can name something; what a hand has muddled does as its text."""
    return str(value) if isinstance(value, dict | list) else value


def label(item_identity: tuple[Any, ...]) -> str:
    """An identity as it stands in a path: ``o8fd``, ``i5tr 2025-09-22``."""
    return " ".join(str(part) for part in item_identity if part is not None)


def diff(old: Any, new: Any, root: Schema) -> list[Change]:
    """Every field that differs, in the order of the new record."""
    return list(_walk(old, new, root, root, ""))


def _walk(
    old: Any, new: Any, schema: Schema, root: Schema, at: str
) -> Iterator[Change]:
    if old is new or old == new:
        return
    schema = resolve(schema, root)
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _fields(old, new, schema, root, at)
    elif _is_items(old, schema) and _is_items(new, schema):
        yield from _items(old or [], new or [], schema, root, at)
    else:
        yield Change(at, old, new)


def _is_items(value: Any, schema: Schema) -> bool:
    return "x-key" in schema and (value is None or isinstance(value, list))


def _fields(
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    schema: Schema,
    root: Schema,
    at: str,
) -> Iterator[Change]:
    properties = schema.get("properties", {})
    for key in [*new, *(k for k in old if k not in new)]:
        before, after = old.get(key), new.get(key)
        if before is not after:
            part = properties.get(key, {})
            yield from _walk(before, after, part, root, f"{at}.{key}" if at else key)


def _keyed(entries: Sequence[Any], keys: Sequence[str]) -> dict[tuple[Any, ...], Any]:
    """Items by identity; a second of the same identity is numbered."""
    found: dict[tuple[Any, ...], Any] = {}
    for item in entries:
        name = identity(item, keys)
        count = 2
        unique = name
        while unique in found:
            unique = (*name, f"#{count}")
            count += 1
        found[unique] = item
    return found


def _middles(
    old: Sequence[Any], new: Sequence[Any], keys: Sequence[str], date: str
) -> tuple[Sequence[Any], Sequence[Any]]:
    """Both lists without what is equal at either end: of a long list that is most."""
    first, last = equal_ends(old, new)
    equal = (*old[:first], *old[len(old) - last :])
    before, after = old[first : len(old) - last], new[first : len(new) - last]
    # items that share a key are told apart by their number among all
    rarest = date if date in keys else keys[0]
    try:
        some = [item[rarest] for item in (*before, *after)]
        near = [item for item in equal if item[rarest] in some]
    except (KeyError, TypeError):
        return old, new  # a hand has put something else among them
    names = {identity(item, keys) for item in (*before, *after)}
    if any(identity(item, keys) in names for item in near):
        return old, new
    return before, after


def _items(
    old: Sequence[Any], new: Sequence[Any], schema: Schema, root: Schema, at: str
) -> Iterator[Change]:
    keys = schema["x-key"]
    old, new = _middles(old, new, keys, schema.get("x-date", ""))
    before, after = _keyed(old, keys), _keyed(new, keys)
    for name in [*after, *(n for n in before if n not in after)]:
        yield from _walk(
            before.get(name),
            after.get(name),
            schema.get("items", {}),
            root,
            f"{at}[{label(name)}]",
        )
