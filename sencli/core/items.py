"""Every item of a record with its place, as history prints it.

A place is a path such as ``cycles[y2qf].plan.outcomes[o8fd]`` or, for an item known by
its nature, ``cycles[y2qf].do.sessions[i5tr 2025-09-22]``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping
from typing import Any

from sencli.core import dates
from sencli.core import find
from sencli.core import lookup
from sencli.core.diff import Schema
from sencli.core.diff import identity
from sencli.core.diff import label
from sencli.core.diff import resolve
from sencli.core.wording import worded
from sencli.errors import Ambiguous
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.value import Value

Entry = Mapping[str, Any]
Steps = tuple[str | int, ...]

_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}")


class Place(Value):
    """An item (or a single field) of a record.

    Attributes:
        path: as history prints it.
        steps: the way to it: names of fields and places in lists.
        value: what stands there.
        label: what tells it from its neighbours: its id or natural key; "" of a field.
        title: what kind of thing it is, by the schema: "Outcome".
    """

    path: str
    steps: Steps
    value: Any
    label: str = ""
    title: str = ""


def items(record: Entry, root: Schema) -> Iterator[Place]:
    """Every item of every list that has identities, outermost first."""
    yield from _walk(record, root, root, "", ())


def _walk(
    value: Any, schema: Schema, root: Schema, at: str, steps: Steps
) -> Iterator[Place]:
    schema = resolve(schema, root)
    if isinstance(value, Mapping):
        properties = schema.get("properties", {})
        for key, child in value.items():
            path = f"{at}.{key}" if at else key
            part = properties.get(key, {})
            yield from _walk(child, part, root, path, (*steps, key))
    elif isinstance(value, list) and "x-key" in schema:
        part = resolve(schema.get("items", {}), root)
        for place, child in enumerate(value):
            name = label(identity(child, schema["x-key"]))
            path, way = f"{at}[{name}]", (*steps, place)
            yield Place(path, way, child, name, str(part.get("title", "")))
            yield from _walk(child, part, root, path, way)


def the_item(record: Entry, typed: str, root: Schema) -> Place:
    """The item meant by its id, its path, its natural key, number or wording.

    Raises:
        NotFound: nothing fits.
        Ambiguous: several do; their paths are listed.
    """
    text = " ".join(typed.split())
    everything = list(items(record, root))
    found = [p for p in everything if p.path == text]
    found = found or _field(record, text, everything)
    found = found or [p for p in everything if p.label == _iso(text)]
    found = found or [p for p in everything if _id(p.value) == text.casefold()]
    found = found or _numbered(record, text, everything)
    found = found or find.matches(text, everything, lambda p: _said(record, p))
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound(
            f"Nothing in the record of {lookup.display_name(record)} fits {typed!r}.",
            f"Type an id or a path as history prints it: sen history {record['id']}\n"
            'or its kind and number: "outcome 1", or a session: "i5tr 22/09/2025"',
        )
    listed = "".join(f"\n  {p.path}  {_said(record, p)}" for p in found[: find.SHOWN])
    raise Ambiguous(f"{typed!r} could be any of these:{listed}", "Type the whole path.")


def _id(value: Any) -> str:
    return str(value.get("id", "")) if isinstance(value, Mapping) else ""


def _said(record: Entry, place: Place) -> str:
    return worded(place.value, record, place.title)


def _iso(text: str) -> str:
    """The text with dates as the record holds them."""

    def iso(match: re.Match[str]) -> str:
        try:
            return dates.parse_date(match[0], "2000-01-01")
        except InvalidValue:
            return match[0]

    return _DATE.sub(iso, text)


def _field(record: Entry, text: str, everything: list[Place]) -> list[Place]:
    """A single field by its path, at the top or of an item."""
    inside = [p for p in everything if text.startswith(f"{p.path}.")]
    base = inside[-1] if inside else Place("", (), record)
    rest = text[len(base.path) :].lstrip(".")
    if not re.fullmatch(r"[a-z_]+(\.[a-z_]+)*", rest):
        return []
    value: Any = base.value
    steps = base.steps
    for name in rest.split("."):
        if not isinstance(value, Mapping) or name not in value:
            return []
        value, steps = value[name], (*steps, name)
    return [Place(text, steps, value)]


def _numbered(record: Entry, text: str, everything: list[Place]) -> list[Place]:
    """``outcome 2``, ``intervention 1`` of the open or newest cycle; ``need 1``."""
    m = re.fullmatch(r"([a-z]+) (\d{1,2})", find.fold(text))
    if m is None:
        return []
    cycle = lookup.latest_cycle(record)
    lists = {
        "outcome": f"cycles[{(cycle or {}).get('id')}].plan.outcomes[",
        "intervention": f"cycles[{(cycle or {}).get('id')}].plan.interventions[",
        "strategy": f"cycles[{(cycle or {}).get('id')}].plan.strategies[",
        "need": "needs[",
        "concern": "concerns[",
        "contact": "contacts[",
    }
    if m[1] not in lists:
        return []
    start = lists[m[1]]
    listed = [
        p for p in everything if p.path.startswith(start) and "." not in _tail(p, start)
    ]
    return listed[int(m[2]) - 1 : int(m[2])] if int(m[2]) else []


def _tail(place: Place, start: str) -> str:
    return place.path[len(start) :].partition("]")[2]
