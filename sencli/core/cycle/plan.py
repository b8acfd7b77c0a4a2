"""Planning a cycle: what was agreed, with whom, and the review date."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sencli.core.cycle.year_of_date import anchor_of
from sencli.core.cycle.year_of_date import fitted
from sencli.core.people.context import Context
from sencli.core.people.context import future_note
from sencli.core.people.context import people
from sencli.core.people.context import whom_told
from sencli.core.record import lookup
from sencli.core.record.act import Act
from sencli.core.record.class_sharing import refuse_alone
from sencli.core.record.class_sharing import shared
from sencli.core.record.edit import label_of
from sencli.core.record.edit import overlaid
from sencli.core.record.edit import put_cycle
from sencli.core.record.edit import the_cycle
from sencli.core.record.lookup import STILL
from sencli.core.record.types import Record
from sencli.core.text.dates import words
from sencli.core.text.folding import fold
from sencli.errors import InvalidValue

Typed = Mapping[str, Any]

_ANSWERS = {
    "agreed_with": "agreed",
    "partly": "partly",
    "disagreed": "disagreed",
    "not_reached": "not_reached",
}
_PLAIN = ("review_by", "shared_with_staff", "shared_with_parents", "home_support")
_DOES = {"school_does": "school", "parent_does": "parent", "pupil_does": "pupil"}


def who_does(typed: Typed) -> dict[str, str]:
    """Responsibilities of school, parents and pupil, as typed."""
    return {name: typed[option] for option, name in _DOES.items() if typed.get(option)}


def plan_cycle(record: Record, typed: Typed, context: Context) -> Act:
    """Plan the open cycle, or amend what is named of a plan.

    Raises:
        NotFound: no cycle is open.
        InvalidValue: dates out of order.
    """
    cycle = the_cycle(record, typed.get("cycle"), open_only=True)
    old = cycle.get("plan", {})
    first = "date" not in old
    day = typed.get("date") or old.get("date") or context.today
    anchor = typed.get("date") or ("" if first else anchor_of(cycle, context))
    typed = fitted(typed, anchor, context)
    refuse_alone(typed, "strategy")
    _check_order(cycle, {**old, **typed}, day)
    fragment = _agreed(record, typed, context, day)
    fragment.update({name: typed[name] for name in _PLAIN if typed.get(name)})
    if does := who_does(typed):
        fragment["responsibilities"] = does
    new, plan = _note_parents_told(
        record, cycle, overlaid({**old, "date": day}, fragment), typed, day
    )
    plan, added = _strategies(plan, typed, context, _strategy_day(old, day, context))
    made = {**cycle, "plan": plan}
    new = put_cycle(new, made)
    verb = "Planned" if first else "Amended the plan of"
    when = f" on {words(day)}" if first else ""
    due = plan.get("review_by")
    said = f"{verb} {label_of(new, made)}{when}"
    said += f"; review by {words(due)}." if due else "."
    notes = future_note(day, context) if first else ()
    ids: dict[str, Any] = {"cycle": cycle["id"]}
    if added:
        ids["strategies"] = [entry["id"] for entry in added]
    return Act(new, said, ids, notes, (("Cycle", str(cycle["id"])),))


def _check_order(cycle: Record, plan: Mapping[str, Any], day: str) -> None:
    assessed = cycle.get("assess", {}).get("date", "")
    if day < assessed:
        raise InvalidValue(
            f"The plan of {words(day)} would come before the assessment of "
            f"{words(assessed)}.",
            "Give the day of the planning meeting: --date",
        )
    for part, name in (("review", "was reviewed"), ("closed", "was closed")):
        later = cycle.get(part, {}).get("date", STILL)
        if day > later:
            raise InvalidValue(
                f"The plan of {words(day)} would come after the cycle {name} on "
                f"{words(later)}."
            )
    due = plan.get("review_by", STILL)
    if due < day:
        raise InvalidValue(
            f"The review date, {words(due)}, comes before the plan of {words(day)}.",
            "Give a later day: --review-by DATE",
        )


def _agreed(record: Record, typed: Typed, context: Context, day: str) -> Record:
    entries = [
        {"who": who, "answer": answer, "date": typed.get("date") or day}
        for option, answer in _ANSWERS.items()
        for who in people(typed.get(option, ()), record, context, day)
    ]
    who_twice = [e["who"] for e in entries]
    for who in who_twice:
        if who_twice.count(who) > 1:
            raise InvalidValue(
                f"{who} cannot have agreed and not agreed.", "Name each person once."
            )
    return {"agreement": entries} if entries else {}


def _note_parents_told(
    record: Record, cycle: Record, plan: Record, typed: Typed, day: str
) -> tuple[Record, Record]:
    """Record when parents were informed: on the current status, else on the plan."""
    when = typed.get("parents_notified")
    if not when:
        return record, plan
    entry = {"who": whom_told(record, when), "date": when}
    since = lookup.cycle_began(cycle)
    status = list(record.get("status", ()))
    current = lookup.newest(status, day)
    if current is None or current.get("provision") not in {"K", "E"}:
        return record, {**plan, "told": _retold(plan.get("told", ()), entry, since)}
    place = max(n for n, s in enumerate(status) if dict(s) == current)
    status[place] = {**current, "told": _retold(current.get("told", ()), entry, since)}
    return {**record, "status": status}, plan


def _retold(old: Any, entry: Record, since: str) -> list[Any]:
    """Amend this cycle's note of informing parents; keep earlier cycles' notes."""
    kept = [t for t in old if t["who"] != entry["who"] or t["date"] < since]
    return [*kept, entry]


def _strategy_day(old: Record, day: str, context: Context) -> str:
    """The plan's day; for one added later today, while the plan runs."""
    if "date" not in old or not day <= context.today <= old.get("review_by", STILL):
        return day
    return context.today


def _strategies(
    plan: Record, typed: Typed, context: Context, day: str
) -> tuple[Record, list[Record]]:
    """The plan with the strategies named, each marked as was typed; and the new ones.

    One that is there already is not put in again, but the mark is laid on it.
    """
    there = {fold(s["text"]) for s in plan.get("strategies", ())}
    wanted = {fold(text): text for text in typed.get("strategy", ())}
    share = typed.get("share")
    added = [
        shared({"id": context.new_id("strategy"), "text": text, "from": day}, share)
        for folded, text in wanted.items()
        if folded not in there
    ]
    kept = [
        shared(s, share) if fold(s["text"]) in wanted else s
        for s in plan.get("strategies", ())
    ]
    return ({**plan, "strategies": [*kept, *added]} if kept or added else plan), added
