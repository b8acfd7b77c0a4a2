"""What the authorities owe: steps of theirs that are past their day and not done."""

from __future__ import annotations

from collections.abc import Iterable

from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.core.statutory.clocks import Clock
from sencli.core.statutory.clocks import clocks
from sencli.core.text.folding import fold
from sencli.core.text.folding import sort_key
from sencli.value import Value

NOBODY = "Authority not recorded"
LETTER = "letter-authority-late"
"""The letter that asks for it."""


class Owed(Value):
    """One step that an authority owes for a pupil.

    Attributes:
        pupil: the pupil's id.
        name: the pupil's name.
        class_name: class, or "".
        clock: the step, and what it belongs to.
        days_late: for how many days it is late.
        asked: when it was last asked for by letter since it was due, or "".
    """

    pupil: str
    name: str
    class_name: str
    clock: Clock
    days_late: int
    asked: str = ""

    @property
    def authority(self) -> str:
        """Which authority owes it."""
        return self.clock.authority or NOBODY


def _last_letter(record: Entry, due: str, day: str) -> str:
    """When a letter last asked the authority for what was due by then, or ""."""
    sent = [
        str(paper["date"])
        for paper in record.get("issued", ())
        if paper["document"] == LETTER and due < paper["date"] <= day
    ]
    return max(sent, default="")


def owed_clocks(record: Entry, school: Entry, day: str) -> list[Clock]:
    """The steps that the authority owes for one pupil.

    Nobody owes a plan to a child of whom it is not decided yet whether to assess.
    """
    late = [clock for clock in clocks(record, school, day) if clock.step.owed(day)]
    undecided = {
        clock.about
        for clock in late
        if (clock.part, clock.step.key) == ("request", "decision")
    }
    return [
        clock
        for clock in late
        if clock.about not in undecided or clock.step.key == "decision"
    ]


def owed(records: Iterable[Entry], school: Entry, day: str) -> list[Owed]:
    """What is owed for pupils on roll, by authority, the longest late first.

    Args:
        records: the pupils'.
        school: ``school.yaml``.
        day: ISO date.
    """
    found = [
        Owed(
            record["id"],
            lookup.display_name(record),
            str(lookup.placement_on(record, day).get("class", "")),
            clock,
            clock.step.days_late(day),
            _last_letter(record, clock.step.due, day),
        )
        for record in records
        if lookup.on_roll(record, day)
        for clock in owed_clocks(record, school, day)
    ]
    return sorted(
        found,
        key=lambda o: (
            fold(o.authority),
            -o.days_late,
            sort_key(o.name),
            o.clock.label,
        ),
    )
