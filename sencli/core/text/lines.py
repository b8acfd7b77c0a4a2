"""Break text into lines of a terminal: never in a word, a figure or a command."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_TIED = "\0"
_TYPED = "\1"
"""Stand for blanks at which no line ends, in a figure and in a command.

A text that may be shown on a terminal holds neither.
"""

_FIGURES = re.compile(
    r"(?<=[0-9]) (?=[0-9%])"
    r"|(?<=[0-9]) (?:of|x|\u00d7|to|-|/) (?=[0-9])"
    r"|(?<=[0-9]) (?=(?:am|pm|noon)\b)"
    r"|(?<=£) (?=[0-9])"
    r"|(?<=[0-9]:[0-9]{2}) (?=[^\W_]\b)"  # of a class page: when, and what by letter
)
_DATE = re.compile(r"\b([0-9]{1,2}) ([^\W\d_]{3,}) ([12][0-9]{3})\b")
_COMMAND = re.compile(
    r"(?:^|(?<=: )|(?<=[(])|(?<=then ))(?:sen|git|pipx)[ ]"
    # what stands after two blanks says what the command is for
    r"""(?:"[^"]*"|'[^']*'|(?!  )[^"'\n.;,)]|[.;,](?!\s|$))+"""
)
_NAMED_COMMAND = re.compile(r"\bsen (?=[a-z-])")
_APART = re.compile("^ +| {2,}")
_FURTHER = 4
_PLAIN_BELOW = "\u0300"
"""Below this, a letter takes one place."""


def measure(text: str) -> int:
    """The places that a text takes on a line of a terminal."""
    if text.isascii() or max(text) < _PLAIN_BELOW:
        return len(text)
    return sum(map(_places, text))


@lru_cache(maxsize=4096)
def _places(char: str) -> int:
    import unicodedata

    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def words(text: str) -> list[str]:
    """What no line may break: words, dates, sums, and whole commands."""
    return [_loose(word) for word in _tied(text).split()]


def longest(text: str) -> int:
    """The places of the longest of its words; nothing takes none."""
    return max(map(measure, words(text)), default=0)


def has_ties(texts: Iterable[str]) -> bool:
    """Whether any of the texts has a date in words, or figures that stay together."""
    whole = "\n".join(texts)
    return bool(_DATE.search(whole) or _FIGURES.search(whole))


def _tied(text: str) -> str:
    """The text with the blanks tied at which no line may end."""
    if " " not in text:
        return text
    text = _COMMAND.sub(lambda found: found[0].rstrip().replace(" ", _TYPED), text)
    if "sen " in text:
        text = _NAMED_COMMAND.sub(f"sen{_TIED}", text)
    if not any(map(str.isdigit, text)):
        return text
    text = _DATE.sub(rf"\1{_TIED}\2{_TIED}\3", text)
    return _FIGURES.sub(lambda found: found[0].replace(" ", _TIED), text)


def _loose(word: str) -> str:
    return word.replace(_TIED, " ").replace(_TYPED, " ")


def wrapped(text: str, wide: int) -> str:
    """The text in lines of that width; a word that is wider has a line of its own.

    So has a command, where the text takes more than one line: there it can be copied.
    """
    if len(text) <= wide and measure(text) <= wide and "\n" not in text:
        return text.strip()
    return "\n".join(
        part for line in text.split("\n") for part in _broken(line, max(1, wide))
    )


def _broken(line: str, wide: int) -> list[str]:
    if measure(line) <= wide:
        return [line.rstrip()]
    made: list[str] = []
    taken = wide
    for tied in _tied(line).split():
        command = _TYPED in tied
        # the stop of its sentence is no part of a command
        word = _loose(tied.rstrip(".,;") if command else tied)
        if command or taken + 1 + measure(word) > wide:
            made.append(word)
            taken = wide if command else measure(word)
        else:
            made[-1] += f" {word}"
            taken += 1 + measure(word)
    return made or [""]


def hung(lead: str, text: str, wide: int) -> str:
    """The text after a lead, its further lines under its own beginning.

    Where a word does not fit beside the lead the text begins under it.
    """
    room = wide - measure(lead)
    need = longest(text)
    if need <= room:
        first, *more = wrapped(text, room).split("\n")
        blank = " " * measure(lead)
        return "\n".join([f"{lead}{first}", *(f"{blank}{line}" for line in more)])
    blank = " " * min(_FURTHER, max(0, wide - need))
    under = [f"{blank}{line}" for line in wrapped(text, wide - len(blank)).split("\n")]
    above = [wrapped(lead.rstrip(), wide)] if lead.strip() else []
    return "\n".join(above + under)


def flowed(text: str, wide: int) -> str:
    """Messages in lines of that width; what stands in columns hangs under its last."""
    made = []
    for line in text.split("\n"):
        if measure(line) <= wide:
            made.append(line)
            continue
        half = line[: wide // 2]
        last = max((found.end() for found in _APART.finditer(half)), default=0)
        made.append(hung(line[:last], line[last:], wide))
    return "\n".join(made)


def shortened(text: str, most: int, mark: str = "...") -> str:
    """A text on one line, cut between words where it is longer than that."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    room = most - len(mark)
    kept = line[:room]
    if line[room : room + 1] != " ":
        # one word that is longer than all the room is cut, as nothing else is left
        kept = kept.rpartition(" ")[0] or kept
    return f"{kept.rstrip(' ,;:')}{mark}"
