"""A group on one screen: names by the days of a week, and outcomes to measure."""

from __future__ import annotations

from collections.abc import Sequence

from sencli.core.cycle.group_week import Measured
from sencli.core.cycle.group_week import Week
from sencli.core.cycle.group_week import days_of
from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.core.text.dates import words
from sencli.core.text.lines import shortened
from sencli.core.time.calendar import DAYS
from sencli.documents.lists.listing import listing
from sencli.documents.view import Column
from sencli.documents.view import View

_WORDING = 40


def week_table(name: str, found: Sequence[Week], week: str, school: Entry) -> View:
    """The members by the days of the week, with what is entered."""
    days = days_of(week)
    columns = [Column("number", "No.", "number"), Column("name", "Name")]
    columns += [
        Column(day, f"{short.capitalize()} {int(date[8:])}")
        for short, day, date in zip(DAYS, DAYS, days, strict=True)
    ]
    rows = [
        {
            "number": number,
            "name": lookup.display_name(one.record),
            **dict(zip(DAYS, one.marks, strict=True)),
        }
        for number, one in enumerate(found, 1)
    ]
    title = f"{name}, week of {words(days[0])}"
    return listing(title, school, days[0], columns, rows, "Nobody is in it then.")


def score_table(title: str, found: Sequence[Measured], day: str, school: Entry) -> View:
    """Pupils and their outcomes, each with its last value."""
    columns = (
        Column("name", "Name"),
        Column("number", "No.", "number"),
        Column("outcome", "Outcome", width=3),
        Column("measure", "Measured in"),
        Column("latest", "Latest"),
        Column("measured", "On", "date"),
        Column("id", "Id", hidden=True),
    )
    rows = [
        {
            "name": lookup.display_name(one.record),
            "number": one.number,
            "outcome": shortened(one.outcome["outcome"], _WORDING, "…"),
            "measure": one.scale.measure,
            "latest": one.last,
            "measured": one.day,
            "id": one.outcome["id"],
        }
        for one in found
    ]
    return listing(title, school, day, columns, rows, "No outcome is open there.")
