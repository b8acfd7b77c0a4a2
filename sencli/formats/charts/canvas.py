"""A drawing of strokes, boxes, marks and words, positioned in points."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING
from typing import Any
from typing import Literal

from sencli.formats.typst.fit import ems

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]
_Place = tuple[float, float, float, float]
Drawing = dict[str, Any]
"""``width``, ``height`` and ``items``: lines, rectangles, marks and texts."""

WIDTH = 370.0
NARROW = 205.0
"""In large print, where it is drawn the larger: its letters have 16 points."""
HEIGHT = 102.0
SIZE = 7.5
INK = "#24292f"
MUTED = "#57606a"
FAINT = "#d5dae0"
WHITE = "#ffffff"
TARGET_DASH = (4.0, 3.0)
DASHES: tuple[tuple[float, ...], ...] = ((), (5, 2.5), (1.2, 2.2), (7, 2, 1.2, 2))
_MARKS = ("circle", "square", "triangle", "diamond")
_RADIUS = 2.7
_SECOND = ("#8a4b08", "#3b3b98", "#5a5a5a")
_HALF_LINE = 4.5
_HALF_TEXT = 3.4
_BOLD = 1.06
_TOUCH = 1.0


def breadth(words: str) -> float:
    """About how wide the words are set, in points."""
    return ems(words) * SIZE


def shortened(words: str, room: float) -> str:
    """The words, or as many of their letters as the room holds and three dots."""
    if breadth(words) <= room:
        return words
    kept = len(words)
    while kept and breadth(f"{words[:kept].rstrip()}…") > room:
        kept -= 1
    return f"{words[:kept].rstrip()}…" if kept else ""


def parted(words: str, room: float) -> list[str]:
    """The words on one line, or on two where they need them; never wider than that."""
    if breadth(words) <= room:
        return [words]
    first, *rest = words.split(" ")
    while rest and breadth(f"{first} {rest[0]}") <= room:
        first = f"{first} {rest.pop(0)}"
    return [shortened(part, room) for part in (first, " ".join(rest)) if part]


def colour_of(series: int, accent: str) -> str:
    """The colour of that series: the school's, then dark ones that differ in grey."""
    return accent if series == 0 else _SECOND[(series - 1) % len(_SECOND)]


@dataclass
class Canvas:
    """The drawing so far."""

    width: float = WIDTH
    height: float = HEIGHT
    items: list[dict[str, Any]] = field(default_factory=list)
    taken: list[tuple[float, float, float]] = field(default_factory=list)

    def line(
        self,
        start: Point,
        end: Point,
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

    def rect(self, corner: Point, size: Point, fill: str, edge: str) -> None:
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

    def mark(self, at: Point, series: int, colour: str) -> None:
        """The mark of that series, with its middle at a point."""
        self.items.append(
            {
                "is": "mark",
                "shape": _MARKS[series % len(_MARKS)],
                "x": _fine(at[0]),
                "y": _fine(at[1]),
                "r": _RADIUS,
                "fill": colour if series % 2 == 0 else WHITE,
                "stroke": colour,
            }
        )

    def text(
        self,
        at: Point,
        words: str,
        anchor: Anchor = "middle",
        *,
        fill: str = MUTED,
        value: bool = False,
        aim: bool = False,
        room: float = WIDTH,
    ) -> None:
        """Words whose middle line is at ``y``, kept within the picture and their room.

        A ``value`` and the ``aim`` have a white ground, because they may cross a line,
        and other values keep clear of them; a value is bold.
        """
        words = shortened(words, min(room, self.width) / (_BOLD if value else 1))
        left = self._left(at[0], words, anchor)
        wide = breadth(words)
        ahead = {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
        if value or aim:
            self.taken.append((left, left + wide, at[1]))
        self.items.append(
            {
                "is": "text",
                "x": _fine(left + ahead),
                "y": _fine(at[1]),
                "anchor": anchor,
                "text": words,
                "fill": INK if aim else fill,
                "strong": value,
                "over": value or aim,
            }
        )

    def free(self, at: Point, words: str) -> bool:
        """Whether words centred there would stand clear of the values so far."""
        left = self._left(at[0], words, "middle") - 2
        right = left + breadth(words) + 4
        return all(
            right < start or end < left or abs(y - at[1]) > _HALF_LINE * 2
            for start, end, y in self.taken
        )

    def _left(self, x: float, words: str, anchor: Anchor) -> float:
        wide = breadth(words)
        ahead = {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
        return min(max(x - ahead, 0.0), max(0.0, self.width - wide))

    def done(self) -> Drawing:
        """The finished drawing: no words out of it, and none over others.

        Values stay before the aim, and that before the words of the frame.
        """
        height = round(self.height, 1)
        words = [item for item in self.items if item["is"] == "text"]
        kept: list[_Place] = []
        over: set[int] = set()
        for item in sorted(words, key=lambda it: (not it["strong"], not it["over"])):
            most = max(_HALF_TEXT, height - _HALF_TEXT)
            item["y"] = _fine(min(max(item["y"], _HALF_TEXT), most))
            place = _place_of(item)
            if not item["text"] or any(_clash(place, other) for other in kept):
                over.add(id(item))
            else:
                kept.append(place)
        items = [item for item in self.items if id(item) not in over]
        return {"width": self.width, "height": height, "items": items}


def _place_of(item: Mapping[str, Any]) -> _Place:
    """Where words are, from left to right and from the top down."""
    wide = breadth(item["text"]) * (_BOLD if item["strong"] else 1)
    left = item["x"] - {"start": 0.0, "middle": wide / 2, "end": wide}[item["anchor"]]
    return left, left + wide, item["y"] - _HALF_TEXT, item["y"] + _HALF_TEXT


def _clash(one: _Place, other: _Place) -> bool:
    across = min(one[1], other[1]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[2], other[2])
    return across > _TOUCH and down > _TOUCH


def _fine(value: float) -> float:
    return round(value, 2)
