"""What a reader did not get, in words: the visible mark at the end of a case."""

from __future__ import annotations

import re
from collections import Counter

from sencli.core.redact import Redacted
from sencli.documents.view import Block
from sencli.documents.view import Bullets
from sencli.documents.view import Heading
from sencli.documents.view import Keep

_NAMES = {
    "upn": "unique pupil numbers",
    "former_upn": "unique pupil numbers",
    "uln": "unique pupil numbers",
    "date_of_birth": "the date of birth",
    "sex": "the sex",
    "contacts": "particulars of the family",
    "flags": "circumstances (flags)",
    "concerns": "the words of concerns",
    "profiles": "the one-page profile",
    "needs": "descriptions of needs",
    "documents": "attached papers",
    "funding": "funding",
    "specialists": "specialists",
    "meetings": "meetings",
    "cycles": "parts of the cycles",
}
_UNSAID = frozenset({"issued", "corrections", "exceptions"})
_PARTS = {
    "gaps": "what the rules find missing",
    "costs": "costs",
    "trail": "the commits",
}
_HEAD = re.compile(r"[a-z_]+")


def left_out(seen: Redacted) -> list[Block]:
    """The section; empty where nothing was left out, and for the family."""
    if seen.rules.family:
        return []
    lines = [_PARTS[part] for part in sorted(seen.rules.parts) if part in _PARTS]
    if seen.rules.anonymous:
        lines.insert(0, "the names of the child and the family")
    ruled: dict[str, None] = {}
    marked: Counter[str] = Counter()
    for out in seen.left_out:
        found = _HEAD.match(out.path)
        head = found[0] if found else ""
        if out.why == "rule" and head not in _UNSAID:
            ruled[_NAMES.get(head, head.replace("_", " "))] = None
        elif out.why != "rule":
            marked[out.why] += 1
    lines += ruled
    if count := marked["restricted"]:
        lines.append(f"{count} marked restricted")
    if count := marked["views"]:
        lines.append(f"somebody's views ({count})")
    if not lines:
        return []
    reader = f" for {seen.rules.title}" if seen.rules.title else ""
    return [Keep((Heading(f"Left out{reader}"), Bullets(tuple(lines))))]
