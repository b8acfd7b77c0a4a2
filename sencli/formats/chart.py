"""Where each stroke of a small chart goes, in points; templates only draw them.

Everything is said twice, by place and by shape, so that a grey copy says the same:
each series has its own mark, dash and filling, and values stand beside the marks.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING
from typing import Any
from typing import Literal

from sencli.formats import scale
from sencli.formats.breadths import ems
from sencli.formats.runs import clean
from sencli.formats.written import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sencli.documents.view import Chart

Anchor = Literal["start", "middle", "end"]
Drawing = dict[str, Any]
"""``width``, ``height`` and ``items``: lines, rectangles, marks and texts."""

WIDTH = 370.0
HEIGHT = 114.0
INK = "#24292f"
MUTED = "#57606a"
FAINT = "#d5dae0"
WHITE = "#ffffff"
SIZE = 7.5
_MARKS = ("circle", "square", "triangle", "diamond")
_DASHES: tuple[tuple[float, ...], ...] = ((), (5, 2.5), (1.2, 2.2), (7, 2, 1.2, 2))
_SECOND = ("#8a4b08", "#3b3b98", "#5a5a5a")
_LONGEST = 46
TARGET_DASH = (4.0, 3.0)


@dataclass
class Canvas:
    """A drawing under way."""

    width: float = WIDTH
    height: float = HEIGHT
    items: list[dict[str, Any]] = field(default_factory=list)

    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        stroke: str,
        width: float = 0.6,
        dash: Sequence[float] = (),
    ) -> None:
        """A straight stroke."""
        self.items.append(
            {
                "is": "line",
                "x1": _fine(start[0]),
                "y1": _fine(start[1]),
                "x2": _fine(end[0]),
                "y2": _fine(end[1]),
                "stroke": stroke,
                "width": width,
                "dash": list(dash),
            }
        )

    def rect(
        self,
        corner: tuple[float, float],
        size: tuple[float, float],
        fill: str,
        edge: str,
    ) -> None:
        """A box by its upper left corner."""
        self.items.append(
            {
                "is": "rect",
                "x": _fine(corner[0]),
                "y": _fine(corner[1]),
                "w": _fine(max(0.6, size[0])),
                "h": _fine(max(0.6, size[1])),
                "fill": fill,
                "stroke": edge,
            }
        )

    def mark(self, at: tuple[float, float], series: int, colour: str) -> None:
        """The mark of that series, with its middle at a point."""
        self.items.append(
            {
                "is": "mark",
                "shape": _MARKS[series % len(_MARKS)],
                "x": _fine(at[0]),
                "y": _fine(at[1]),
                "r": 2.7,
                "fill": colour if series % 2 == 0 else WHITE,
                "stroke": colour,
            }
        )

    def text(
        self,
        at: tuple[float, float],
        words: str,
        anchor: Anchor = "middle",
        *,
        fill: str = MUTED,
        strong: bool = False,
        over: bool = False,
    ) -> None:
        """Words whose middle line is at ``y``, kept within the picture.

        ``over`` gives them a white ground, because they may cross a line.
        """
        wide = breadth(words)
        ahead = {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
        left = min(max(at[0] - ahead, 0.0), max(0.0, self.width - wide))
        self.items.append(
            {
                "is": "text",
                "x": _fine(left + ahead),
                "y": _fine(at[1]),
                "anchor": anchor,
                "text": words,
                "fill": fill,
                "strong": strong,
                "over": over,
            }
        )

    def done(self) -> Drawing:
        """The finished drawing."""
        return {"width": self.width, "height": self.height, "items": self.items}


def _fine(value: float) -> float:
    return round(value, 2)


def breadth(words: str) -> float:
    """About how wide the words are set, in points."""
    return ems(words) * SIZE


def colour_of(series: int, accent: str) -> str:
    """The colour of that series: the school's, then dark ones that differ in grey."""
    return accent if series == 0 else _SECOND[(series - 1) % len(_SECOND)]


def cleaned(chart: Chart) -> Chart:
    """The chart with its words clean, its labels on one line and of a length to fit."""
    return replace(
        chart,
        labels=tuple(_short(label) for label in chart.labels),
        series=tuple(
            replace(series, name=_short(series.name)) for series in chart.series
        ),
        target_label=_short(chart.target_label),
        names=tuple((value, _short(word)) for value, word in chart.names),
        alt=clean(chart.alt).replace("\n", " "),
        caption=clean(chart.caption).replace("\n", " "),
    )


def _short(words: str) -> str:
    flat = " ".join(clean(words).split())
    return flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1]}…"


def draw(chart: Chart, accent: str) -> Drawing:
    """The drawing of a chart in the school's colour.

    Bars with long labels lie on their side, so that each label can be read whole.
    """
    from sencli.formats import bars

    if chart.kind == "bar":
        return bars.draw(chart, accent)
    return _lines(chart, accent)


def legend(canvas: Canvas, chart: Chart, accent: str, left: float) -> float:
    """The names of the series with their marks; returns where the plot may begin.

    One series that the caption already names needs no legend.
    """
    x, y = left, 6.0
    names = [series.name.strip() for series in chart.series]
    if not names or (len(names) == 1 and names[0] in chart.caption):
        return 8.0
    for place, series in enumerate(chart.series):
        need = breadth(series.name) + 30
        if place and x + need > canvas.width:
            x, y = left, y + 11
        colour = colour_of(place, accent)
        if chart.kind == "line":
            dash = _DASHES[place % len(_DASHES)]
            canvas.line((x, y), (x + 14, y), colour, 1.1, dash)
            canvas.mark((x + 7, y), place, colour)
        else:
            from sencli.formats import bars

            bars.fill(canvas, (x + 2, y - 3.5), (10, 7), place, colour)
        canvas.text((x + 18, y), series.name, "start", fill=INK)
        x += need
    return y + 14


def grid(
    canvas: Canvas, axis: scale.Axis, plot: tuple[float, float, float, float]
) -> None:
    """Faint lines across the plot, with what they stand for at their left."""
    left, top, right, bottom = plot
    for value, words in axis.ticks:
        y = axis.place(value, bottom, top)
        canvas.line((left, y), (right, y), FAINT, 0.5)
        canvas.text((left - 5, y), words, "end")


def target(
    canvas: Canvas,
    chart: Chart,
    axis: scale.Axis,
    plot: tuple[float, float, float, float],
) -> None:
    """The dashed line to reach, its words where they hide the least."""
    if chart.target is None:
        return
    left, top, right, bottom = plot
    y = axis.place(chart.target, bottom, top)
    canvas.line((left, y), (right, y), INK, 0.8, TARGET_DASH)
    words = target_words(chart)
    values = (
        [value for value in chart.series[0].values if value is not None]
        if (chart.series)
        else []
    )
    ends = (values[0], values[-1]) if values else (0, 0)
    at_left = abs(ends[0] - chart.target) >= abs(ends[1] - chart.target)
    up = y - 5.5 if y - 11 > top - 12 else y + 5.5
    place = (left + 2, up) if at_left else (right, up)
    canvas.text(place, words, "start" if at_left else "end", fill=INK, over=True)


def target_words(chart: Chart) -> str:
    """What stands at the target's line."""
    if chart.target is None:
        return ""
    value = number(chart.target)
    # a label that already says the number, or a scale of words, needs no number
    if chart.names or value in chart.target_label:
        return chart.target_label or value
    return f"{chart.target_label} {value}".strip()


def _lines(chart: Chart, accent: str) -> Drawing:
    axis = scale.axis_of(chart)
    widest = max((breadth(words) for _, words in axis.ticks), default=0.0)
    left = min(widest + 8, WIDTH * 0.4)
    canvas = Canvas()
    top = legend(canvas, chart, accent, left) + 6
    canvas.height = HEIGHT + top - 26
    plot = (left, top, WIDTH - 8, canvas.height - 16)
    grid(canvas, axis, plot)
    places = scale.along(chart, left + 12, WIDTH - 20)
    _labels(canvas, chart, places, canvas.height - 6)
    target(canvas, chart, axis, plot)
    for number_of, series in enumerate(chart.series):
        heights = [
            None if value is None else axis.place(value, plot[3], plot[1])
            for value in series.values[: len(places)]
        ]
        _one_line(canvas, places, heights, number_of, colour_of(number_of, accent))
        if not chart.names:
            _values(canvas, chart, series.values, places, heights, number_of)
    return canvas.done()


def _one_line(
    canvas: Canvas,
    places: Sequence[float],
    heights: Sequence[float | None],
    series: int,
    colour: str,
) -> None:
    dash = _DASHES[series % len(_DASHES)]
    points = list(zip(places, heights, strict=False))
    for (x1, y1), (x2, y2) in pairwise(points):
        if y1 is not None and y2 is not None:
            canvas.line((x1, y1), (x2, y2), colour, 1.4, dash)
    for x, y in points:
        if y is not None:
            canvas.mark((x, y), series, colour)


def _values(
    canvas: Canvas,
    chart: Chart,
    values: Sequence[float | None],
    places: Sequence[float],
    heights: Sequence[float | None],
    series: int,
) -> None:
    """Values beside their marks: all of one series, the ends of several."""
    known = [at for at, y in enumerate(heights) if y is not None]
    ends = {known[0], known[-1]} if known else set()
    free = float("-inf")
    last = places[known[-1]] if known else 0.0
    for at in known:
        words = number(values[at] or 0)
        half = breadth(words) / 2 + 1
        clear = places[at] - half > free and (
            at == known[-1] or places[at] + half < last - half
        )
        if at in ends or (clear and len(chart.series) == 1):
            lift = -8 if series % 2 == 0 else 8
            y = heights[at] or 0.0
            canvas.text((places[at], y + lift), words, fill=INK, strong=True, over=True)
            free = places[at] + half


def _labels(canvas: Canvas, chart: Chart, places: Sequence[float], y: float) -> None:
    """Labels under the plot: the first and the last, and those with room between."""
    if not places:
        return
    end = len(places) - 1
    last_left = min(
        places[end] - breadth(chart.labels[end]) / 2,
        canvas.width - breadth(chart.labels[end]),
    )
    free = float("-inf")
    for at, x in enumerate(places):
        half = breadth(chart.labels[at]) / 2
        right = max(x + half, half * 2)
        fits = x - half > free + 4 and right + 4 < last_left
        if at in {0, end} or fits:
            canvas.text((x, y), chart.labels[at])
            free = right
