"""When something was last recorded of a pupil: events, never dates that lie ahead."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from typing import Any

Entry = Mapping[str, Any]

_DATED = (
    "concerns",
    "considerations",
    "profiles",
    "meetings",
    "reports",
    "information",
)
_BEGUN = ("status", "needs", "adjustments")
_DONE = ("sessions", "measurements", "changes")
_SPECIALIST = ("referred", "first_seen", "discharged")


def events(record: Entry) -> Iterator[str]:
    """The ISO date of everything that happened, in no order; some may be ""."""
    for name in _DATED:
        for entry in record.get(name, ()):
            yield entry["date"]
    for entry in record.get("concerns", ()):
        yield entry.get("responded", "")
    for name in _BEGUN:
        for entry in record.get(name, ()):
            yield entry.get("from", "")
    for cycle in record.get("cycles", ()):
        yield from _in_cycle(cycle)
    for entry in record.get("specialists", ()):
        yield from (entry.get(part, "") for part in _SPECIALIST)
        yield from entry.get("chased", ())
        yield from (advice["date"] for advice in entry.get("advice", ()))
    ehc = record.get("ehc", {})
    for name in ("requests", "reviews"):
        yield from (entry["date"] for entry in ehc.get(name, ()))
    yield from (plan["issued"] for plan in ehc.get("plans", ()))


def _in_cycle(cycle: Entry) -> Iterator[str]:
    for part in ("assess", "plan", "review", "closed"):
        yield cycle.get(part, {}).get("date", "")
    done = cycle.get("do", {})
    for name in _DONE:
        for entry in done.get(name, ()):
            yield entry["date"]
    for tally in done.get("tallies", ()):
        yield tally["week"]


def last_event(record: Entry, day: str) -> str:
    """The last day by ``day`` on which something was recorded to happen, or ""."""
    return max((date for date in events(record) if date <= day), default="")
