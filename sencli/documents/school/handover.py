"""The hand-over: what a SENCO who takes over has to know on the first day.

Passwords are left out of it on purpose: a paper is copied and lies about.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any

from sencli import terms
from sencli.core.due.due import Due
from sencli.core.due.due import due
from sencli.core.due.due import in_order
from sencli.core.due.facts import due_row
from sencli.core.due.of_school import school_due
from sencli.core.handover.retention_clock import holds_on
from sencli.core.papers.redact import redact
from sencli.core.people.names import specialist_label
from sencli.core.people.names import who
from sencli.core.people.parents import professionals
from sencli.core.people.parents import readers
from sencli.core.provision import register
from sencli.core.pupil.plan_in_force import plan_in_force
from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.core.statutory.deadlines import BankHolidays
from sencli.core.statutory.deadlines import SchoolDays
from sencli.core.text.dates import add_days
from sencli.core.text.dates import words
from sencli.core.text.folding import sort_key
from sencli.core.text.plural import plural
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.paper_request import SchoolRequest
from sencli.documents.view import Block
from sencli.documents.view import Bullets
from sencli.documents.view import Column
from sencli.documents.view import Heading
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View

FOOTER = "Confidential: for the SENCO and the headteacher only"
WEEKS = 6
"""How far ahead the paper looks: half a term."""

_DUE = (
    Column("due", "Due", "date", width=10),
    Column("overdue", "Late", "yes", width=5),
    Column("name", "Pupil", width=18),
    Column("class", "Class", width=6),
    Column("what", "What", width=46),
)
_PROMISED = (
    Column("name", "Pupil", width=18),
    Column("by", "Who", width=14),
    Column("text", "What was promised", width=38),
    Column("due", "By", "date", width=10),
)
_MEETINGS = (
    Column("date", "Day", "date", width=10),
    Column("time", "Time", width=6),
    Column("name", "Pupil", width=18),
    Column("what", "What for", width=20),
    Column("place", "Where", width=16),
)
_PUPILS = (
    Column("name", "Pupil", width=18),
    Column("class", "Class", width=6),
    Column("provision", "SEN", width=4),
    Column("needs", "Needs", width=10),
    Column("review_by", "Review by", "date", width=10),
    Column("call", "Whom to call at home", width=34),
)
_OUTSIDE = (
    Column("who", "Who", width=34),
    Column("pupils", "For", width=46),
)
_STAFF = (
    Column("initials", "Initials", width=8),
    Column("name", "Name", width=24),
    Column("role", "Role", width=20),
    Column("class", "Class", width=8),
)
_BY_HAND = (
    Column("what", "What", width=46),
    Column("where", "Where it is, and who knows", width=40, blank=True),
)
_THINGS = (
    "Passwords: where they are kept, and who else has them (write none on this paper)",
    "Keys: the filing cabinet, the room",
    "The private copy of these records: where, and who may reach it",
    "The last backup",
    "Child protection files: the designated safeguarding lead",
    "Papers that are not in these records",
    "The SEN budget: who signs for it",
)
_FIRST_STEPS = (
    "Enter the new SENCO and the day: sen staff set INITIALS --role SENCO --from DATE",
    "Bring the records to another computer: sen join ADDRESS",
    "Say whose key may sign changes, and whose no longer: sen signer list",
    "See that copy, backup and disk are well: sen doctor",
    "What is due, with what to type: sen due",
)


def build(
    records: Iterable[Entry],
    setting: PaperContext,
    request: SchoolRequest | None = None,
) -> tuple[View, ...]:
    """What is open, what was promised, whom to call; then what is handed over by hand.

    What is marked restricted is left out, and that it was is said.
    """
    del request
    day = setting.day
    until = add_days(day, 7 * WEEKS)
    listed = sorted(records, key=lambda r: register.place_in_list(r, day))
    seen = [redact(record, day=day) for record in listed]
    every = [one.record for one in seen]
    here = [record for record in every if lookup.on_roll(record, day)]
    pupils = [_pupil(record, setting) for record in here if _with_sen(record, day)]
    to_do = _due(every, setting, until)  # a leaver's record may be still to send
    promised = [row for record in here for row in _promises(record, setting)]
    promised.sort(key=lambda row: (row["due"] or lookup.STILL, sort_key(row["name"])))
    meetings = [row for record in here for row in _meetings(record, day)]
    meetings.sort(key=lambda row: (row["date"], row["time"]))
    blocks: list[Block] = [
        Text(_summary(pupils, to_do, promised, setting, until), "lead"),
        Heading("First"),
        _table(_DUE, to_do, f"Nothing is due by {words(until)}."),
        Heading("Promised and not done"),
        _table(_PROMISED, promised, "No promise is open."),
        Heading("Meetings to come"),
        _table(_MEETINGS, meetings, "No meeting is arranged."),
        Heading("Pupil by pupil"),
        _table(_PUPILS, pupils, "Nobody is on SEN support or has a plan."),
        Heading("Outside the school"),
        _table(_OUTSIDE, _outside(here, day), "No specialist is at work."),
        Heading("In the school"),
        _table(
            _STAFF,
            _staff(setting),
            "No staff are entered: sen staff add INITIALS --name NAME --role ROLE",
        ),
        *_lines(
            "Decided otherwise than the guidance asks",
            ((r, line) for r in here for line in _decided_otherwise(r, day)),
        ),
        *_lines(
            "Held: nothing of it may be erased",
            # a claim or a complaint may be of one who has left
            ((r, str(h["reason"])) for r in every for h in holds_on(r, day)),
        ),
        Heading("To hand over by hand"),
        Table(_BY_HAND, tuple((thing, "") for thing in _THINGS)),
        Heading("With the program"),
        Bullets(_FIRST_STEPS),
    ]
    if any(one.left_out for one in seen):
        told = "Something in these records is restricted and left out of this paper."
        blocks.insert(1, Text(told, "note"))
    data = {
        "until": until,
        "due": to_do,
        "promised": promised,
        "meetings": meetings,
        "pupils": pupils,
        "outside": _outside(here, day),
        "staff": _staff(setting),
    }
    view = setting.view(
        "Hand-over to a new SENCO",
        blocks,
        listed,
        subtitle=f"What is open on {words(day)}, and up to {words(until)}",
        data=data,
        footer=FOOTER,
    )
    return (view,)


def _table(columns: Sequence[Column], rows: Iterable[Entry], empty: str) -> Table:
    found = tuple(tuple(row[column.key] for column in columns) for row in rows)
    return Table(tuple(columns), found, empty=empty)


def _summary(
    pupils: Sequence[Any],
    listed: Sequence[Entry],
    promised: Sequence[Any],
    setting: PaperContext,
    until: str,
) -> str:
    plans = sum(row["provision"] == "E" for row in pupils)
    late = sum(bool(row["overdue"]) for row in listed)
    return (
        f"{plural(len(pupils), 'pupil')} with SEN, {plans} of them with an EHC plan. "
        f"Overdue: {late}. Due by {words(until)}: {len(listed) - late}. "
        f"Open promises: {len(promised)}. Element 2: £{setting.threshold / 100:,.0f} "
        "a pupil and year."
    )


def _with_sen(record: Entry, day: str) -> bool:
    return lookup.status_on(record, day).get("provision") in {"K", "E"}


def _due(records: Sequence[Entry], setting: PaperContext, until: str) -> list[Entry]:
    """All that is due by then, of pupils and of the school."""
    school, day = setting.school, setting.day
    days = SchoolDays(school.get("terms", ()), BankHolidays())
    names = {p["key"]: p["name"] for p in setting.provisions.get("provisions", ())}
    found = due(map(due_row, records), school, day, until, days, names)
    every = [*found, *school_due(setting.published, school, day, until)]
    return [_due_row(item, day) for item in in_order(every)]


def _due_row(item: Due, day: str) -> dict[str, Any]:
    return {
        "due": item.due,
        "overdue": item.overdue(day),
        "name": item.name,
        "class": item.class_name,
        "what": item.what,
        "pupil": item.pupil,
    }


def _promises(record: Entry, setting: PaperContext) -> Iterator[dict[str, Any]]:
    for _, action in lookup.actions_of(dict(record)):
        if "done" not in action:
            yield {
                "pupil": record["id"],
                "name": lookup.full_name(record),
                "by": who(action.get("by", ""), record, setting.school),
                "text": action["text"],
                "due": action.get("due", ""),
            }


def _meetings(record: Entry, day: str) -> Iterator[dict[str, Any]]:
    for meeting in record.get("meetings", ()):
        if meeting["date"] >= day:
            yield {
                "pupil": record["id"],
                "date": meeting["date"],
                "time": meeting.get("time", ""),
                "name": lookup.full_name(record),
                "what": str(meeting.get("kind", "meeting")).replace("_", " "),
                "place": meeting.get("place", ""),
            }


def _pupil(record: Entry, setting: PaperContext) -> dict[str, Any]:
    row = register.row(dict(record), setting.day, dict(setting.provisions))
    return {
        "pupil": row["id"],
        "name": row["name"],
        "class": row["class"],
        "provision": row["provision"],
        "needs": ", ".join(row["needs"]),
        "review_by": row["review_by"],
        "call": "; ".join(_at_home(record, setting.day)),
    }


def _at_home(record: Entry, day: str) -> Iterator[str]:
    """Parents and carers with their numbers; with whom nothing may be shared, last."""
    may, not_ = readers(record, day)
    for contact in (*may, *professionals(record, day)):
        spoken = contact.get("language", "")
        help_ = f", interpreter ({spoken})" if contact.get("interpreter") else ""
        number = contact.get("telephone") or contact.get("email") or "(no number)"
        sharing = contact.get("sharing")
        share = f" (share {terms.SHARING[sharing]})" if sharing == "limited" else ""
        yield f"{contact['name']} {number}{help_}{share}"
    for contact in not_:
        yield f"{contact['name']}: NOTHING MAY BE SHARED"


def _outside(here: Iterable[Entry], day: str) -> list[dict[str, Any]]:
    """Specialists at work and officers of the authority, each with their pupils."""
    found: dict[str, list[str]] = {}
    for record in here:
        for outsider in dict.fromkeys(_outsiders(record, day)):
            found.setdefault(outsider, []).append(lookup.full_name(record))
    return [
        {"who": outsider, "pupils": ", ".join(found[outsider])}
        for outsider in sorted(found, key=sort_key)
    ]


def _outsiders(record: Entry, day: str) -> Iterator[str]:
    for entry in record.get("specialists", ()):
        if "discharged" not in entry:
            yield specialist_label(entry)
    ehc = record.get("ehc", {})
    running = [r for r in ehc.get("requests", ()) if not {"plan", "withdrawn"} & set(r)]
    plan = plan_in_force(record, day)
    for entry in (*running, *([plan] if plan else [])):
        authority = entry.get("authority", "local authority")
        officer = f": {entry['officer']}" if "officer" in entry else ""
        yield f"{authority}{officer}"


def _staff(setting: PaperContext) -> list[dict[str, Any]]:
    made = []
    for person in setting.school.get("staff", ()):
        if not lookup.staff_left(person, setting.day):
            role = lookup.newest(person.get("roles", ()), setting.day) or {}
            made.append(
                {
                    "initials": person["initials"],
                    "name": person["name"],
                    "role": role.get("role", ""),
                    "class": role.get("class", ""),
                }
            )
    return made


def _lines(title: str, said: Iterable[tuple[Entry, str]]) -> Iterator[Block]:
    """What is to be known of single pupils, a line each."""
    lines = [f"{lookup.full_name(record)}: {text}" for record, text in said]
    if lines:
        yield Heading(title)
        yield Bullets(tuple(lines))


def _decided_otherwise(record: Entry, day: str) -> Iterator[str]:
    kinds = (
        ("departures", "guidance", "explanation"),
        ("exceptions", "rule", "reason"),
    )
    for kind, what, why in kinds:
        for entry in record.get(kind, ()):
            if entry.get("until", lookup.STILL) >= day:
                yield f"{entry[what]}: {entry[why]}"
