"""Lists of what is known of a child beside the need: background, health, tests."""

from __future__ import annotations

from sencli import terms
from sencli.core.cycle import attainment
from sencli.core.cycle.progress import bare
from sencli.core.papers.restricted import unrestricted
from sencli.core.people.names import who
from sencli.core.pupil.background import language_label
from sencli.core.record.lookup import display_name
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.dates import short
from sencli.documents.lists.listing import all_fields
from sencli.documents.lists.listing import listing
from sencli.documents.lists.record_list import Rows
from sencli.documents.lists.record_list import record_list
from sencli.documents.lists.record_list import with_hidden
from sencli.documents.made_in.attainment_results import charts_of
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.view import Column
from sencli.documents.view import View
from sencli.value import replace

_FROM = Column("from", "From", "date")


@record_list(
    "SEN status",
    "Status",
    _FROM,
    Column("provision", "Status"),
    Column("meaning", "In words"),
    Column("reason", "Why"),
    Column("decided_by", "Decided by"),
    Column("told", "Told"),
    Column("source", "From the records of"),
)
def statuses(record: Record, school: Entry) -> Rows:
    """Every entry of SEN status; the newest on the day holds."""
    entries = record.get("status", ())
    objects = [
        {
            **e,
            "meaning": terms.PROVISION[e["provision"]]
            + (", on the watch list" if e.get("monitoring") else ""),
            "decided_by": [who(one, record, school) for one in e.get("decided_by", ())],
            "told": [
                f"{who(one['who'], record, school)} ({short(one['date'])})"
                if "date" in one
                else who(one["who"], record, school)
                for one in e.get("told", ())
            ],
        }
        for e in entries
    ]
    return entries, objects


@record_list(
    "Ethnicity",
    "Ethnicity",
    Column("code", "Code"),
    Column("meaning", "In words"),
    Column("detail", "Detail"),
    Column("basis", "Ascribed by"),
    Column("by", "Who"),
    _FROM,
    hides=True,
)
def ethnicity(record: Record, school: Entry) -> Rows:
    """Every entry of ethnicity; the newest on the day holds."""
    entries = record.get("ethnicity", ())
    objects = [
        {
            **e,
            "meaning": terms.ETHNICITY[e["code"]],
            "basis": terms.ASCRIBED.get(e.get("basis", "")),
            "by": who(e.get("by", ""), record, school),
        }
        for e in entries
    ]
    return entries, objects


@record_list(
    "Home language",
    "HomeLanguage",
    Column("language", "Language"),
    Column("basis", "Said by"),
    Column("by", "Who"),
    Column("note", "Note"),
    _FROM,
)
def languages(record: Record, school: Entry) -> Rows:
    """Every entry of home language; the newest on the day holds."""
    entries = record.get("home_language", ())
    objects = [
        {
            **e,
            "language": language_label(e),
            "basis": terms.ASCRIBED.get(e.get("basis", "")),
            "by": who(e.get("by", ""), record, school),
        }
        for e in entries
    ]
    return entries, objects


@record_list(
    "Health",
    "Health",
    Column("condition", "Condition"),
    Column("plan", "Healthcare plan", "yes"),
    Column("review_by", "Review by", "date"),
    Column("medication", "Medicine", "yes"),
    Column("held_by", "Held by"),
    Column("note", "To know"),
    _FROM,
    Column("until", "Until", "date"),
    hides=True,
)
def health(record: Record, _school: Entry) -> Rows:
    """Every entry of a condition; of one that was changed, the newest holds."""
    entries = sorted(record.get("health", ()), key=lambda e: str(e.get("from", "")))
    return entries, entries


_RESULTS = (
    Column("number", "No.", "number"),
    Column("date", "Date", "date"),
    Column("measure", "Measured in"),
    Column("subject", "Subject"),
    Column("test", "Test"),
    Column("result", "Result"),
    Column("by", "Given by"),
    Column("note", "Note"),
)


def attainment_view(record: Entry, setting: PaperContext) -> View:
    """The results by date, and a chart of each test that was taken more than once."""
    scales = setting.scales
    every = attainment.in_order(record)
    shown = [(n, e) for n, e in enumerate(every, 1) if e in unrestricted(every)]
    rows = [
        {
            **entry,
            "number": number,
            "measure": attainment.measure_name(entry["scale"], scales),
            "result": bare(
                entry["value"],
                attainment.scale_named(entry["scale"], scales),
                entry.get("interval"),
            ),
            "by": who(entry.get("by", ""), record, setting.school),
        }
        for number, entry in shown
    ]
    entries = [entry for _, entry in shown]
    view = listing(
        f"Attainment: {display_name(record)}",
        setting.school,
        setting.day,
        _RESULTS,
        rows,
        f"None recorded: sen attainment add {record['id']} MEASURE VALUE",
        all_fields(entries, "Attainment"),
    )
    found = attainment.courses({**record, "attainment": entries}, scales)
    view = replace(view, blocks=(*view.blocks, *charts_of(found, setting)))
    return with_hidden(view, len(every) - len(shown))
