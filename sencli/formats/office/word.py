"""docx: a paper in Word's own styles, so that a school can add a line to it.

A section for each paper, with the school's letterhead on its first page, and on every
page the foot with the number of the page. What is added in Word no check code knows:
the foot says that it is of the paper as it was made.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.shared import Mm

from sencli.documents.view import Chart
from sencli.formats import cells as written
from sencli.formats.bidi import language_is_leftward
from sencli.formats.flat import flat
from sencli.formats.office.word_blocks import Page
from sencli.formats.office.word_blocks import letterhead
from sencli.formats.office.word_blocks import replace_all
from sencli.formats.office.word_styles import USUAL
from sencli.formats.office.word_styles import set_styles
from sencli.formats.office.word_xml import Writer
from sencli.formats.office.word_xml import element
from sencli.formats.office.word_xml import field
from sencli.formats.office.word_xml import tag_of
from sencli.formats.office.zipped import day_of
from sencli.formats.office.zipped import property_of
from sencli.formats.office.zipped import rezipped
from sencli.formats.typst import colours
from sencli.formats.typst.large_print import POINTS
from sencli.formats.typst.large_print import in_large_print
from sencli.formats.typst.pictures import chart_pictures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sencli.documents.view import View
    from sencli.formats import RenderOptions

_MARGIN = Cm(2)
_SIZES = {
    "a3": (Mm(297), Mm(420)),
    "a4": (Mm(210), Mm(297)),
    "a5": (Mm(148), Mm(210)),
    "card": (Mm(105), Mm(148)),
}
_TWENTIETH = 635
"""Word measures tables in twentieths of a point, of which each has so many units."""

_SECTION = f"{qn('w:pPr')}/{qn('w:sectPr')}"
_AFTER_DIRECTION = (qn("w:rtlGutter"), qn("w:docGrid"))
_THUMBNAIL = "/thumbnail"


def write(views: Sequence[View], options: RenderOptions) -> bytes:
    """One document, each view from its own page on."""
    views = [in_large_print(view) for view in views]
    accent = colours.readable(views[0].school.colour)
    charts = (b for v in views for b in flat(v.blocks) if isinstance(b, Chart))
    large = any(view.large for view in views)
    drawn = chart_pictures(charts, accent, large=large)
    document: Any = Document()
    # styles are the document's: where one reader needs large print, all have it
    set_styles(document, views[0], POINTS if large else USUAL)
    _set_properties(document, views)
    kind = WD_SECTION.NEW_PAGE if options.single_sided else WD_SECTION.ODD_PAGE
    for place, view in enumerate(views):
        section = _next_section(document, kind) if place else document.sections[0]
        _set_page(document, section, view)
        writer = Writer(
            view.lang, views[0].lang, leftward=language_is_leftward(view.lang)
        )
        room = (section.page_width - 2 * _MARGIN) // _TWENTIETH
        for part in (section.header, section.footer):
            part.is_linked_to_previous = False
        section.first_page_header.is_linked_to_previous = False
        section.first_page_footer.is_linked_to_previous = False
        running = writer.paragraph(writer.run(view.title), "Header")
        replace_all(section.header, running)
        letterhead(section.first_page_header, view, writer, room, options)
        for part in (section.footer, section.first_page_footer):
            _set_foot(part, view, writer, room, alone=len(views) == 1)
        Page(document, view, writer, room, drawn).fill()
    held = BytesIO()
    document.save(held)
    return rezipped(held.getvalue())


def _set_properties(document: Any, views: Sequence[View]) -> None:
    """Title, school, language and day, and nothing of who made it where."""
    first, core = views[0], document.core_properties
    day = day_of(first.day)
    core.title = property_of(written.file_title(views))
    core.author = property_of(first.school.name)
    core.language = tag_of(first.lang)
    core.comments = core.last_modified_by = core.keywords = ""
    core.created = core.modified = day
    core.revision = 1
    # the picture of an empty page that the library's own file brings
    rels = document.part.package.rels
    for key in [key for key, rel in rels.items() if rel.reltype.endswith(_THUMBNAIL)]:
        del rels[key]
    settings = document.settings.element
    for zoom in settings.iter(qn("w:zoom")):
        zoom.set(qn("w:percent"), "100")
    for mode in settings.iter(qn("w:compatSetting")):
        if mode.get(qn("w:name")) == "compatibilityMode":
            mode.set(qn("w:val"), "15")
    for tongue in settings.iter(qn("w:themeFontLang")):
        tongue.set(qn("w:val"), tag_of(first.lang) or "en-GB")


def _next_section(document: Any, kind: WD_SECTION) -> Any:
    """A new section, of which the one before ends with its last line."""
    section = document.add_section(kind)
    body = document.element.body
    mark = [p for p in body.iterchildren(qn("w:p")) if p.find(_SECTION) is not None][-1]
    before = mark.getprevious()
    if before is not None and before.tag == qn("w:p") and before.find(_SECTION) is None:
        before.get_or_add_pPr().append(mark.find(_SECTION))
        body.remove(mark)
    return section


def _set_page(document: Any, section: Any, view: View) -> None:
    """The sheet that the paper is on; its pages are counted from one."""
    short, long = _SIZES[view.sheet.size]
    wide, high = (long, short) if view.landscape else (short, long)
    lying = WD_ORIENT.LANDSCAPE if view.landscape else WD_ORIENT.PORTRAIT
    section.orientation = lying
    section.page_width, section.page_height = wide, high
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin, section.bottom_margin = Cm(1.8), Cm(1.8)
    section.header_distance, section.footer_distance = Cm(1.2), Cm(0.9)
    section.different_first_page_header_footer = True
    settings = document.element.body.get_or_add_sectPr()
    for old in [*settings.iter(qn("w:pgNumType"), qn("w:bidi"))]:
        settings.remove(old)
    settings.find(qn("w:pgMar")).addnext(element("pgNumType", start="1"))
    if language_is_leftward(view.lang):
        after = [part for part in settings if part.tag in _AFTER_DIRECTION]
        place = settings.index(after[0]) if after else len(settings)
        settings.insert(place, element("bidi"))


def _set_foot(foot: Any, view: View, writer: Writer, room: int, *, alone: bool) -> None:
    """The foot of a page: whose it is, its day and code, and its number."""
    word = written.frame_word
    said = [
        *writer.run(written.foot(view, changeable=True)),
        element("r", element("tab")),
        *writer.run(f"{word(view, 'page')} "),
        *field("PAGE"),
        *writer.run(f" {word(view, 'of')} "),
        *field("NUMPAGES" if alone else "SECTIONPAGES"),
    ]
    replace_all(foot, writer.paragraph(said, "Footer", stop=room))
