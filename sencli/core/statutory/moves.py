"""A plan when the pupil moves on: to the next phase, or to another authority."""

from __future__ import annotations

from collections.abc import Iterable

from sencli.core.pupil.plan_in_force import plan_in_force
from sencli.core.record import lookup
from sencli.core.record.lookup import academic_year
from sencli.core.record.types import Entry
from sencli.core.statutory.deadlines import MOVED_MONTHS
from sencli.core.statutory.deadlines import REGS
from sencli.core.statutory.deadlines import REVIEW_MONTHS
from sencli.core.statutory.deadlines import StatutoryStep
from sencli.core.statutory.deadlines import phase_ends
from sencli.core.statutory.deadlines import transfer_by
from sencli.core.text.dates import add_days
from sencli.core.text.dates import add_months

TOLD_DAYS = 42
POST_16_AGE = 16
BETWEEN_MONTHS = 5
SUMMER_BEFORE = "05-01"
_SIXTH_FORM, _LAST_YEAR = 12, 14
_LEAVES = frozenset({"phase", "school", "adult_life"})


def phase_step(record: Entry, school: Entry, day: str) -> StatutoryStep | None:
    """The plan amended before the pupil moves to the next phase this school year.

    It stands until the plan is amended; ``None`` where there is no plan, or no move.
    """
    plan = plan_in_force(record, day)
    leaves = leaves_on(record, school, day)
    if plan is None or not leaves:
        return None
    year_group = _year_group(record, day)
    by, law = transfer_by(year_group, day), "18(1)"
    if school.get("ages", {}).get("from", 0) >= POST_16_AGE:
        by, law = add_months(leaves, -BETWEEN_MONTHS), "18(2)"
    since = moving_since(record, day)
    made = [on for on in (plan["issued"], *plan.get("amended", ())) if on >= since]
    return StatutoryStep(
        "phase",
        "The plan amended for the move to the next phase",
        by,
        min(made, default=""),
        law=f"{REGS} {law}",
    )


def phase_steps(record: Entry, school: Entry, day: str) -> tuple[StatutoryStep, ...]:
    """The move of this school year, after one of the last that is still waited for.

    A pupil who moved on within the school has a plan that was never amended for it.
    """
    before = f"{academic_year(day)}-08-31"
    moved = _year_group(record, before) not in {"", _year_group(record, day)}
    found = [phase_step(record, school, day)]
    if moved and plan_in_force(record, before) == plan_in_force(record, day):
        last = phase_step(record, school, before)
        if last is not None and not last.done:
            found.insert(0, last)
    return tuple(step for step in found if step is not None)


def amended_by(record: Entry, school: Entry, day: str) -> str:
    """By when the plan is amended for a move that a review on the day is about.

    The review may be held in the school year before that of the move.
    """
    if (step := phase_step(record, school, day)) is not None:
        return step.due
    year_group = _year_group(record, day)
    following = str(int(year_group) + 1) if year_group.isdigit() else ""
    if following and phase_ends(following, school):
        return transfer_by(following, add_months(day, REVIEW_MONTHS))
    return transfer_by(year_group, day)


def leaves_on(record: Entry, school: Entry, day: str) -> str:
    """The first day after the phase of education that ends this school year, or "".

    Years 12 to 14 move on when the record says so, the other years by themselves.
    """
    year_group = _year_group(record, day)
    last = f"{academic_year(day) + 1}-08-31"
    if year_group.isdigit() and _SIXTH_FORM <= int(year_group) <= _LAST_YEAR:
        going = [stay.get("until", "") for stay in record.get("roll", ())]
        going = [on for on in going if day <= on <= last]
        if going:
            return add_days(min(going), 1)
        first = f"{academic_year(day)}-09-01"
        planned = any(
            move.get("kind") in _LEAVES and first <= move["date"] <= last
            for move in record.get("transitions", ())
        )
        if planned:
            return add_days(last, 1)
    return add_days(last, 1) if phase_ends(year_group, school) else ""


def _year_group(record: Entry, day: str) -> str:
    return str(lookup.placement_on(record, day).get("year_group", ""))


def moving_since(record: Entry, day: str) -> str:
    """From when a plan that is issued or amended is the one for the move.

    From the review before the move, held since the May before; where none is recorded
    from the beginning of the school year.
    """
    year = academic_year(day)
    reviews = record.get("ehc", {}).get("reviews", ())
    held = [r for r in reviews if f"{year}-{SUMMER_BEFORE}" <= r["date"] <= day]
    of_move = [r for r in held if r.get("kind") == "phase_transfer"] or held
    return min((str(r["date"]) for r in of_move), default=f"{year}-09-01")


def authority_of(plan: Entry, day: str, school: Entry) -> str:
    """The authority that maintains a plan on the day; else the school's own, or ""."""
    moves = sorted(plan.get("transfers", ()), key=lambda t: str(t["date"]))
    moved = [t["to_authority"] for t in moves if t["date"] <= day]
    before = [t["from_authority"] for t in moves[:1] if "from_authority" in t]
    known = [*moved[-1:], *before, plan.get("authority", "")]
    return str(next(filter(None, known), "") or school.get("authority_name", ""))


def transfer_steps(
    plan: Entry, reviews: Iterable[Entry], day: str
) -> tuple[StatutoryStep, ...]:
    """What the new authority is to do after the plan moved to it last (reg 15)."""
    moved = [t for t in plan.get("transfers", ()) if t["date"] <= day]
    if not moved:
        return ()
    last = max(moved, key=lambda t: str(t["date"]))
    since = last["date"]
    held = sorted(str(r["date"]) for r in reviews)
    before = [plan["issued"], *(on for on in held if on < since)]
    year = add_months(max(before), REVIEW_MONTHS)
    return (
        StatutoryStep(
            "told",
            "New authority says whether it assesses anew and when it reviews (six "
            "weeks)",
            add_days(since, TOLD_DAYS),
            last.get("told", ""),
            law=f"{REGS} 15",
        ),
        StatutoryStep(
            "moved_review",
            "New authority reviews the plan",
            max(year, add_months(since, MOVED_MONTHS)),
            next((on for on in held if since <= on <= day), ""),
            law=f"{REGS} 15",
        ),
    )
