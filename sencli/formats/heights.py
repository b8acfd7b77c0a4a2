"""About how tall a block is on paper: whether blocks can stand on one page together."""

from __future__ import annotations

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

KEPT = 24
"""Lines that fit on any page, lying or upright, whatever stands above them.

What is taller is let break: kept together it would run off the page and be lost.
"""

_LINE = 80


def lines(block: Block) -> int:
    """About how many lines of a page the block takes, rather too many than too few."""
    count = _LINES.get(type(block))
    return count(block) if count else 0


def _of(text: Any) -> int:
    return 1 + len(str(text)) // _LINE + str(text).count("\n")


def _of_table(block: Table) -> int:
    rows = sum(sum(map(_of, row)) - len(row) + 2 for row in block.rows)
    return 3 + rows + len(block.caption) // _LINE


def _of_chart(block: Chart) -> int:
    if block.kind == "line":
        return 11
    return 9 + len(block.labels) * max(1, len(block.series))


_LINES: dict[type[Block], Callable[[Any], int]] = {
    Heading: lambda block: 2 + _of(block.text),
    Text: lambda block: 1 + _of(block.text),
    Quote: lambda block: 2 + _of(block.text) + _of(block.by),
    Bullets: lambda block: sum(map(_of, block.items)),
    Fields: lambda block: sum(_of(name) + _of(value) for name, value in block.rows),
    Table: _of_table,
    Chart: _of_chart,
    Sign: lambda block: 3 * len(block.who),
    Space: lambda block: 1 + 2 * block.lines,
    Break: lambda _block: KEPT + 1,  # what breaks a page cannot be kept on one
    Keep: lambda block: sum(map(lines, block.blocks)),
}
