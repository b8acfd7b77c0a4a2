"""Share a line's width among columns."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING
from typing import NamedTuple

from sencli.core.text.lines import measure
from sencli.core.text.lines import words

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Sequence

_LONGEST_WORD = 24
"""A longer word may be broken before it pushes its neighbours aside."""

_LEAST = 5
"""Characters below which a column of words is no longer readable."""


class Rule(NamedTuple):
    """How wide text is: in characters for a terminal, in ems for paper.

    Attributes:
        room: of a line, without what stands between columns.
        measure: the width of a text.
        letter: the width of a usual letter.
        words: what of a text no line may break.
    """

    room: float
    measure: Callable[[str], float] = measure
    letter: float = 1.0
    words: Callable[[str], Iterable[str]] = words


def share(
    columns: Sequence[Sequence[str]], rigid: Sequence[bool], rule: Rule
) -> list[float]:
    """A width for each column, given all its cells with the title.

    What fits is left as it is. Otherwise each column gets its longest word, and what
    remains goes to those whose usual cell would need more.

    Args:
        columns: the texts of each column.
        rigid: for each column, whether its words (sums, dates) must not be broken
            while another's can be.
        rule: the room and how it is measured.
    """
    lines = [_lines(column, rule) for column in columns]
    full = [max(rule.letter, *longest) for longest in lines]
    if sum(full) <= rule.room:
        return full
    least = _least([_word(column, rule) for column in columns], rigid, rule)
    # one odd name does not set the width of a column: four in five cells do; and the
    # square root keeps one essay from starving a column of names
    want = [
        max(0.0, sorted(longest)[math.ceil((len(longest) - 1) * 0.8)] - low) ** 0.5
        for longest, low in zip(lines, least, strict=True)
    ]
    spare = max(0.0, rule.room - sum(least)) / (sum(want) or 1.0)
    return [
        min(whole, low + spare * part)
        for whole, low, part in zip(full, least, want, strict=True)
    ]


def holds(columns: Sequence[Sequence[str]], rule: Rule) -> bool:
    """Whether the room holds the longest word of each column beside the others."""
    return sum(_word(column, rule) for column in columns) <= rule.room


def fitted(
    wanted: Sequence[float],
    columns: Sequence[Sequence[str]],
    rigid: Sequence[bool],
    rule: Rule,
) -> list[float]:
    """Wanted widths, except that no word is broken while another has room to spare.

    Args:
        wanted: widths that fill the room.
        columns: the texts of each column, as for :func:`share`.
        rigid: as for :func:`share`.
        rule: the room and how it is measured.
    """
    least = _least([_word(column, rule) for column in columns], rigid, rule)
    widths = list(wanted)
    short: set[int] = set()
    while True:
        more = {
            at for at, low in enumerate(least) if at not in short and widths[at] < low
        }
        if not more:
            return widths
        short |= more
        taken = sum(least[at] for at in short)
        others = sum(wide for at, wide in enumerate(wanted) if at not in short)
        widths = [
            least[at] if at in short else wide * (rule.room - taken) / others
            for at, wide in enumerate(wanted)
        ]


def _lines(column: Sequence[str], rule: Rule) -> list[float]:
    """The longest line of each cell."""
    measure = rule.measure
    if "\n" not in "".join(column):
        return [*map(measure, column)] or [0.0]
    return [max(map(measure, text.split("\n"))) for text in column]


def _word(column: Sequence[str], rule: Rule) -> float:
    each = {word for text in {*column} for word in rule.words(text)}
    return max(rule.letter, max(map(rule.measure, each), default=0.0))


def _least(whole: list[float], rigid: Sequence[bool], rule: Rule) -> list[float]:
    if sum(whole) <= rule.room:
        return whole
    least = [min(word, _LONGEST_WORD * rule.letter) for word in whole]
    stiff = sum(low for low, hard in zip(least, rigid, strict=True) if hard)
    soft = [low for low, hard in zip(least, rigid, strict=True) if not hard]
    if stiff + _LEAST * rule.letter * len(soft) > rule.room:
        return _levelled(least, rule.room)
    cut = iter(_levelled(soft, rule.room - stiff))
    return [low if hard else next(cut) for low, hard in zip(least, rigid, strict=True)]


def _levelled(widths: list[float], room: float) -> list[float]:
    """The widths with the widest cut down to one height until they fit the room."""
    left, top = room, 0.0
    for done, width in enumerate(sorted(widths)):
        top = left / (len(widths) - done)
        if width > top:
            break
        left -= width
    else:
        return widths
    return [min(width, top) for width in widths]
