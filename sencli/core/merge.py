"""Two changes to one record brought together, item by item and never line by line.

What makes two items the same stands in the schema (``x-key``); an order that changed or
an item between two others is no clash. Where both sides changed one field in two ways,
or one took away what the other changed, that is a clash, and people decide.
"""

from __future__ import annotations

from collections.abc import Container
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any
from typing import NamedTuple

from sencli.core.diff import Schema
from sencli.core.diff import diff
from sencli.core.diff import identity
from sencli.core.diff import label
from sencli.core.diff import resolve
from sencli.value import Value

_GONE = object()
_DISPUTED = object()


class Merged(Value):
    """Two versions brought together.

    Attributes:
        record: the result; where they clash it has our side. None is "taken away".
        clashes: the places that were changed in two ways, such as
            ``cycles[y2qf].plan.review_by``.
        sides: what each clash has on our side and on theirs; None is "taken away".
    """

    record: Any
    clashes: tuple[str, ...] = ()
    sides: tuple[tuple[Any, Any], ...] = ()


class Sides(NamedTuple):
    """One place in what both came from, in ours and in theirs."""

    base: object
    ours: object
    theirs: object


class _Merge:
    def __init__(self, root: Schema, theirs_at: Container[str]) -> None:
        self.root = root
        self.theirs_at = theirs_at
        self.clashes: list[str] = []
        self.sides: list[tuple[object, object]] = []

    def value(self, sides: Sides, schema: Schema, at: str) -> object:
        base, ours, theirs = sides
        if (chosen := _undisputed(sides)) is not _DISPUTED:
            return chosen
        schema = resolve(schema, self.root)
        if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
            return self._fields((_mapping(base), ours, theirs), schema, at)
        if isinstance(ours, list) and isinstance(theirs, list):
            before = base if isinstance(base, list) else []
            if "x-key" in schema:
                return self._items((before, ours, theirs), schema, at)
            if not any(isinstance(v, (dict, list)) for v in (*ours, *theirs)):
                return _set(before, ours, theirs)
        self.clashes.append(at)
        self.sides.append((_told(ours), _told(theirs)))
        return theirs if at in self.theirs_at else ours

    def _fields(
        self, sides: tuple[Mapping[str, object], ...], schema: Schema, at: str
    ) -> dict[str, object]:
        properties = schema.get("properties", {})
        merged = {}
        for key in dict.fromkeys([*sides[1], *sides[2]]):
            values = Sides(*(side.get(key, _GONE) for side in sides))
            place = f"{at}.{key}" if at else key
            found = _undisputed(values)
            if found is _DISPUTED:
                found = self.value(_filled(values), properties.get(key, {}), place)
                emptied = found in ([], {}) and _GONE in values
                found = _GONE if emptied else found
            if found is not _GONE:
                merged[key] = found
        return merged

    def _items(
        self, sides: tuple[Sequence[object], ...], schema: Schema, at: str
    ) -> list[object]:
        keys = schema["x-key"]
        keyed = [_keyed(side, keys) for side in sides]
        part = schema.get("items", {})
        merged = []
        for name in _order(list(keyed[1]), list(keyed[2])):
            values = Sides(*(side.get(name, _GONE) for side in keyed))
            found = self.value(values, part, f"{at}[{label(name)}]")
            if found is not _GONE:
                merged.append(found)
        return merged


Name = tuple[Any, ...]


def _same(one: object, two: object) -> bool:
    if one is _GONE or two is _GONE:
        return one is two
    return type(one) is type(two) and one == two


def _told(value: object) -> object:
    return None if value is _GONE else value


def _undisputed(sides: Sides) -> object:
    """The side that counts where at most one of them changed anything."""
    if _same(sides.ours, sides.theirs) or _same(sides.base, sides.theirs):
        return sides.ours
    return sides.theirs if _same(sides.base, sides.ours) else _DISPUTED


def _filled(sides: Sides) -> Sides:
    """A field that is not there is the same as an empty one, where others nest."""
    kinds = {type(side) for side in sides if side is not _GONE}
    if kinds in ({list}, {dict}):
        empty = kinds.pop()
        return Sides(*(empty() if side is _GONE else side for side in sides))
    return sides


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _keyed(items: Sequence[object], keys: Sequence[str]) -> dict[Name, object]:
    """Items by identity; a second of the same identity is numbered."""
    found: dict[Name, object] = {}
    for item in items:
        name = unique = identity(item, keys)
        count = 2
        while unique in found:
            unique = (*name, f"#{count}")
            count += 1
        found[unique] = item
    return found


def _order(ours: list[Name], theirs: list[Name]) -> list[Name]:
    """Our order, with each of their own items after the one it follows there."""
    result = list(ours)
    known = set(ours)
    after: Name | None = None
    for name in theirs:
        if name not in known:
            place = result.index(after) + 1 if after is not None else 0
            result.insert(place, name)
            known.add(name)
        after = name
    return result


def _set(base: list[Any], ours: list[Any], theirs: list[Any]) -> list[Any]:
    """Values that are a set: additions and removals of both sides."""
    kept = [v for v in ours if v in theirs or v not in base]
    return kept + [v for v in theirs if v not in ours and v not in base]


def merge(
    base: Any,
    ours: Any,
    theirs: Any,
    root: Schema,
    theirs_at: Container[str] = (),
) -> Merged:
    """Bring two versions of a record together.

    Args:
        base: what both came from; None where there was nothing.
        ours: one version; None where it was taken away.
        theirs: the other.
        root: the record's schema.
        theirs_at: the clashes that people decided for the other version.
    """
    work = _Merge(root, theirs_at)
    sides = Sides(*(_GONE if side is None else side for side in (base, ours, theirs)))
    record = work.value(sides, root, "")
    clashes, both = tuple(work.clashes), tuple(work.sides)
    return Merged(None if record is _GONE else record, clashes, both)


def merge_from(
    pasts: Sequence[Any],
    ours: Any,
    theirs: Any,
    root: Schema,
    theirs_at: Container[str] = (),
) -> Merged:
    """The same with every version that both came from; mostly there is one."""
    found = [merge(past, ours, theirs, root, theirs_at) for past in pasts]
    if all(one.record == found[0].record for one in found):
        return max(found, key=lambda one: len(one.clashes))
    # two earlier meetings were decided in two ways: people decide again
    record = theirs if "" in theirs_at else ours
    return Merged(record, ("",), ((ours, theirs),))


def decided_against(
    pasts: Sequence[Any], ours: Any, theirs: Any, result: Any, root: Schema
) -> Any:
    """What the result of a merge is to be told against.

    Without a clash that is what the two sides come to by themselves, so that only what
    was decided differs from the result. Where they clash it has the side not chosen.
    """
    plain = merge_from(pasts, ours, theirs, root)
    chosen: set[str] = set()
    nearest = _distance(plain.record, result, root)
    for place in plain.clashes:
        other = merge_from(pasts, ours, theirs, root, {*chosen, place})
        distance = _distance(other.record, result, root)
        if distance < nearest:
            chosen, nearest = {*chosen, place}, distance
    rest = set(plain.clashes) - chosen
    return merge_from(pasts, ours, theirs, root, rest).record


def _distance(one: Any, two: Any, root: Schema) -> int:
    """In how many places two versions differ; one taken away differs from all."""
    return sum(1 for _ in diff(one or {}, two or {}, root)) + (
        (one is None) ^ (two is None)
    )
