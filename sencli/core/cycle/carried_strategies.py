"""Strategies carried over into a new cycle, with their class-page marking."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sencli.core.people.context import Context
from sencli.core.record import find
from sencli.core.record import lookup
from sencli.core.record.lookup import STILL
from sencli.core.record.types import Record
from sencli.core.text.dates import add_days
from sencli.core.text.folding import fold

_NUMBER = re.compile(r"s\d+", re.IGNORECASE)
_KEPT = ("text", "share", "restricted")


def _split(which: str) -> list[str]:
    return [part.strip() for part in which.split(",") if part.strip()]


def others(which: str) -> str:
    """The typed values without the numbers of strategies."""
    return ",".join(part for part in _split(which) if not _NUMBER.fullmatch(part))


def to_continue(last: Record, which: str, day: str) -> list[Record]:
    """The strategies of a cycle that are to go on.

    Args:
        last: the cycle.
        which: as typed: ``all`` is what is still done on the day; ``s1`` is the first.
        day: the first of the new cycle.

    Raises:
        NotFound: there is no strategy of that number.
    """
    listed = last.get("plan", {}).get("strategies", [])
    if fold(which) == "all":
        return [s for s in listed if lookup.holds(s, day)]
    found = [
        dict(find.item(part[1:], listed, lambda s: str(s["text"]), "strategy"))
        for part in _split(which)
        if _NUMBER.fullmatch(part)
    ]
    return list({s["id"]: s for s in found}.values())


def continued(kept: Sequence[Record], day: str, context: Context) -> list[Record]:
    """The strategies as the new cycle has them."""
    return [
        {
            "id": context.new_id("strategy"),
            "from": day,
            **{name: entry[name] for name in _KEPT if name in entry},
        }
        for entry in kept
    ]


def ended(old: Record, kept: Sequence[Record], day: str) -> Record:
    """The old cycle, with continued strategies ended the day before."""
    going = {entry["id"] for entry in kept}
    plan = old.get("plan", {})
    listed = [
        {**s, "until": add_days(day, -1)}
        if s["id"] in going and s.get("from", "") < day <= s.get("until", STILL)
        else s
        for s in plan.get("strategies", ())
    ]
    return {**old, "plan": {**plan, "strategies": listed}}


def continued_words(kept: Sequence[Record]) -> tuple[str, ...]:
    """A sentence about continued strategies."""
    if not kept:
        return ()
    return (f"Going on in class: {lookup.joined([str(s['text']) for s in kept])}.",)
