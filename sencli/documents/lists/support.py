"""Lists outside the cycles: meetings, specialists, transitions, funding."""

from __future__ import annotations

from typing import Any

from sencli.core.people.names import all_of
from sencli.core.people.names import specialist_label
from sencli.core.people.names import who
from sencli.core.pupil import considered
from sencli.core.pupil import funding as money
from sencli.core.pupil import related_plans
from sencli.core.record.lookup import actions_of
from sencli.core.record.lookup import meetings_of
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.record.wording import referred
from sencli.core.support import advice as advising
from sencli.core.support import meetings as meeting
from sencli.core.support import reports_given
from sencli.core.support import transitions as moving
from sencli.documents.lists.record_list import Rows
from sencli.documents.lists.record_list import record_list
from sencli.documents.view import Column


@record_list(
    "Meetings",
    "Meeting",
    Column("number", "No.", "number"),
    Column("date", "Date", "date"),
    Column("time", "Time"),
    Column("place", "Where"),
    Column("kind", "Kind"),
    Column("led_by", "Led by"),
    Column("invited", "Invited"),
    Column("attended", "Who came"),
    Column("agreed", "Agreed"),
    Column("record_given", "Record given", "date"),
)
def meetings(record: Record, school: Entry) -> Rows:
    """Meetings with parents, numbered by date."""
    entries = meetings_of(record)
    objects = [
        {
            **m,
            "number": n,
            "kind": meeting.KINDS.get(m.get("kind", "")),
            "led_by": who(m.get("led_by", ""), record, school),
            "attended": all_of(m.get("attended", ()), record, school),
            "invited": all_of(m.get("invited", ()), record, school),
        }
        for n, m in enumerate(entries, 1)
    ]
    return entries, objects


@record_list(
    "Promises",
    "Action",
    Column("number", "No.", "number"),
    Column("meeting", "Promised", "date"),
    Column("by", "Who"),
    Column("text", "What"),
    Column("due", "By", "date"),
    Column("done", "Done", "date"),
)
def actions(record: Record, school: Entry) -> Rows:
    """Actions agreed in meetings."""
    objects = [
        {
            **a,
            "number": n,
            "meeting": m["date"],
            "by": who(a.get("by", ""), record, school),
        }
        for n, (m, a) in enumerate(actions_of(record), 1)
    ]
    return objects, objects


@record_list(
    "Reports to parents",
    "Report",
    Column("date", "Date", "date"),
    Column("to", "To"),
    Column("how", "How"),
    Column("summary", "What it said"),
)
def reports(record: Record, school: Entry) -> Rows:
    """Reports to parents."""
    entries = record.get("reports", ())
    objects = [{**r, "to": all_of(r.get("to", ()), record, school)} for r in entries]
    return entries, objects


@record_list(
    "Information given",
    "Information",
    Column("date", "Date", "date"),
    Column("what", "About"),
    Column("to", "To"),
    Column("how", "How"),
)
def information(record: Record, school: Entry) -> Rows:
    """Information given to parents."""
    entries = record.get("information", ())
    objects = [
        {
            **i,
            "what": reports_given.ABOUT[i["what"]],
            "to": who(i.get("to", ""), record, school),
        }
        for i in entries
    ]
    return entries, objects


@record_list(
    "Specialists",
    "Specialist",
    Column("number", "No.", "number"),
    Column("service", "Specialist"),
    Column("consent", "Agreement"),
    Column("referred", "Referred", "date"),
    Column("first_seen", "First seen", "date"),
    Column("date", "Advice", "date"),
    Column("recommendation", "What was advised"),
    Column("decision", "Answer"),
    Column("items", "Carried out by"),
    Column("discharged", "Ended", "date"),
)
def specialists(record: Record, _school: Entry) -> Rows:
    """Specialists, each recommendation on a row of its own."""
    entries = record.get("specialists", ())
    objects = []
    for number, entry in enumerate(entries, 1):
        top = {
            "number": number,
            "service": specialist_label(entry),
            "consent": _consent(entry),
            **{n: entry.get(n) for n in ("referred", "first_seen", "discharged")},
        }
        given: tuple[Entry, ...] = tuple(entry.get("advice", ())) or ({},)
        for advice in given:
            objects.append({**top, **_advice(advice, record)})
            top = dict.fromkeys(top, "")
    return entries, objects


def _consent(entry: Entry) -> str:
    consent = entry.get("consent")
    if consent is None:
        return "asked" if entry.get("asked") else "not recorded"
    return "agreed" if consent["given"] else "did not agree"


def _advice(advice: Entry, record: Record) -> dict[str, Any]:
    if not advice:
        return {}
    answer = advising.DECISIONS.get(advice.get("decision", ""), "not answered")
    why = f" ({advice['why']})" if "why" in advice else ""
    return {
        "date": advice["date"],
        "recommendation": advice["recommendation"],
        "decision": f"{answer}{why}",
        "items": [referred(item, record) for item in advice.get("items", ())],
    }


@record_list(
    "Adjustments",
    "Adjustment",
    Column("number", "No.", "number"),
    Column("text", "What is done differently"),
    Column("from", "From", "date"),
    Column("until", "Until", "date"),
    Column("worked", "Does it help?"),
)
def adjustments(record: Record, _school: Entry) -> Rows:
    """Reasonable adjustments outside any cycle."""
    entries = considered.adjustments(record)
    objects = [{**a, "number": n} for n, a in enumerate(entries, 1)]
    return entries, objects


@record_list(
    "Plans kept elsewhere",
    "RelatedPlan",
    Column("number", "No.", "number"),
    Column("kind", "Plan"),
    Column("reference", "Where"),
    Column("from", "From", "date"),
    Column("review_by", "Review by", "date"),
    Column("informed", "Told of the SEN", "date"),
    Column("until", "Until", "date"),
)
def plans(record: Record, _school: Entry) -> Rows:
    """Plans kept elsewhere."""
    entries = record.get("related_plans", ())
    objects = [
        {**p, "number": n, "kind": related_plans.KINDS[p["kind"]]}
        for n, p in enumerate(entries, 1)
    ]
    return entries, objects


@record_list(
    "Moves",
    "Transition",
    Column("number", "No.", "number"),
    Column("date", "Planned", "date"),
    Column("to", "Where to"),
    Column("kind", "Kind"),
    Column("actions", "What is done"),
    Column("agreed_items", "What goes"),
    Column("agreed_with", "Agreed with"),
    Column("sent", "Sent", "date"),
    empty="None planned.",
)
def transitions(record: Record, school: Entry) -> Rows:
    """Moves between phases and schools."""
    entries = moving.moves_in_order(record)
    objects = [
        {
            **t,
            "number": n,
            "kind": moving.KINDS.get(t.get("kind", "")),
            "agreed_with": all_of(t.get("agreed_with", ()), record, school),
        }
        for n, t in enumerate(entries, 1)
    ]
    return entries, objects


@record_list(
    "Funding",
    "Funding",
    Column("source", "From where"),
    Column("annual_pence", "A year", "pence"),
    Column("from", "From", "date"),
    Column("until", "Until", "date"),
    Column("note", "Note"),
)
def funding(record: Record, _school: Entry) -> Rows:
    """Money tied to the pupil."""
    entries = record.get("funding", ())
    objects = [{**f, "source": money.SOURCES[f["source"]]} for f in entries]
    return entries, objects
