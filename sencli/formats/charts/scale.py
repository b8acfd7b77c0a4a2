"""Chart axes: round steps and true spacing."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sencli.formats.cells import number
from sencli.value import Value

if TYPE_CHECKING:
    from sencli.documents.view import Chart

_FINEST = 1e-9
_STEPS = (1, 2, 2.5, 5, 10)
_LINES = 4
_FAR_FROM_ZERO = 0.7
_ALIKE = 1e-9
_LARGEST = 1e9


class Axis(Value):
    """From ``low`` to ``high``, with the values that get a line and their words."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]

    def place(self, value: float, start: float, end: float) -> float:
        """Where a value stands between two coordinates."""
        return start + (end - start) * (value - self.low) / (self.high - self.low)


def drawable(value: float | None) -> float | None:
    """The value, or None where no axis could show it."""
    known = value is not None and math.isfinite(value) and abs(value) < _LARGEST
    return value if known else None


def values_of(chart: Chart) -> list[float]:
    """Every value that must be on the axis."""
    values = [value for series in chart.series for value in series.values]
    return [value for value in (*values, chart.target) if value is not None]


def axis_of(chart: Chart, *, from_zero: bool = False) -> Axis:
    """The axis of values.

    A scale of words has its own steps. Counts begin at nought, because a cut axis makes
    progress look larger; scores far from nought (85 to 92) may not.
    """
    values = values_of(chart)
    if from_zero:
        values.append(0.0)
    if chart.names:
        return _of_words(chart, values)
    low, high = min(values, default=0.0), max(values, default=1.0)
    if 0 < low < high * _FAR_FROM_ZERO:
        low = 0.0
    if high - low < _ALIKE:  # figures so near each other have no step between them
        low, high = low - 1 if low else 0.0, high + 1
    return _stepped(low, high)


def _of_words(chart: Chart, values: list[float]) -> Axis:
    known = [value for value, _ in chart.names] + values
    low, high = min(known), max(known)
    if low == high:
        low, high = low - 1, high + 1
    margin = (high - low) * 0.08
    return Axis(low - margin, high + margin, _apart(chart.names, margin))


def _apart(
    names: tuple[tuple[float, str], ...], least: float
) -> tuple[tuple[float, str], ...]:
    """The words that can stand under one another: the ends, and those with room."""
    kept: list[tuple[float, str]] = []
    for value, word in sorted(names):
        if kept and value - kept[-1][0] < least:
            if len(kept) == 1 or value < max(names)[0]:
                continue
            kept.pop()
        kept.append((value, word))
    return tuple(kept)


def _stepped(low: float, high: float) -> Axis:
    # nothing that a school measures is finer, and log10 needs more than nothing
    rough = max((high - low) / _LINES, _FINEST)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(size * power for size in _STEPS if size * power >= rough * 0.999)
    first, last = math.floor(low / step), math.ceil(high / step)
    ticks = tuple(
        (at * step, number(round(at * step, 6))) for at in range(first, last + 1)
    )
    return Axis(first * step, last * step, ticks)


def along(chart: Chart, left: float, right: float) -> list[float]:
    """Where each label stands: by its ``x`` where given, else evenly."""
    count = len(chart.labels)
    xs = list(chart.x) if len(chart.x) == count else [float(at) for at in range(count)]
    low, high = min(xs, default=0.0), max(xs, default=0.0)
    if low == high:
        return [(left + right) / 2] * count
    return [left + (right - left) * (x - low) / (high - low) for x in xs]
