"""What goes together: entries after an end that was set on another computer.

Each of the two is right by itself; only brought together do they contradict each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from typing import Any

from sencli.core.dates import words
from sencli.core.diff import identity
from sencli.core.diff import label
from sencli.core.fault import Fault
from sencli.core.lookup import on_roll

_LOGS = {
    "sessions": ("a session", ("intervention", "date", "ordinal")),
    "tallies": ("a week's sessions", ("intervention", "week")),
    "measurements": ("a measurement", ("id",)),
    "changes": ("a change of support", ("id",)),
}


def after_the_end(record: Mapping[str, Any]) -> Iterator[Fault]:
    """The fault of each entry dated after its cycle was closed, or the pupil left.

    Args:
        record: a pupil's.
    """
    for number, cycle in enumerate(record.get("cycles", ())):
        end = cycle.get("closed", {}).get("date", "")
        for name, (what, keys) in _LOGS.items():
            for row, entry in enumerate(cycle.get("do", {}).get(name, ())):
                day = entry.get("date") or entry.get("week", "")
                if end and day > end:
                    why = f"in a cycle that was closed on {words(end)}"
                elif day and not on_roll(record, day):
                    why = "when the pupil was not on roll"
                else:
                    continue
                item = label(identity(entry, keys))
                place = f"cycles[{cycle['id']}].do.{name}[{item}]"
                pupil = record.get("id", "PUPIL")
                yield Fault(
                    ("cycles", number, "do", name, row),
                    f"{what} of {words(day)} {why}",
                    f'If the entry is wrong: sen remove {pupil} "{place}"',
                )
