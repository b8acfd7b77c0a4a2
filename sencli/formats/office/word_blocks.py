"""The blocks of a View as paragraphs and tables of a Word file."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from typing import Any

from docx.image.exceptions import InvalidImageStreamError
from docx.image.exceptions import UnexpectedEndOfFileError
from docx.image.exceptions import UnrecognizedImageError
from docx.oxml import OxmlElement
from docx.shared import Cm
from docx.shared import Pt

from sencli.documents.made_in.language_marks import unmarked
from sencli.documents.view import Box
from sencli.documents.view import Boxes
from sencli.documents.view import Break
from sencli.documents.view import Bullets
from sencli.documents.view import Chart
from sencli.documents.view import Cut
from sencli.documents.view import Fields
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Quote
from sencli.documents.view import Sign
from sencli.documents.view import Space
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.formats import cells as written
from sencli.formats.flat import flat
from sencli.formats.office import word_tables
from sencli.formats.office.word_tables import Framed
from sencli.formats.office.word_xml import element
from sencli.formats.plainer import plainer
from sencli.formats.typst import colours
from sencli.formats.typst import fit
from sencli.formats.typst.data import Levels
from sencli.formats.typst.pictures import drawn_logo
from sencli.formats.typst.text_runs import clean

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from sencli.documents.view import Block
    from sencli.documents.view import View
    from sencli.formats import RenderOptions
    from sencli.formats.cells import Grid
    from sencli.formats.office.word_xml import Writer

_STYLES = {"normal": "", "lead": "Lead", "small": "SmallText", "note": "Note"}
_CLOSE = frozenset({*_STYLES.values(), "ListBullet", "Quote"})
"""Styles with no air of their own above them."""

_BROKEN = (UnrecognizedImageError, InvalidImageStreamError, UnexpectedEndOfFileError)
_DEEPEST = 6
_ACROSS = 4
_TWENTIETH = 635
_CELL = 216
"""Twentieths of a point that the margins of a cell take."""

_LOGO, _PORTRAIT = Cm(1.4), Cm(4)
_TURNS = {3: 180, 6: 90, 8: 270}
"""How a photo is set upright, by how the camera was held (EXIF)."""
_DEGREE = 60_000


def replace_all(story: Any, *paragraphs: Any) -> None:
    """These paragraphs in place of what a head or foot of a page has."""
    element = story.part.element
    for old in [*element]:
        element.remove(old)
    element.extend(paragraphs)


def picture(part: Any, data: bytes, alt: str, turn: int = 0, **size: int) -> Any:
    """A picture as a run, or ``None`` where Word could not read it.

    Args:
        part: of the file that it goes into.
        data: PNG or JPEG.
        alt: what it shows, in words.
        turn: degrees to the right by which it is set upright.
        size: its width or height, as the file has it.
    """
    try:
        inline = part.new_pic_inline(BytesIO(data), **size)
    except _BROKEN:
        return None
    inline.docPr.set("descr", unmarked(clean(alt)))
    if turn:
        inline.graphic.graphicData.pic.spPr.get_or_add_xfrm().set(
            "rot", str(turn * _DEGREE)
        )
    if turn % 180:
        # a line is as high as the picture lies: what stands out above and below is said
        out = (inline.extent.cx - inline.extent.cy) // 2
        sides = {"t": out, "b": out} if out > 0 else {"l": -out, "r": -out}
        room = OxmlElement("wp:effectExtent")
        for side in "ltrb":
            room.set(side, str(sides.get(side, 0)))
        inline.insert(1, room)
    return element("r", element("drawing", inline))


def letterhead(
    head: Any, view: View, writer: Writer, room: int, options: RenderOptions
) -> None:
    """The school's name and logo at the top of the first page."""
    school, logo = view.school, None
    if school.logo:
        svg = school.logo_format == "svg"
        data = drawn_logo(school.logo) if svg else school.logo
        logo = picture(head.part, data, school.name, height=_LOGO)
        if logo is None:
            options.warn(
                "The school's logo could not be put into a Word file and was left out."
            )
    runs = writer.run(school.name)
    if logo is not None:
        runs += [element("r", element("tab")), logo]
    stop = room if logo is not None else 0
    replace_all(head, writer.paragraph(runs, "Letterhead", stop=stop))


class Page:
    """One paper in the making.

    Args:
        document: of python-docx.
        view: the paper.
        writer: of its language.
        room: the breadth of its lines, in twentieths of a point.
        drawn: its charts as pictures, each with its breadth; without, its numbers.
    """

    def __init__(
        self,
        document: Any,
        view: View,
        writer: Writer,
        room: int,
        drawn: Mapping[Chart, tuple[bytes, float]],
    ) -> None:
        self._drawn = drawn
        self._document = document
        self._view = view
        self._writer = writer
        self._room = room
        self._levels = Levels()
        self._fresh = False
        self._after_table = False
        self._keep = False
        self._writers: dict[type, Callable[[Any], None]] = {
            Heading: self._heading,
            Text: self._text,
            Bullets: self._bullets,
            Fields: self._fields,
            Table: self._table,
            Chart: self._chart,
            Quote: self._quote,
            Sign: self._sign,
            Space: self._space,
            Break: self._break,
            Boxes: self._boxes,
            Cut: self._cut,
        }
        self._blocks = [*_flat(view.blocks)]
        self._widths = fit.widths_of(view)
        self._into: list[Any] | None = None

    def fill(self) -> None:
        """The paper, from its title to its last block."""
        view = self._view
        for line in view.opening:
            self._text(line)
        self._say(view.title, "Heading1" if view.opening else "Title", keep=True)
        self._say(view.subtitle, "Subtitle")
        self._portrait()
        for block, keep in self._blocks:
            self._keep = keep
            self._write(block)
        if self._after_table:
            # a file or section that ends with a table has no line to end with
            self._add(self._writer.paragraph([], "TableText"))

    def _write(self, block: Block) -> None:
        writer = self._writers.get(type(block))
        if writer is not None:
            writer(block)
            return
        for part in plainer(block):
            self._write(part)

    def _portrait(self) -> None:
        shown = self._view.picture
        if shown is None:
            return
        part, run = self._document.part, None
        if shown.data:
            turn = _TURNS.get(shown.turned, 0)
            size = {"width" if turn % 180 else "height": _PORTRAIT}
            run = picture(part, shown.data, shown.shown, turn, **size)
        runs = [run] if run is not None else self._writer.run(f"[{shown.shown}]")
        self._add(self._writer.paragraph(runs))

    def _add(self, element: Any) -> None:
        if self._into is None:
            self._document.element.body.insert_element_before(element, "w:sectPr")
        else:
            self._into.append(element)
        self._after_table = False

    def _add_table(self, element: Any) -> None:
        if self._after_table or self._fresh:
            # two tables one under another would be one
            self._add(self._paragraph([], "TableText", keep=True))
        self._add(element)
        self._after_table = True

    def _paragraph(
        self, runs: Sequence[Any], style: str = "", *, keep: bool | None = False
    ) -> Any:
        fresh, self._fresh = self._fresh, False
        under = self._after_table and style in _CLOSE
        return self._writer.paragraph(runs, style, keep=keep, fresh=fresh, under=under)

    def _say(
        self, text: str, style: str = "", *, keep: bool = False, lang: str = ""
    ) -> None:
        if text.strip():
            runs = self._writer.run(text, lang=lang)
            self._add(self._paragraph(runs, style, keep=keep))

    def _heading(self, block: Heading) -> None:
        if block.text.strip():
            level = self._levels.next(block.level) - 1
            runs, style = self._writer.run(block.text), f"Heading{min(level, _DEEPEST)}"
            # a row of boxes is whole anyhow, and its titles would keep all rows as one
            keep = True if self._into is None else None
            self._add(self._paragraph(runs, style, keep=keep))

    def _text(self, block: Text) -> None:
        if not f"{block.label}{block.text}".strip():
            return
        runs = self._writer.run(f"{block.label} ", bold=True) if block.label else []
        runs += self._writer.run(block.text, lang=block.lang)
        style = _STYLES.get(block.style, "")
        self._add(self._paragraph(runs, style, keep=self._keep))

    def _bullets(self, block: Bullets) -> None:
        for lead, item in zip(written.leads(block), block.items, strict=True):
            text = f"{lead.strip()} {item}" if block.first else item
            style = "ListParagraph" if block.first else "ListBullet"
            self._say(text, style, keep=self._keep)

    def _fields(self, block: Fields) -> None:
        for name, value in block.rows:
            if f"{name}{value}".strip():
                said = self._writer.run(f"{name}: ", bold=True)
                said += self._writer.run(value)
                self._add(self._paragraph(said, keep=self._keep))

    def _table(self, block: Table) -> None:
        grid = written.of_table(block, self._view.labels)
        if not grid.rows or not grid.titles:
            self._say(block.caption, "Caption", keep=True)
            self._say(block.empty, keep=self._keep)
            return
        # beside each text is the air that fit.py counts with, and Word's cells have
        widths = [width + fit.GUTTER for width in self._widths[fit.like(block)]]
        self._grid(grid, widths, block.caption, block.caption)

    def _grid(
        self, grid: Grid, widths: Sequence[float], caption: str, alt: str
    ) -> None:
        self._say(caption, "Caption", keep=True)
        made_ = word_tables.table(
            grid, widths, self._room, self._writer, unmarked(clean(alt))
        )
        self._add_table(made_)

    def _chart(self, block: Chart) -> None:
        if block in self._drawn:
            data, points = self._drawn[block]
            wide = min(Pt(points), self._room * _TWENTIETH)
            alt = block.alt.strip() or block.caption.strip() or block.kind
            run = picture(self._document.part, data, alt, width=wide)
            if run is not None:
                self._say(block.caption, "Caption", keep=True)
                self._add(self._paragraph([run], keep=self._keep))
                return
        grid = written.of_chart(block)
        if grid.rows and block.kind not in written.SAID:
            widths = [2.0] + [1.0] * (len(grid.titles) - 1)
            self._grid(grid, widths, block.caption, block.alt or block.caption)
        else:
            self._say(block.caption, "Caption", keep=True)
        for note in written.chart_notes(block):
            self._say(note, "SmallText", keep=self._keep)

    def _quote(self, block: Quote) -> None:
        keep = self._keep or bool(block.by)
        self._say(block.text, "Quote", keep=keep, lang=block.lang)
        self._say(f"— {block.by}" if block.by else "", "SmallText", keep=self._keep)

    def _sign(self, block: Sign) -> None:
        writer = self._writer
        under = [
            [
                writer.paragraph(writer.run(who, bold=True), "TableText", keep=True),
                writer.paragraph(writer.run(f"{block.date_label}:"), "TableText"),
            ]
            for who in written.signers(block)
        ]
        if under:
            most = block.across or _ACROSS
            self._add_table(word_tables.signatures(under, self._room, most, writer))

    def _space(self, block: Space) -> None:
        self._say(block.label, keep=True)
        if block.lines > 0:
            table = word_tables.lines(block.lines, self._room, self._writer)
            self._add_table(table)

    def _boxes(self, block: Boxes) -> None:
        columns = block.columns or max(1, sum(box.span for box in block.boxes))
        colour = self._view.school.colour
        rows: list[list[Framed]] = [[]]
        for box in block.boxes:
            span = max(1, min(box.span, columns))
            if sum(framed.span for framed in rows[-1]) + span > columns:
                rows.append([])
            strong = colours.readable(colour) if box.style == "strong" else ""
            fill = "" if box.style == "plain" else colours.tint(colour)
            inner = self._inside(box, block.level, self._room * span // columns)
            framed = Framed(inner, span, fill.lstrip("#"), strong.lstrip("#"))
            rows[-1].append(framed)
        if block.boxes:
            made = word_tables.boxes(rows, columns, self._room, self._writer)
            self._add_table(made)

    def _inside(self, box: Box, level: int, room: int) -> list[Any]:
        """The title of a box and what is in it."""
        outer = self._into, self._room, self._after_table, self._fresh
        self._into, self._room = [], room - _CELL
        self._after_table = self._fresh = False
        self._heading(Heading(box.title, level))
        for block, keep in _flat(box.blocks):
            self._keep = keep
            self._write(block)
        if self._after_table or not self._into:
            self._add(self._writer.paragraph([], "TableText"))
        inner = self._into
        self._into, self._room, self._after_table, self._fresh = outer
        return inner

    def _cut(self, block: Cut) -> None:
        self._say(block.label, "CutLine", keep=True)

    def _break(self, block: Break) -> None:
        # how full a page is Word alone knows
        self._fresh = self._fresh or not (block.first or block.if_over)


def _flat(
    blocks: Iterable[Block], *, keep: bool = False
) -> Iterator[tuple[Block, bool]]:
    """The blocks one by one, each with whether the next is to be on its page."""
    whole = [*blocks]
    for place, block in enumerate(whole):
        with_next = keep and place < len(whole) - 1
        if isinstance(block, Keep):
            yield from _flat(block.blocks, keep=True)
        elif isinstance(block, Boxes):
            yield block, with_next
        else:
            parts = [*flat([block])]
            for at, part in enumerate(parts):
                yield part, with_next or (keep and at < len(parts) - 1)
