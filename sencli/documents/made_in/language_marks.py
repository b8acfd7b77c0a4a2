"""Mark the English words that stand in for a text that is not translated yet.

The wording puts each such line between two marks that no text of the records has on
paper. A page sets what is between them as English; every other format drops them.
"""

from __future__ import annotations

from typing import Any

from sencli.value import Value
from sencli.value import contents

FROM, UNTIL = "\ue010", "\ue011"
_NONE = str.maketrans("", "", FROM + UNTIL)


def english(text: str) -> str:
    """The text with each of its lines marked as English."""
    return "\n".join(f"{FROM}{line}{UNTIL}" for line in text.split("\n"))


def unmarked(text: str) -> str:
    """The text without marks."""
    return text.translate(_NONE)


def pieces(line: str) -> list[tuple[str, bool]]:
    """The parts of one line, each with whether it is English; none is empty."""
    found: list[tuple[str, bool]] = []
    depth, part = 0, ""
    for char in line:
        if char not in (FROM, UNTIL):
            part += char
            continue
        if part:
            found.append((part, depth > 0))
        depth, part = max(0, depth + (1 if char == FROM else -1)), ""
    return [*found, (part, depth > 0)] if part else found


def without_marks(held: Any) -> Any:
    """A View, or anything in it, without marks."""
    if isinstance(held, str):
        return unmarked(held)
    if isinstance(held, tuple | list):
        return type(held)(map(without_marks, held))
    if isinstance(held, dict):
        return {key: without_marks(value) for key, value in held.items()}
    if isinstance(held, Value):
        return type(held)(*map(without_marks, contents(held)))
    return held
