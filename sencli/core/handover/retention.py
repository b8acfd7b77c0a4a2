"""Holds on a record, and what reviews of its retention decided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sencli.core.handover.access_clock import open_requests
from sencli.core.handover.retention_clock import decided
from sencli.core.handover.retention_clock import holds_on
from sencli.core.handover.retention_clock import policy_words
from sencli.core.people.context import Context
from sencli.core.people.context import person
from sencli.core.record import find
from sencli.core.record.act import Act
from sencli.core.record.edit import put_item
from sencli.core.record.edit import refuse_reversed
from sencli.core.record.lookup import STILL
from sencli.core.record.lookup import full_name
from sencli.core.record.lookup import left_on
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.school.settings import settings
from sencli.core.text.dates import add_days
from sencli.core.text.dates import words
from sencli.errors import Conflict
from sencli.errors import InvalidValue
from sencli.errors import NotFound


def hold(record: Record, typed: Entry, context: Context) -> Act:
    """The record with a hold more; the same reason again amends it.

    Args:
        record: the pupil's.
        typed: ``reason``, ``by``, ``from``, ``until``.
        context: day, ids, school.
    """
    kept = dict(record.get("retention", {}))
    entry = {"id": context.new_id("hold"), "from": typed.get("from") or context.today}
    for old in kept.get("holds", ()):
        if old["reason"] == typed["reason"] and old in holds_on(record, entry["from"]):
            entry = dict(old)
    entry |= {"reason": typed["reason"]}
    entry |= {"until": typed["until"]} if typed.get("until") else {}
    if by := typed.get("by"):
        entry["by"] = person(by, record, context, context.today)
    refuse_reversed(entry, "Give the right --from or --until.", "from")
    kept["holds"] = put_item(kept.get("holds"), entry)
    until = f" until {words(entry['until'])}" if "until" in entry else ""
    return Act(
        {**record, "retention": kept},
        f"The record of {full_name(record)} is held{until}: {entry['reason']}",
        {"hold": entry["id"]},
    )


def end_hold(record: Record, which: str | None, day: str | None, today: str) -> Act:
    """The record with a hold that has a last day, or stands no longer.

    Args:
        record: the pupil's.
        which: its number among those that stand, or words of its reason.
        day: its last day; None where it is over, so that one may erase at once.
        today: ISO date.

    Raises:
        NotFound: there is no such hold.
    """
    kept = dict(record.get("retention", {}))
    last = day or add_days(today, -1)
    listed = [h for h in kept.get("holds", ()) if h.get("until", STILL) > last]
    if not listed:
        raise NotFound(
            f"No hold stands on the record of {full_name(record)}.",
            f"See: sen retention list {record['id']}",
        )
    if which is None and len(listed) > 1:
        raise InvalidValue(
            f"{len(listed)} holds stand on the record of {full_name(record)}.",
            "Say which, by its number or words of its reason: "
            f"sen retention end {record['id']} 1",
        )
    old = find.item(which or "1", listed, lambda h: str(h["reason"]), "hold")
    entry = {**old, "until": last}
    if day is None and last < old["from"]:  # it stood on no day before: history has it
        kept["holds"] = [h for h in kept["holds"] if h["id"] != old["id"]]
    else:
        refuse_reversed(entry, "Give the right --date.", "from")
        kept["holds"] = put_item(kept["holds"], entry)
    when = f"ends on {words(day)}" if day else "is ended"
    return Act(
        {**record, "retention": kept},
        f"The hold on the record of {full_name(record)} {when}: {entry['reason']}",
        {"hold": entry["id"]},
    )


def decide(record: Record, typed: Entry, context: Context) -> Act:
    """The record with the decision of a review.

    Args:
        record: the pupil's.
        typed: ``decision``, ``reason``, ``by``, ``date``, ``until``.
        context: day, ids, school.

    Raises:
        Conflict: it is to be erased, and the pupil is on roll, or a hold stands.
        InvalidValue: it is to be kept, and nobody said until when.
    """
    day = typed.get("date") or context.today
    name = full_name(record)
    erase = typed["decision"] == "erase"
    if erase:
        refuse_erasure(record, context.today)
        if not left_on(record) or left_on(record) >= context.today:
            raise Conflict(
                f"{name} is on roll.",
                f"Only leavers' records are reviewed: sen pupil leave {record['id']}",
            )
    elif not typed.get("until"):
        raise InvalidValue(
            f"Until when is the record of {name} kept?",
            "Then it is reviewed again: --until DATE",
        )
    kept = dict(record.get("retention", {}))
    entry: dict[str, Any] = {"id": context.new_id("retention"), "date": day}
    entry |= {"decision": typed["decision"], "reason": typed["reason"]}
    if by := typed.get("by"):
        entry["by"] = person(by, record, context, day)
    if not erase:
        entry["until"] = typed["until"]
        refuse_reversed(entry, "Give the right --until.", "date")
    kept["reviews"] = put_item(kept.get("reviews"), entry)
    until = "" if erase else f" until {words(entry['until'])}"
    done = "erase it" if erase else f"keep it{until}"
    to_do = (
        "nothing is erased by this. To do it: "
        f'sen erase {record["id"]} --ground "End of retention"'
    )
    return Act(
        {**record, "retention": kept},
        f"Reviewed the record of {name}: {done} ({entry['reason']}).",
        {"retention": entry["id"]},
        (to_do,) if erase else (),
    )


def set_policy(school: Record, years: Mapping[str, int]) -> Act:
    """The school with its own years; below none of them for what was passed on."""
    chosen = dict(school.get("settings", {}))
    chosen |= years
    if chosen.get("retention_passed_on_years", 0) < 0:
        del chosen["retention_passed_on_years"]
    made = {**school, "settings": chosen}
    return Act(made, f"Records are kept: {policy_words(settings(made))}.")


def refuse_erasure(record: Entry, day: str) -> None:
    """Refuse while a hold stands, or a request for what is held is not answered.

    What somebody has asked for may not be destroyed to keep it from them (Data
    Protection Act 2018 s.173 [fairly]).

    Raises:
        Conflict: one of the two.
    """
    name, which = full_name(record), record["id"]
    if standing := holds_on(record, day):
        told = "; ".join(
            f"since {words(hold['from'])}: {hold['reason']}" for hold in standing
        )
        raise Conflict(
            f"The record of {name} is held ({told}). Nothing was erased.",
            f"When the reason is gone: sen retention end {which}",
        )
    if waiting := open_requests(record):
        raise Conflict(
            f"A request of {words(waiting[0]['date'])} for what is held about {name} "
            "is not answered. Nothing was erased.",
            f"Answer it first: sen export subject-access {which}\n"
            f"If it was withdrawn: sen access end {which} --answer withdrawn",
        )


def decision_words(record: Entry) -> str:
    """The newest decision in one sentence, for who erases; never written down."""
    newest = decided(record)
    if newest is None:
        return "No review of its retention is recorded (sen retention)."
    by = f" by {newest['by']}" if "by" in newest else ""
    until = f" until {words(newest['until'])}" if "until" in newest else ""
    return (
        f"Reviewed on {words(newest['date'])}{by}: {newest['decision']}{until} "
        f"({newest['reason']})."
    )
