"""Take what is withheld out of the texts, before any format is made of them."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping
from collections.abc import Sequence

from sencli.core.handover.material import Passage
from sencli.core.papers.access_marks import WHOLE
from sencli.core.papers.access_marks import Mark
from sencli.core.papers.access_marks import says_much
from sencli.core.papers.third_people import BLACK_OUT
from sencli.core.papers.third_people import spots
from sencli.core.text.folding import fold
from sencli.core.text.names_in_text import text_words

BLACK = "[withheld]"
_SWEPT = frozenset({"person", "detail"})
"""What is taken out wherever it is said: a child's name may be a word (May)."""


def blacked_out(
    passages: Sequence[Passage],
    found: Sequence[Mark],
    decisions: Mapping[str, str],
) -> list[Passage | None]:
    """The passages as the family gets them; None is one that is withheld whole.

    What was withheld whole is taken out where it is said again, too.

    Args:
        passages: all of them.
        found: their marks.
        decisions: what was decided, by the key of the mark; nothing may be open.
    """
    spans: dict[int, list[tuple[int, int]]] = {}
    gone: set[int] = set()
    out, released = set[str](), set[str]()
    for mark in found:
        decision = decisions[mark.key]
        for place in mark.places:
            if decision == WHOLE or (decision == BLACK_OUT and mark.whole):
                gone.add(place.passage)
                continue
            at = (place.start, place.end)
            word = fold(passages[place.passage].text[slice(*at)])
            if decision == BLACK_OUT:
                spans.setdefault(place.passage, []).append(at)
                out |= {word} if mark.kind in _SWEPT else set()
            elif not mark.whole:
                released.add(word)
    told = {
        value
        for number, passage in enumerate(passages)
        if number not in gone
        for value in passage.values
    }
    secret = {
        value
        for number in gone
        for value in passages[number].values
        if value not in told and says_much(value) and fold(value) not in released
    } | (out - released)
    return [
        None if number in gone else _without(passage, spans.get(number, []), secret)
        for number, passage in enumerate(passages)
    ]


def _without(
    passage: Passage, marked: Sequence[tuple[int, int]], secret: Collection[str]
) -> Passage:
    text, head = passage.text, passage.head
    if (0, 0) in marked:  # whoever made a change stands over it
        head = head.partition(", ")[0]
    there = text_words(text) if secret else []
    more = [at for value in secret for at in spots(value, there, text)]
    made, end = list[str](), 0
    for start, stop in sorted({*marked, *more}):
        if stop <= end:
            continue
        made += [text[end:start], BLACK] if start > end or not made else []
        end = stop
    return Passage(passage.section, head, "".join(made) + text[end:])
