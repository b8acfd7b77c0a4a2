"""Keep people's comments in a record's file when the record changes.

The new text is written canonically, and the old comments are laid over it: each goes
where its field or item is now, known by its identity (``x-key``) and not by its number.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from enum import Enum
from typing import TYPE_CHECKING
from typing import Any
from typing import TypeAlias

from sencli.core.record.diff import identity
from sencli.core.record.diff import resolve
from sencli.errors import InvalidValue
from sencli.resources import load_schema
from sencli.store.text import load
from sencli.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from sencli.core.record.walk import Path

# A path in which items are named by what makes them themselves.
_Way: TypeAlias = tuple[str, ...]
_At: TypeAlias = "tuple[Path, _Way]"

_HEAD = "# yaml-language-server:"
_SCHEMA = re.compile(r"\$schema=\S*?(\w+)\.schema\.json")
_HASH = re.compile(r"(?:^|(?<=[ \t]))#")
_FILLED = re.compile(r"[^\n]")


class _Side(Enum):
    BESIDE = "at the end of its line"
    ABOVE = "on the line before it"
    BELOW = "after all that belongs to it"


class _Comment(Value):
    """A comment, and the field or item that it belongs to."""

    way: _Way
    side: _Side
    text: str


class _Row(Value):
    """A line on which a field or an item begins: the outermost of those there."""

    line: int
    indent: int
    way: _Way


def carry(old_text: str, new_text: str) -> str:
    """The new canonical text with the comments of the old text.

    Raises:
        InvalidValue: the comments cannot be kept without harm to the record.
    """
    if not any(
        _HASH.search(line) for line in old_text.split("\n") if not _is_head(line)
    ):
        return new_text
    from sencli.store.text.places import UnplacedError

    schema = _schema_of(new_text)
    try:
        comments = _read(_layout(old_text, schema))
        if not comments:
            return new_text
        result = _lay(_layout(new_text, schema), comments)
        if _record(result) == _record(new_text):
            return result
        where = ""
    except UnplacedError as error:
        where = f" (line {error.line} is written in an unusual way)"
    raise InvalidValue(
        f"The comments in the file cannot be kept in the changed record{where}.",
        "Take the comments (after '#') out of the file, commit it, and try again.",
    )


class _Layout(Value):
    """A text with the positions of its fields, items and comments."""

    lines: list[str]
    rows: list[_Row]
    ways: frozenset[_Way]
    masked: list[str]


def _layout(text: str, schema: Mapping[str, Any]) -> _Layout:
    from sencli.store.text.places import places

    found = places(text)
    lines = text.split("\n")
    ways = dict(_ways(_record(text), schema, schema, ((), ())))
    rows: dict[int, _Row] = {}
    for place in found:
        line = lines[place.line]
        indent = len(line) - len(line.lstrip(" "))
        way = ways.get(place.path, ())
        rows.setdefault(place.line, _Row(place.line, indent, way))
    masked = _masked(text, sorted(span for place in found for span in place.spans))
    ordered = sorted(rows.values(), key=lambda row: row.line)
    return _Layout(lines, ordered, frozenset(ways.values()), masked.split("\n"))


def _masked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with ``x`` for all that is a name or a value: what is left of ``#``."""
    out = []
    at = 0
    for start, end in spans:
        # after the sign of a block there may be a comment on the same line
        begin = (
            text.find("\n", start, end) if text.startswith(("|", ">"), start) else start
        )
        if begin >= 0:
            out += [text[at:begin], _FILLED.sub("x", text[begin:end])]
            at = end
    return "".join(out) + text[at:]


def _ways(
    value: object, schema: Mapping[str, Any], root: Mapping[str, Any], at: _At
) -> Iterator[_At]:
    """The paths of a record, each with its way."""
    yield at
    path, way = at
    schema = resolve(schema, root)
    if isinstance(value, dict):
        fields = schema.get("properties", {})
        for name, item in value.items():
            inner = ((*path, name), (*way, str(name)))
            yield from _ways(item, fields.get(name, {}), root, inner)
    elif isinstance(value, list):
        seen: Counter[str] = Counter()
        for number, item in enumerate(value):
            known = repr(identity(item, schema.get("x-key", ())))
            seen[known] += 1
            inner = ((*path, number), (*way, f"{known}#{seen[known]}"))
            yield from _ways(item, schema.get("items", {}), root, inner)


def _read(layout: _Layout) -> list[_Comment]:
    """The comments in the order of the text; the head line is none."""
    starts = [row.line for row in layout.rows]
    found = []
    for number, masked in enumerate(layout.masked):
        hashed = _HASH.search(masked)
        if hashed and not _is_head(layout.lines[number]):
            text = layout.lines[number][hashed.start() :].rstrip()
            split = bisect_right(starts, number)
            before, after = layout.rows[:split], layout.rows[split:]
            alone = not masked[: hashed.start()].strip()
            indent = hashed.start() if alone else -1
            found.append(_Comment(*_stand(before, after, indent), text))
    return found


def _stand(before: list[_Row], after: list[_Row], indent: int) -> tuple[_Way, _Side]:
    """What a comment stands at; its indent is -1 where text stands before it."""
    if indent < 0:
        return before[-1].way if before else (), _Side.BESIDE
    if after and (not before or indent <= after[0].indent):
        return after[0].way, _Side.ABOVE
    if not before or not indent:
        return (), _Side.BELOW
    # the nearest row that stands no further in, and whatever the comment ends
    owner = next((row for row in reversed(before) if row.indent <= indent), before[0])
    return owner.way, _Side.BELOW


def _lay(layout: _Layout, comments: list[_Comment]) -> str:
    """The text with comments inserted."""
    rows = {row.way: row for row in reversed(layout.rows)}
    above: dict[int, list[str]] = {}
    beside: dict[int, str] = {}
    for comment in comments:
        way = comment.way
        # what is gone cannot have its comment beside it: it goes above what held it
        side = comment.side if way in layout.ways else _Side.ABOVE
        while way and way not in rows:
            way = way[:-1]
        if not way:
            above.setdefault(len(layout.lines) - 1, []).append(comment.text)
        elif side is _Side.BESIDE and rows[way].line not in beside:
            beside[rows[way].line] = f"  {comment.text}"
        else:
            line, indent = _spot(layout, rows[way], side)
            above.setdefault(line, []).append(" " * indent + comment.text)
    out: list[str] = []
    for number, text in enumerate(layout.lines):
        out += [*above.get(number, []), text + beside.get(number, "")]
    return "\n".join(out)


def _spot(layout: _Layout, row: _Row, side: _Side) -> tuple[int, int]:
    """The line before which a comment goes, and its indent."""
    if side is not _Side.BELOW:
        return row.line, row.indent
    inside = [other for other in layout.rows if other.way[: len(row.way)] == row.way]
    later = [other.line for other in layout.rows if other.line > inside[-1].line]
    is_item = layout.lines[row.line].startswith("- ", row.indent)
    return min(later, default=len(layout.lines) - 1), row.indent + 2 * is_item


def _record(text: str) -> dict[str, Any]:
    return load.load(text.encode(), "The file with comments")


def _schema_of(text: str) -> Mapping[str, Any]:
    """The schema that the head line names."""
    found = _SCHEMA.search(text.partition("\n")[0])
    return load_schema(found[1]) if found else {}


def _is_head(line: str) -> bool:
    return line.startswith(_HEAD)
