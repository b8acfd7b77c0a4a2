"""Events that a record tells of before they can have happened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Record = dict[str, Any]

_DOING = {
    "sessions": "a session",
    "measurements": "a measurement",
    "changes": "a change of support",
}
_PARTS = {"assess": "an assessment", "review": "a review", "closed": "a close"}


def events(record: Record) -> Iterator[tuple[str, str]]:
    """What only the past can hold, as words and ISO date; plans and meetings may wait.

    Args:
        record: a pupil's that fits its schema.
    """
    for concern in record.get("concerns", ()):
        yield "a concern", concern.get("date", "")
    for cycle in record.get("cycles", ()):
        for name, words in _PARTS.items():
            yield words, cycle.get(name, {}).get("date", "")
        for name, words in _DOING.items():
            for item in cycle.get("do", {}).get(name, ()):
                yield words, item.get("date", "")


def ahead(record: Record, day: str) -> list[tuple[str, str]]:
    """The events that are dated after a day."""
    return [(words, date) for words, date in events(record) if date > day]
