"""Fold names for comparing and sorting: case, accents, punctuation.

Two spellings of a name are the same name where they differ only in case, accents,
letters that a keyboard lacks (Łukasz, Lukasz), apostrophes, hyphens, blanks, invisible
letters, or composed and decomposed form. Nothing else in the program may fold names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sencli.core.text.natural import natural
from sencli.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

APOSTROPHES = (
    "'`\u00b4\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u02ca\u02cb\u055a\u05f3"
    "\u2018\u2019\u201a\u201b\u2032\u2035\ua78c\uff07\uff40"
)
HYPHENS = (
    "-\u02d7\u058a\u05be\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212"
    "\ufe58\ufe63\uff0d"
)
# What Unicode takes apart neither by decomposition nor by the name of the letter.
_LETTERS = {
    "\u00e6": "ae",
    "\u00f0": "d",
    "\u00fe": "th",
    "\u0131": "i",
    "\u0138": "k",
    "\u014b": "n",
    "\u0153": "oe",
    "\u01dd": "e",
    "\u0259": "e",
    "\u0254": "o",
    "\u025b": "e",
    "\u0237": "j",
    "\u01bf": "w",
    "\u00b7": "",
}
# Seen by nobody, though Unicode does not class them as format characters.
_UNSEEN = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0"
)
_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
_STROKED = re.compile(r"LATIN SMALL LETTER ([A-Z]{1,2}) WITH .*")
_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")
_HYPHEN = re.compile(f"[{re.escape(HYPHENS)}]")
_POSSESSIVE = re.compile(r"(?<=\w)'s(?!\w)")
# figures stay apart: the group HFW 1-2 is not HFW 12
_BLANK = re.compile("(?<![0-9]) | (?![0-9])")
_FULL_STOP = re.compile(r"\.(?![0-9])")
_MARKS = str.maketrans("", "", " '-.")
_SHORT_WORD, _LONG_WORD = 2, 4


def is_invisible(char: str) -> bool:
    """Whether the character is invisible."""
    if char.isascii():
        return False
    import unicodedata

    return (
        unicodedata.category(char) == "Cf"
        or char in _UNSEEN
        or any(ord(char) in some for some in _SELECTORS)
    )


def composed(text: str) -> str:
    """The text in Unicode's composed form (NFC), in which all records are written."""
    if text.isascii():
        return text
    import unicodedata

    return unicodedata.normalize("NFC", text)


def visible(text: str) -> str:
    """The text without invisible letters, and wide letters and signs as usual ones."""
    if text.isascii():
        return text
    import unicodedata

    usual = unicodedata.normalize("NFKC", text)
    return "".join(char for char in usual if not is_invisible(char))


def fold(text: str) -> str:
    """The text without case, accents, invisible letters and doubled blanks.

    Apostrophes and hyphens of every kind stay, as ``'`` and ``-``.
    """
    if text.isascii():  # nearly all there is, and ten times as quick
        return " ".join(text.casefold().replace("`", "'").split())
    import unicodedata

    # some apostrophes are taken apart into a blank and an accent: replace them before
    plain = _APOSTROPHE.sub("'", text)
    plain = unicodedata.normalize("NFKD", plain.casefold())
    return " ".join(plain.translate(_FOLDED).split())


class _Letters(dict[int, str]):
    """The folded form of each letter, worked out on first use."""

    def __missing__(self, code: int) -> str:
        return self.setdefault(code, _letter(chr(code)))


_FOLDED = _Letters()


def _letter(char: str) -> str:
    if char.isascii():
        return char
    if char in _LETTERS:
        return _LETTERS[char]
    if char in APOSTROPHES:
        return "'"
    if char in HYPHENS:
        return "-"
    import unicodedata

    if unicodedata.combining(char) or is_invisible(char):
        return ""
    stroked = _STROKED.fullmatch(unicodedata.name(char, ""))
    return stroked[1].lower() if stroked else char


def words(name: str) -> list[str]:
    """The words of a name, folded: a hyphen parts them, an apostrophe does not.

    A possessive 's is no part of a name, nor is the full stop of an abbreviation.
    """
    plain = _POSSESSIVE.sub("", fold(name))
    plain = _FULL_STOP.sub(" ", plain.replace("'", ""))
    return plain.replace("-", " ").split()


def squeezed(text: str) -> str:
    """The text folded, without blanks and marks: a quick look before `words`."""
    return fold(text).translate(_MARKS)


def key(name: str) -> str:
    """The name as one word: two spellings of a name have the same key."""
    return _BLANK.sub("", " ".join(words(name))) or fold(name)


def same(one: str, other: str) -> bool:
    """Whether two spellings are of one name."""
    return key(one) == key(other)


def sort_key(name: str) -> tuple[str, str]:
    """The sort key of a name: Ábrahám sorts under A, Reading 2 before Reading 10."""
    return natural(" ".join(words(name))), name


class Folded(Value):
    """A name or a wording, ready to be compared with what was typed.

    Attributes:
        whole: its words as one.
        edges: where in ``whole`` a word begins, and its end.
    """

    whole: str
    edges: frozenset[int]

    @classmethod
    def of(cls, text: str) -> Folded:
        """A text, folded."""
        edges, end = {0}, 0
        parts = words(text)
        for part in parts:
            end += len(part)
            edges.add(end)
        return cls("".join(parts), frozenset(edges))

    def has_words(self, typed: Sequence[str]) -> bool:
        """Whether all that was typed is whole words, in any order, joined or apart."""
        return self._covered(typed, self.edges.__contains__)

    def begins_words(self, typed: Sequence[str]) -> bool:
        """Whether all that was typed is the beginnings of words."""
        return self._covered(typed, None)

    def _covered(
        self, typed: Sequence[str], ends: Callable[[int], bool] | None
    ) -> bool:
        """Whether the typed words, joined where need be, are all found."""
        reached = {0}
        for start in range(len(typed)):
            if start in reached:
                reached |= {
                    end
                    for end in range(start + 1, len(typed) + 1)
                    if self._found("".join(typed[start:end]), ends)
                }
        return len(typed) in reached

    def _found(self, part: str, ends: Callable[[int], bool] | None) -> bool:
        start = self.whole.find(part)
        while start >= 0:
            if start in self.edges and (ends is None or ends(start + len(part))):
                return True
            start = self.whole.find(part, start + 1)
        return False


def slip(one: str, other: str, most: int) -> int:
    """In how many letters two words differ (missing, added, other, swapped).

    Args:
        one: a word.
        other: another.
        most: it is not counted further than one more than this.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        before, last, row = row, before, [at]
        for to, wanted in enumerate(other, 1):
            cost = min(
                before[to] + 1, row[to - 1] + 1, before[to - 1] + (letter != wanted)
            )
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == wanted:
                cost = min(cost, last[to - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def slips(typed: str, name: str) -> int | None:
    """With how many slips what was typed may mean a name; ``None`` where it does not.

    Each word typed is a word of the name but for one letter, or two of a longer word;
    the order of the words does not count.
    """
    wanted = words(typed.replace(",", " "))
    there = words(name)
    there += ["".join(there[at : at + 2]) for at in range(len(there) - 1)]
    if not wanted or not there:
        return None
    counts = [min(slip(word, have, _slips(word)) for have in there) for word in wanted]
    fits = all(n <= _slips(word) for n, word in zip(counts, wanted, strict=True))
    return sum(counts) if fits else None


def _slips(word: str) -> int:
    """How many slips are looked for in a word of its length."""
    return (len(word) > _SHORT_WORD) + (len(word) > _LONG_WORD)
