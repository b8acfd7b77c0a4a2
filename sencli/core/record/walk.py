"""Walk every entry of a record with its path.

Session logs are most of a long record and all of one shape, so they are left out here
and looked at as lists.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sencli.value import Value

Path = tuple[str | int, ...]


class Fault(Value):
    """Something in a record that cannot be right.

    Args:
        path: the way to it, like ``("cycles", 0, "plan", "date")``.
        message: what is wrong, in one sentence.
        mend: what to type, or "".
        code: what kind of fault: schema, text, id, reference, person, date, upn ...
        note: whether it only needs a look, and may be right.
    """

    path: Path
    message: str
    mend: str = ""
    code: str = "schema"
    note: bool = False


Entry = dict[str, Any]
Entries = list[tuple[Path, Entry]]

LOGS = ("sessions", "tallies")


def entries(record: Entry) -> Entries:
    """The record itself and every group of fields in it, but for the logs."""
    found: Entries = []
    _gather(record, (), found)
    return found


def logs(record: Entry) -> Iterator[tuple[Path, list[Entry]]]:
    """The lists of sessions and tallies that are not empty, with their paths."""
    for number, cycle in enumerate(record.get("cycles", ())):
        for name in LOGS:
            if listed := cycle.get("do", {}).get(name):
                yield ("cycles", number, "do", name), listed


def _gather(entry: Entry, at: Path, found: Entries) -> None:
    found.append((at, entry))
    for name, value in entry.items():
        if type(value) is dict:
            _gather(value, (*at, name), found)
        elif type(value) is list and name not in LOGS:
            for number, item in enumerate(value):
                if type(item) is dict:
                    _gather(item, (*at, name, number), found)
