"""Reports and information given to parents."""

from __future__ import annotations

from sencli import terms
from sencli.core.people.context import Context
from sencli.core.people.context import future_note
from sencli.core.people.context import people
from sencli.core.people.context import person
from sencli.core.people.context import whom_told
from sencli.core.record.act import Act
from sencli.core.record.lookup import full_name
from sencli.core.record.lookup import joined
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.record.wording import who_is
from sencli.core.text.dates import words

ABOUT = terms.INFORMATION
ABOUT_WORDS = {"iass": "sendiass", "advice service": "sendiass", "offer": "local_offer"}


def add_report(record: Record, typed: Entry, context: Context) -> Act:
    """The record with a report to parents; the one of that day is amended.

    Args:
        record: the pupil's.
        typed: ``date``, ``to`` (people as typed), ``how``, ``summary``, ``source``.
        context: day and school.
    """
    day = str(typed.get("date") or context.today)
    before: Entry = next((r for r in record.get("reports", ()) if r["date"] == day), {})
    report = {"date": day, **before}
    report |= {n: typed[n] for n in ("how", "summary", "source") if typed.get(n)}
    if typed.get("to") or "to" not in report:
        report["to"] = people(
            typed.get("to") or (whom_told(record, day),), record, context, day
        )
    rest = [r for r in record.get("reports", ()) if r["date"] != day]
    told = joined([who_is(who, record) for who in report["to"]])
    return Act(
        {**record, "reports": sorted([*rest, report], key=lambda r: str(r["date"]))},
        f"Report on {full_name(record)} to {told}, {words(day)}.",
        {"report": day},
        () if before else future_note(day, context),
    )


def add_information(record: Record, what: str, typed: Entry, context: Context) -> Act:
    """The record with information given to somebody; the same again is amended.

    Args:
        record: the pupil's.
        what: one of ``ABOUT``.
        typed: ``date``, ``to`` (a person as typed), ``how``.
        context: day and school.
    """
    day = str(typed.get("date") or context.today)
    to = person(str(typed.get("to") or whom_told(record, day)), record, context, day)
    entry = {"date": day, "what": what, "to": to}
    if how := typed.get("how"):
        entry["how"] = how
    listed = list(record.get("information", ()))
    for place, old in enumerate(listed):
        if (old["date"], old["what"], old.get("to")) == (day, what, to):
            listed[place] = {**old, **entry}
            break
    else:
        listed.append(entry)
    return Act(
        {**record, "information": sorted(listed, key=lambda i: str(i["date"]))},
        f"{who_is(to, record)} was told of {ABOUT[what]} on {words(day)} "
        f"(for {full_name(record)}).",
        {"information": what},
        future_note(day, context),
    )
