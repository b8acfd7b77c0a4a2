"""Whole records as tables: one for each list, for a database or a workbook."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Mapping
from typing import Any

from sencli.core.record.types import Entry

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
Row = dict[str, Any]


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
                within = key if name == "pupils" else f"{name}_{before}{key}"
                self._add_all(within, value, of)
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


def columns(rows: Iterable[Row]) -> dict[str, str]:
    """The columns of a table in the order in which they come up, each with its kind."""
    found: dict[str, set[str]] = {}
    for row in rows:
        for key, value in row.items():
            found.setdefault(key, set()).add(_kind(value))
    return {
        key: kinds.pop() if len(kinds) == 1 else "text" for key, kinds in found.items()
    }


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "yes"
    if isinstance(value, int | float):
        return "number"
    return "date" if _DATE.fullmatch(str(value)) else "text"
