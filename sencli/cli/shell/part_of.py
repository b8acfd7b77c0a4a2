"""A class or a group in place of a pupil: ``class=4B``, ``group=HFW 1``."""

from __future__ import annotations

KINDS = ("class", "group")


def part_of(who: str) -> tuple[str, str]:
    """``class`` or ``group``, and its name; both "" where a pupil was typed."""
    kind, sign, name = who.partition("=")
    return (kind, name.strip()) if sign and kind in KINDS else ("", "")
