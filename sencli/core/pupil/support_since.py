"""Since when a pupil has had SEN support or a plan without a break.

An entry of ``status`` begins anew whenever the layer or the reason changes, so that the
date of the entry in force is not the day on which the support began.
"""

from __future__ import annotations

from operator import itemgetter

from sencli.core.record import lookup
from sencli.core.record.types import Entry

_NONE = "N"
UNPLANNED_DAYS = 42
"""Within how long a cycle is planned, and one opened for support taken over."""


def entries(record: Entry, day: str) -> list[tuple[int, Entry]]:
    """The unbroken run of K and E up to the day, oldest first, each with its place."""
    run: list[tuple[int, Entry]] = []
    for at in _begun(record, day):
        run = [] if at[1]["provision"] == _NONE else [*run, at]
    return run


def same_code(record: Entry, day: str) -> list[tuple[int, Entry]]:
    """The unbroken run of the code in force (N, K or E), oldest first."""
    run: list[tuple[int, Entry]] = []
    for at in _begun(record, day):
        goes_on = run and run[-1][1]["provision"] == at[1]["provision"]
        run = [*run, at] if goes_on else [at]
    return run


def supported_since(record: Entry, day: str) -> str:
    """The ISO date since when there is SEN support or a plan, or ""."""
    return _first(entries(record, day))


def here_since(record: Entry, day: str) -> str:
    """Since when the duties are this school's to show; "" is as far back as we know.

    From the day of joining, or of the import that brought support begun before these
    records.
    """
    return max(lookup.joined_on(record, day), taken_over(record, day))


def here_words(record: Entry, day: str) -> str:
    """A name for that day: "the day of joining" or "the day of the import"."""
    imported = taken_over(record, day) > lookup.joined_on(record, day)
    return f"the day of {'the import' if imported else 'joining'}"


def taken_over(record: Entry, day: str) -> str:
    """The day of the import that brought the present support, or ""."""
    found = [str(e.get("taken_over", "")) for _, e in entries(record, day)]
    return max((imported for imported in found if imported <= day), default="")


def supported_here_since(record: Entry, day: str) -> str:
    """Since when there is support, and no sooner than the duties are this school's."""
    since = supported_since(record, day)
    return max(since, here_since(record, day)) if since else ""


def known_since(record: Entry, day: str) -> str:
    """Since when there has been support; "" also if the start is unknown here."""
    return _known_start(entries(record, day))


def code_since(record: Entry, day: str) -> str:
    """The ISO date since which the current code has been in force without a break.

    "" where there is no status, or where nobody knows here when it began.
    """
    return _known_start(same_code(record, day))


def _begun(record: Entry, day: str) -> list[tuple[int, Entry]]:
    begun = [
        (place, str(entry["from"]), entry)
        for place, entry in enumerate(record.get("status", ()))
        if entry["from"] <= day
    ]
    return [(place, entry) for place, _, entry in sorted(begun, key=itemgetter(1))]


def _first(run: list[tuple[int, Entry]]) -> str:
    return str(run[0][1]["from"]) if run else ""


def _known_start(run: list[tuple[int, Entry]]) -> str:
    first = _first(run)
    return "" if run and run[0][1].get("taken_over", "") == first else first
