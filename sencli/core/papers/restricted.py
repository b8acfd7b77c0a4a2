"""Restricted entries of an item with dated entries, such as a need."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli.core.record.types import Entry


def until(items: Iterable[Any], restricted: Callable[[Entry], bool]) -> dict[str, str]:
    """Of each dated thing the day of its last entry that is restricted."""
    found: dict[str, str] = {}
    for item in items:
        if isinstance(item, Mapping) and "from" in item and restricted(item):
            name = _thing(item)
            found[name] = max(found.get(name, ""), str(item["from"]))
    found.pop("", None)
    return found


def before(item: Entry, last: Mapping[str, str]) -> bool:
    """Whether an entry is what a restricted thing was before.

    It goes with it: else a paper would show it in place of the one in force.

    Args:
        item: the entry.
        last: as ``until`` gives it.
    """
    name = _thing(item)
    return name in last and str(item.get("from", "")) <= last[name]


def unrestricted(items: Sequence[Any]) -> list[Any]:
    """The items without those that are restricted and what these were before."""
    last = until(items, _marked)
    return [
        item
        for item in items
        if not isinstance(item, Mapping) or not (_marked(item) or before(item, last))
    ]


def _marked(item: Entry) -> bool:
    return bool(item.get("restricted"))


def _thing(item: Entry) -> str:
    """The id that the entries of one item share, or ""."""
    return str(item.get("id") or item.get("flag", ""))
