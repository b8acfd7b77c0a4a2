"""Give items that were added by hand their ids, so that nobody has to make one up."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from typing import Any

from sencli.core.record.diff import Schema
from sencli.core.record.diff import resolve
from sencli.core.record.walk import Path
from sencli.core.text.ids import PREFIX
from sencli.core.text.ids import Ids
from sencli.errors import SencliError
from sencli.store.records.records import schema_of


def with_new_ids(path: str, text: str) -> str:
    """The text of a record, in which each new item has an id; else as it was.

    Args:
        path: the record's file.
        text: as it was written, comments and faults and all.
    """
    from sencli.resources import load_schema
    from sencli.store.text import load

    try:
        record = load.load(text.encode(), path)
        root = load_schema(schema_of(path))
        wanting = list(_without(record, root, root, ()))
        return _put_in(text, record, wanting) if wanting else text
    except SencliError:
        return text  # the check says what is wrong with it


def _without(value: Any, shape: Schema, root: Schema, at: Path) -> Iterator[Path]:
    """The items that need an id and have none, in the order of the record."""
    shape = resolve(shape, root)
    if isinstance(value, Mapping):
        if at and value and "id" in shape.get("required", ()) and not value.get("id"):
            yield at
        for name, child in shape.get("properties", {}).items():
            if name in value:
                yield from _without(value[name], child, root, (*at, name))
    elif isinstance(value, list) and "items" in shape:
        for number, child in enumerate(value):
            yield from _without(child, shape["items"], root, (*at, number))


def _put_in(text: str, record: Mapping[str, Any], wanting: list[Path]) -> str:
    from random import SystemRandom

    from sencli.store.text.places import UnplacedError
    from sencli.store.text.places import places

    try:
        found = places(text)
    except UnplacedError:
        return text
    # the first field of each, and an id that was left empty
    named = [place for place in found if isinstance(place.path[-1], str)]
    first = {place.path[:-1]: place for place in reversed(named)}
    ids = Ids(SystemRandom(), record)
    changes = []
    for item in wanting:
        name = ids(_kind(item))
        empty = next((p for p in found if p.path == (*item, "id")), None)
        if empty is not None:
            start = text.index(":", empty.spans[0][1]) + 1
            there = text[slice(*empty.spans[1])].strip()
            end = empty.spans[1][1] if there else start
            changes.append((start, end, f" {name}"))
        elif item in first:
            place = first[item]
            start = place.spans[0][0]
            between = "\n" + " " * place.column
            if text[:start].rstrip().endswith("{"):
                between = ", "
            changes.append((start, start, f"id: {name}{between}"))
    for start, end, added in sorted(changes, reverse=True):
        text = text[:start] + added + text[end:]
    return text


def _kind(item: Path) -> str:
    """What the items of its list are called: ``outcome``, ``activity``."""
    name = next((str(step) for step in reversed(item) if isinstance(step, str)), "")
    if name in PREFIX:
        return name
    if name.endswith("ies"):
        return f"{name.removesuffix('ies')}y"
    return name.removesuffix("s")
