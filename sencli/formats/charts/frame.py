"""The frame of a chart: legend, grid, target, labels."""

from __future__ import annotations

from math import inf
from math import isinf
from typing import TYPE_CHECKING

from sencli.formats.cells import number
from sencli.formats.charts import canvas as pen
from sencli.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from sencli.documents.view import Chart
    from sencli.formats.charts.canvas import Canvas
    from sencli.formats.charts.scale import Axis

_NO_LEGEND = 8.0
_TWO_LINES = 19.0
"""Between the words of two steps that each take two lines."""


class Plot(Value):
    """The part of a picture that the values fill."""

    left: float
    top: float
    right: float
    bottom: float

    def height(self, axis: Axis, value: float) -> float:
        """The ``y`` of a value."""
        return axis.place(value, self.bottom, self.top)


def plot_of(canvas: Canvas, axis: Axis, legend_foot: float) -> Plot:
    """The plot under the legend, right of the axis; sets the picture's height."""
    canvas.height = pen.HEIGHT + legend_foot - _NO_LEGEND
    top, bottom = legend_foot + 6, canvas.height - 16
    return Plot(axis_left(axis, canvas.width), top, canvas.width - 8, bottom)


def axis_left(axis: Axis, wide: float) -> float:
    """Where the plot begins, beside the words of its axis."""
    widest = max((pen.breadth(words) for _, words in axis.ticks), default=0.0)
    return min(widest + 8, wide * 0.5)


def legend(
    canvas: Canvas, chart: Chart, left: float, sign: Callable[[float, float, int], None]
) -> float:
    """The names of the series, each after its sign; returns where they end.

    One series that the caption already names needs no legend.
    """
    names = [series.name for series in chart.series]
    if not names or (len(names) == 1 and names[0].strip() in chart.caption):
        return _NO_LEGEND
    x, y = left, 6.0
    for place, name in enumerate(names):
        need = pen.breadth(name) + 30
        if place and x + need > canvas.width:
            x, y = left, y + 11
        sign(x, y, place)
        room = canvas.width - x - 18
        canvas.text((x + 18, y), name, "start", fill=pen.INK, room=room)
        x += need
    return y + 8


def grid(canvas: Canvas, axis: Axis, plot: Plot) -> None:
    """Faint lines across the plot, with what they stand for at their left."""
    before = inf
    for value, words in axis.ticks:
        y = plot.height(axis, value)
        canvas.line((plot.left, y), (plot.right, y), pen.FAINT, 0.5)
        said = pen.parted(words, plot.left - 5)
        if abs(y - before) < _TWO_LINES or len(said) == 1:
            canvas.text((plot.left - 5, y), words, "end", room=plot.left - 5)
        else:
            # the lowest keep clear of the labels under the plot
            places = (-8.0, 0.0) if isinf(before) else (-4.0, 4.0)
            for line, up in zip(said, places, strict=True):
                canvas.text((plot.left - 5, y + up), line, "end")
        before = y


def target(canvas: Canvas, chart: Chart, axis: Axis, plot: Plot) -> None:
    """The dashed line to reach, its words at the end where they hide the least."""
    if chart.target is None:
        return
    y = plot.height(axis, chart.target)
    canvas.line((plot.left, y), (plot.right, y), pen.INK, 0.8, pen.TARGET_DASH)
    heights = [
        [plot.height(axis, value) for value in series.values if value is not None]
        for series in chart.series
    ]
    firsts = [each[0] for each in heights if each]
    lasts = [each[-1] for each in heights if each]

    def room(place: tuple[float, list[float]]) -> float:
        middle, ends = place
        inside = plot.top - 12 <= middle <= plot.bottom - 4
        # a value stands about as far above its mark as these words above their line
        near = [abs(middle - end) for end in (*ends, *(end - 8 for end in ends))]
        return min(near, default=99.0) if inside else -1.0

    middle, ends = max(
        ((y + side, ends) for ends in (firsts, lasts) for side in (-6.0, 6.0)), key=room
    )
    words, across = target_words(chart), plot.right - plot.left
    if ends is firsts:
        canvas.text((plot.left + 2, middle), words, "start", aim=True, room=across)
    else:
        canvas.text((plot.right, middle), words, "end", aim=True, room=across)


def target_words(chart: Chart) -> str:
    """The label of the target line."""
    if chart.target is None:
        return ""
    value = number(chart.target)
    # a label that already says the number, or a scale of words, needs no number
    if chart.names or value in chart.target_label:
        return chart.target_label or value
    return f"{chart.target_label} {value}".strip()


def labels(
    canvas: Canvas, words: Sequence[str], places: Sequence[float], y: float
) -> None:
    """Labels under the plot: the first and the last, and those with room between."""
    if not words:
        return
    end = len(words) - 1
    if end:
        # the ends always stand, so neither may take more than its half
        room = canvas.width / 2 - 3
        words = [pen.shortened(each, room) for each in words]
    half = pen.breadth(words[end]) / 2
    last_left = min(places[end] - half, canvas.width - 2 * half)
    free = float("-inf")
    for at, x in enumerate(places):
        half = pen.breadth(words[at]) / 2
        right = max(x + half, half * 2)
        if at in {0, end} or (x - half > free + 4 and right + 4 < last_left):
            canvas.text((x, y), words[at])
            free = right
