"""How much of a case's history has room on its two pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from sencli.documents.view import Block
from sencli.documents.view import Bullets
from sencli.documents.view import Fields
from sencli.documents.view import Keep
from sencli.documents.view import Table

T = TypeVar("T")

_PAGES = 49.0
"""Centimetres of two pages without the head, what is left out, and the foot."""

_FEWEST = 12
_FIRST = 6
_HEADING = 1.1
_LINE = 0.5
_CELL = 0.42
_AIR = 0.33
_ACROSS = 92
_BESIDE = 70
_TOLD = 58
_DECIDED = 22


def shown(rows: Sequence[T], texts: Sequence[str], above: Sequence[Block]) -> list[T]:
    """The first rows and the last that have room under the blocks above them.

    Args:
        rows: the history, oldest first.
        texts: what each says.
        above: what stands before it.
    """
    room = _PAGES - 2 * _HEADING - sum(map(_tall, above))
    # a narrower column where the source of each claim stands beside it
    tall = [_CELL * _lines(text, _TOLD) + _AIR for text in texts]
    kept = 0
    spent = sum(tall[:_FIRST])
    for height in reversed(tall[_FIRST:]):
        spent += height
        if spent > room and kept + _FIRST >= _FEWEST:
            break
        kept += 1
    return [*rows[:_FIRST], *rows[_FIRST:][len(rows[_FIRST:]) - kept :]]


def _tall(block: Block) -> float:
    if isinstance(block, Keep):
        return sum(map(_tall, block.blocks))
    if isinstance(block, Bullets):
        return _LINE * sum(_lines(item, _ACROSS) for item in block.items) + _AIR
    if isinstance(block, Fields):
        return _LINE * sum(_lines(value, _BESIDE) for _, value in block.rows) + _AIR
    if isinstance(block, Table):
        rows = [str(row[-1]) for row in block.rows]
        return 2 * _HEADING + sum(_CELL * _lines(t, _DECIDED) + _AIR for t in rows)
    return _HEADING


def _lines(text: str, across: int) -> int:
    return 1 + len(text) // across
