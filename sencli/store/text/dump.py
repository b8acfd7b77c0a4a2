"""Write a record as canonical YAML: the same record is always the same bytes.

Fields stand in the order of the schema, unknown ones last; text of several lines stands
as it was typed. What is written is read back and compared before anybody sees it.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sencli.errors import InvalidValue
from sencli.resources import by_schema
from sencli.resources import load_schema
from sencli.store.text import load

_ONE_BYTE = 0xFF
# what JSON readers and spreadsheets still hold exactly
_LARGEST = 10**15

# Not printable, or a line end to some reader: never plain, never in a block.
_NEVER = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff"
_PLAIN = re.compile(
    rf"""(?:[^\W_]|[(/.$])       # letters, digits and a few signs begin plain text
    (?:[^{_NEVER}\t\n\xa0:#]     # then anything,
      |:(?=[^\s,\[\]{{}}])       # a colon if it does not look like a field,
      |(?<=\S)\#                 # a hash if it does not look like a comment,
    )*(?<!\s)\Z                  # and no blank at the end
    """,
    re.VERBOSE,
)
_NOT_IN_FLOW = re.compile(r"[,\[\]{}:?]")
_WORDS = frozenset({
    "y", "n", "yes", "no", "on", "off", "true", "false",
    "null", "none", "nil", "nan", "inf", "~", "=", "<<",
})  # fmt: skip
_NUMBERISH = re.compile(
    r"""[-+]?(?:
        \.?\d[\d_,]*(?:\.[\d_]*)?(?:e[-+]?\d*)?     # 5  .5  1_000  1,000  1e3
      | \.[\d_]*(?:e[-+]?\d*)?                        # ._ to some readers
      | 0[xob][0-9a-f_]*
      | \d[\d_]*(?::\d+)+(?:\.[\d_]*)?              # 12:30, a number to base 60
      | \.(?:inf|nan)
    )\Z | \d{4}-\d\d?-\d\d?(?:[Tt\s].*)?\Z | \.\.\.""",
    re.VERBOSE | re.IGNORECASE,
)
_DATE = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}\Z")
_BLOCK = re.compile(rf"[^{_NEVER}]*\Z")
_BLANK_END = re.compile(r"[ \t](?:\n|\Z)")
_ESCAPED = re.compile(rf'[{_NEVER}\t\n\xa0"\\]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def scalar(value: object, *, flow: bool = False) -> str:
    """Text, a number or a truth value on one line.

    Args:
        value: what to write.
        flow: whether it stands between brackets.

    Raises:
        InvalidValue: it is none of these, or a number that readers would change.
    """
    if isinstance(value, str):
        return _in_flow(value) if flow else _in_block(value)
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, int | float) and -_LARGEST < value < _LARGEST:
        number = load.as_whole(value) if isinstance(value, float) else value
        # no exponent: some readers want it signed, some with a point, some not at all
        return str(number) if isinstance(number, int) else f"{Decimal(repr(number)):f}"
    raise InvalidValue(
        f"{value!a:.60} has no place in a record: it holds text, true or false, "
        "and numbers of up to 15 digits.",
        "If it is meant as text, put quotes round it.",
    )


def block(value: str) -> bool:
    """Whether text of several lines can be written unchanged after a ``|``."""
    return (
        "\n" in value
        and value[0] not in " \t\n"
        and _BLOCK.match(value) is not None
        and _BLANK_END.search(value) is None
    )


@lru_cache(maxsize=4096)
def _in_block(value: str) -> str:
    return value if _is_plain(value) else _quoted(value)


@lru_cache(maxsize=4096)
def _in_flow(value: str) -> str:
    plain = _is_plain(value) and not _NOT_IN_FLOW.search(value)
    return value if plain else _quoted(value)


def _is_plain(value: str) -> bool:
    if _DATE.match(value):
        return _is_date(value)
    return (
        _PLAIN.match(value) is not None
        and value.lower() not in _WORDS
        and _NUMBERISH.match(value) is None
    )


def _is_date(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _quoted(value: str) -> str:
    if _ESCAPED.search(value):
        return f'"{_ESCAPED.sub(_escape, value)}"'
    return "'" + value.replace("'", "''") + "'"


def _escape(found: re.Match[str]) -> str:
    if found[0] in _SHORT:
        return _SHORT[found[0]]
    code = ord(found[0])
    return f"\\x{code:02x}" if code <= _ONE_BYTE else f"\\u{code:04x}"


# An entry longer than this is written as a block of lines.
WIDTH = 110

_FOLDERS = {"pupil": "../", "published": "../"}


class _Shape:
    """The schema's rules for laying out a value."""

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
    if load.load(text.encode(errors="replace"), "The new record") != record:
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


@by_schema
def _shape(schema: str) -> _Shape:
    """The whole schema as shapes, worked out once."""
    root = load_schema(schema)
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
