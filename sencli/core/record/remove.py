"""Remove an item from a record, and find references to it."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli.core.record import lookup
from sencli.core.record.act import Act
from sencli.core.record.diff import Schema
from sencli.core.record.diff import resolve
from sencli.core.record.items import Place
from sencli.core.record.items import Steps
from sencli.core.record.items import items
from sencli.core.record.items import the_item
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.record.wording import quoted
from sencli.core.record.wording import worded
from sencli.errors import InvalidValue
from sencli.value import Value

_KEPT = ("schema", "id", "first_name")


class Pointer(Value):
    """A reference to an item: its place, and what to do if the item is removed.

    Attributes:
        steps: the way to the value.
        inside: the innermost item that holds it.
        needed: its item cannot be without it, so it goes as a whole.
    """

    steps: Steps
    inside: Place | None
    needed: bool


def remove(
    record: Record, typed: str, root: Schema, *, with_references: bool = False
) -> Act:
    """Take out an item, or a single field.

    Raises:
        NotFound: nothing fits what was typed.
        InvalidValue: something else refers to it, or a record cannot be without it.
    """
    place = the_item(record, typed, root)
    _refuse_needed(place, root)
    found = pointers(record, place, root)
    if found and not with_references:
        said = "".join(
            f"\n  {text}" for text in dict.fromkeys(_pointer_words(found, record))
        )
        raise InvalidValue(
            f"{_place_words(place, record)} is referred to by:{said}",
            "Take those out first, or all of it at once: sen remove "
            f"{record['id']} {_place_label(place)} --with-references",
        )
    new = without(record, [place.steps, *_removed(found)])
    more = f", and {len(found)} references to it" if found else ""
    said = f"Removed from the record of {lookup.display_name(record)}: "
    said += f"{_place_words(place, record)}{more}."
    return Act(new, said, {"removed": place.path}, (), _trailers(place))


def pointers(record: Entry, place: Place, root: Schema) -> list[Pointer]:
    """Everything outside an item that names it or an item within it."""
    gone = {
        p.value["id"]
        for p in items(record, root)
        if p.steps[: len(place.steps)] == place.steps
        and isinstance(p.value, Mapping)
        and "id" in p.value
    }
    # another entry of the same item (a need that changed rank) still answers to the id
    gone -= {
        p.value["id"]
        for p in items(record, root)
        if p.steps[: len(place.steps)] != place.steps
        and isinstance(p.value, Mapping)
        and "id" in p.value
    }
    if not gone:
        return []
    found = _pointers(record, root, root, (), None, gone)
    return [p for p in found if p.steps[: len(place.steps)] != place.steps]


def _pointers(
    value: Any,
    schema: Schema,
    root: Schema,
    steps: Steps,
    inside: Place | None,
    gone: set[str],
) -> Iterator[Pointer]:
    schema = resolve(schema, root)
    if isinstance(value, Mapping):
        required = schema.get("required", ())
        for name, child in value.items():
            part = schema.get("properties", {}).get(name, {})
            way = (*steps, name)
            if isinstance(child, str):
                if child in gone and name not in {"id", "path"}:
                    yield Pointer(way, inside, name in required)
            else:
                yield from _pointers(child, part, root, way, inside, gone)
    elif isinstance(value, list):
        part = resolve(schema.get("items", {}), root)
        for number, child in enumerate(value):
            way = (*steps, number)
            if isinstance(child, str):
                if child in gone:
                    yield Pointer(way, inside, needed=False)
                continue
            own = Place("", way, child, "", str(part.get("title", "")))
            holder = own if "x-key" in schema else inside
            yield from _pointers(child, part, root, way, holder, gone)


def _removed(found: Sequence[Pointer]) -> list[Steps]:
    """What is removed with an item: the field, or the whole item that requires it."""
    return [
        p.inside.steps if p.needed and p.inside is not None else p.steps for p in found
    ]


def without(record: Record, ways: Sequence[Steps]) -> Record:
    """A copy of the record without the values at these paths and emptied parents."""
    wanted = set(ways)
    made: Record = _copy(record, (), wanted)
    return made


def _copy(value: Any, steps: Steps, gone: set[Steps]) -> Any:
    if isinstance(value, Mapping):
        made = {}
        for name, child in value.items():
            way = (*steps, name)
            if way in gone:
                continue
            kept = _copy(child, way, gone)
            # what became empty by this goes; what was empty before stays
            if kept or kept == child or not isinstance(kept, (dict, list)):
                made[name] = kept
        return made
    if isinstance(value, list):
        return [
            _copy(child, (*steps, number), gone)
            for number, child in enumerate(value)
            if (*steps, number) not in gone
        ]
    return value


def _refuse_needed(place: Place, root: Schema) -> None:
    if _is_item(place) or len(place.steps) == 0:
        return
    name = str(place.steps[-1])
    schema: Schema = root
    for step in place.steps[:-1]:
        schema = resolve(schema, root)
        inner = schema.get("properties", {}).get(step, {})
        schema = schema.get("items", {}) if isinstance(step, int) else inner
    if name in resolve(schema, root).get("required", ()):
        raise InvalidValue(
            f"{place.path} is needed and cannot be taken out.",
            "Change it instead, or remove the item that it belongs to.",
        )


def _pointer_words(found: Sequence[Pointer], record: Entry) -> Iterator[str]:
    for pointer in found:
        if pointer.inside is None:
            yield str(pointer.steps[-1])
            continue
        known = worded(pointer.inside.value, record, pointer.inside.title)
        result = pointer.inside.title in {"OutcomeResult", "InterventionResult"}
        yield f"the review's result for {known}" if result else known


def _is_item(place: Place) -> bool:
    """Whether the path ends in a list item."""
    return bool(place.steps) and isinstance(place.steps[-1], int)


def _place_words(place: Place, record: Entry) -> str:
    if _is_item(place):
        return worded(place.value, record, place.title)
    name = str(place.steps[-1]).replace("_", " ")
    return f"{name} {quoted(place.value)}"


def _place_label(place: Place) -> str:
    own = place.value.get("id") if isinstance(place.value, Mapping) else None
    return str(own or f"'{place.path}'")


def _trailers(place: Place) -> tuple[tuple[str, str], ...]:
    own = place.value.get("id") if isinstance(place.value, Mapping) else None
    return (("Item", str(own)),) if own else ()
