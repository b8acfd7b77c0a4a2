"""Find and remove an erased pupil's names in texts.

The first and the last name together, in either order and however they are spelt or
joined, are the pupil's. One of them alone may be another child's: it is named, and
goes only where the user says so.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from typing import Any

from sencli.core.audit.erasure import NEUTRAL
from sencli.core.text.folding import key
from sencli.core.text.folding import squeezed
from sencli.core.text.names_in_text import Names
from sencli.core.text.names_in_text import Word
from sencli.core.text.names_in_text import text_words

_FIELDS = ("first_name", "last_name", "known_as", "upn")
# what may stand between two words of a name: a comma and a blank, an underscore
_BETWEEN = 5
_MOST_WORDS = 12
_SHORTEST = 3
_MARK = NEUTRAL.decode()


def said_of(record: Mapping[str, Any]) -> dict[str, str]:
    """The pupil's names in a version of a record, by field."""
    return {field: str(record[field]) for field in _FIELDS if record.get(field)}


class ErasedNames:
    """Names to search for, and which of them to remove.

    Args:
        versions: what each version of the record calls the pupil (`said_of`).
        words: what the user says is to go too, wherever a message or a note has it.
        others: the full names of other pupils: one of them alone decides nothing.

    Attributes:
        whole: the full names and the UPN.
        words: what the user named.
        sure: what is nobody else's: the full names, and what the user named in more
            than one word.
        all: the full names, and all that the user named.
        alone: names that may be another's.
    """

    def __init__(
        self,
        versions: Iterable[Mapping[str, str]],
        words: Collection[str] = (),
        others: Collection[str] = (),
    ) -> None:
        taken = {key(name) for name in others}
        whole: dict[str, None] = {}
        alone: dict[str, None] = {}
        numbers: dict[str, None] = {}
        for said in versions:
            last = said.get("last_name", "")
            given = [said[field] for field in _FIELDS[::2] if said.get(field)]
            given += [name.split()[0] for name in given if len(name.split()) > 1]
            for name in given:
                full = f"{name} {last}" if last else name
                into = whole if last and key(full) not in taken else alone
                into[full] = None
            alone |= dict.fromkeys(filter(None, (*given, last)))
            numbers |= dict.fromkeys(filter(None, (said.get("upn"),)))
        self.whole = (*whole, *numbers)
        self.words = tuple(words)
        self.alone = tuple(
            name
            for name in alone
            if len(key(name)) >= _SHORTEST and key(name) not in map(key, words)
        )
        self.sure = (*self.whole, *(w for w in words if len(w.split()) > 1))
        self.all = (*self.whole, *words)
        self._sure = _keys(self.sure)
        self._all = _keys(self.all)
        self._lone = Names(self.alone)
        self._near = _anchors(self.all)
        self._near_lone = _anchors(self.alone)

    def __bool__(self) -> bool:
        return bool(self._all)

    def without(self, text: str, *, sure: bool = False) -> str:
        """The text without the names.

        Args:
            text: a message, a note, a file.
            sure: whether a single word that the user named stays: in a file of records
                it may be anybody's.
        """
        if not _has(text, self._near):
            return text
        made, end = [], 0
        for start, stop in _places(text, self._sure if sure else self._all):
            made += [text[end:start], _MARK]
            end = stop
        return "".join(made) + text[end:] if made else text

    def named(self, text: str) -> bool:
        """Whether a text, such as a branch's name, contains a name to remove."""
        return self.without(text) != text

    def may_be(self, text: str) -> list[str]:
        """The names in a text that may be the pupil's, or another's."""
        if not _has(text, self._near_lone):
            return []
        found = self._lone.longest(self.without(text))
        return list(dict.fromkeys(one.key for one in found))


def _anchors(names: Iterable[str]) -> frozenset[str]:
    """Of each name the longest word: what has none of them is not looked through."""
    found = ([word.key for word in text_words(name)] for name in names)
    return frozenset(max(words, key=len) for words in found if words)


def _has(text: str, anchors: frozenset[str]) -> bool:
    flat = squeezed(text) if anchors else ""
    return any(anchor in flat for anchor in anchors)


def _keys(names: Iterable[str]) -> frozenset[str]:
    """Each name as one word, and with its last word put first."""
    found = set()
    for name in names:
        parts = [word.key for word in text_words(name)]
        for at in range(len(parts)):
            found.add("".join(parts[at:] + parts[:at]))
    return frozenset(found)


def _places(text: str, wanted: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where a name begins and ends, none within another, the longest first."""
    if not wanted:
        return
    there = text_words(text)
    longest = max(map(len, wanted))
    at = 0
    while at < len(there):
        stop = _last(there, at, wanted, longest)
        if stop < 0:
            at += 1
            continue
        yield there[at].start, there[stop].end
        at = stop + 1


def _last(there: list[Word], at: int, wanted: frozenset[str], longest: int) -> int:
    """The number of the last word of the name that begins here; -1 for none."""
    joined, found = "", -1
    for to in range(at, min(at + _MOST_WORDS, len(there))):
        if to > at and there[to].start - there[to - 1].end > _BETWEEN:
            break
        joined += there[to].key
        if len(joined) > longest:
            break
        if joined in wanted:
            found = to
    return found
