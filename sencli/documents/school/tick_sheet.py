"""A sheet to fill in on paper: names by days, measures, what helped, views."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from datetime import date

from sencli import terms
from sencli.core.record.types import Entry
from sencli.core.text.dates import monday
from sencli.core.text.dates import words
from sencli.core.time.calendar import DAYS
from sencli.documents.view import Block
from sencli.documents.view import Column
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Letterhead
from sencli.documents.view import Sign
from sencli.documents.view import Space
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View

REASONS = {
    "pupil_absent": "A",
    "pupil_refused": "R",
    "staff_absent": "S",
    "staff_redeployed": "N",
    "school_event": "E",
    "trip": "T",
    "exam": "X",
    "closed": "C",
    "other": "O",
}
"""The letter that stands for each reason on paper."""

_BOX, _NOT_ASKED = "\u2610", "-"


def build(sheet: Entry, school: Letterhead) -> View:
    """The sheet for A4 across."""
    names = {one["id"]: one["name"] for one in sheet["pupils"]}
    blocks: list[Block] = [
        Text(
            f"Please fill in what you can and give it back by "
            f"{words(sheet['expires'])}. It holds pupils' names: keep it safe."
        )
    ]
    for kind, made in _PARTS:
        asked = [q for q in sheet["questions"] if q["kind"] == kind]
        if asked:
            blocks += made(asked, names)
    blocks.append(Sign(("Filled in by",)))
    days = f"{words(sheet['from'])} to {words(sheet['to'])}"
    return View(
        f"Sheet for {sheet['for']}",
        school,
        sheet["made"],
        tuple(blocks),
        subtitle=days,
        footer=f"Sheet {sheet['sheet']}, to be given back by {words(sheet['expires'])}",
        landscape=True,
        pupils=tuple(names),
        data=sheet,
    )


def _sessions(asked: Sequence[Entry], names: dict[str, str]) -> Iterator[Block]:
    """A table for each support and week."""
    reasons = ", ".join(f"{REASONS[key]} {said}" for key, said in terms.MISSED.items())
    yield Heading("Sessions")
    yield Text(f"Tick a session that was given; else the reason: {reasons}.", "small")
    for about in dict.fromkeys(q["about"] for q in asked):
        mine = [q for q in asked if q["about"] == about]
        for week in sorted({monday(day) for q in mine for day in q["days"]}):
            yield Keep((_week(about, week, mine, names),))


def _week(
    about: str, week: str, asked: Sequence[Entry], names: dict[str, str]
) -> Table:
    days = sorted({d for q in asked for d in q["days"] if monday(d) == week})
    columns = [Column("name", "Name", width=4)]
    for day in days:
        found = date.fromisoformat(day)
        title = f"{DAYS[found.weekday()].capitalize()} {found.day}"
        columns.append(Column(day, title, width=2, blank=True))
    columns.append(Column("note", "Notes", width=6, blank=True))
    rows = [
        (names[q["pupil"]], *(_BOX if d in q["days"] else _NOT_ASKED for d in days), "")
        for q in asked
        if any(day in q["days"] for day in days)
    ]
    caption = f"{about}, week of {words(week)}"
    return Table(tuple(columns), tuple(rows), caption, large=True)


def _measures(asked: Sequence[Entry], names: dict[str, str]) -> Iterator[Block]:
    columns = (
        Column("name", "Name", width=4),
        Column("outcome", "Outcome", width=8),
        Column("measure", "Measured in", width=4),
        Column("date", "Day", width=3, blank=True),
        Column("value", "Value", width=3, blank=True),
        Column("note", "Notes", width=5, blank=True),
    )
    rows = [(names[q["pupil"]], q["about"], _scale(q), *("", "", "")) for q in asked]
    yield Heading("Where are they now?")
    yield Table(columns, tuple(rows))


def _scale(question: Entry) -> str:
    """What is counted, or the words to choose from."""
    if question["choices"]:
        return " / ".join(choice["words"] for choice in question["choices"])
    return str(question["unit"] or question["scale"])


def _helped(asked: Sequence[Entry], names: dict[str, str]) -> Iterator[Block]:
    columns = (
        Column("name", "Name", width=4),
        Column("what", "Support or strategy", width=8),
        *(Column(key, said, width=2, blank=True) for key, said in terms.HELPED.items()),
        Column("words", "What did you see?", width=6, blank=True),
    )
    empty = [*(_BOX for _ in terms.HELPED), ""]
    rows = [(names[q["pupil"]], q["about"], *empty) for q in asked]
    yield Heading("What helped?")
    yield Text("Tick one in each row. The family may read what you write.", "small")
    yield Table(columns, tuple(rows))


def _views(asked: Sequence[Entry], names: dict[str, str]) -> Iterator[Block]:
    yield Heading("Views")
    for one in asked:
        yield Keep((Space(f"{names[one['pupil']]}. {one['about']}", 2),))


def _concern(asked: Sequence[Entry], _names: dict[str, str]) -> Iterator[Block]:
    yield Keep((Heading("Any worry?"), Space(asked[0]["about"], 3)))


_PARTS = (
    ("sessions", _sessions),
    ("measure", _measures),
    ("helped", _helped),
    ("views", _views),
    ("concern", _concern),
)
