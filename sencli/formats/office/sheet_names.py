"""Names of sheets that Excel takes: short, of lawful letters, no two alike."""

from __future__ import annotations

import re

from sencli.formats.typst.text_runs import clean

_MOST = 31
_UNLAWFUL = re.compile(r"[\[\]:*?/\\]")
_RESERVED = "history"
"""Excel keeps this name for itself, in any case of letters."""


class SheetNames:
    """The names of one workbook.

    Args:
        taken: names that other sheets of it have.
    """

    def __init__(self, *taken: str) -> None:
        self._taken = {_key(name) for name in (*taken, _RESERVED)}

    def new(self, wanted: str) -> str:
        """A name as near to the wanted one as may be."""
        plain = _UNLAWFUL.sub(" ", clean(wanted))
        stem = _whole_words(" ".join(plain.split()).strip("'") or "Table")
        name, number = stem, 1
        while _key(name) in self._taken:
            number += 1
            tail = f" {number}"
            name = f"{_cut(stem, _MOST - len(tail))}{tail}"
        self._taken.add(_key(name))
        return name


def _key(name: str) -> str:
    return name.casefold()


def _whole_words(text: str) -> str:
    """As many of its words as fit, or what fits of the first."""
    cut = _cut(text, _MOST)
    if cut == text or text.startswith(f"{cut} "):
        return cut
    return cut.rpartition(" ")[0].rstrip(" ,;-") or cut


def _cut(text: str, most: int) -> str:
    """The text in so many of the halves that Excel counts, letters left whole."""
    while len(text.encode("utf-16-le")) // 2 > most:
        text = text[:-1]
    return text.strip().strip("'") or "Table"
