"""Elements of a Word file, in the order in which Word wants them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from sencli.formats import bidi
from sencli.formats.typst.text_runs import clean
from sencli.formats.typst.text_runs import lang_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_AIR = "120"
_TURN = re.compile(f"[{bidi.FROM}{bidi.UNTIL}]")


def made(tag: str, *inner: Any, **attributes: str) -> Any:
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
        """The text as runs, one for each change of direction; its lines are kept."""
        plain = clean(text)
        base = self.leftward or bidi.runs_leftward(plain)
        tongue = tag_of(lang) or self._lang
        parts = _TURN.split(bidi.isolated(plain, leftward=base))
        # what stands between two marks runs the other way
        return [
            _run(part, tongue, bold=bold, leftward=base != bool(at % 2))
            for at, part in enumerate(parts)
            if part
        ]

    def paragraph(
        self,
        runs: Sequence[Any],
        style: str = "",
        *,
        keep: bool = False,
        fresh: bool = False,
        right: bool = False,
        stop: int = 0,
        under: bool = False,
    ) -> Any:
        """A paragraph.

        Args:
            runs: what it says.
            style: the id of its style.
            keep: it stays on the page of what follows.
            fresh: it begins a page.
            right: it stands at the end of its line, as sums do.
            under: it stands under a table, which has no air of its own.
            stop: where a tab goes to, in twentieths of a point, to end there.
        """
        said = "".join(part.text or "" for run in runs for part in run.iter(qn("w:t")))
        leftward = self.leftward or bidi.runs_leftward(said)
        looks = made(
            "pPr",
            made("pStyle", val=style) if style else None,
            made("keepNext") if keep else None,
            made("pageBreakBefore") if fresh else None,
            made("tabs", made("tab", val="right", pos=str(stop))) if stop else None,
            made("bidi") if leftward else None,
            made("spacing", before=_AIR) if under else None,
            # in text that runs to the left, Word takes this for the other side
            made("jc", val="right") if right else None,
        )
        return made("p", looks if len(looks) else None, *runs)


def _run(text: str, tongue: str, *, bold: bool, leftward: bool) -> Any:
    looks = made(
        "rPr",
        made("b") if bold else None,
        made("bCs") if bold else None,
        made("rtl") if leftward else None,
        made("lang", **{"bidi" if leftward else "val": tongue}) if tongue else None,
    )
    run = made("r", looks if len(looks) else None)
    for at, line in enumerate(text.split("\n")):
        if at:
            run.append(made("br"))
        if line:
            part = made("t")
            part.text = line
            part.set(qn("xml:space"), "preserve")
            run.append(part)
    return run


def field(code: str) -> list[Any]:
    """A field that Word fills in, such as the number of the page."""
    instruction = made("instrText")
    instruction.text = f" {code} "
    instruction.set(qn("xml:space"), "preserve")
    shown = made("t")
    shown.text = "1"
    return [
        made("r", made("fldChar", fldCharType="begin")),
        made("r", instruction),
        made("r", made("fldChar", fldCharType="separate")),
        made("r", shown),
        made("r", made("fldChar", fldCharType="end")),
    ]
