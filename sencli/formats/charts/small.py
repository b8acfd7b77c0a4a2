"""Charts that stand among words: parts of a whole as one bar, a course as one line."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from sencli.formats.cells import number
from sencli.formats.charts import bars
from sencli.formats.charts import canvas as pen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sencli.documents.view import Chart
    from sencli.formats.charts.canvas import Drawing

_LEAST = 13.0
"""So wide is a part that its count can stand in it."""
_THICK = 12.0
_STEP = 17.0

_SPARK_WIDE = 200.0
_SPARK_TALL = 34.0
_MARGIN = 4.0


def stack(chart: Chart, accent: str, wide: float) -> Drawing:
    """A bar for each label, parted by the series; each count stands in its part."""
    canvas = pen.Canvas(wide)
    widest = max(map(pen.breadth, chart.labels), default=0.0)
    left = min(widest + 12, canvas.width * 0.45) if widest else 0.0
    rows = range(len(chart.labels))
    wholes = [
        f"of {number(sum(_count(series.values, row) for series in chart.series))}"
        for row in rows
    ]
    right = canvas.width - 4 - max(map(pen.breadth, wholes), default=0.0)
    top = bars.legend(canvas, chart, left, accent) + 2
    for row, label in enumerate(chart.labels):
        y = top + _STEP * row
        middle = y + _THICK / 2
        if label:
            place = (left - 5, middle)
            canvas.text(place, label, "end", fill=pen.INK, room=left - 5)
        counts = [_count(series.values, row) for series in chart.series]
        x = left
        for series, (count, part) in enumerate(
            zip(counts, parted(counts, right - left), strict=True)
        ):
            if not part:
                continue
            bars.fill(canvas, (x, y), (part, _THICK), series, accent)
            place = (x + part / 2, middle)
            canvas.text(place, number(count), fill=pen.INK, value=True)
            x += part
        canvas.text((right + 4, middle), wholes[row], "start")
    canvas.height = top + _STEP * len(chart.labels)
    return canvas.done()


def _count(values: Sequence[float | None], place: int) -> float:
    found = values[place] if place < len(values) else None
    return max(0.0, found or 0.0)


def parted(counts: Sequence[float], room: float) -> list[float]:
    """The room shared by the counts, none too narrow for its figure."""
    some = [count for count in counts if count]
    figures = max((pen.breadth(number(count)) for count in some), default=0.0)
    least = min(max(_LEAST, figures + 5), room / max(1, len(some)))
    spare, whole = room - least * len(some), sum(some)
    return [least + spare * count / whole if count else 0.0 for count in counts]


def spark(chart: Chart, accent: str) -> Drawing:
    """One line without an axis: where it began and where it is, with their labels."""
    canvas = pen.Canvas(_SPARK_WIDE, _SPARK_TALL)
    values = chart.series[0].values if chart.series else ()
    known = [(at, value) for at, value in enumerate(values) if value is not None]
    if not known:
        return canvas.done()
    ends = [number(known[0][1]), number(known[-1][1])]
    left, right = (pen.breadth(words) + 3 + _MARGIN for words in ends)
    low, high = min(v for _, v in known), max(v for _, v in known)
    top, bottom = _MARGIN + 2, _SPARK_TALL - 13
    wide = canvas.width - left - right
    points = [
        (
            left + wide * at / max(1, len(values) - 1),
            (top + bottom) / 2
            if low == high
            else bottom - (bottom - top) * (value - low) / (high - low),
        )
        for at, value in known
    ]
    for start, end in pairwise(points):
        canvas.line(start, end, accent, 1.4)
    for point in (points[0], points[-1])[: len(points)]:
        canvas.mark(point, 0, accent)
    first, last = points[0], points[-1]
    if len(points) > 1:
        canvas.text((first[0] - 5, first[1]), ends[0], "end", fill=pen.INK, value=True)
    canvas.text((last[0] + 5, last[1]), ends[1], "start", fill=pen.INK, value=True)
    foot = canvas.height - 4
    room = canvas.width / 2 - 3
    if chart.labels:
        canvas.text((0, foot), chart.labels[0], "start", room=room)
    if len(chart.labels) > 1:
        canvas.text((canvas.width, foot), chart.labels[-1], "end", room=room)
    return canvas.done()
