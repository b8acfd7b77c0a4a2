"""A small chart of a course, to stand beside what it is about.

It has no frame: values stand at their marks, the aim is a dashed line with its words
at the end and a point on its day, and the days run on to the one that is to come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sencli.formats.cells import number
from sencli.formats.charts import canvas as pen
from sencli.formats.charts import frame
from sencli.formats.charts import lines
from sencli.formats.charts import scale
from sencli.value import replace

if TYPE_CHECKING:
    from sencli.documents.view import Chart
    from sencli.formats.charts.canvas import Drawing
    from sencli.formats.charts.frame import Plot
    from sencli.formats.charts.scale import Axis

WIDTH = 160.0
HEIGHT = 58.0
_WORD = 10.0
_WORDS = 21.0
_EDGE = 9.0
_FOOT = 14.0


def draw(chart: Chart, accent: str) -> Drawing:
    """The drawing of a course."""
    step = max((_step(name) for _, name in chart.names), default=0.0)
    height = max(HEIGHT, _FOOT + step * (len(chart.names) + 1))
    canvas = pen.Canvas(WIDTH, height)
    axis = _axis(chart)
    aim = "" if chart.target is None else frame.target_words(chart)
    right = canvas.width - max(_EDGE, pen.breadth(aim) + 6 if aim else 0.0)
    left = frame.axis_left(axis, canvas.width) if chart.names else _EDGE
    right = max(right, left + 30)
    plot = frame.Plot(left, _EDGE, right, height - _FOOT)
    if chart.names:
        frame.grid(canvas, axis, plot)
    canvas.line((plot.left, plot.bottom), (plot.right, plot.bottom), pen.MUTED, 0.5)
    places, until, aim_at = _places(chart, plot)
    line = None if chart.target is None else plot.height(axis, chart.target)
    if line is not None:
        start, end = (plot.left, line), (plot.right, line)
        canvas.line(start, end, pen.INK, 0.8, pen.TARGET_DASH)
        if aim_at is not None:
            canvas.mark((aim_at, line), 1, pen.INK)
        room = canvas.width - plot.right - 5
        canvas.text((plot.right + 5, line), aim, "start", aim=True, room=room)
    words, stops = [*chart.labels], [*places]
    if until is not None and chart.until_label:
        words, stops = [*words, chart.until_label], [*stops, until]
    frame.labels(canvas, words, stops, height - 5)
    for at, named in enumerate(chart.series):
        known = [
            None if value is None else (x, plot.height(axis, value))
            for x, value in zip(places, named.values, strict=False)
        ]
        lines.one(canvas, known, at, pen.colour_of(at, accent))
        if not chart.names:
            said = [
                (point, number(value))
                for point, value in zip(known, named.values, strict=False)
                if point is not None and value is not None
            ]
            lines.values(canvas, said, len(chart.series), at, line)
    return canvas.done()


def _step(name: str) -> float:
    """The height of a step of a scale, whose name may need two lines."""
    lines_of = len(pen.parted(name, WIDTH / 2 - 5))
    return _WORD if lines_of == 1 else _WORDS


def _axis(chart: Chart) -> Axis:
    """The axis of a large one, for which see there; numbers have no ticks."""
    axis = scale.axis_of(chart)
    return axis if chart.names else replace(axis, ticks=())


def _places(chart: Chart, plot: Plot) -> tuple[list[float], float | None, float | None]:
    """Where the labels, the last day and the aim stand along the chart."""
    spaced = len(chart.x) == len(chart.labels)
    if not spaced or chart.until is None:
        return scale.along(chart, plot.left + 4, plot.right - 4), None, None
    low, high = min(chart.x, default=0.0), max(chart.x, default=0.0)
    end = max(high, chart.until)
    aim = chart.target_x
    aim = aim if aim is not None and low <= aim <= end else None
    longer = (*chart.x, end, end if aim is None else aim)
    stretched = replace(chart, x=longer, labels=("",) * len(longer))
    *places, until, aim_at = scale.along(stretched, plot.left + 4, plot.right - 4)
    # the day of the last measurement needs no second label
    later = until if chart.until > high else None
    return places, later, None if aim is None else aim_at
