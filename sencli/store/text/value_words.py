"""Values and places of a record in words for messages: short, safe, quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

if TYPE_CHECKING:
    from sencli.core.record.walk import Path

_LONGEST = 60

KINDS = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a group of fields (name: value)",
    "null": "empty",
}
_EXAMPLES = {
    "string": "...",
    "boolean": "true",
    "array": "[...]",
    "object": "{...}",
}


def name(path: Path) -> str:
    """How a person would call the place: ``review_by``, ``entry 2 of led_by``."""
    if not path:
        return "the record"
    last = path[-1]
    return last if isinstance(last, str) else f"entry {last + 1} of {name(path[:-1])}"


def within(path: Path) -> str:
    """`` in plan``, or "" at the top of the file."""
    return f" in {name(path)}" if path else ""


def key(path: Path) -> str:
    """How the line begins: ``review_by: ``, or ``- `` in a list."""
    last = path[-1] if path else 0
    return f"{last}: " if isinstance(last, str) else "- "


def must(what: str, value: object) -> str:
    """``must be text, not the number 4``."""
    if value is None:
        return f"is empty; it must be {what}"
    return f"must be {what}, not {value_found(value)}"


def value_found(value: object) -> str:
    """The value at that place, in words."""
    if isinstance(value, str):
        return quoted(value) if value else "empty text"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return f"the number {cut(str(value))}"
    if isinstance(value, dict | list):
        return KINDS["object" if isinstance(value, dict) else "array"]
    return KINDS["null"]


def plain(value: object) -> str:
    """A value as somebody would have typed it; "" for lists and groups of fields."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, str | int | float) else ""


def quoted(text: str) -> str:
    """Text in quotes, cut to a length, with nothing in it that a terminal obeys."""
    return f"'{cut(text)}'"


def cut(text: str) -> str:
    """Text of at most 60 characters on one line."""
    short = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."
    return "".join(
        char if char.isprintable() else f"\\u{ord(char):04x}" for char in short
    )


def example(schema: dict[str, Any], field: str) -> str:
    """What a value under this schema may look like; no day or number is made up."""
    values = schema.get("enum")
    if values:
        return str(values[0])
    if "const" in schema:
        return str(schema["const"])
    if "$ref" in schema:
        return "DATE" if schema["$ref"].endswith("/date") else "..."
    if schema.get("type") in {"integer", "number"}:
        return field.upper()
    return _EXAMPLES.get(str(schema.get("type")), "...")
