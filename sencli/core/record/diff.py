"""What changed between two versions of a record, field by field.

Items of a list are matched by what makes them the same (``x-key`` in the schema), so
that a changed order or an item between two others is not a change of all that follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sencli.core.record.types import Entry
from sencli.value import Value


def equal_ends(one: Sequence[Any], other: Sequence[Any]) -> tuple[int, int]:
    """How many items, or bytes, are equal at the beginning, and of the rest at the end.

    Equal pieces are compared much faster than item after item.

    Args:
        one: the one.
        other: the other.
    """
    most = min(len(one), len(other))
    first, high = 0, most
    while first < high:
        middle = (first + high + 1) // 2
        if one[first:middle] == other[first:middle]:
            first = middle
        else:
            high = middle - 1
    last, high = 0, most - first
    while last < high:
        middle = (last + high + 1) // 2
        piece = slice(-middle, -last or None)
        if one[piece] == other[piece]:
            last = middle
        else:
            high = middle - 1
    return first, last


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
    """An item's identity: the values of its key fields."""
    if not isinstance(item, dict):
        return (_name(item),)
    return tuple([_name(item.get(key)) for key in keys])


def _name(value: Any) -> Any:
    """A value that can name something; what a hand has muddled does as its text."""
    return str(value) if isinstance(value, dict | list) else value


def label(item_identity: tuple[Any, ...]) -> str:
    """An identity as written in a path: ``o8fd``, ``i5tr 2025-09-22``."""
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


_STEP = re.compile(r"([A-Za-z0-9_]+)(?:\[(.*?)\](?=\.[a-z]|$))?(?:\.|$)")


@lru_cache(maxsize=16)
def steps(path: str) -> tuple[tuple[str, str | None], ...]:
    """``cycles[y2qf].plan`` as ``(("cycles", "y2qf"), ("plan", None))``."""
    return tuple([(m[1], m[2]) for m in _STEP.finditer(path)])


def schema_at(path: str, root: Schema) -> Schema:
    """The schema of the value at a path."""
    schema: Schema = root
    for name, item in steps(path):
        schema = resolve(schema.get("properties", {}).get(name, {}), root)
        if item is not None:
            schema = resolve(schema.get("items", {}), root)
    return schema


def expand(change: Change, root: Schema) -> Iterator[Change]:
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


# Each entry's own: its bounds, why it was decided and who was told.
_OWN = ("from", "until", "reason", "decided_by", "told")
# The verb's own sentence gives old and new; and each stay on the roll stands alone.
_SAID = ("placements", "roll")


def renewed(changes: Sequence[Change], old: Entry, root: Schema) -> Iterator[Change]:
    """Field by field what each new dated entry changes of the one before it.

    Args:
        changes: what a command changed.
        old: the record before.
        root: its schema.
    """
    for change in changes:
        if change.old is not None or not isinstance(change.new, Mapping):
            continue
        if change.path.startswith(_SAID):
            continue
        before = _before(change, old, root)
        if before is None:
            continue
        gone = () if _kept(change) else (n for n in before if n not in change.new)
        for name in [*change.new, *gone]:
            was, now = before.get(name), change.new.get(name)
            if was != now and name not in _OWN:
                yield Change(f"{change.path}.{name}", was, now)


def _before(change: Change, old: Entry, root: Schema) -> Entry | None:
    """The newest older entry of what the new one is about."""
    value: Any = old
    schema = root
    way = list(steps(change.path))
    for place, (name, item) in enumerate(way):
        schema = resolve(schema.get("properties", {}).get(name, {}), root)
        value = value.get(name) if isinstance(value, Mapping) else None
        if item is None:
            continue
        keys = schema.get("x-key", ())
        listed = [e for e in value or () if isinstance(e, Mapping)]
        if place == len(way) - 1:
            return _newest(listed, change, keys)
        value = next((e for e in listed if label(identity(e, keys)) == item), None)
        schema = resolve(schema.get("items", {}), root)
    return None


def _kept(change: Change) -> bool:
    """Whether what the new entry does not name stays as it was: an amount's does."""
    return ".dose[" in change.path


def _newest(
    listed: Sequence[Entry], change: Change, keys: Sequence[str]
) -> Entry | None:
    if "from" not in keys:
        return None
    # who holds which role is one thing, though the role is part of its name
    rest = [k for k in keys if k != "from" and ".roles[" not in change.path]
    began = change.new.get("from", "")
    same = sorted(
        (
            e
            for e in listed
            if identity(e, rest) == identity(change.new, rest)
            and e.get("from", "") < began
        ),
        key=lambda e: str(e.get("from", "")),
    )
    if not same:
        return None
    if not _kept(change):
        return same[-1]
    return {name: value for entry in same for name, value in entry.items()}
