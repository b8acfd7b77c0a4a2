"""Sessions delivered, counted one by one or by the week.

No entry means not recorded, never "not delivered".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import date
from typing import Any

from sencli.core.record.lookup import STILL
from sencli.core.record.types import Entry
from sencli.value import Value


class Given(Value):
    """Sessions that happened, alike in day, adult and length.

    Attributes:
        day: ISO date; of a tally its Monday.
        count: how many.
        minutes: of each, where they were not the usual; else None.
        by: initials of the adult, or "".
    """

    day: str
    count: int
    minutes: int | None = None
    by: str = ""


class Delivery(Value):
    """Sessions recorded for an intervention.

    Attributes:
        given: the sessions that happened, by date.
        missed: how many did not, by reason.
    """

    given: tuple[Given, ...]
    missed: Mapping[str, int]

    @property
    def delivered(self) -> int:
        """How many sessions happened."""
        return sum(entry.count for entry in self.given)

    @property
    def not_delivered(self) -> int:
        """How many sessions are recorded as missed."""
        return sum(self.missed.values())

    @property
    def recorded(self) -> bool:
        """Whether anything is recorded at all."""
        return bool(self.given) or bool(self.missed)


def delivery(
    cycle: Entry, intervention: str, first: str = "", last: str = STILL
) -> Delivery:
    """Sessions that the cycle records for an intervention between two dates.

    A week that has a tally goes by its tally: sessions of that week entered beside it
    are its particulars and are not counted again.
    """
    part = cycle.get("do", {})
    tallies = [
        tally
        for tally in part.get("tallies", ())
        if tally["intervention"] == intervention
        and first <= _end(tally)
        and tally["week"] <= last
    ]
    tallied = {tally["week"] for tally in tallies}
    sessions = [
        session
        for session in part.get("sessions", ())
        if session["intervention"] == intervention
        and first <= session["date"] <= last
        and _monday(session["date"]) not in tallied
    ]
    missed: Counter[str] = Counter()
    for tally in tallies:
        missed.update(tally.get("missed", {}))
    missed.update(s["missed"] for s in sessions if "missed" in s)
    given = sorted(_given(sessions, tallies), key=lambda entry: entry.day)
    return Delivery(tuple(given), dict(missed))


def _given(sessions: list[Any], tallies: list[Any]) -> Iterator[Given]:
    for session in sessions:
        if "missed" not in session:
            yield Given(
                session["date"], 1, session.get("minutes"), session.get("by", "")
            )
    for tally in tallies:
        if tally["delivered"]:
            yield Given(tally["week"], tally["delivered"], None, tally.get("by", ""))


def _monday(day: str) -> str:
    when = date.fromisoformat(day)
    return date.fromordinal(when.toordinal() - when.weekday()).isoformat()


def _end(tally: Entry) -> str:
    """The Friday of a tally's week."""
    return date.fromordinal(
        date.fromisoformat(tally["week"]).toordinal() + 4
    ).isoformat()
