"""Reading age of a text, by Flesch-Kincaid.

Ours, in thirty lines: textstat brings a dictionary of pronunciation and four more
packages for one number (docs/decisions.md).
"""

from __future__ import annotations

import re
from functools import lru_cache

_SENTENCE = re.compile(r"[.!?:;\n]+")
_WORD = re.compile(r"[A-Za-z][A-Za-z'\u2019-]*")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^laeiouy]es|[^tdaeiouy]ed|[^laeiouy]e)$")
_FEWEST = 12
_STARTS = 5


def reading_age(text: str) -> float | None:
    """The age at which a child of average skill reads the text, in years.

    The Flesch-Kincaid grade and five; ``None`` of fewer than twelve words, for which
    no formula says anything.
    """
    words = _WORD.findall(text)
    if len(words) < _FEWEST:
        return None
    sentences = sum(bool(_WORD.search(part)) for part in _SENTENCE.split(text))
    spoken = sum(map(syllables, words))
    grade = 0.39 * len(words) / max(1, sentences) + 11.8 * spoken / len(words) - 15.59
    return grade + _STARTS


@lru_cache(maxsize=10_000)
def syllables(word: str) -> int:
    """About how many syllables a word has; at least one."""
    small = re.sub(r"[^a-z]", "", word.casefold())
    return max(1, len(_VOWELS.findall(_SILENT.sub("", small) or small)))
