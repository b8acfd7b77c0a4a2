"""What goes of a case's history that keeps to two pages, and how that is said.

Every other form of a case has all of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from sencli.core.case_claims import Claim
from sencli.core.dates import words
from sencli.core.lookup import joined

PAGES = 2
FEWEST = 12
"""So many entries stay, though they should not fit."""


def shown(made: Sequence[Claim], most: int | None) -> list[Claim]:
    """The history with at most so many entries: what matters least goes first.

    Of what matters alike the older goes; the first entry and the last stay.

    Args:
        made: the history, oldest first.
        most: how many entries; None is all.
    """
    if most is None or len(made) <= most:
        return list(made)
    inner = range(1, len(made) - 1)
    order = sorted(inner, key=lambda place: (made[place].weight, place))
    gone = set(order[: len(made) - most])
    return [claim for place, claim in enumerate(made) if place not in gone]


def named(made: Sequence[Claim], kept: Sequence[Claim]) -> str:
    """What is not shown, by its kinds and days, in a sentence; "" where all is."""
    by_kind: dict[str, list[Claim]] = {}
    stay = set(kept)
    for claim in made:
        if claim not in stay:
            by_kind.setdefault(claim.kind, []).append(claim)
    if not by_kind:
        return ""
    parts = [_some(claims) for claims in by_kind.values()]
    return f"Not shown, to keep to two pages: {joined(parts)}."


def _some(claims: Sequence[Claim]) -> str:
    """Such as: 3 meetings (4 March 2024 to 2 June 2025)."""
    first, last = claims[0].date, claims[-1].date
    days = words(first) if first == last else f"{words(first)} to {words(last)}"
    return f"{claims[0].called(len(claims))} ({days})"
