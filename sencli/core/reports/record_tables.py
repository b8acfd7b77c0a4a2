"""Whole records as tables: one for each list, for a database or a workbook."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from typing import Any

from sencli.core.record.types import Entry

Row = dict[str, Any]
_BY_WEIGHT = ("number", "text", "yes")


class RecordTables:
    """Tables in the making.

    Attributes:
        tables: name to rows; a list within an item has that item's id in its rows.
        withheld: how many restricted entries are left out.
    """

    def __init__(self, *, restricted: bool = False) -> None:
        self.tables: dict[str, list[Row]] = {}
        self.withheld = 0
        self._restricted = restricted

    def add(self, name: str, record: Entry, of: Mapping[str, Any]) -> None:
        """Put an entry in the table of its name, and its lists in theirs.

        Args:
            name: of the table, such as ``pupils``.
            record: the entry.
            of: what it belongs to, as ``{"pupil": "p7k2q"}``.
        """
        row: Row = dict(of)
        self.tables.setdefault(name, []).append(row)
        inside = {**of, _one(name): record["id"]} if "id" in record else of
        self._fill(name, row, record, inside, "")

    def _fill(
        self, name: str, row: Row, entry: Entry, of: Mapping[str, Any], before: str
    ) -> None:
        for key, value in entry.items():
            if isinstance(value, dict) and self._withholds(value):
                self.withheld += 1
            elif isinstance(value, dict):
                self._fill(name, row, value, of, f"{before}{key}_")
            elif isinstance(value, list) and value and isinstance(value[0], dict):
                self._add_all(_within(name, f"{before}{key}"), value, of)
            elif isinstance(value, list):
                row[f"{before}{key}"] = "; ".join(map(str, value))
            else:
                row[f"{before}{key}"] = value

    def _add_all(
        self, name: str, items: Iterable[Entry], of: Mapping[str, Any]
    ) -> None:
        for item in items:
            if self._withholds(item):
                self.withheld += 1
            else:
                self.add(name, item, of)

    def _withholds(self, entry: Entry) -> bool:
        return bool(entry.get("restricted")) and not self._restricted


def _one(name: str) -> str:
    """What an item of the table is called: ``cycle``, ``outcome``."""
    return name.rpartition("_")[2].removesuffix("s")


def columns(rows: Iterable[Row], shape: Mapping[str, str]) -> dict[str, str]:
    """The columns of a table, each with its kind.

    Args:
        rows: of the table.
        shape: what the schema says of them; "" is seen from what is there.
    """
    found: dict[str, set[str]] = {key: set() for key in shape}
    for row in rows:
        for key, value in row.items():
            found.setdefault(key, set()).add(_kind(value))
    return {
        # of a scale's values some may be words: 22 is a number all the same
        key: shape.get(key) or next((k for k in _BY_WEIGHT if k in kinds), "text")
        for key, kinds in found.items()
    }


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "yes"
    return "number" if isinstance(value, int | float) else "text"


def shapes(schema: Entry, name: str, part: Entry) -> dict[str, dict[str, str]]:
    """The tables that a part of a schema can fill, each with its columns and kinds.

    All of them, so that a query finds what nobody has used yet.

    Args:
        schema: the whole one.
        name: of the first table.
        part: of the schema: what an entry of that table looks like.
    """
    found: dict[str, dict[str, str]] = {}
    _gather(schema, name, part, {}, found)
    return found


def _gather(
    schema: Entry,
    name: str,
    part: Entry,
    of: Mapping[str, str],
    found: dict[str, dict[str, str]],
) -> None:
    shape = found.setdefault(name, dict(of))
    has_id = "id" in part["properties"]
    inside = {**of, _one(name): "text"} if has_id else dict(of)
    fields = [("", part)]
    for before, entry in fields:
        for key, told in entry["properties"].items():
            held = _resolved(schema, told)
            if "properties" in held:
                fields.append((f"{before}{key}_", held))
            elif "properties" in (each := _resolved(schema, held.get("items", {}))):
                _gather(schema, _within(name, f"{before}{key}"), each, inside, found)
            else:
                shape[f"{before}{key}"] = _kind_of(told, held)


def _resolved(schema: Entry, part: Entry) -> Entry:
    """The part, or what it refers to."""
    where = str(part.get("$ref", "")).rpartition("/")[2]
    found: Entry = schema["$defs"][where] if where else part
    return found


def _kind_of(told: Entry, held: Entry) -> str:
    if held.get("format") == "date" or str(told.get("$ref", "")).endswith("/date"):
        return "date"
    kinds = {"boolean": "yes", "integer": "number", "number": "number"}
    return kinds.get(str(held.get("type", "")), "" if "anyOf" in held else "text")


def _within(name: str, key: str) -> str:
    """The name of a table in another; those of a pupil stand by themselves."""
    return key if name == "pupils" else f"{name}_{key}"
