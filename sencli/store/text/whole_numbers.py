"""Read ``30.0`` in a file as 30.

To a schema they are whole. A number that is not one to Python breaks what counts with
it, so it is made one on reading, wherever it stands.
"""

from __future__ import annotations

import re
from typing import Any

_SUSPECT = re.compile(r"[0-9]\.(?:0|[\s,\]}]|$)")
_EXACT = 2**53


def as_whole(number: float) -> float:
    """The number; an int where it has no fraction and is held exactly."""
    if number.is_integer() and -_EXACT < number < _EXACT:
        return int(number)
    return number


def made_whole(text: str, record: dict[str, Any]) -> dict[str, Any]:
    """A record that was read from the text, its whole numbers as ints.

    Args:
        text: as it was read; most hold nothing that looks like such a number.
        record: what the parser made of it.
    """
    if not _SUSPECT.search(text):
        return record
    return {key: _wholes_in(part) for key, part in record.items()}


def _wholes_in(value: object) -> object:
    if isinstance(value, float):
        return as_whole(value)
    if isinstance(value, dict):
        return {key: _wholes_in(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_wholes_in(part) for part in value]
    return value
