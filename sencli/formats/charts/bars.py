"""Bar charts: vertical for short labels, horizontal for long ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sencli.formats.cells import number
from sencli.formats.charts import canvas as pen
from sencli.formats.charts import frame
from sencli.formats.charts import scale

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sencli.documents.view import Chart
    from sencli.formats.charts.canvas import Canvas
    from sencli.formats.charts.canvas import Drawing
    from sencli.formats.charts.canvas import Point

_ACROSS, _PALE, _DOWN = 1, 2, 3
_STRIPE = 2.6
_THICK = 11.0
_TALLEST = 600.0
_LABEL_SHARE = 0.5
_VALUE_SHARE = 0.3
_UNDER_BAR = 9.0
"""For the figure under a bar that hangs, above the labels."""


def draw(chart: Chart, accent: str, wide: float) -> Drawing:
    """The drawing of a chart of bars.

    Long labels and values stand beside bars that lie, so that each can be read whole.
    """
    band = wide * 0.85 / max(1, len(chart.labels))
    widest = max(map(pen.breadth, chart.labels), default=0.0)
    said = max((pen.breadth(words) for *_, words in _values(chart)), default=0.0)
    if widest + 4 > band or (said + 2) * len(chart.series) > band:
        return _lying(chart, accent, wide)
    return _upright(chart, accent, wide)


def fill(canvas: Canvas, corner: Point, size: Point, series: int, accent: str) -> None:
    """Fill a bar: solid, striped across, pale, or striped down, by its series."""
    (x, y), (wide, tall) = corner, size
    colour = pen.colour_of(series, accent)
    way = series % 4
    canvas.rect(corner, size, {0: colour, _PALE: pen.FAINT}.get(way, pen.WHITE), colour)
    if way == _ACROSS:
        for at in range(1, int(tall / _STRIPE) + 1):
            level = min(y + at * _STRIPE, y + tall)
            canvas.line((x, level), (x + wide, level), colour, 0.7)
    if way == _DOWN:
        for at in range(1, int(wide / _STRIPE) + 1):
            beside = min(x + at * _STRIPE, x + wide)
            canvas.line((beside, y), (beside, y + tall), colour, 0.7)


def legend(canvas: Canvas, chart: Chart, left: float, accent: str) -> float:
    """The names of the series, each after a sample of its filling."""

    def sign(x: float, y: float, series: int) -> None:
        fill(canvas, (x + 2, y - 3.5), (10, 7), series, accent)

    return frame.legend(canvas, chart, left, sign)


def _values(chart: Chart) -> Iterator[tuple[int, int, float, str]]:
    """Each value with its label's and its series' place, and as it is written."""
    words = dict(chart.names)
    for at in range(len(chart.labels)):
        for series, named in enumerate(chart.series):
            value = named.values[at] if at < len(named.values) else None
            if value is not None:
                yield at, series, value, words.get(value, number(value))


def _upright(chart: Chart, accent: str, wide: float) -> Drawing:
    canvas = pen.Canvas(wide)
    axis = scale.axis_of(chart, from_zero=True)
    foot = legend(canvas, chart, frame.axis_left(axis, wide), accent)
    plot = frame.plot_of(canvas, axis, foot)
    if any(value < 0 for _, _, value, _ in _values(chart)):
        canvas.height += _UNDER_BAR
    frame.grid(canvas, axis, plot)
    band = (plot.right - plot.left) / max(1, len(chart.labels))
    each = min(34.0, band * 0.72 / max(1, len(chart.series)))
    zero = plot.height(axis, 0.0)
    middles = [plot.left + band * (at + 0.5) for at in range(len(chart.labels))]
    for label, middle in zip(chart.labels, middles, strict=True):
        canvas.text((middle, canvas.height - 6), label)
    for at, series, value, words in _values(chart):
        y = plot.height(axis, value)
        left = middles[at] + each * (series - len(chart.series) / 2)
        size = (each - 1.6, abs(y - zero))
        fill(canvas, (left + 0.8, min(y, zero)), size, series, accent)
        place = (left + each / 2, y - 6 if value >= 0 else y + 6)
        canvas.text(place, words, fill=pen.INK, value=True)
    canvas.line((plot.left, zero), (plot.right, zero), pen.INK, 0.7)
    frame.target(canvas, chart, axis, plot)
    return canvas.done()


def _lying(chart: Chart, accent: str, wide: float) -> Drawing:
    canvas = pen.Canvas(wide)
    axis = scale.axis_of(chart, from_zero=True)
    widest = max(map(pen.breadth, chart.labels), default=0.0)
    said = max((pen.breadth(words) for *_, words in _values(chart)), default=0.0)
    left = min(widest + 6, canvas.width * _LABEL_SHARE)
    # a value stands behind its bar, and a word of a scale is longer than a number
    right = canvas.width - min(max(26.0, said + 10), canvas.width * _VALUE_SHARE)
    top = legend(canvas, chart, left, accent) + 4
    every, count = len(chart.labels), len(chart.series)
    thick = min(_THICK, (_TALLEST - top) / max(1.0, every * (count + 0.5)))
    step = thick * (count + 0.5)
    bottom = top + step * every
    canvas.height = bottom + (13 if chart.target is not None else 2)
    for at, label in enumerate(chart.labels):
        place = (left - 5, top + step * (at + 0.5))
        canvas.text(place, label, "end", fill=pen.INK, room=left - 5)
    zero = axis.place(0.0, left, right)
    for at, series, value, words in _values(chart):
        x = axis.place(value, left, right)
        y = top + step * at + thick * (series + 0.25)
        size = (abs(x - zero), thick - 1.4)
        fill(canvas, (min(x, zero), y + 0.7), size, series, accent)
        place = (max(x, zero) + 4, y + thick / 2)
        room = canvas.width - place[0]
        canvas.text(place, words, "start", fill=pen.INK, value=True, room=room)
    canvas.line((zero, top), (zero, bottom), pen.INK, 0.7)
    if chart.target is not None:
        x = axis.place(chart.target, left, right)
        canvas.line((x, top), (x, bottom), pen.INK, 0.8, pen.TARGET_DASH)
        canvas.text((x, bottom + 7), frame.target_words(chart), fill=pen.INK)
    return canvas.done()
