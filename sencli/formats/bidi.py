"""Keep names, dates and numbers in order where writing runs both ways.

In an Arabic sentence a telephone number or "12 March 2026" is laid out from the right,
group by group, and in an English one a number after an Arabic name is drawn into it.
What runs the other way is therefore isolated: by two marks that nothing shows (the
first strong isolate and its end), and by ``bdi`` on a page of HTML.
"""

from __future__ import annotations

import re
import unicodedata

FROM, UNTIL = "\u2068", "\u2069"
"""The marks: first strong isolate, pop directional isolate."""

LEFTWARD = frozenset({"ar", "ur", "he", "fa", "ps", "ku", "sd", "ug", "yi", "dv"})
"""Languages that are written from right to left."""

_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_STRONG = _RIGHT_TO_LEFT | {"L"}
_WAY = (
    "\u0590-\u065f\u066a-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff"
)
_ANY = re.compile(f"[{_WAY}]")
_DIGITS = "\u0660-\u0669\u06f0-\u06f9"

_LETTERS = rf"[{_WAY}][{_WAY}{_DIGITS}\u200c\u200d]*"
_PHRASE = re.compile(
    rf"{_LETTERS}(?:[ \u00a0'\u2019.\-\u2013]+(?:[0-9{_DIGITS}]+ )?{_LETTERS})*"
)
"""Words of an Arabic or Hebrew phrase, and a number between two of them."""

_WORD = rf"(?:[^\W{_WAY}]|[{_DIGITS}])"
_OTHER = re.compile(
    rf"[+#£$€]*{_WORD}"
    rf"(?:(?!(?<=[0-9{_DIGITS}])[.,;:] )[^\n{_WAY}{_DIGITS}\w]{{0,3}}[+£$€]?{_WORD}|_)*"
    r"[%°]?\)?"
)
"""Latin words, numbers and what stands between them, within such a phrase; after a
number a comma or a full stop ends it."""


def language_is_leftward(tag: str) -> bool:
    """Whether a language (BCP 47) is written from right to left."""
    return tag.partition("-")[0].lower() in LEFTWARD


def runs_leftward(text: str) -> bool:
    """Whether the text begins to the left, and most of it runs that way.

    A sentence of ours that begins with a name is a sentence of ours.
    """
    strong = _ways(text)
    return bool(strong) and strong[0] and 2 * sum(strong) >= len(strong)


def runs_rightward(text: str) -> bool:
    """Whether the text begins to the right, and most of it runs that way."""
    strong = _ways(text)
    return bool(strong) and not strong[0] and 2 * sum(strong) < len(strong)


def base_is_leftward(text: str, *, page: bool) -> bool:
    """Whether a paragraph of the text is laid out from the right.

    Args:
        text: the paragraph.
        page: whether the page around it is written so; it decides where the text has
            no letters, or begins one way and runs the other.
    """
    return runs_leftward(text) or (page and not runs_rightward(text))


def _ways(text: str) -> list[bool]:
    """For each letter that has a way of its own, whether it is to the left."""
    if text.isascii():
        return [False] * sum(map(str.isalpha, text))
    ways = map(unicodedata.bidirectional, text)
    return [way in _RIGHT_TO_LEFT for way in ways if way in _STRONG]


def isolated(text: str, *, leftward: bool) -> str:
    """The text with each run that goes the other way isolated.

    Args:
        text: any text.
        leftward: whether it stands in writing from right to left.
    """
    if leftward:
        return _OTHER.sub(_closed, text)
    if text.isascii() or not _ANY.search(text):
        return text
    return _PHRASE.sub(rf"{FROM}\g<0>{UNTIL}", text)


def _closed(found: re.Match[str]) -> str:
    """A run in its marks; a bracket that was opened before it stays outside."""
    run = found[0]
    if run.count(")") > run.count("("):
        return f"{FROM}{run[:-1]}{UNTIL})"
    return f"{FROM}{run}{UNTIL}"


def isolated_lines(text: str, *, leftward: bool = False) -> str:
    """A whole document of lines, each isolated by itself."""
    if not leftward and (text.isascii() or not _ANY.search(text)):
        return text
    return "\n".join(
        f"{FROM}{isolated(line, leftward=False)}{UNTIL}"
        if leftward and not base_is_leftward(line, page=True)
        else isolated(line, leftward=leftward)
        for line in text.split("\n")
    )
