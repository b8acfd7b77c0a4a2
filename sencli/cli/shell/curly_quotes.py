"""Word's curly quotes around what was typed, which no shell knows."""

from __future__ import annotations

from collections.abc import Sequence

_OPEN = "\u201c\u2018\u201e\u00ab"
_CLOSE = "\u201d\u2019\u201c\u00bb"


def unquoted(args: Sequence[str]) -> list[str]:
    """The words, with what stands between Word's curly quotes as one.

    A shell does not know these quotes, and parts the text between them.
    """
    found: list[str] = []
    place = 0
    while place < len(args):
        before, _, text = args[place].rpartition("=")
        lead = f"{before}=" if before else ""
        if not text or text[0] not in _OPEN:
            found.append(args[place])
            place += 1
            continue
        ends = [n for n in range(place, len(args)) if args[n][-1:] in _CLOSE]
        last = ends[0] if ends else place
        if ends:
            whole = " ".join([text, *args[place + 1 : last + 1]])
            found.append(lead + whole[1:-1])
        else:
            found.append(args[place])
        place = last + 1
    return found
