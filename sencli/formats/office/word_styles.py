"""The styles of a Word file: Word's own names in the school's colour."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.shared import RGBColor

from sencli.formats.bidi import language_is_leftward
from sencli.formats.office.word_xml import element
from sencli.formats.office.word_xml import tag_of
from sencli.formats.typst import colours

if TYPE_CHECKING:
    from sencli.documents.view import View

_FONT = "Arial"
"""On every computer with Word, and easy to read; a school changes it in one style."""

USUAL = 11.0
"""Points of the type, of which all sizes below are meant."""
_LEAST = 16.0
_ENGLISH = "en-GB"
_MUTED = "57606a"
_SIZES = {
    "Title": 20,
    "Subtitle": 12,
    "Heading 1": 14,
    "Heading 2": 12,
    "Heading 3": 11,
}
_OWN = {"Lead": 12, "Small Text": 9, "Note": 10, "Table Text": 9}
_BELOW = {"Title": 2, "Subtitle": 8, "Caption": 3, "Lead": 8, "List Bullet": 3}


def set_styles(document: Any, view: View, usual: float = USUAL) -> None:
    """Give the document's styles their look.

    Args:
        document: of python-docx.
        view: the first of its papers, whose language and colour they have.
        usual: points of its type; the others grow with it.
    """

    def points(size: float) -> Any:
        # small print of large print is large print too
        least = _LEAST if usual > USUAL else 0.0
        return Pt(max(least, round(2 * size * usual / USUAL) / 2))

    accent = RGBColor.from_string(colours.readable(view.school.colour).lstrip("#"))
    _set_defaults(document, view.lang, usual)
    styles = document.styles
    for name, size in _OWN.items():
        own = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        own.base_style = styles["Normal"]
        own.quick_style = True
        own.font.size = points(size)
    for level in range(1, 7):
        _set_heading(styles[f"Heading {level}"], accent)
    for name, size in _SIZES.items():
        style = styles[name]
        _set_font(style)
        style.font.size = points(size)
        style.font.italic = False
        style.font.color.rgb = accent
    styles["Title"].font.bold = True
    styles["Title"].paragraph_format.keep_with_next = True
    styles["Caption"].font.color.rgb = RGBColor.from_string(_MUTED)
    styles["Caption"].paragraph_format.keep_with_next = True
    styles["Caption"].paragraph_format.space_before = Pt(8)
    styles["Small Text"].font.color.rgb = RGBColor.from_string(_MUTED)
    for name in ("Header", "Footer"):
        styles[name].font.size = points(8.5)
        styles[name].font.color.rgb = RGBColor.from_string(_MUTED)
    styles["Table Text"].paragraph_format.space_after = Pt(1)
    for name, below in _BELOW.items():
        styles[name].paragraph_format.space_after = Pt(below)
    _set_letterhead(styles, accent)
    _set_cut_line(styles)
    for name in ("Header", "Footer"):
        _drop(styles[name].element, "w:tabs")
    _drop(styles["Title"].element, "w:pBdr")
    _drop(styles["Subtitle"].element, "w:numPr")
    _set_sizes_of_other_scripts(styles.element)


def _set_defaults(document: Any, lang: str, usual: float) -> None:
    looks = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    fonts = looks.find(qn("w:rFonts"))
    fonts.attrib.clear()
    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{name}"), _FONT)
    tongue = looks.find(qn("w:lang"))
    tag, left = tag_of(lang) or _ENGLISH, language_is_leftward(lang)
    tongue.set(qn("w:val"), _ENGLISH if left else tag)
    tongue.set(qn("w:bidi"), tag if left else "ar-SA")
    normal = document.styles["Normal"]
    normal.font.size = Pt(usual)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.15


def _set_sizes_of_other_scripts(styles: Any) -> None:
    """Arabic and the like have a size of their own in Word: the same, and not 10."""
    for size in [*styles.iter(qn("w:sz"))]:
        looks = size.getparent()
        for old in looks.findall(qn("w:szCs")):
            looks.remove(old)
        size.addnext(element("szCs", val=size.get(qn("w:val"))))


def _set_heading(style: Any, accent: RGBColor) -> None:
    _set_font(style)
    style.font.italic = False
    style.font.color.rgb = accent
    style.paragraph_format.space_before = Pt(12)
    style.paragraph_format.space_after = Pt(4)


def _set_letterhead(styles: Any, accent: RGBColor) -> None:
    own = styles.add_style("Letterhead", WD_STYLE_TYPE.PARAGRAPH)
    own.base_style = styles["Header"]
    own.font.size, own.font.bold, own.font.color.rgb = Pt(14), True, accent
    line = element("bottom", val="single", sz="8", space="4", color=str(accent))
    own.paragraph_format.space_after = Pt(10)
    own.element.get_or_add_pPr().insert(0, element("pBdr", line))


def _set_cut_line(styles: Any) -> None:
    own = styles.add_style("Cut Line", WD_STYLE_TYPE.PARAGRAPH)
    own.base_style = styles["Small Text"]
    own.paragraph_format.space_before = Pt(18)
    line = element("top", val="dashed", sz="6", space="4", color=_MUTED)
    own.element.get_or_add_pPr().insert(0, element("pBdr", line))


def _set_font(style: Any) -> None:
    """The file's font in place of the theme's."""
    _drop(style.element, "w:rFonts")
    fonts = element("rFonts", ascii=_FONT, hAnsi=_FONT, cs=_FONT)
    style.element.get_or_add_rPr().insert(0, fonts)


def _drop(element: Any, tag: str) -> None:
    for found in element.findall(f".//{qn(tag)}"):
        found.getparent().remove(found)
