"""Prepare text for paper: clean it, split lines, mark language and direction."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sencli.documents.made_in import language_marks
from sencli.formats import bidi
from sencli.formats.typst.fit import ems
from sencli.safe import is_control

MISSING = "\u25a1"
"""What stands where a character cannot be shown."""

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_REGION = re.compile(r"-([A-Za-z]{2})(?:-|$)")
_SURROGATES = range(0xD800, 0xE000)
_LEAST_PER_EM = 0.9
_PIECE = 4
_SENTENCE = 4
"""Words from which Latin writing on an Arabic page is English, and not a name."""

_HYPHEN_MARK, _BREAK_MARK = "\ue000", "\ue001"
"""Chances to break; :func:`clean` lets no text of the records have them."""

_JOINED = re.compile(r"[\u200c\u200d\ufe0f\U0001f3fb-\U0001f3ff]")


def clean(text: str) -> str:
    """The text without what paper cannot show; line ends are kept, tabs are blanks."""
    if text.replace("\n", "").isprintable():
        return text
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(map(_printable, plain))


def _printable(char: str) -> str:
    if char == "\n":
        return char
    if ord(char) in _SURROGATES:
        return MISSING
    if is_control(char):
        return "\n" if char in "\u2028\u2029\x85" else ""
    if char in (language_marks.FROM, language_marks.UNTIL):
        return char
    # a code point that is no character has no glyph in any font
    return MISSING if unicodedata.category(char) in {"Cn", "Co"} else char


def lang_of(tag: str) -> dict[str, str]:
    """A BCP 47 tag as Typst and HTML want it; empty when it is not one."""
    if not _TAG.fullmatch(tag):
        return {}
    region = _REGION.search(tag)
    made = {"tag": tag, "lang": tag.split("-", 1)[0].lower()}
    return made | ({"region": region[1].upper()} if region else {})


_leftward_page: ContextVar[bool] = ContextVar("leftward_page", default=False)


@contextmanager
def page_in(lang: str) -> Iterator[None]:
    """Texts that are made within stand on a page in that language."""
    token = _leftward_page.set(bidi.language_is_leftward(lang))
    try:
        yield
    finally:
        _leftward_page.reset(token)


def run(text: str, lang: str = "", narrow: float = 0) -> Any:
    """A text for the template: itself, or an object where it is more than one line.

    Args:
        text: any text.
        lang: its language where that is not the document's.
        narrow: how many ems wide its place is; longer words get chances to break.
    """
    plain = clean(text)
    if narrow:
        plain = breakable(plain, narrow)
    page = _leftward_page.get()
    if plain.isascii() and not (page or lang or "\n" in plain):
        return plain
    leftward = bidi.runs_leftward(plain)
    rightward = page and not leftward and bidi.runs_rightward(plain)
    english = rightward and len(plain.split()) >= _SENTENCE
    lines = [
        _line(bidi.isolated(line, leftward=leftward or (page and not rightward)))
        for line in plain.split("\n")
    ]
    if lines == [plain] and not (lang or leftward or rightward):
        return plain
    made: dict[str, Any] = {"lines": lines}
    if any(isinstance(line, dict) for line in lines) and all(
        isinstance(line, dict) or not line for line in lines
    ):
        made, english = {"lines": [line and line["text"] for line in lines]}, True
    if leftward:
        made["rtl"] = True
    if rightward:
        made["ltr"] = True
    return made | lang_of(lang or ("en" if english else ""))


def _line(text: str) -> Any:
    """One line: a text, an English one, or a list of both."""
    if language_marks.FROM not in text and language_marks.UNTIL not in text:
        return text
    parts = [
        {"tag": "en", "text": part} if english else part
        for part, english in language_marks.pieces(text)
    ]
    return parts[0] if len(parts) == 1 else parts or ""


def breakable(text: str, narrow: float) -> str:
    """The text with chances to break inside each word wider than ``narrow`` ems.

    Only there: what is copied out of a PDF has the chances in it.
    """
    sure = narrow * _LEAST_PER_EM
    if len(text) <= sure or max(map(len, text.split()), default=0) <= sure:
        return text
    return re.sub(
        r"\S+",
        lambda word: _chances(word[0]) if ems(word[0]) > narrow else word[0],
        text,
    )


def _chances(word: str) -> str:
    # letters that join (Arabic, an emoji of several parts) are not torn apart
    if _JOINED.search(word) or any(map(unicodedata.combining, word)):
        return word
    mark = _HYPHEN_MARK if word.isalpha() else _BREAK_MARK
    return mark.join(word[at : at + _PIECE] for at in range(0, len(word), _PIECE))


def with_breaks(text: str, *, paper: bool) -> str:
    """The marks as soft hyphens and breaks on paper; a browser breaks words itself."""
    hyphen, chance = ("\u00ad", "\u200b") if paper else ("", "")
    return text.replace(_HYPHEN_MARK, hyphen).replace(_BREAK_MARK, chance)
