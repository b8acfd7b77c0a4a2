"""The pupils on roll; and of one pupil, what is told of the child and the family."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter

from sencli import terms
from sencli.core.people.names import all_of
from sencli.core.people.names import who
from sencli.core.provision.register import row
from sencli.core.pupil.concerns import LED_TO
from sencli.core.pupil.concerns import concerns_in_order
from sencli.core.pupil.considered import CONCLUSIONS
from sencli.core.pupil.considered import QUESTIONS
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.dates import words
from sencli.documents.lists.listing import listing
from sencli.documents.lists.record_list import Rows
from sencli.documents.lists.record_list import record_list
from sencli.documents.view import Column
from sencli.documents.view import View

KEYS = ("id", "name", "class", "year_group", "provision", "stage")


def pupil_list(records: Iterable[Entry], school: Entry, day: str) -> View:
    """The pupils by year group, class and name, with status and stage on the day."""
    rows = sorted((row(r, day) for r in records), key=itemgetter("sort"))
    data = [{key: made[key] for key in KEYS} for made in rows]
    columns = (
        Column("id", "Id"),
        Column("name", "Name"),
        Column("class", "Class"),
        Column("year_group", "Year"),
        Column("provision", "SEN"),
        Column("stage", "Cycle"),
    )
    empty = 'Nobody fits. Add a pupil: sen pupil add "FIRST LAST"'
    return listing("Pupils", school, day, columns, data, empty)


_FROM = Column("from", "From", "date")
_UNTIL = Column("until", "Until", "date")


@record_list(
    "Concerns",
    "Concern",
    Column("number", "No.", "number"),
    Column("date", "Raised", "date"),
    Column("raised_by", "By"),
    Column("concern", "Concern"),
    Column("school_view", "The school's view"),
    Column("response", "What was done"),
    Column("led_to", "What came of it"),
)
def concerns(record: Record, school: Entry) -> Rows:
    """The concerns about a pupil, numbered by date."""
    entries = concerns_in_order(record)
    objects = [
        {
            **c,
            "number": n,
            "raised_by": who(c.get("raised_by", ""), record, school),
            "led_to": LED_TO.get(c.get("led_to", "")),
        }
        for n, c in enumerate(entries, 1)
    ]
    return entries, objects


@record_list(
    "Needs",
    "Need",
    Column("rank", "Rank", "number"),
    Column("type", "Type"),
    Column("meaning", "Type in words"),
    Column("description", "What it means"),
    _FROM,
    _UNTIL,
    hides=True,
)
def needs(record: Record, _school: Entry) -> Rows:
    """Every entry of a need; of one that was changed, the newest holds."""
    entries = _dated(record, "needs")
    objects = [
        {**entry, "meaning": terms.NEED_TYPES.get(entry["type"], ("",))[0]}
        for entry in entries
    ]
    return entries, objects


@record_list(
    "Contacts",
    "Contact",
    Column("title", "Title", hidden=True),
    Column("form_of_address", "Form of address", hidden=True),
    Column("name", "Name"),
    Column("relationship", "Who"),
    Column("parental_responsibility", "Parental responsibility", "yes"),
    Column("sharing", "Share"),
    Column("language", "Language"),
    Column("telephone", "Telephone"),
    Column("email", "E-mail"),
    _FROM,
    _UNTIL,
    hides=True,
)
def contacts(record: Record, _school: Entry) -> Rows:
    """Every entry of a contact; of one that was changed, the newest holds."""
    entries = _dated(record, "contacts")
    return entries, entries


@record_list(
    "Circumstances",
    "Flag",
    Column("flag", "Flag"),
    Column("meaning", "In words"),
    Column("evidence", "Shown by"),
    Column("note", "Note"),
    _FROM,
    _UNTIL,
    hides=True,
)
def flags(record: Record, _school: Entry) -> Rows:
    """Every circumstance, of today and of before."""
    entries = _dated(record, "flags")
    objects = [
        {
            **entry,
            "meaning": terms.FLAGS.get(entry["flag"], ""),
            "evidence": _evidence(entry),
        }
        for entry in entries
    ]
    return entries, objects


def _evidence(flag: Entry) -> str:
    """How the care of a child ended, and how that was shown; "" of all else."""
    ended = terms.CARE_ENDED.get(flag.get("arrangement", ""), "")
    seen = f"seen {words(flag['evidence_seen'])}" if "evidence_seen" in flag else ""
    by = f"by {flag['evidence_by']}" if "evidence_by" in flag else ""
    shown = ", ".join(filter(None, (flag.get("evidence", ""), seen, by)))
    return ": ".join(filter(None, (ended, shown)))


@record_list(
    "Documents",
    "Document",
    Column("date", "Date", "date"),
    Column("title", "What it is"),
    Column("from", "From"),
    Column("kind", "Kind"),
    Column("file", "File"),
    hides=True,
)
def documents(record: Record, _school: Entry) -> Rows:
    """The papers attached."""
    entries = _dated(record, "documents", "date")
    return entries, entries


@record_list(
    "Questions considered",
    "Consideration",
    Column("date", "Date", "date"),
    Column("question", "Question"),
    Column("concluded", "Concluded"),
    Column("reason", "Why"),
    Column("adjustments", "Adjustments"),
    Column("who", "By"),
    hides=True,
)
def considerations(record: Record, school: Entry) -> Rows:
    """The questions that were considered."""
    entries = _dated(record, "considerations", "date")
    objects = [
        {
            **entry,
            "question": QUESTIONS[entry["about"]],
            "concluded": CONCLUSIONS.get(entry.get("conclusion", ""), ""),
            "who": all_of(entry.get("by", ()), record, school),
        }
        for entry in entries
    ]
    return entries, objects


@record_list(
    "Departures from guidance",
    "Departure",
    Column("number", "No.", "number"),
    Column("guidance", "What is not followed"),
    Column("explanation", "Why"),
    Column("instead", "What is done instead"),
    Column("who", "Who decided"),
    Column("date", "From", "date"),
    Column("until", "Until", "date"),
    hides=True,
)
def departures(record: Record, school: Entry) -> Rows:
    """Guidance that is not followed, and why."""
    entries = list(record.get("departures", ()))
    objects = [
        {
            **entry,
            "number": number,
            "who": all_of([entry["by"]] if "by" in entry else [], record, school),
        }
        for number, entry in enumerate(entries, 1)
    ]
    return entries, objects


def exceptions(record: Record, school: Entry, day: str) -> View:
    """The answers to rules of the Code."""
    columns = (
        Column("rule", "Rule", width=6),
        Column("reason", "Reason", width=50),
        Column("date", "From", "date", width=10),
        Column("until", "Until", "date", width=10),
        Column("by", "By", width=8),
    )
    empty = "No rule is answered with a reason."
    entries = record.get("exceptions", ())
    return listing("Answers to the Code", school, day, columns, entries, empty)


def _dated(record: Record, name: str, date: str = "from") -> list[Record]:
    """The entries of a kind, by the day in this field."""
    return sorted(record.get(name, ()), key=lambda entry: str(entry.get(date, "")))
