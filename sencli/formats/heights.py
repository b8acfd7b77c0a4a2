"""About how tall a block is on paper: whether blocks can stand on one page together."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING
from typing import Any

from sencli.documents.view import Break
from sencli.documents.view import Bullets
from sencli.documents.view import Chart
from sencli.documents.view import Fields
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Quote
from sencli.documents.view import Sign
from sencli.documents.view import Space
from sencli.documents.view import Table
from sencli.documents.view import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from sencli.documents.view import Block

_KEPT = {True: 28, False: 38}
"""Lines that fit on a page that lies, and on an upright one, whatever else is there.

What is taller is let break: kept together it would run off the page and be lost.
"""

_LINE = {True: 130, False: 80}
"""Letters across a page that lies, and across an upright one."""

_VALUE = 60
_NAME = 20
_SIGNED = 2
_SIGN = 4
_AIR = 0.3


def kept(block: Block, *, landscape: bool) -> bool:
    """Whether the block fits on one page, so that it may be kept there."""
    return _lines(block, _LINE[landscape]) <= _KEPT[landscape]


def _lines(block: Block, line: int) -> int:
    """About how many lines of a page the block takes, rather too many than too few."""
    count = _LINES.get(type(block))
    return count(block, line) if count else 0


def _of(text: Any, line: int) -> int:
    return 1 + len(str(text)) // line + str(text).count("\n")


def _of_fields(block: Fields, _line: int) -> int:
    # a long name has a line of its own
    return sum(_of(value, _VALUE) + len(name) // _NAME for name, value in block.rows)


def _of_table(block: Table, line: int) -> int:
    texts = [[str(cell) for cell in row] for row in block.rows]
    if all(sum(map(len, row)) + 3 * len(row) < line for row in texts):
        # nothing is wrapped: a row is a line and its air
        rows = sum(1 + _AIR + max(map(_breaks, row), default=0) for row in texts)
    else:
        rows = sum(sum(_of(t, line) for t in row) - len(row) + 2 for row in texts)
    return 4 + ceil(rows) + len(block.caption) // line


def _breaks(text: str) -> int:
    return text.count("\n")


def _of_chart(block: Chart, _line: int) -> int:
    if block.kind == "line":
        return 11
    return 9 + len(block.labels) * max(1, len(block.series))


_LINES: dict[type[Block], Callable[[Any, int], int]] = {
    Heading: lambda block, line: 2 + _of(block.text, line),
    Text: lambda block, line: 1 + _of(block.text, line),
    Quote: lambda block, line: 2 + _of(block.text, line) + _of(block.by, line),
    Bullets: lambda block, line: sum(_of(item, line) for item in block.items),
    Fields: _of_fields,
    Table: _of_table,
    Chart: _of_chart,
    Sign: lambda block, _line: _SIGN * -(-len(block.who) // _SIGNED),
    Space: lambda block, _line: 1 + 2 * block.lines,
    # what breaks a page cannot be kept on one
    Break: lambda _block, _line: max(_KEPT.values()) + 1,
    Keep: lambda block, line: sum(_lines(inner, line) for inner in block.blocks),
}
