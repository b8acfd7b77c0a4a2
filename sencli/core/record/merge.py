"""Merge two changes to one record, item by item, never line by line.

What makes two items the same stands in the schema (``x-key``); an order that changed or
an item between two others is no clash. Where both sides changed one field in two ways,
or one took away what the other changed, that is a clash, and people decide.
"""

from __future__ import annotations

from collections.abc import Container
from collections.abc import Mapping
from collections.abc import Sequence
from types import MappingProxyType
from typing import Any
from typing import NamedTuple

from sencli.core.record.diff import Schema
from sencli.core.record.diff import diff
from sencli.core.record.diff import identity
from sencli.core.record.diff import label
from sencli.core.record.diff import resolve
from sencli.core.record.item_names import names
from sencli.core.record.same_id import Apart
from sencli.core.record.same_id import Ids
from sencli.core.record.same_id import references
from sencli.core.record.same_id import separate_ids
from sencli.core.record.same_id import text_of
from sencli.core.text.ids import ids_in
from sencli.value import Value

_GONE = object()
_DISPUTED = object()
_ORDINAL = "ordinal"


class Merged(Value):
    """Two versions brought together.

    Attributes:
        record: the result; where they clash it has our side. None is "taken away".
        clashes: the places that were changed in two ways, such as
            ``cycles[y2qf].plan.review_by``.
        sides: what each clash has on our side and on theirs; None is "taken away".
        doubles: the clashes of which both sides can stay, such as two sessions.
        ours_new: old and new id of our items whose id the other side had given too.
        theirs_new: the same of theirs.
        kept: ids of items that one side took away, and the other refers to.
    """

    record: Any
    clashes: tuple[str, ...] = ()
    sides: tuple[tuple[Any, Any], ...] = ()
    doubles: tuple[str, ...] = ()
    ours_new: Ids = MappingProxyType({})
    theirs_new: Ids = MappingProxyType({})
    kept: tuple[str, ...] = ()


class Sides(NamedTuple):
    """One place in each version that both came from, in ours and in theirs."""

    bases: tuple[object, ...]
    ours: object
    theirs: object


class Choice(NamedTuple):
    """People's decisions by place of the clash; elsewhere our side wins.

    Attributes:
        theirs: where the other version counts.
        both: where both stay.
    """

    theirs: Container[str] = ()
    both: Container[str] = ()


OURS = Choice()


class _Merge:
    def __init__(self, root: Schema, choice: Choice, wanted: set[str]) -> None:
        self.root = root
        self.choice = choice
        self.wanted = wanted
        self.clashes: list[str] = []
        self.sides: list[tuple[object, object]] = []
        self.doubles: list[str] = []

    def record(self, sides: Sides) -> object:
        """The whole record; two that only share their id are no mixture."""
        if "id" in self.root.get("properties", {}) and _added_twice(sides):
            return self._clash(sides, "")
        return self.value(sides, self.root, "")

    def value(self, sides: Sides, schema: Schema, at: str) -> object:
        bases, ours, theirs = sides
        if (chosen := self._undisputed(sides)) is not _DISPUTED:
            return chosen
        schema = resolve(schema, self.root)
        if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
            return self._fields((*map(_mapping, bases), ours, theirs), schema, at)
        if isinstance(ours, list) and isinstance(theirs, list):
            before = [base if isinstance(base, list) else [] for base in bases]
            if "x-key" in schema:
                return self._items((*before, ours, theirs), schema, at)
            if not any(isinstance(v, (dict, list)) for v in (*ours, *theirs)):
                return _set(before, ours, theirs)
        return self._clash(sides, at)

    def _undisputed(self, sides: Sides) -> object:
        """The side that counts by itself, if it does not take away what is wanted."""
        chosen = _undisputed(sides)
        if self.wanted and chosen is not _DISPUTED:
            gone = {*ids_in(sides.ours), *ids_in(sides.theirs)} - {*ids_in(chosen)}
            return _DISPUTED if gone & self.wanted else chosen
        return chosen

    def _clash(self, sides: Sides, at: str) -> object:
        self.clashes.append(at)
        self.sides.append((_or_none(sides.ours), _or_none(sides.theirs)))
        return sides.theirs if at in self.choice.theirs else sides.ours

    def _fields(
        self, sides: tuple[Mapping[str, object], ...], schema: Schema, at: str
    ) -> dict[str, object]:
        properties = schema.get("properties", {})
        merged = {}
        for key in dict.fromkeys([*sides[-2], *sides[-1]]):
            values = _sides_of(sides, key)
            place = f"{at}.{key}" if at else key
            found = self._undisputed(values)
            if found is _DISPUTED:
                filled = _filled(values)
                found = self.value(filled, properties.get(key, {}), place)
                was_gone = _GONE in (*values.bases, values.ours, values.theirs)
                found = _GONE if found in ([], {}) and was_gone else found
            if found is not _GONE:
                merged[key] = found
        return merged

    def _items(
        self, sides: tuple[Sequence[object], ...], schema: Schema, at: str
    ) -> list[object]:
        keys = schema["x-key"]
        keyed = tuple(_keyed(side, keys) for side in sides)
        part = schema.get("items", {})
        merged = []
        for name in _order(list(keyed[-2]), list(keyed[-1])):
            values = _sides_of(keyed, name)
            place = f"{at}[{label(name)}]"
            if keys[0] == "id" and name[0] in self.wanted and _GONE in values[1:]:
                found = values.theirs if values.ours is _GONE else values.ours
            elif _added_twice(values):
                found = self._added(values, keys, place)
                if place in self.choice.both and _ORDINAL in keys:
                    found, second = _numbered(values, keys, (*sides[-2], *sides[-1]))
                    merged.append(second)
            else:
                found = self.value(values, part, place)
            if found is not _GONE:
                merged.append(found)
        return merged

    def _added(self, sides: Sides, keys: Sequence[str], at: str) -> object:
        """Two additions under one name: never a mixture of the two."""
        ours, theirs = _mapping(sides.ours), _mapping(sides.theirs)
        if _ORDINAL in keys:
            self.doubles.append(at)
        elif ours.items() >= theirs.items():
            return sides.ours
        elif theirs.items() >= ours.items():
            return sides.theirs
        return self._clash(sides, at)


Name = tuple[Any, ...]


def _same(one: object, two: object) -> bool:
    if one is _GONE or two is _GONE:
        return one is two
    return type(one) is type(two) and one == two


def _or_none(value: object) -> object:
    return None if value is _GONE else value


def _undisputed(sides: Sides) -> object:
    """The side that counts where at most one of them changed anything."""
    if _same(sides.ours, sides.theirs) or _is_base(sides, sides.theirs):
        return sides.ours
    return sides.theirs if _is_base(sides, sides.ours) else _DISPUTED


def _is_base(sides: Sides, value: object) -> bool:
    return all(_same(base, value) for base in sides.bases)


def _added_twice(sides: Sides) -> bool:
    """Whether both have an item that neither came from, and not the same."""
    both = isinstance(sides.ours, Mapping) and isinstance(sides.theirs, Mapping)
    new = both and all(base is _GONE for base in sides.bases)
    return new and not _same(sides.ours, sides.theirs)


def _sides_of(sides: Sequence[Mapping[Any, object]], name: object) -> Sides:
    *bases, ours, theirs = (side.get(name, _GONE) for side in sides)
    return Sides(tuple(bases), ours, theirs)


def _numbered(
    sides: Sides, keys: Sequence[str], everything: Sequence[object]
) -> tuple[object, object]:
    """Two items of one day, the second with the next number that is free."""
    first, second = sorted((sides.ours, sides.theirs), key=text_of)
    others = [key for key in keys if key != _ORDINAL]
    name = identity(second, others)
    used = [
        item.get(_ORDINAL, 1)
        for item in everything
        if isinstance(item, Mapping) and identity(item, others) == name
    ]
    number = max((n for n in used if isinstance(n, int)), default=1) + 1
    return first, {**_mapping(second), _ORDINAL: number}


def _filled(sides: Sides) -> Sides:
    """A field that is not there is the same as an empty one, where others nest."""
    everything = (*sides.bases, sides.ours, sides.theirs)
    kinds = {type(side) for side in everything if side is not _GONE}
    if kinds in ({list}, {dict}):
        empty = kinds.pop()
        *bases, ours, theirs = (e if e is not _GONE else empty() for e in everything)
        return Sides(tuple(bases), ours, theirs)
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


def _set(bases: Sequence[list[Any]], ours: list[Any], theirs: list[Any]) -> list[Any]:
    """Values that are a set: additions and removals of both sides."""

    def known(value: object) -> bool:
        return all(value in base for base in bases)

    kept = [v for v in ours if v in theirs or not known(v)]
    return kept + [v for v in theirs if v not in ours and not known(v)]


def merge(
    base: Any, ours: Any, theirs: Any, root: Schema, choice: Choice = OURS
) -> Merged:
    """Bring two versions of a record together, each item by its identity.

    Args:
        base: what both came from; None where there was nothing.
        ours: one version; None where it was taken away.
        theirs: the other.
        root: the record's schema.
        choice: what people decided.
    """
    return _merged(Apart((base,), ours, theirs, {}, {}), root, choice)


def merge_from(
    pasts: Sequence[Any], ours: Any, theirs: Any, root: Schema, choice: Choice = OURS
) -> Merged:
    """Bring together what two computers made of a record.

    Items that both gave one id by chance are told apart first. One that was taken away
    on one side stays where the other side refers to it.

    Args:
        pasts: every version that both came from; mostly there is one.
        ours: one version; None where it was taken away.
        theirs: the other.
        root: the record's schema.
        choice: what people decided.
    """
    apart = separate_ids(pasts, ours, theirs, root)
    found = _merged(apart, root, choice)
    wanted = (references(found.record, root) - names(found.record, root)) & (
        names(apart.ours, root) | names(apart.theirs, root)
    )
    return _merged(apart, root, choice, wanted) if wanted else found


def _merged(
    apart: Apart, root: Schema, choice: Choice, wanted: set[str] | None = None
) -> Merged:
    work = _Merge(root, choice, wanted or set())
    *bases, ours, theirs = (
        _GONE if side is None else side
        for side in (*apart.pasts, apart.ours, apart.theirs)
    )
    record = work.record(Sides(tuple(bases), ours, theirs))
    return Merged(
        None if record is _GONE else record,
        tuple(work.clashes),
        tuple(work.sides),
        tuple(work.doubles),
        apart.ours_new,
        apart.theirs_new,
        tuple(sorted(wanted or ())),
    )


def common_past(
    pasts: Sequence[Any], one: Any, two: Any, root: Schema
) -> tuple[Any, ...]:
    """The common ancestor of two versions that have several.

    Where they were decided in two ways there are two of it, so that a later meeting
    asks there, and only there.

    Args:
        pasts: what the two came from.
        one: a version.
        two: the other.
        root: the record's schema.
    """
    first = merge_from(pasts, one, two, root)
    if not first.clashes:
        return (first.record,)
    second = merge_from(pasts, one, two, root, Choice(theirs=first.clashes))
    return first.record, second.record


def decided_against(
    pasts: Sequence[Any], ours: Any, theirs: Any, result: Any, root: Schema
) -> Any:
    """The version to compare the result of a merge with.

    Without a clash that is what the two sides come to by themselves, so that only what
    was decided differs from the result. Where they clash it has the side not chosen.
    """
    plain = merge_from(pasts, ours, theirs, root)
    chosen: set[str] = set()
    nearest = _distance(plain.record, result, root)
    for place in plain.clashes:
        other = merge_from(pasts, ours, theirs, root, Choice({*chosen, place}))
        distance = _distance(other.record, result, root)
        if distance < nearest:
            chosen, nearest = {*chosen, place}, distance
    rest = set(plain.clashes) - chosen
    return merge_from(pasts, ours, theirs, root, Choice(rest)).record


def _distance(one: Any, two: Any, root: Schema) -> int:
    """In how many places two versions differ; one taken away differs from all."""
    return sum(1 for _ in diff(one or {}, two or {}, root)) + (
        (one is None) ^ (two is None)
    )
