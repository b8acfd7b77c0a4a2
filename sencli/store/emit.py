"""Write a record as canonical YAML: the same record is always the same bytes.

Fields stand in the order of the schema, unknown ones last; text of several lines stands
as it was typed. What is written is read back and compared before anybody sees it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sencli.errors import InvalidValue
from sencli.store import yaml_text
from sencli.store.scalars import block
from sencli.store.scalars import scalar
from sencli.store.schema import document

# An entry longer than this is written as a block of lines.
WIDTH = 110

_FOLDERS = {"pupil": "../"}


class _Shape:
    """What the schema says about the look of a value."""

    def __init__(self, *, flow: bool = False) -> None:
        self.fields: dict[str, _Shape] = {}
        self.items: _Shape | None = None
        self.flow = flow


_ANY = _Shape()


def dumps(record: dict[str, Any], schema: str) -> str:
    """The canonical text of a record.

    Raises:
        InvalidValue: it holds what cannot be written, or not so that it reads the same.
    """
    out = [head(schema)]
    _fields(record, _shape(schema), "", "", out)
    text = "".join(out)
    if yaml_text.load(text.encode(errors="replace"), "The new record") != record:
        raise InvalidValue(
            "The record was not saved: it would not read back as it was written.",
            "Please report this; nothing was changed.",
        )
    return text


def head(schema: str) -> str:
    """The first line, by which editors find the schema."""
    folder = _FOLDERS.get(schema, "")
    path = f"{folder}.sencli/schemas/{schema}.schema.json"
    return f"# yaml-language-server: $schema={path}\n"


@lru_cache(maxsize=8)
def _shape(schema: str) -> _Shape:
    """The whole schema as shapes, worked out once."""
    root = document(schema)
    known: dict[str, _Shape] = {}

    def compiled(part: dict[str, Any]) -> _Shape:
        shape = _Shape(flow=bool(part.get("x-flow")))
        fill(shape, part)
        return shape

    def fill(shape: _Shape, part: dict[str, Any]) -> None:
        if "$ref" in part:
            name = part["$ref"].rpartition("/")[2]
            if name not in known:
                known[name] = _Shape()
                fill(known[name], root["$defs"][name])
            shape.fields |= known[name].fields
            shape.items = known[name].items
            shape.flow |= known[name].flow
        shape.flow |= bool(part.get("x-flow"))
        for name, value in part.get("properties", {}).items():
            shape.fields[name] = compiled(value)
        for name in part.get("propertyNames", {}).get("enum", ()):
            shape.fields.setdefault(name, _ANY)
        if "items" in part:
            shape.items = compiled(part["items"])
        for choice in ("allOf", "anyOf", "oneOf"):
            for option in part.get(choice, ()):
                fill(shape, option)

    return compiled(root)


def _fields(
    record: dict[str, Any], shape: _Shape, first: str, indent: str, out: list[str]
) -> None:
    """Each field of a record; the first line begins with ``first``, as after a dash."""
    lead = first
    for name, value in _ordered(record, shape):
        if not isinstance(name, str):
            raise InvalidValue(f"{name!a:.60} cannot be the name of a field.")
        _field(
            f"{lead}{scalar(name)}:", value, shape.fields.get(name, _ANY), indent, out
        )
        lead = indent


def _ordered(record: dict[str, Any], shape: _Shape) -> list[tuple[str, Any]]:
    known = shape.fields
    found = [(name, record[name]) for name in known if name in record]
    if len(found) < len(record):
        found += [entry for entry in record.items() if entry[0] not in known]
    return found


def _field(
    start: str, value: object, shape: _Shape, indent: str, out: list[str]
) -> None:
    """One field, after ``name:``."""
    if isinstance(value, dict):
        if not _on_line(f"{start} ", value, shape, out, flow=shape.flow):
            out.append(f"{start}\n")
            _fields(value, shape, f"{indent}  ", f"{indent}  ", out)
    elif isinstance(value, list):
        flow = not any(isinstance(item, dict) for item in value)
        if not _on_line(f"{start} ", value, shape, out, flow=flow):
            out.append(f"{start}\n")
            _items(value, shape, indent, out)
    else:
        out.append(f"{start} {_value(value, indent)}")


def _items(values: list[Any], shape: _Shape, indent: str, out: list[str]) -> None:
    """Each item of a list; the dashes stand under the name of the list."""
    inner = shape.items or _ANY
    flow = shape.flow or inner.flow
    start = f"{indent}- "
    for value in values:
        if isinstance(value, dict):
            if not _on_line(start, value, inner, out, flow=flow):
                _fields(value, inner, start, f"{indent}  ", out)
        elif isinstance(value, list):
            out.append(f"{start}{_inline(value, inner)}\n")
        else:
            out.append(f"{start}{_value(value, indent)}")


def _on_line(
    start: str, value: Any, shape: _Shape, out: list[str], *, flow: bool
) -> bool:
    """Write a list or entry on one line, if it may and can stand there."""
    if value:
        if not flow:
            return False
        text = f"{start}{_inline(value, shape)}\n"
        # text of several lines is easier read as lines
        if len(text) > WIDTH or "\\n" in text:
            return False
    else:
        text = f"{start}{_inline(value, shape)}\n"
    out.append(text)
    return True


def _inline(value: object, shape: _Shape) -> str:
    if isinstance(value, dict):
        entries = [
            f"{scalar(name, flow=True)}: {_inline(item, shape.fields.get(name, _ANY))}"
            for name, item in _ordered(value, shape)
        ]
        return f"{{{', '.join(entries)}}}"
    if isinstance(value, list):
        inner = shape.items or _ANY
        return f"[{', '.join([_inline(item, inner) for item in value])}]"
    return scalar(value, flow=True)


def _value(value: object, indent: str) -> str:
    """A scalar, with all its lines, after ``name: `` or ``- ``."""
    if not isinstance(value, str) or not block(value):
        return f"{scalar(value)}\n"
    body = value.rstrip("\n")
    ends = len(value) - len(body)
    sign = ("|-", "|", "|+")[min(ends, 2)]
    pad = f"{indent}  "
    rows = [f"{pad}{row}\n" if row else "\n" for row in body.split("\n")]
    return f"{sign}\n{''.join(rows)}" + "\n" * max(ends - 1, 0)
