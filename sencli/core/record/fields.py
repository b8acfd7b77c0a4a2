"""Find a single field of a record by the name that ``sen history`` shows.

``known_as``, ``letterhead.colour``, ``cycles[y2qf].plan.review_by``: the schema says
what a field is, so that what was typed becomes a date, a number, yes or no, or text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from sencli.core.record.diff import Schema
from sencli.core.record.diff import identity
from sencli.core.record.diff import label
from sencli.core.record.diff import resolve
from sencli.core.record.find import choose
from sencli.core.text.money import pence
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.errors import UsageFault
from sencli.value import Value

_STEP = re.compile(r"([a-z_0-9]+)(?:\[([^\]]+)\])?(?:\.|\Z)")
_YES = {"yes", "y", "true", "1"}
_NO = {"no", "n", "false", "0"}
_SCALARS = {"string", "integer", "number", "boolean"}

Day = Callable[[str], str]


class Field(Value):
    """A field of a record.

    Attributes:
        name: as typed.
        steps: the way to it: keys, and places in lists.
        schema: what it may hold.
        old: its value, or ``None``.
    """

    name: str
    steps: tuple[str | int, ...]
    schema: Schema
    old: Any


def assignment(typed: str) -> tuple[str, str]:
    """Name and text of ``field=value``; an empty text clears the field."""
    name, equals, text = typed.partition("=")
    if not equals or not name.strip():
        raise UsageFault(
            f"{typed!r} does not say which field and what.",
            'Write field=value, in quotation marks where there are blanks: "class=5A"',
        )
    return name.strip(), text.strip()


def locate(name: str, record: Mapping[str, Any], root: Schema) -> Field:
    """The field of that name.

    Raises:
        UsageFault: there is no such field; says the nearest.
        NotFound: an item of a list is not there.
    """
    value: Any = record
    schema: Schema = root
    steps: list[str | int] = []
    for key, item in _steps(name):
        schema = _property(schema, root, key, name)
        value = value.get(key) if isinstance(value, Mapping) else None
        steps.append(key)
        if item:
            place = _place(value or [], schema, item, name)
            value = value[place]
            steps.append(place)
            schema = resolve(schema.get("items", {}), root)
    if not _single(schema, root):
        parts = ", ".join(schema.get("properties", {}))
        hint = f"Name one of its parts: {name}.{{{parts}}}=..." if parts else ""
        raise UsageFault(
            f"{name} is not a single field.",
            hint or "Its own command changes it: sen --help; or sen pupil edit PUPIL",
        )
    return Field(name, tuple(steps), schema, value)


def _steps(name: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(name):
        step = _STEP.match(name, at)
        if step is None:
            raise UsageFault(
                f"{name!r} is not the name of a field.",
                "Names look like known_as or profile.strengths",
            )
        yield step[1], step[2] or ""
        at = step.end()


_LIST = "It is a list, with a command of its own: sen --help; or sen pupil edit PUPIL"


def _property(schema: Schema, root: Schema, key: str, name: str) -> Schema:
    properties = schema.get("properties", {})
    if key in properties:
        return resolve(properties[key], root)
    near = get_close_matches(key, properties, n=1, cutoff=0.5)
    known = f"There are: {', '.join(properties)}" if properties else _LIST
    hint = f"Did you mean {near[0]}?" if near else known
    raise UsageFault(f"There is no field {name!r}.", hint)


def _place(entries: Any, schema: Schema, item: str, name: str) -> int:
    """The index of the item with that identity in a list."""
    keys = schema.get("x-key", ())
    wanted = item.strip().casefold()
    for place, entry in enumerate(entries):
        own = identity(entry, keys)
        if wanted in {label(own).casefold(), str(own[0] if own else "").casefold()}:
            return place
    there = ", ".join(label(identity(e, keys)) for e in entries)
    raise NotFound(
        f"{name}: there is no item {item!r}."
        + (f" There are: {there}" if there else "")
    )


def _single(schema: Schema, root: Schema) -> bool:
    """Whether a field holds one value, or a plain list of them."""
    if schema.get("type") == "array":
        items = resolve(schema.get("items", {}), root)
        return "x-key" not in schema and items.get("type") != "object"
    return schema.get("type") in _SCALARS or bool(
        {"enum", "anyOf", "const"} & {*schema}
    )


def value_of(field: Field, text: str, day: Day, root: Schema) -> Any:
    """The typed text as the field's value; ``None`` for an empty text.

    Args:
        field: the field.
        text: what was typed.
        day: makes an ISO date from a typed one.
        root: the whole schema.

    Raises:
        InvalidValue: the text cannot be such a value.
    """
    return _value(field.schema, field.name, text, day, root) if text else None


def _value(schema: Schema, name: str, text: str, day: Day, root: Schema) -> Any:
    kind = schema.get("type")
    if kind == "array":
        items = resolve(schema.get("items", {}), root)
        parts = [part.strip() for part in text.split(",") if part.strip()]
        return [_value(items, name, part, day, root) for part in parts]
    if "enum" in schema:
        words = {str(e): str(e).replace("_", " ") for e in schema["enum"]}
        return choose(text, words, name)
    if schema.get("format") == "date":
        return day(text)
    if kind == "boolean":
        return yes_or_no(name, text)
    if kind in {"integer", "number"}:
        return _number(name, text, whole=kind == "integer")
    return text if "anyOf" not in schema else _number_or_text(text)


def yes_or_no(name: str, text: str) -> bool:
    """Yes or no, as it was typed."""
    if text.casefold() in _YES | _NO:
        return text.casefold() in _YES
    raise InvalidValue(f"{name} is yes or no, not {text!r}.", f"Type {name}=yes")


def _number(name: str, text: str, *, whole: bool) -> int | float:
    if name.endswith("_pence") and text.startswith("£"):
        return pence(text)
    try:
        return int(text) if whole or "." not in text else float(text)
    except ValueError:
        what = "a whole number" if whole else "a number"
        raise InvalidValue(f"{name} is {what}, not {text!r}.") from None


def _number_or_text(text: str) -> int | float | str:
    try:
        return _number("", text, whole=False)
    except InvalidValue:
        return text


def assigned(record: Any, steps: tuple[str | int, ...], value: Any) -> Any:
    """A copy of the record with the field set, or taken out where it is ``None``."""
    step, rest = steps[0], steps[1:]
    if isinstance(step, int):
        made = list(record)
        made[step] = assigned(made[step], rest, value)
        return made
    changed = dict(record or {})
    if rest:
        changed[step] = assigned(changed.get(step), rest, value)
        if changed[step] == {}:
            del changed[step]
    elif value is None:
        changed.pop(step, None)
    else:
        changed[step] = value
    return changed
