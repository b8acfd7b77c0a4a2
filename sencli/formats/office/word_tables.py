"""Tables of a Word file: real ones, whose headings stand again on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

from sencli.formats.office.word_xml import element

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sencli.formats.cells import Grid
    from sencli.formats.office.word_xml import Writer

_SHORT = 12
"""Rows of a table that is kept on one page."""

_HEAD, _GROUP = "EEF2F6", "F6F8FA"
_LINE, _SIGNED = "480", "760"
"""Twentieths of a point that a line to write or to sign on is high."""


class Framed(NamedTuple):
    """What is in a box, and how it is framed.

    Attributes:
        inner: its paragraphs and tables.
        span: how many columns it takes.
        fill: the colour of its ground, or "".
        strong: the colour of its strong frame, or "".
    """

    inner: Sequence[Any]
    span: int
    fill: str
    strong: str


def table(
    grid: Grid, widths: Sequence[float], room: int, writer: Writer, alt: str
) -> Any:
    """A table with a heading row.

    Args:
        grid: its cells.
        widths: the share of each column.
        room: the breadth of the page within its margins, in twentieths of a point.
        writer: of the document's language.
        alt: says what the table shows.
    """
    wide = [round(room * part / sum(widths)) for part in widths]
    many = len(grid.rows)
    rows = [_row(grid.titles, wide, grid, writer, head=True, keep=True)]
    first_total = many - grid.totals
    for place, cells in enumerate(grid.rows):
        # no row stands alone at the top or foot of a page
        keep = place < many - 1 and (many <= _SHORT or place in (0, many - 2))
        total = place >= first_total
        if place in grid.groups:
            rows.append(_group(grid.groups[place], wide, writer))
        rows.append(_row(cells, wide, grid, writer, keep=keep, bold=total))
    return _element_of(rows, wide, writer, "TableGrid", alt)


def _row(
    cells: Sequence[str],
    wide: Sequence[int],
    grid: Grid,
    writer: Writer,
    *,
    keep: bool,
    head: bool = False,
    bold: bool = False,
) -> Any:
    looks = element(
        "trPr", element("cantSplit"), element("tblHeader") if head else None
    )
    row = element("tr", looks)
    for text, width, right in zip(cells, wide, grid.right, strict=True):
        said = writer.run(text, bold=bold or head) if text else []
        paragraph = writer.paragraph(said, "TableText", keep=keep, right=right)
        row.append(_cell(width, paragraph, fill=_HEAD if head else ""))
    return row


def _group(heading: str, wide: Sequence[int], writer: Writer) -> Any:
    """A row that heads those below it, as broad as the table."""
    said = writer.paragraph(writer.run(heading, bold=True), "TableText", keep=True)
    cell = _cell(sum(wide), said, fill=_GROUP)
    cell.tcPr.insert(1, element("gridSpan", val=str(len(wide))))
    return element("tr", element("trPr", element("cantSplit")), cell)


def _cell(width: int, *paragraphs: Any, fill: str = "", under: bool = False) -> Any:
    line = element("bottom", val="single", sz="6", space="0", color="57606A")
    looks = element(
        "tcPr",
        element("tcW", w=str(width), type_="dxa"),
        element("tcBorders", line) if under else None,
        element("shd", val="clear", color="auto", fill=fill) if fill else None,
    )
    return element("tc", looks, *paragraphs)


def _element_of(
    rows: Sequence[Any], wide: Sequence[int], writer: Writer, style: str, alt: str
) -> Any:
    looks = element(
        "tblPr",
        element("tblStyle", val=style) if style else None,
        element("bidiVisual") if writer.leftward else None,
        element("tblW", w=str(sum(wide)), type_="dxa"),
        element("tblLayout", type_="fixed"),
        element("tblLook", val="0420", firstRow="1", noVBand="1") if style else None,
        element("tblCaption", val=alt) if alt else None,
    )
    columns = element("tblGrid", *(element("gridCol", w=str(width)) for width in wide))
    return element("tbl", looks, columns, *rows)


def boxes(
    rows: Sequence[Sequence[Framed]], columns: int, room: int, writer: Writer
) -> Any:
    """Boxes side by side, each with the paragraphs and tables that are in it.

    Args:
        rows: of boxes.
        columns: how many there are.
        room: the breadth of the page.
        writer: of the document's language.
    """
    wide = room // columns
    made = []
    for row in rows:
        line = element("tr", element("trPr", element("cantSplit")))
        free = columns
        for at, box in enumerate(row):
            # the last one takes what is left of its row
            span = free if at == len(row) - 1 else box.span
            free -= span
            cell = _cell(wide * span, *box.inner, fill=box.fill)
            looks = cell.tcPr
            if span > 1:
                looks.insert(1, element("gridSpan", val=str(span)))
            if box.strong:
                sides = ("top", "left", "bottom", "right")
                edge = {"val": "single", "sz": "18", "space": "0", "color": box.strong}
                frame = element("tcBorders", *(element(s, **edge) for s in sides))
                looks.insert(1 + (span > 1), frame)
            line.append(cell)
        made.append(line)
    return _element_of(made, [wide] * columns, writer, "TableGrid", "")


def lines(count: int, room: int, writer: Writer) -> Any:
    """Ruled lines to write on."""
    rows = []
    for _ in range(count):
        height = element("trHeight", val=_LINE, hRule="exact")
        cell = _cell(room, writer.paragraph([], "TableText"), under=True)
        rows.append(element("tr", element("trPr", element("cantSplit"), height), cell))
    return _element_of(rows, [room], writer, "", "")


def signatures(
    names: Sequence[Sequence[Any]], room: int, most: int, writer: Writer
) -> Any:
    """Room to sign above each name, side by side.

    Args:
        names: the paragraphs under each line.
        room: the breadth of the page.
        most: how many stand in a row.
        writer: of the document's language.
    """
    across = min(most, len(names))
    gap = room // 40
    width = (room - gap * (across - 1)) // across
    wide = [width if at % 2 == 0 else gap for at in range(2 * across - 1)]
    rows = []
    for start in range(0, len(names), across):
        some = [*names[start : start + across]]
        height = element("trHeight", val=_SIGNED, hRule="atLeast")
        above = element("tr", element("trPr", element("cantSplit"), height))
        below = element("tr", element("trPr", element("cantSplit")))
        for at, place in enumerate(wide):
            who = some[at // 2] if at % 2 == 0 and at // 2 < len(some) else ()
            blank = writer.paragraph([], "TableText", keep=True)
            above.append(_cell(place, blank, under=bool(who)))
            below.append(_cell(place, *(who or [writer.paragraph([], "TableText")])))
        rows += [above, below]
    return _element_of(rows, wide, writer, "", "")
