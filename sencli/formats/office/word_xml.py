"""Elements of a Word file, in the order in which Word wants them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from sencli.documents.made_in.language_marks import pieces
from sencli.documents.made_in.language_marks import unmarked
from sencli.formats import bidi
from sencli.formats.typst.text_runs import clean
from sencli.formats.typst.text_runs import lang_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_AIR = "120"
_LEFT_TO_RIGHT, _RIGHT_TO_LEFT = "\u200e", "\u200f"
_ENGLISH = "en-GB"
_BOXES = (("[   ]  ", "\u2610 "), ("[   ]", "\u2610"))
"""A box to tick is one letter here: blanks would change with the font."""

_TURN = re.compile(f"[{bidi.FROM}{bidi.UNTIL}]")


def element(tag: str, *inner: Any, **attributes: str) -> Any:
    """An element ``w:tag`` with what it holds."""
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name.rstrip('_')}"), value)
    element.extend([part for part in inner if part is not None])
    return element


def tag_of(lang: str) -> str:
    """The tag of a language, or "" where it is none."""
    return lang_of(lang).get("tag", "")


class Writer:
    """Makes paragraphs of text in a document's language and direction.

    Args:
        lang: the document's language.
        leftward: whether it is written to the left.
        usual: the language of the file, which need not be said again.
    """

    def __init__(self, lang: str, usual: str, *, leftward: bool) -> None:
        self._lang = "" if lang == usual else tag_of(lang)
        self.leftward = leftward

    def run(self, text: str, *, bold: bool = False, lang: str = "") -> list[Any]:
        """The text as runs, one for each change of direction; its lines are kept.

        What is not translated is marked as English.
        """
        plain = clean(text)
        for typed, box in _BOXES:
            plain = plain.replace(typed, box)
        base = bidi.base_is_leftward(unmarked(plain), page=self.leftward)
        tongue = tag_of(lang) or self._lang
        made: list[Any] = []
        for piece, english in pieces(plain):
            spoken = _ENGLISH if english else tongue
            made += self._turned(piece, spoken, leftward=base, bold=bold)
        return made

    def _turned(self, text: str, tongue: str, *, leftward: bool, bold: bool) -> Any:
        """Runs of one language, each of which goes one way."""
        base = leftward
        parts = _TURN.split(bidi.isolated(text, leftward=base))
        # what stands between two marks runs the other way
        return [
            _run(
                _apart(part, at, leftward=base),
                tongue,
                bold=bold,
                leftward=base != bool(at % 2),
            )
            for at, part in enumerate(parts)
            if part
        ]

    def paragraph(
        self,
        runs: Sequence[Any],
        style: str = "",
        *,
        keep: bool | None = False,
        fresh: bool = False,
        right: bool = False,
        stop: int = 0,
        under: bool = False,
    ) -> Any:
        """A paragraph.

        Args:
            runs: what it says.
            style: the id of its style.
            keep: it stays on the page of what follows; None is not, whatever its style.
            fresh: it begins a page.
            right: it stands at the end of its line, as sums do.
            under: it stands under a table, which has no air of its own.
            stop: where a tab goes to, in twentieths of a point, to end there.
        """
        said = "".join(part.text or "" for run in runs for part in run.iter(qn("w:t")))
        leftward = bidi.base_is_leftward(said, page=self.leftward)
        looks = element(
            "pPr",
            element("pStyle", val=style) if style else None,
            element("keepNext", val="0") if keep is None else None,
            element("keepNext") if keep else None,
            element("pageBreakBefore") if fresh else None,
            element("tabs", element("tab", val="right", pos=str(stop)))
            if stop
            else None,
            element("bidi") if leftward else None,
            element("spacing", before=_AIR) if under else None,
            # in text that runs to the left, Word takes this for the other side
            element("jc", val="right") if right else None,
        )
        return element("p", looks if len(looks) else None, *runs)


def _apart(part: str, at: int, *, leftward: bool) -> str:
    """A part of a text with marks of its direction, so that no number changes place.

    Word goes by the run that a number stands in, others by the letters beside it.
    """
    if not at:
        return part
    if at % 2:
        mark = _LEFT_TO_RIGHT if leftward else _RIGHT_TO_LEFT
        return f"{mark}{part}{mark}"
    return f"{_RIGHT_TO_LEFT if leftward else _LEFT_TO_RIGHT}{part}"


def _run(text: str, tongue: str, *, bold: bool, leftward: bool) -> Any:
    looks = element(
        "rPr",
        element("b") if bold else None,
        element("bCs") if bold else None,
        element("rtl") if leftward else None,
        element("lang", **{"bidi" if leftward else "val": tongue}) if tongue else None,
    )
    run = element("r", looks if len(looks) else None)
    for at, line in enumerate(text.split("\n")):
        if at:
            run.append(element("br"))
        if line:
            part = element("t")
            part.text = line
            part.set(qn("xml:space"), "preserve")
            run.append(part)
    return run


def field(code: str) -> list[Any]:
    """A field that Word fills in, such as the number of the page."""
    instruction = element("instrText")
    instruction.text = f" {code} "
    instruction.set(qn("xml:space"), "preserve")
    shown = element("t")
    shown.text = "1"
    return [
        element("r", element("fldChar", fldCharType="begin")),
        element("r", instruction),
        element("r", element("fldChar", fldCharType="separate")),
        element("r", shown),
        element("r", element("fldChar", fldCharType="end")),
    ]
