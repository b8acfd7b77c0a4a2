"""Duplicates: an id used twice, two entries with the same key."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from sencli.core.record.diff import label
from sencli.core.record.diff import resolve
from sencli.core.record.walk import Entries
from sencli.core.record.walk import Entry
from sencli.core.record.walk import Fault
from sencli.core.record.walk import Path


class Keys:
    """The part of a schema that says what makes items themselves.

    Attributes:
        own: the key fields of the items, for a list; () for all else.
        fields: the fields that hold such lists, by name.
        items: the same for each item of a list.
    """

    def __init__(self, own: tuple[str, ...] = ()) -> None:
        self.own = own
        self.fields: dict[str, Keys] = {}
        self.items: Keys | None = None


def keys_of(root: Mapping[str, Any]) -> Keys:
    """The key fields of each list, from ``x-key`` in a schema."""
    return _keys(root, root) or Keys()


def _keys(schema: Mapping[str, Any], root: Mapping[str, Any]) -> Keys | None:
    schema = resolve(schema, root)
    found = Keys(tuple(schema.get("x-key", ())))
    for name, part in schema.get("properties", {}).items():
        if inner := _keys(part, root):
            found.fields[name] = inner
    if "items" in schema:
        found.items = _keys(schema["items"], root)
    return found if found.own or found.fields or found.items else None


def double_faults(record: Entry, keys: Keys) -> list[Fault]:
    """Faults for items of a list that have the same key."""
    return [*_same_key(record, keys, ())]


def _same_key(value: object, keys: Keys, at: Path) -> Iterator[Fault]:
    if isinstance(value, dict):
        for name, inner in keys.fields.items():
            if name in value:
                yield from _same_key(value[name], inner, (*at, name))
    elif isinstance(value, list):
        if keys.own:
            yield from _twice(value, keys.own, at)
        if keys.items:
            for number, item in enumerate(value):
                yield from _same_key(item, keys.items, (*at, number))


def _twice(items: Sequence[Entry], own: tuple[str, ...], at: Path) -> Iterator[Fault]:
    if len(items) == 1 or _plainly_apart(items, own):
        return
    known = [tuple(map(item.get, own)) for item in items]
    for number, identity in enumerate(known):
        if identity in known[:number]:
            yield _double((*at, number), own, identity)


def _plainly_apart(items: Sequence[Entry], own: tuple[str, ...]) -> bool:
    """Whether the first two key fields alone are unique; quick for long logs."""
    try:
        return len(set(map(itemgetter(*own[:2]), items))) == len(items)
    except KeyError:
        return False


def _double(path: Path, own: tuple[str, ...], identity: tuple[Any, ...]) -> Fault:
    named = ", ".join(key for key, part in zip(own, identity, strict=True) if part)
    which = f"the same {named} ({label(identity)})" if named else f"no {own[0]}"
    mend = "Delete one, or put right what makes them different."
    if "ordinal" in own:
        mend = "Delete one, or write in the later one: ordinal: 2"
    return Fault(path, f"two entries of {path[-2]} have {which}", mend, "id")


def id_faults(found: Entries) -> list[Fault]:
    """Ids used in two lists; within one list its key decides.

    Args:
        found: the entries of a record.
    """
    faults = []
    seen: dict[str, Path] = {}
    for path, entry in found:
        known = entry.get("id")
        if not isinstance(known, str):
            continue
        home = path[:-1]
        if seen.setdefault(known, home) != home:
            message = f"the id {known} is used for two things"
            mend = "Give one of them another id, and change what refers to it."
            faults.append(Fault((*path, "id"), message, mend, "id"))
    return faults
