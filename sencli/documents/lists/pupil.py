"""The dated entries of one record as lists: needs, contacts, flags, documents."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from sencli import terms
from sencli.core.papers import restricted as kept_back
from sencli.core.people.names import all_of
from sencli.core.people.names import who
from sencli.core.provision.register import row
from sencli.core.pupil import concerns as verbs
from sencli.core.pupil.considered import CONCLUSIONS
from sencli.core.pupil.considered import QUESTIONS
from sencli.core.record.lookup import display_name
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.documents.lists.listing import all_fields
from sencli.documents.lists.listing import listing
from sencli.documents.view import Column
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.value import replace

KEYS = ("id", "name", "class", "year_group", "provision", "stage")


def pupil_list(
    records: Iterable[Mapping[str, Any]], school: Mapping[str, Any], day: str
) -> View:
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


def concerns(record: Record, school: Mapping[str, Any], day: str) -> View:
    """The concerns about a pupil, numbered by date."""
    entries = verbs.concerns_in_order(record)
    objects = [
        {
            **c,
            "number": n,
            "raised_by": who(c.get("raised_by", ""), record, school),
            "led_to": verbs.LED_TO.get(c.get("led_to", "")),
        }
        for n, c in enumerate(entries, 1)
    ]
    columns = (
        Column("number", "No.", "number"),
        Column("date", "Raised", "date"),
        Column("raised_by", "By"),
        Column("concern", "Concern"),
        Column("school_view", "The school's view"),
        Column("response", "What was done"),
        Column("led_to", "What came of it"),
    )
    title = f"Concerns: {display_name(record)}"
    return listing(
        title,
        school,
        day,
        columns,
        objects,
        "None recorded.",
        all_fields(entries, "Concern"),
    )


_FROM = Column("from", "From", "date")
_UNTIL = Column("until", "Until", "date")


def needs(record: Record, school: Entry, day: str) -> View:
    """Every entry of a need; of one that was changed, the newest holds."""
    columns = (
        Column("rank", "Rank", "number"),
        Column("type", "Type"),
        Column("meaning", "Type in words"),
        Column("description", "What it means"),
        _FROM,
        _UNTIL,
    )
    entries = _dated(record, "needs")
    objects = [
        {**entry, "meaning": terms.NEED_TYPES.get(entry["type"], ("",))[0]}
        for entry in entries
    ]
    return _list("Needs", record, school, day, columns, objects, (entries, "Need"))


def contacts(record: Record, school: Entry, day: str) -> View:
    """Every entry of a contact; of one that was changed, the newest holds."""
    columns = (
        Column("name", "Name"),
        Column("relationship", "Who"),
        Column("parental_responsibility", "Parental responsibility", "yes"),
        Column("sharing", "Share"),
        Column("language", "Language"),
        Column("telephone", "Telephone"),
        Column("email", "E-mail"),
        _FROM,
        _UNTIL,
    )
    entries = _dated(record, "contacts")
    return _list(
        "Contacts", record, school, day, columns, entries, (entries, "Contact")
    )


def flags(record: Record, school: Entry, day: str) -> View:
    """Every circumstance, of today and of before."""
    columns = (
        Column("flag", "Flag"),
        Column("meaning", "In words"),
        Column("note", "Note"),
        _FROM,
        _UNTIL,
    )
    entries = _dated(record, "flags")
    objects = [
        {**entry, "meaning": terms.FLAGS.get(entry["flag"], "")} for entry in entries
    ]
    title = "Circumstances"
    return _list(title, record, school, day, columns, objects, (entries, "Flag"))


def documents(record: Record, school: Entry, day: str) -> View:
    """The papers attached."""
    columns = (
        Column("date", "Date", "date"),
        Column("title", "What it is"),
        Column("from", "From"),
        Column("kind", "Kind"),
        Column("file", "File"),
    )
    entries = sorted(record.get("documents", ()), key=lambda e: str(e["date"]))
    title = "Documents"
    return _list(title, record, school, day, columns, entries, (entries, "Document"))


def considerations(record: Record, school: Entry, day: str) -> View:
    """The questions that were considered."""
    columns = (
        Column("date", "Date", "date"),
        Column("question", "Question"),
        Column("concluded", "Concluded"),
        Column("reason", "Why"),
        Column("adjustments", "Adjustments"),
        Column("who", "By"),
    )
    entries = sorted(record.get("considerations", ()), key=lambda e: str(e["date"]))
    objects = [
        {
            **entry,
            "question": QUESTIONS[entry["about"]],
            "concluded": CONCLUSIONS.get(entry.get("conclusion", ""), ""),
            "who": all_of(entry.get("by", ()), record, school),
        }
        for entry in entries
    ]
    shape = (entries, "Consideration")
    return _list("Questions considered", record, school, day, columns, objects, shape)


def _dated(record: Record, name: str) -> list[Record]:
    return sorted(record.get(name, ()), key=lambda entry: str(entry.get("from", "")))


def _list(
    title: str,
    record: Record,
    school: Entry,
    day: str,
    columns: Sequence[Column],
    objects: Sequence[Entry],
    shape: tuple[Sequence[Entry], str],
) -> View:
    """The list without what is restricted, which is said to be there."""
    entries, kind = shape
    kept = kept_back.unrestricted(entries)
    view = listing(
        f"{title}: {display_name(record)}",
        school,
        day,
        columns,
        kept_back.unrestricted(objects),
        "None recorded.",
        all_fields(kept, kind),
    )
    hidden = len(entries) - len(kept)
    if not hidden:
        return view
    are = "entry is" if hidden == 1 else "entries are"
    told = f"{hidden} restricted {are} not shown: sen pupil show PUPIL --restricted"
    return replace(view, blocks=(*view.blocks, Text(told, "small")))
