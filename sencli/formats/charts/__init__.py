"""Lay out small charts in points; templates only draw them.

Everything is said twice, by place and by shape, so that a grey copy says the same:
each series has its own mark, dash and filling, and values stand beside the marks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sencli.formats.charts import bars
from sencli.formats.charts import canvas
from sencli.formats.charts import course
from sencli.formats.charts import lines
from sencli.formats.charts import small
from sencli.formats.charts.scale import drawable
from sencli.formats.typst.text_runs import clean
from sencli.value import replace

if TYPE_CHECKING:
    from sencli.documents.view import Chart
    from sencli.formats.charts.canvas import Drawing

_LONGEST = 90


def draw(chart: Chart, accent: str, wide: float = canvas.WIDTH) -> Drawing:
    """The drawing of a chart in the school's colour, at most so wide."""
    ready = _ready(chart)
    if ready.kind == "spark":
        return small.spark(ready, accent)
    if ready.kind == "course":
        return course.draw(ready, accent)
    return _DRAWN[ready.kind](ready, accent, wide)


_DRAWN = {
    "line": lines.draw,
    "bar": bars.draw,
    "stack": small.stack,
}


def _ready(chart: Chart) -> Chart:
    """The chart with words that fit on one line and numbers that can be drawn."""
    return replace(
        chart,
        labels=tuple(map(_short, chart.labels)),
        series=tuple(
            replace(
                series,
                name=_short(series.name),
                values=tuple(map(drawable, series.values)),
            )
            for series in chart.series
        ),
        x=chart.x if None not in map(drawable, chart.x) else (),
        target=drawable(chart.target),
        target_label=_short(chart.target_label),
        target_x=drawable(chart.target_x),
        until=drawable(chart.until),
        until_label=_short(chart.until_label),
        names=tuple(
            (value, _short(word))
            for value, word in chart.names
            if drawable(value) is not None
        ),
    )


def _short(words: str) -> str:
    flat = " ".join(clean(words).split())
    return flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1]}…"
