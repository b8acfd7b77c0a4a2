"""Find names in text, however they are spelt.

The words of a text are folded like names, and joined where a name may be written in
one word or in two: O'Neill, O`Neill, ONeill; Mary-Jane, Mary Jane, Maryjane.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from functools import lru_cache

from sencli.core.text.folding import APOSTROPHES
from sencli.core.text.folding import HYPHENS
from sencli.core.text.folding import fold
from sencli.core.text.folding import key
from sencli.value import Value

_ASCII_WORD = re.compile("[A-Za-z0-9]+")
_ENDINGS = frozenset(("s", "ll", "ve", "d", "re", "m", "t"))
_MOST_WORDS = 8
_BEGINNING = 3
_BOTH = 2
_ABBREVIATED = 2
_CAPITALS_FROM = 3


class Word(Value):
    """A word of a text.

    Attributes:
        key: the word, folded.
        start: where it begins in the text.
        end: where it ends.
        joint: what stands before it: ``'``, ``-``, a blank, or "" for anything else.
    """

    key: str
    start: int
    end: int
    joint: str


class NameFound(Value):
    """A name in a text.

    Attributes:
        key: the name, folded.
        start: where it begins.
        end: where it ends; a possessive 's stands after it.
        first: the number of its first word in the text.
        after: the number of the word after it.
    """

    key: str
    start: int
    end: int
    first: int
    after: int


@lru_cache(maxsize=4096)
def _belongs(char: str) -> bool:
    """Whether a character is part of a word: a letter, a figure, a mark, unseen."""
    if char in APOSTROPHES or char in HYPHENS:
        return False
    if char.isalnum() or char.isascii():
        return char.isalnum()
    import unicodedata

    return unicodedata.category(char)[0] == "M" or unicodedata.category(char) == "Cf"


def _spans(text: str) -> Iterator[tuple[int, int]]:
    if text.isascii():
        for match in _ASCII_WORD.finditer(text):
            yield match.span()
        return
    start = -1
    for at, char in enumerate(text):
        if _belongs(char):
            start = at if start < 0 else start
        elif start >= 0:
            yield start, at
            start = -1
    if start >= 0:
        yield start, len(text)


def text_words(text: str) -> list[Word]:
    """The words of a text in order, with what joins each to the one before."""
    made: list[Word] = []
    end = 0
    for start, stop in _spans(text):
        word = fold(text[start:stop])
        if not word:
            continue  # invisible letters alone
        joint = _joint(text[end:start], made[-1].key if made else "")
        made.append(Word(word, start, stop, joint if made else ""))
        end = stop
    return made


def _joint(between: str, before: str) -> str:
    if between.isspace():
        return " "
    # the full stop of an initial, or of St.
    if between[:1] == "." and len(before) <= _ABBREVIATED:
        return " " if between[1:].isspace() or not between[1:] else ""
    bare = between.strip()
    if len(bare) == 1 and bare in APOSTROPHES and bare == between:
        return "'"
    return "-" if len(bare) == 1 and bare in HYPHENS else ""


class Names:
    """Names to look for in texts.

    Args:
        names: as they are spelt.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._joints: dict[str, set[int]] = {}
        for name in names:
            if any(map(str.isalnum, name)):
                joints = self._joints.setdefault(key(name), set())
                joints |= _joints(name)
        self._beginnings = {name[:_BEGINNING] for name in self._joints}

    def found(self, text: str) -> Iterator[NameFound]:
        """Every place of every name, in order of where it begins, the longest first."""
        return self.found_among(text, text_words(text))

    def found_among(self, text: str, there: list[Word]) -> Iterator[NameFound]:
        """The same, where the words of the text are known already."""
        for at, word in enumerate(there):
            if word.joint == "'" and len(there[at - 1].key) > 1:
                continue  # within a word: the t of don't
            yield from self._from(text, there, at)

    def _from(self, text: str, there: list[Word], at: int) -> Iterator[NameFound]:
        joined, edges, some = "", set[int](), []
        for to in range(at, min(at + _MOST_WORDS, len(there))):
            word = there[to]
            if to > at:
                if not word.joint:
                    break
                if _parted(text, there[to - 1], word):
                    edges.add(len(joined))
            joined += word.key
            if (
                len(joined) >= _BEGINNING
                and joined[:_BEGINNING] not in self._beginnings
            ):
                break  # nearly every word of a text
            after = there[to + 1] if to + 1 < len(there) else None
            cut = after and after.joint == "'" and after.key not in _ENDINGS
            if joined in self._joints and not cut and edges <= self._joints[joined]:
                some.append(NameFound(joined, there[at].start, word.end, at, to + 1))
        yield from reversed(some)

    def longest(self, text: str) -> Iterator[NameFound]:
        """The names in a text, none within another."""
        end = 0
        for found in self.found(text):
            if found.start >= end:
                yield found
                end = found.end


def _joints(name: str) -> set[int]:
    """Where in the key of a name its words meet."""
    edges, length = set[int](), 0
    for word in text_words(name):
        edges.add(length)
        length += len(word.key)
    return edges


def _parted(text: str, before: Word, word: Word) -> bool:
    """Whether two words are one name only where that name is written in two."""
    if word.joint == "'":
        return word.key in _ENDINGS
    return word.joint == " " and not _capitals(text, before, word)


def _capitals(text: str, one: Word, other: Word) -> bool:
    """Whether two words look like one name written apart: Mary Jane."""
    pair = text[one.start : one.end], text[other.start : other.end]
    return all(
        len(word) >= _CAPITALS_FROM and word[0].isupper() and not word.isupper()
        for word in pair
    )


class Replacing:
    """Names, each with what is to be said for it.

    Args:
        said: name to words; two spellings of one name are one name.
    """

    def __init__(self, said: Mapping[str, str]) -> None:
        self._names = Names(said)
        self._instead: dict[str, str] = {}
        for name, instead in said.items():
            self._instead.setdefault(key(name), instead)

    def text(self, text: str) -> str:
        """The text with each name replaced."""
        made, end = [], 0
        for found in self._names.longest(text):
            made += [text[end : found.start], self._instead[found.key]]
            end = found.end
        return "".join(made) + text[end:]


def names_pupil(text: str, first: str, last: str) -> bool:
    """Whether a text contains both names, in either order."""
    wanted = {key(name) for name in (first, last) if name}
    squeezed = key(text)
    if len(wanted) < _BOTH or not all(name in squeezed for name in wanted):
        return False
    return wanted <= {place.key for place in Names((first, last)).found(text)}
