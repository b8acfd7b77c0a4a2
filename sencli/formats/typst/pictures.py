"""Charts as pictures, for files that hold pictures and cannot draw."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

from sencli import resources
from sencli.documents.made_in.language_marks import without_marks
from sencli.errors import InvalidValue
from sencli.formats import charts as drawings
from sencli.formats.charts.canvas import NARROW
from sencli.formats.charts.canvas import WIDTH
from sencli.formats.typst.compiler import OURS
from sencli.formats.typst.compiler import CompileError
from sencli.formats.typst.compiler import NoTypstError
from sencli.formats.typst.compiler import pictures_here
from sencli.formats.typst.own_process import compile_apart

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sencli.documents.view import Chart

_PAGE = b"""
#import "chart.typ": chart-on-paper
#let data = json("data.json")
#set page(width: auto, height: auto, margin: 1pt, fill: white)
#set text(10pt, font: data.font, fill: rgb(data.ink), fallback: true)
#for drawing in data.drawings {
  page(scale(data.zoom * 100%, reflow: true, chart-on-paper(drawing)))
}
"""

_LARGER = 2.2
"""In large print, as the templates draw them on paper."""

_LOGO = b"""
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#image("logo.svg", height: 42pt, width: auto)
"""


@lru_cache(maxsize=4)
def drawn_logo(svg: bytes) -> bytes:
    """A drawing as a PNG; nothing where it cannot be made one.

    It is not ours, so that it is set in another process.
    """
    files = {"main.typ": _LOGO, "logo.svg": svg}
    try:
        return compile_apart(files, "png", 0, OURS, 1)
    except (NoTypstError, CompileError, InvalidValue):
        return b""


def chart_pictures(
    charts: Iterable[Chart], accent: str, *, large: bool = False
) -> dict[Chart, tuple[bytes, float]]:
    """Each chart as a PNG, with its breadth in points; none where Typst is lacking.

    All are made at once: each start of the compiler takes longer than a picture.
    """
    wanted = [*dict.fromkeys(charts)]
    if not wanted:
        return {}
    widest, zoom = (NARROW, _LARGER) if large else (WIDTH, 1.0)
    drawn = [drawings.draw(without_marks(chart), accent, widest) for chart in wanted]
    folder = resources.folder("templates")
    theme = json.loads((folder / "theme.json").read_text("utf-8"))
    data = {"font": theme["font"], "ink": theme["ink"], "zoom": zoom, "drawings": drawn}
    files = {
        "main.typ": _PAGE,
        "chart.typ": (folder / "chart.typ").read_bytes(),
        "data.json": json.dumps(data, ensure_ascii=False).encode("utf-8", "replace"),
    }
    try:
        made = pictures_here(files)
    except (NoTypstError, CompileError):
        return {}
    wide = [float(drawing["width"]) * zoom + 2 for drawing in drawn]
    return dict(zip(wanted, zip(made, wide, strict=True), strict=True))
