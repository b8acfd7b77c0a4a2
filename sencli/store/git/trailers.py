"""Read the trailers of a commit's message.

Git reads them as the settings `trailer.*` say, and those may say anything.
"""

from __future__ import annotations

import re

_TRAILER = re.compile(r"([A-Za-z][A-Za-z0-9-]*)[ \t]*:[ \t]*(.*)")


def trailers(message: str) -> dict[str, list[str]]:
    """Key to values, of the last paragraph of a message."""
    _, _, last = message.strip("\n").rpartition("\n\n")
    found: dict[str, list[str]] = {}
    if message.strip("\n") == last:
        return found  # one paragraph is the subject
    for line in map(_TRAILER.fullmatch, last.split("\n")):
        if line:
            found.setdefault(line[1], []).append(line[2].strip())
    return found
