"""What goes together: entries after an end that was set on another computer.

Each of the two is right by itself; only brought together do they contradict each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from typing import Any

from sencli.core.dates import words
from sencli.core.lookup import on_roll

_LOGS = {
    "sessions": "a session",
    "tallies": "a week's sessions",
    "measurements": "a measurement",
    "changes": "a change of support",
}


def after_the_end(record: Mapping[str, Any]) -> Iterator[str]:
    """A sentence for each entry dated after its cycle was closed, or the pupil left.

    Args:
        record: a pupil's.
    """
    for cycle in record.get("cycles", ()):
        end = cycle.get("closed", {}).get("date", "")
        for name, what in _LOGS.items():
            for entry in cycle.get("do", {}).get(name, ()):
                day = entry.get("date") or entry.get("week", "")
                if end and day > end:
                    yield (
                        f"{what} of {words(day)} in a cycle that was closed on "
                        f"{words(end)}"
                    )
                elif day and not on_roll(record, day):
                    yield f"{what} of {words(day)}, when the pupil was not on roll"
