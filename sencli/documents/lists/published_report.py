"""What is written of a report that the school publishes, and what is still missing."""

from __future__ import annotations

from sencli import terms
from sencli.core.record.types import Entry
from sencli.core.school import published_reports as core
from sencli.core.text.dates import words
from sencli.documents.view import Block
from sencli.documents.view import Column
from sencli.documents.view import Heading
from sencli.documents.view import Letterhead
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View

_SECTIONS = (
    Column("section", "Section", width=12),
    Column("heading", "Heading", width=20),
    Column("text", "Written", width=44),
    Column("date", "On", "date", width=10),
)
_BARRIERS = (
    Column("id", "Id", width=8),
    Column("text", "Barrier", width=34),
    Column("evidence", "How we know", width=34),
    Column("date", "Found", "date", width=10),
)
_ACTIVITIES = (
    Column("id", "Id", width=8),
    Column("text", "Activity", width=30),
    Column("barrier", "Against", width=8),
    Column("lead", "Led by", width=10),
    Column("funding_source", "Budget", width=16),
    Column("annual_pence", "A year", "pence", width=10),
    Column("impact", "Impact", width=20),
)


def published_report(kind: str, record: Entry, school: Entry, day: str) -> View:
    """The report's sections, its barriers and activities, and the day it is due."""
    made = core.KINDS[kind]
    headings = {key: heading for key, heading, _ in made.sections}
    headings |= {e["section"]: e["section"] for e in core.own_sections(kind, record)}
    rows = [_row(record, key, heading) for key, heading in headings.items()]
    blocks: list[Block] = [
        Text(_due(kind, record, school, day)),
        Table(_SECTIONS, tuple(rows)),
    ]
    if made.structured:
        blocks += _structured(record)
    return View(
        f"What is written of the {made.name}",
        Letterhead(str(school.get("name", ""))),
        day,
        tuple(blocks),
        data={"report": kind, "due": core.due_on(kind, record, school, day) or None}
        | dict(record),
    )


def _row(record: Entry, section: str, heading: str) -> tuple[str, ...]:
    text = core.text_of(record, section) or "(to be written)"
    dates = [
        str(entry.get("date", ""))
        for entry in record.get("sections", ())
        if entry["section"] == section
    ]
    return section, heading, text, "".join(dates)


def _due(kind: str, record: Entry, school: Entry, day: str) -> str:
    if not core.KINDS[kind].yearly:
        return f"It stands on the paper for the governing body: sen print {kind}"
    due = core.due_on(kind, record, school, day)
    if not due:
        return "A school of this type need not publish it."
    last = max((str(e["date"]) for e in record.get("published", ())), default="")
    said = (
        f"Published on {words(last)}. " if last else "Not recorded as published yet. "
    )
    return f"{said}Due by {words(due)}: sen report publish {kind} --date DATE"


def _structured(record: Entry) -> list[Block]:
    def rows(name: str, columns: tuple[Column, ...]) -> tuple[tuple[object, ...], ...]:
        return tuple(
            tuple(_cell(record, entry, column.key) for column in columns)
            for entry in record.get(name, ())
        )

    return [
        Heading("Barriers"),
        Table(
            _BARRIERS,
            rows("barriers", _BARRIERS),
            empty=f'None yet: sen report barrier {core.STRATEGY} "WHAT WAS SEEN"',
        ),
        Heading("Activities"),
        Table(
            _ACTIVITIES,
            rows("activities", _ACTIVITIES),
            empty=f'None yet: sen report activity {core.STRATEGY} "WHAT IS PLANNED"',
        ),
    ]


def _cell(record: Entry, entry: Entry, key: str) -> object:
    value = entry.get(key, "")
    if key == "barrier" and value:
        known = [barrier["id"] for barrier in record.get("barriers", ())]
        return str(known.index(value) + 1) if value in known else value
    return terms.FUNDING.get(value, value) if key == "funding_source" else value
