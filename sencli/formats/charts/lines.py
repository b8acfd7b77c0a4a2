"""Line charts over time, with gaps where nothing was measured."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from sencli.formats.cells import number
from sencli.formats.charts import canvas as pen
from sencli.formats.charts import frame
from sencli.formats.charts import scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sencli.documents.view import Chart
    from sencli.formats.charts.canvas import Canvas
    from sencli.formats.charts.canvas import Drawing
    from sencli.formats.charts.canvas import Point

_NEAR = 6.0


def draw(chart: Chart, accent: str, wide: float) -> Drawing:
    """The drawing of a chart of lines."""
    canvas = pen.Canvas(wide)
    axis = scale.axis_of(chart)

    def sign(x: float, y: float, series: int) -> None:
        colour = pen.colour_of(series, accent)
        dash = pen.DASHES[series % len(pen.DASHES)]
        canvas.line((x, y), (x + 14, y), colour, 1.1, dash)
        canvas.mark((x + 7, y), series, colour)

    foot = frame.legend(canvas, chart, frame.axis_left(axis, wide), sign)
    plot = frame.plot_of(canvas, axis, foot)
    frame.grid(canvas, axis, plot)
    frame.target(canvas, chart, axis, plot)
    places = scale.along(chart, plot.left + 12, plot.right - 12)
    frame.labels(canvas, chart.labels, places, canvas.height - 6)
    for series, named in enumerate(chart.series):
        points = [
            None if value is None else (x, plot.height(axis, value))
            for x, value in zip(places, named.values, strict=False)
        ]
        one(canvas, points, series, pen.colour_of(series, accent))
    if not chart.names:
        for series, named in enumerate(chart.series):
            heights = [
                (at, (places[at], plot.height(axis, value)), number(value))
                for at, value in enumerate(named.values[: len(places)])
                if value is not None
            ]
            values(canvas, [made[1:] for made in heights], len(chart.series), series)
    return canvas.done()


def one(
    canvas: Canvas, points: Sequence[Point | None], series: int, colour: str
) -> None:
    """The line and the marks of one series."""
    dash = pen.DASHES[series % len(pen.DASHES)]
    for start, end in pairwise(points):
        if start and end:
            canvas.line(start, end, colour, 1.4, dash)
    for point in points:
        if point:
            canvas.mark(point, series, colour)


def values(
    canvas: Canvas,
    known: Sequence[tuple[Point, str]],
    every: int,
    series: int,
    line: float | None = None,
) -> None:
    """Values beside their marks: all of one series, the ends of several.

    They stand clear of a ``line`` across the picture where they can.
    """
    ends = [*known[-1:], *known[:-1][:1]]
    between = known[1:-1] if every == 1 else []
    for (x, y), words in [*ends, *between]:
        sides = [y - 8, y + 8] if series % 2 == 0 else [y + 8, y - 8]
        if line is not None:
            sides.sort(key=lambda side: abs(side - line) < _NEAR)
        clear = [side for side in sides if canvas.free((x, side), words)]
        if clear:
            canvas.text((x, clear[0]), words, fill=pen.INK, value=True)
