"""Bars: upright under short labels, lying beside long ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sencli.formats import chart as pen
from sencli.formats import scale
from sencli.formats.written import number

if TYPE_CHECKING:
    from sencli.documents.view import Chart

_DOWN = 3
_STRIPE = 2.6
_TALLEST = 600.0
_LABEL_SHARE = 0.45


def fill(
    canvas: pen.Canvas,
    corner: tuple[float, float],
    size: tuple[float, float],
    series: int,
    colour: str,
) -> None:
    """A bar: solid, striped across, pale, or striped down, by its series."""
    x, y = corner
    wide, tall = size
    way = series % 4
    solid = {0: colour, 2: pen.FAINT}.get(way, pen.WHITE)
    canvas.rect(corner, size, solid, colour)
    if way == 1:
        for at in range(1, int(tall / _STRIPE) + 1):
            level = y + at * _STRIPE
            if level < y + tall:
                canvas.line((x, level), (x + wide, level), colour, 0.7)
    if way == _DOWN:
        for at in range(1, int(wide / _STRIPE) + 1):
            beside = x + at * _STRIPE
            if beside < x + wide:
                canvas.line((beside, y), (beside, y + tall), colour, 0.7)


def draw(chart: Chart, accent: str) -> pen.Drawing:
    """The drawing of a chart of bars."""
    band = pen.WIDTH * 0.85 / max(1, len(chart.labels))
    widest = max(map(pen.breadth, chart.labels), default=0.0)
    if widest + 4 > band:
        return _lying(chart, accent)
    return _upright(chart, accent)


def _shown(chart: Chart, value: float) -> str:
    return dict(chart.names).get(value, number(value))


def _upright(chart: Chart, accent: str) -> pen.Drawing:
    axis = scale.axis_of(chart, from_zero=True)
    widest = max((pen.breadth(words) for _, words in axis.ticks), default=0.0)
    left = min(widest + 8, pen.WIDTH * 0.4)
    canvas = pen.Canvas()
    top = pen.legend(canvas, chart, accent, left) + 6
    canvas.height = pen.HEIGHT + top - 26
    bottom = canvas.height - 16
    plot = (left, top, pen.WIDTH - 4, bottom)
    pen.grid(canvas, axis, plot)
    band = (plot[2] - left) / max(1, len(chart.labels))
    each = min(34.0, band * 0.72 / max(1, len(chart.series)))
    zero = axis.place(max(axis.low, 0.0), bottom, top)
    for at, label in enumerate(chart.labels):
        middle = left + band * (at + 0.5)
        canvas.text((middle, canvas.height - 6), label)
        begin = middle - each * len(chart.series) / 2
        for place, series in enumerate(chart.series):
            value = series.values[at] if at < len(series.values) else None
            if value is None or not scale.finite(value):
                continue
            y = axis.place(value, bottom, top)
            corner = (begin + each * place + 0.8, min(y, zero))
            size = (each - 1.6, abs(y - zero))
            fill(canvas, corner, size, place, pen.colour_of(place, accent))
            words = (corner[0] + size[0] / 2, y - 6 if value >= 0 else y + 6)
            canvas.text(
                words, _shown(chart, value), fill=pen.INK, strong=True, over=True
            )
    canvas.line((left, zero), (plot[2], zero), pen.INK, 0.7)
    pen.target(canvas, chart, axis, plot)
    return canvas.done()


def _lying(chart: Chart, accent: str) -> pen.Drawing:
    axis = scale.axis_of(chart, from_zero=True)
    widest = max(map(pen.breadth, chart.labels), default=0.0)
    canvas = pen.Canvas()
    left = min(widest + 6, canvas.width * _LABEL_SHARE)
    right = canvas.width - 26
    top = pen.legend(canvas, chart, accent, left)
    rows = max(1, len(chart.labels) * len(chart.series))
    thick = min(11.0, (_TALLEST - top) / (rows + len(chart.labels) * 0.5))
    step = thick * (len(chart.series) + 0.5)
    bottom = top + step * len(chart.labels)
    canvas.height = bottom + (12 if chart.target is not None else 2)
    zero = axis.place(max(axis.low, 0.0), left, right)
    for at, label in enumerate(chart.labels):
        y = top + step * at
        canvas.text((left - 5, y + step / 2), label, "end", fill=pen.INK)
        for place, series in enumerate(chart.series):
            value = series.values[at] if at < len(series.values) else None
            if value is None or not scale.finite(value):
                continue
            x = axis.place(value, left, right)
            corner = (min(x, zero), y + thick * (place + 0.25) + 0.7)
            size = (abs(x - zero), thick - 1.4)
            fill(canvas, corner, size, place, pen.colour_of(place, accent))
            words = (max(x, zero) + 4, corner[1] + size[1] / 2)
            canvas.text(words, _shown(chart, value), "start", fill=pen.INK, strong=True)
    canvas.line((zero, top), (zero, bottom), pen.INK, 0.7)
    if chart.target is not None:
        x = axis.place(chart.target, left, right)
        canvas.line((x, top), (x, bottom), pen.INK, 0.8, pen.TARGET_DASH)
        canvas.text((x, bottom + 6), pen.target_words(chart), fill=pen.INK)
    return canvas.done()
