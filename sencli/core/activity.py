"""When something was last recorded of a pupil: events, never dates that lie ahead."""

from __future__ import annotations

from sencli.core.types import Entry

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


def events(record: Entry) -> list[str]:
    """The ISO date of everything that happened, in no order; some may be "".

    Gathered list by list: a long record has a thousand of them.
    """
    found: list[str] = []
    for name in _DATED:
        found += [entry["date"] for entry in record.get(name, ())]
    found += [entry.get("responded", "") for entry in record.get("concerns", ())]
    for name in _BEGUN:
        found += [entry.get("from", "") for entry in record.get(name, ())]
    for cycle in record.get("cycles", ()):
        found += _in_cycle(cycle)
    for entry in record.get("specialists", ()):
        found += [entry.get(part, "") for part in _SPECIALIST]
        found += entry.get("chased", ())
        found += [told["date"] for told in entry.get("asked", ())]
        found += [advice["date"] for advice in entry.get("advice", ())]
    ehc = record.get("ehc", {})
    for name in ("requests", "reviews"):
        found += [entry["date"] for entry in ehc.get(name, ())]
    return found + [plan["issued"] for plan in ehc.get("plans", ())]


def _in_cycle(cycle: Entry) -> list[str]:
    parts = ("assess", "plan", "review", "closed")
    found = [cycle.get(part, {}).get("date", "") for part in parts]
    done = cycle.get("do", {})
    for name in _DONE:
        found += [entry["date"] for entry in done.get(name, ())]
    return found + [tally["week"] for tally in done.get("tallies", ())]


def last_event(record: Entry, day: str) -> str:
    """The last day by ``day`` on which something was recorded to happen, or ""."""
    return max([date for date in events(record) if date <= day], default="")
