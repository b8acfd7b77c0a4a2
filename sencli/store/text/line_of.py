"""Find the line of a place in a record without composing the YAML.

A search for the keys on the way, each at its own column: a record of 30 KB takes some
microseconds, where composing with positions takes a hundred times as long as reading.
Where the text is not laid out as the canonical writer lays it out, it says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Any

if TYPE_CHECKING:
    from sencli.core.record.walk import Path

_STEP = 2


@dataclass(slots=True)
class _Cursor:
    """Where the search is.

    Attributes:
        at: the index of the line break before the line.
        column: where the keys or the dashes of the value below stand.
        item: whether the line begins an item of a list, its first key behind the dash.
    """

    at: int = 0
    column: int = 0
    item: bool = False


def line_of(text: str, record: Mapping[str, Any], path: Path) -> int:
    """The line, from 1, of a path or of the nearest of its holders that is there.

    Args:
        text: the file.
        record: what the text holds.
        path: the way to the place.

    Returns:
        0 where the text is laid out otherwise: ask ``load.lines``.
    """
    text = f"\n{text}"
    cursor = _Cursor()
    here: Any = record
    for step in path:
        if not _holds(here, step):
            break
        known = (
            _item(text, cursor, step)
            if isinstance(step, int)
            else _key(text, cursor, step)
        )
        if not known:
            return 0
        here = here[step]
        below = _below(text, cursor, step, here)
        if below is None:
            return 0
        if not below:
            break
    if not path:
        return 1
    return text.count("\n", 0, cursor.at + 1)


def _holds(here: Any, step: str | int) -> bool:
    if isinstance(step, int):
        return isinstance(here, list) and step < len(here)
    return isinstance(here, Mapping) and step in here


def _key(text: str, cursor: _Cursor, key: str) -> bool:
    """Go to the line of a key; False if it is not where expected."""
    if cursor.item:
        dash = f"{' ' * (cursor.column - _STEP)}- {key}:"
        if text.startswith(dash, cursor.at + 1):
            return True
    cursor.at = text.find(f"\n{' ' * cursor.column}{key}:", cursor.at)
    cursor.item = False
    return cursor.at >= 0


def _item(text: str, cursor: _Cursor, number: int) -> bool:
    """Go to the line of an item of the list that begins on the next line."""
    mark = f"\n{' ' * cursor.column}- "
    at = cursor.at
    for _ in range(number + 1):
        at = text.find(mark, at + 1)
        if at < 0:
            return False
    cursor.at = at
    return True


def _below(text: str, cursor: _Cursor, step: str | int, value: Any) -> bool | None:
    """Whether the value stands on lines of its own; None where they look odd."""
    if not isinstance(value, list | Mapping) or not value:
        return False
    end = text.find("\n", cursor.at + 1)
    line = text[cursor.at + 1 : end if end >= 0 else len(text)].lstrip()
    if isinstance(step, int):
        if not isinstance(value, Mapping) or line.startswith("- {"):
            return False if line.endswith(("}", "]")) else None
        cursor.column += _STEP
        cursor.item = True
        return True
    if line.removeprefix("- ") != f"{step}:":
        return False if line.endswith(("}", "]")) else None
    if isinstance(value, list):
        cursor.item = False
        return True if text.startswith(f"{' ' * cursor.column}- ", end + 1) else None
    cursor.column += _STEP
    cursor.item = False
    below = text[end + 1 : end + 1 + cursor.column + 1]
    fits = below[:-1].isspace() and not below[-1:].isspace() and below[-1:] not in "-#"
    return True if fits else None
