"""xlsx: a sheet for each table, with real numbers, money and days.

All else that a View says stands on a last sheet, in its order. Nothing in a cell is a
formula or a link, and no column is hidden: what is hidden in a sheet that is sent on is
sent on with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING
from typing import Any

from xlsxwriter import Workbook

from sencli.documents.view import Break
from sencli.documents.view import Bullets
from sencli.documents.view import Chart
from sencli.documents.view import Fields
from sencli.documents.view import Heading
from sencli.documents.view import Quote
from sencli.documents.view import Sign
from sencli.documents.view import Space
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.errors import InvalidValue
from sencli.formats import cells as written
from sencli.formats.bidi import language_is_leftward
from sencli.formats.csv_ import no_table
from sencli.formats.csv_ import tables_of
from sencli.formats.flat import flat
from sencli.formats.office.sheet_names import SheetNames
from sencli.formats.office.sheet_values import Styles
from sencli.formats.office.sheet_values import TableSheet
from sencli.formats.office.sheet_values import lines_of
from sencli.formats.office.sheet_values import set_height
from sencli.formats.office.zipped import day_of
from sencli.formats.office.zipped import property_of
from sencli.formats.plainer import plainer
from sencli.formats.typst.text_runs import clean

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from sencli.documents.view import Block
    from sencli.documents.view import View
    from sencli.formats import RenderOptions

    Lines = Iterator[tuple[str, ...]]

_A4 = 9
_MOST_ROWS = 1_000_000
_MOST_HEAD, _MOST_FOOT = 110, 210
"""Letters of a side; Excel takes 255 in all."""

_WIDE = 90
_BESIDE = 40
_OPTIONS = {
    "in_memory": True,  # of files on the disk the times would be in the bytes
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}


def write(views: Sequence[View], options: RenderOptions) -> bytes:
    """One workbook: every table of the views, then what stands around them."""
    if not any(True for view in views for _ in tables_of(view.blocks)):
        raise no_table("xlsx")
    made = _Book(views)
    data = made.bytes()
    if made.styles.cut:
        options.warn(
            f"{made.styles.cut} of the cells hold more than the 32,767 characters that "
            "Excel takes: they end in dots. Whole they are with --format csv or json."
        )
    if made.styles.early:
        options.warn(
            "Excel has no day before 1 January 1900: such a day is written as text."
        )
    return data


class _Book:
    """A workbook in the making."""

    def __init__(self, views: Sequence[View]) -> None:
        self._held = BytesIO()
        self._book: Any = Workbook(self._held, _OPTIONS)
        self.styles = Styles(self._book)
        self._names = SheetNames("Notes")
        self._notes: list[tuple[tuple[str, ...], bool]] = []
        self._set_properties(views)
        for view in views:
            self._view(view)
        self._write_notes(views[0])

    def bytes(self) -> bytes:
        """The file."""
        self._book.close()
        return self._held.getvalue()

    def _set_properties(self, views: Sequence[View]) -> None:
        """The title and the day, and nothing of who made it on which computer."""
        first = views[0]
        title = property_of(written.file_title(views))
        self._book.set_properties(
            {
                "title": title,
                "company": property_of(first.school.name),
                "created": day_of(first.day),
            }
        )

    def _view(self, view: View) -> None:
        self._note(view.title, strong=True)
        for text in (view.school.name, view.subtitle):
            self._note(text)
        if view.picture is not None:
            self._note(view.picture.shown)
        heading = view.title
        for block in flat((*view.opening, *view.blocks)):
            if isinstance(block, Heading):
                heading = block.text
            if isinstance(block, Table):
                name = self._table(block, view, heading)
                self._note(f"{block.caption or heading}: see the sheet {name}")
            else:
                for line in _lines(block, view):
                    self._note(*line, strong=isinstance(block, Heading))
        self._note(written.foot(view))

    def _note(self, *line: str, strong: bool = False) -> None:
        if any(text.strip() for text in line):
            self._notes.append((line, strong))

    def _table(self, table: Table, view: View, heading: str) -> str:
        if len(table.rows) > _MOST_ROWS:
            raise InvalidValue(
                f"The table has {len(table.rows)} rows, and a sheet of Excel takes "
                f"{_MOST_ROWS}.",
                "Ask for less, or for --format csv.",
            )
        name = self._names.new(table.caption or heading or view.title)
        sheet = self._sheet(name, view)
        TableSheet(sheet, self.styles, view).fill(table)
        return name

    def _sheet(self, name: str, view: View) -> Any:
        sheet = self._book.add_worksheet(name)
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_header(f"&L{_part(view.title)}&R{_part(view.school.name)}")
        sheet.set_footer(f"&L{_part(written.foot(view), _MOST_FOOT)}&R&P / &N")
        if language_is_leftward(view.lang):
            sheet.right_to_left()
        return sheet

    def _write_notes(self, view: View) -> None:
        sheet = self._sheet("Notes", view)
        sheet.set_column(0, 0, _WIDE)
        sheet.set_column(1, 8, _BESIDE)
        for row, (line, strong) in enumerate(self._notes):
            form = self.styles.of(bold=strong, wrap=True)
            pairs = zip(line, (_WIDE, *[_BESIDE] * len(line)), strict=False)
            set_height(sheet, row, [lines_of(text, wide) for text, wide in pairs])
            for column, text in enumerate(line):
                self.styles.text(sheet, (row, column), text, form)


def _part(text: str, most: int = _MOST_HEAD) -> str:
    """A text for the head or foot of a page, where & is a command."""
    return " ".join(clean(text).split()).replace("&", "&" * 2)[:most].rstrip("&")


def _lines(block: Block, view: View) -> Lines:
    written_by = _LINES.get(type(block))
    if written_by is not None:
        yield from written_by(block, view)
        return
    for part in plainer(block):
        yield from _lines(part, view)


def _bullets(block: Bullets, _view: View) -> Lines:
    for lead, item in zip(written.leads(block), block.items, strict=True):
        yield (f"{lead if block.first else '• '}{item}",)


def _chart(block: Chart, _view: View) -> Lines:
    yield (block.caption,)
    if block.kind not in written.SAID:
        grid = written.of_chart(block)
        yield tuple(grid.titles)
        yield from map(tuple, grid.rows)
    for note in written.chart_notes(block):
        yield (note,)


def _quote(block: Quote, _view: View) -> Lines:
    yield (block.text,)
    if block.by:
        yield (f"— {block.by}",)


def _sign(block: Sign, _view: View) -> Lines:
    for who in written.signers(block):
        yield (who, f"{block.date_label}:")


_LINES: dict[type, Callable[[Any, View], Iterable[tuple[str, ...]]]] = {
    Heading: lambda block, _view: [(block.text,)],
    Text: lambda block, _view: [(f"{block.label} {block.text}".strip(),)],
    Bullets: _bullets,
    Fields: lambda block, _view: block.rows,
    Chart: _chart,
    Quote: _quote,
    Sign: _sign,
    Space: lambda block, _view: [(block.label,)],
    Break: lambda _block, _view: [],
}
