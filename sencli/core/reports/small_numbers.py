"""Suppress small numbers so that nobody can be identified from a table.

A table of counts has totals of its rows and columns. A count of 1 to one below the
limit is withheld; then as many more as it takes that none of those can be worked out
from the rest. A nought says that nobody is there and stays.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from fractions import Fraction

Cell = tuple[int, int]
CellLine = tuple[Cell, ...]
Shown = tuple[tuple[int | None, ...], ...]


def table(
    cells: Sequence[Sequence[int]],
    small: int,
    heads: Sequence[Sequence[int]] | None = None,
) -> Shown:
    """The table with its totals (last column and last row); ``None`` is withheld.

    The totals at the foot are withheld by themselves alone: tables of the same pupils
    by different groups withhold the same of them, and none gives another's away.

    Args:
        cells: counts by row; every pupil is in one cell.
        small: counts from 1 to below this are withheld.
        heads: how many pupils stand behind each count, with the totals, where pupils
            may have several: what few pupils have is withheld, however much it is.
    """
    return _Grid(cells, small, heads).shown()


def withhold_parts(
    counts: Sequence[int], small: int
) -> tuple[tuple[int | None, ...], int | None]:
    """Counts that make up a whole, and the whole; ``None`` is withheld."""
    (*_, foot) = table([counts], small)
    return foot[:-1], foot[-1]


def pair(one: int, other: int, small: int) -> tuple[int | None, int | None]:
    """Two counts that reveal each other: suppress both or neither."""
    if any(0 < count < small for count in (one, other)):
        return None, None
    return one, other


def of_pupils(
    one: tuple[int, int], other: tuple[int, int], small: int
) -> tuple[int | None, int | None]:
    """As ``pair``, of two counts each with the number of pupils that have them."""
    if any(0 < number < small for number in (*one, *other)):
        return None, None
    return one[0], other[0]


def alone(count: int, small: int) -> int | None:
    """One count, or ``None`` where it is withheld."""
    return None if 0 < count < small else count


class _Grid:
    """A table with the cells suppressed so far."""

    def __init__(
        self,
        cells: Sequence[Sequence[int]],
        small: int,
        heads: Sequence[Sequence[int]] | None,
    ) -> None:
        rows = [[*row, sum(row)] for row in cells]
        wide = len(rows[0]) if rows else 1
        foot = [sum(row[at] for row in rows) for at in range(wide)]
        self.rows = [*rows, foot]
        self.small = small
        self.foot = len(rows)
        places = [(i, j) for i, row in enumerate(self.rows) for j in range(len(row))]
        self.heads = heads or self.rows
        self.tiny = {
            place
            for place in places
            if 0 < self.at(place) < small or 0 < self.behind(place) < small
        }
        self.hidden = set(self.tiny)
        across = [[(i, j) for j in range(wide)] for i in range(len(self.rows))]
        down = [[(i, j) for i in range(len(self.rows))] for j in range(wide)]
        self.lines = [tuple(line) for line in (*across, *down)]
        self.last = tuple(across[-1])
        self.places = places

    def at(self, place: Cell) -> int:
        """The count at a place."""
        return self.rows[place[0]][place[1]]

    def behind(self, place: Cell) -> int:
        """The number of pupils behind a count."""
        return self.heads[place[0]][place[1]]

    def shown(self) -> Shown:
        """The counts that may be shown."""
        self._protect([self.last], self.last)
        above = [place for place in self.places if place[0] != self.foot]
        if not self._protect(self.lines, above):
            self.hidden |= set(above)
        return tuple(
            tuple(
                None if (i, j) in self.hidden else count for j, count in enumerate(row)
            )
            for i, row in enumerate(self.rows)
        )

    def _protect(self, lines: Sequence[CellLine], may: Collection[Cell]) -> bool:
        """Withhold more until nothing small can be worked out; whether that was so."""
        while (weak := self._weak(lines)) is not None:
            found = [place for place in weak if place in may]
            open_ = [place for place in found if place not in self.hidden]
            if not open_:
                open_ = [place for place in may if place not in self.hidden]
            if not open_:
                return False
            self.hidden.add(min(open_, key=self._loss))
        return True

    def _loss(self, place: Cell) -> tuple[bool, bool, int, Cell]:
        """The information lost by suppressing a cell."""
        total = place[1] == len(self.rows[0]) - 1
        return self.at(place) == 0, total, self.at(place), place

    def _weak(self, lines: Sequence[CellLine]) -> Iterable[Cell] | None:
        """A line from which something small can be worked out, or ``None``."""
        for line in lines:
            if self._thin(line):
                return line
        if not determined(lines, self.hidden) & self.tiny:
            return None
        # what pins it down may lie further off: any line that withholds something
        return [p for line in lines if self.hidden & set(line) for p in line]

    def _thin(self, line: CellLine) -> bool:
        """Whether a line's suppressed cells sum to a small number, or are one alone."""
        *body, total = line
        gone = [place for place in body if place in self.hidden]
        if not self.tiny & set(line) or (total in self.hidden and gone):
            return False
        if total in self.hidden:
            return True
        few = (sum(map(self.at, gone)), sum(map(self.behind, gone)))
        return len(gone) == 1 or any(0 < number < self.small for number in few)


def determined(lines: Iterable[CellLine], hidden: Collection[Cell]) -> set[Cell]:
    """The places withheld whose count follows from the lines and all that is shown.

    Each line says that its last place is the sum of the others.
    """
    order = sorted(hidden)
    rows = [
        [_sign(line, place) for place in order]
        for line in lines
        if any(place in hidden for place in line)
    ]
    return {order[at] for at in _pinned(rows, len(order))}


def _sign(line: CellLine, place: Cell) -> Fraction:
    if place not in line:
        return Fraction(0)
    return Fraction(-1 if place == line[-1] else 1)


def _pinned(rows: list[list[Fraction]], wide: int) -> Iterator[int]:
    """Columns that are alone in a row of the reduced equations."""
    at = 0
    for column in range(wide):
        pivot = next((i for i in range(at, len(rows)) if rows[i][column]), None)
        if pivot is None:
            continue
        rows[at], rows[pivot] = rows[pivot], rows[at]
        lead = rows[at][column]
        rows[at] = [value / lead for value in rows[at]]
        for i, row in enumerate(rows):
            if i != at and row[column]:
                by = row[column]
                rows[i] = [a - by * b for a, b in zip(row, rows[at], strict=True)]
        at += 1
    for row in rows[:at]:
        kept = [column for column, value in enumerate(row) if value]
        if len(kept) == 1:
            yield kept[0]
