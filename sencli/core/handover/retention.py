"""How long a record is kept: the school's policy, holds, reviews and their decisions.

Nothing is erased by itself: a day only says when somebody is to look.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from typing import Literal

from sencli.core.handover.access import open_requests
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
from sencli.core.school.settings import Settings
from sencli.core.school.settings import settings
from sencli.core.text.dates import words
from sencli.errors import Conflict
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.value import Value

State = Literal["on roll", "kept", "held", "review", "erase", "unknown"]


class Clock(Value):
    """When a record is to be reviewed, and why.

    Attributes:
        state: ``kept`` until the day; ``held``; ``review``: the day has come;
            ``erase``: so decided; ``unknown``: it cannot be worked out.
        due: ISO day of the next look, or "".
        why: the rule of the policy, or the decision, in words.
        holds: the reasons for which nothing may be erased today.
    """

    state: State
    due: str
    why: str
    holds: tuple[str, ...] = ()


def had_plan(record: Entry) -> bool:
    """Whether an EHC plan ever stood: by its issue, or by the status."""
    stood = any(entry["provision"] == "E" for entry in record.get("status", ()))
    return stood or bool(record.get("ehc", {}).get("plans"))


def _years_on(day: str, years: int) -> str:
    """The same day so many years later; never sooner, so 1 March for 29 February."""
    year = int(day[:4]) + years
    try:
        return date(year, int(day[5:7]), int(day[8:10])).isoformat()
    except ValueError:
        return f"{year}-03-01"


def kept_until(record: Entry, policy: Settings) -> tuple[str, str]:
    """The day to which the policy keeps a record, and the rule in words; "" if unknown.

    Args:
        record: the pupil's, or a row of what is due.
        policy: the school's settings.
    """
    left = left_on(record)
    sent = any(stay.get("records_sent") for stay in record.get("roll", ()))
    years = policy.retention_passed_on_years
    if left and sent and years is not None:
        rule = f"left {words(left)}, passed on, + {years} years"
        return _years_on(left, years), rule
    plan = had_plan(record)
    years = policy.retention_ehc_years if plan else policy.retention_years
    rule = f"born + {years} years, {'an EHC plan stood' if plan else 'no EHC plan'}"
    if born := record.get("date_of_birth"):
        return _years_on(str(born), years), rule
    return "", f"{rule}: no date of birth is recorded"


def holds_on(record: Entry, day: str) -> list[Record]:
    """The holds that stand on the day."""
    found = record.get("retention", {}).get("holds", ())
    return [h for h in found if h["from"] <= day <= h.get("until", STILL)]


def decided(record: Entry) -> Entry | None:
    """The newest decision of a review."""
    found = record.get("retention", {}).get("reviews", ())
    return max(enumerate(found), key=lambda e: (e[1]["date"], e[0]), default=(0, None))[
        1
    ]


def clock(record: Entry, policy: Settings, day: str) -> Clock:
    """How it stands with a record on the day.

    Args:
        record: the pupil's, or a row of what is due.
        policy: the school's settings.
        day: today's ISO date.
    """
    left = left_on(record)
    due, why = kept_until(record, policy)
    holds = holds_on(record, day)
    reasons = tuple(str(hold["reason"]) for hold in holds)
    if not left or left >= day:
        return Clock("on roll", "", why, reasons)
    newest = decided(record)
    if newest is not None and newest["decision"] == "erase":
        due, why = str(newest["date"]), f"decided on {words(newest['date'])}: erase"
    elif newest is not None:
        due = str(newest["until"])
        why = f"decided on {words(newest['date'])}: keep ({newest['reason']})"
    if holds:
        ends = [str(hold.get("until", "")) for hold in holds]
        # whoever put it on said when it is to be looked at again, or did not
        return Clock("held", "" if "" in ends else max(*ends, due), why, reasons)
    if newest is not None and newest["decision"] == "erase":
        return Clock("erase", due, why)
    if not due:
        return Clock("unknown", "", why)
    return Clock("review" if due <= day else "kept", due, why)


def due_words(record: Entry, policy: Settings, day: str) -> tuple[str, str, str] | None:
    """What is to be done for retention: ISO day, words and command; None for nothing.

    Args:
        record: the pupil's, or a row of what is due.
        policy: the school's settings.
        day: today's ISO date.
    """
    now = clock(record, policy, day)
    if not now.due:
        return None
    which = record["id"]
    if now.state == "erase":
        what = f"Erase the record ({now.why})"
        return now.due, what, f'sen erase {which} --ground "End of retention"'
    what = "Review whether the record is still kept"
    what += f" ({now.why})" if now.state != "held" else " (a hold ends)"
    command = f"sen retention decide {which} keep|erase --reason TEXT --by WHO"
    return now.due, what, command


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


def end_hold(record: Record, which: str | None, day: str) -> Act:
    """The record with a hold that ends on the day.

    Raises:
        NotFound: there is no such hold.
    """
    kept = dict(record.get("retention", {}))
    listed = [h for h in kept.get("holds", ()) if h.get("until", STILL) > day]
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
    entry = {**old, "until": day}
    refuse_reversed(entry, "Give the right --date.", "from")
    kept["holds"] = put_item(kept["holds"], entry)
    return Act(
        {**record, "retention": kept},
        f"The hold on the record of {full_name(record)} ends on {words(day)}: "
        f"{entry['reason']}",
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
                f"A review is of leavers' records: sen pupil leave {record['id']}",
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


def policy_words(policy: Settings) -> str:
    """The policy in words."""
    said = (
        f"{policy.retention_ehc_years} years from birth where an EHC plan stood, "
        f"{policy.retention_years} otherwise"
    )
    passed = policy.retention_passed_on_years
    return said if passed is None else f"{said}; once passed on, {passed} from leaving"


def listed(record: Record, policy: Settings, day: str) -> dict[str, Any]:
    """How it stands with a record, as a row of the list."""
    now = clock(record, policy, day)
    return {
        "pupil": record["id"],
        "name": full_name(record),
        "date_of_birth": record.get("date_of_birth"),
        "left": left_on(record) or None,
        "ehc_plan": had_plan(record),
        "state": now.state,
        "due": now.due or None,
        "why": now.why,
        "holds": [
            {key: h[key] for key in ("id", "from", "until", "reason", "by") if key in h}
            for h in holds_on(record, day)
        ],
    }


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
            f"If it was taken back: sen access end {which} --answer withdrawn",
        )


def decision_words(record: Entry) -> str:
    """The newest decision in one sentence, for who erases; never written down."""
    newest = decided(record)
    if newest is None:
        return "No review of its retention is recorded (sen retention decide)."
    by = f" by {newest['by']}" if "by" in newest else ""
    until = f" until {words(newest['until'])}" if "until" in newest else ""
    return (
        f"Reviewed on {words(newest['date'])}{by}: {newest['decision']}{until} "
        f"({newest['reason']})."
    )
