"""A plan that a pupil arrives with, and one that moves to another authority."""

from __future__ import annotations

from sencli.core.people.context import Context
from sencli.core.people.context import future_note
from sencli.core.pupil.plan_in_force import plan_in_force
from sencli.core.pupil.status import set_status
from sencli.core.record import lookup
from sencli.core.record.act import Act
from sencli.core.record.lookup import full_name
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.statutory import deadlines
from sencli.core.statutory import moves
from sencli.core.statutory.deadlines import due_words
from sencli.core.statutory.request import put_ehc
from sencli.core.text.dates import words
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.errors import UsageFault

_CAME = "Came with an EHC plan"


def join(record: Record, typed: Entry, context: Context) -> Act:
    """The record of a pupil who came to the school with an EHC plan.

    The plan is taken over as it was issued, with its last review; the status is E from
    the day on which the pupil came.

    Args:
        record: the pupil's.
        typed: ``date`` (when the pupil came), ``issued``, ``amended``, ``authority``,
            ``officer``, ``from_school``, ``reviewed`` (its last review).
        context: day, ids, school.

    Raises:
        UsageFault: nobody said when the plan was issued.
        InvalidValue: days out of order.
    """
    known = plan_in_force(record, str(typed.get("date") or context.today)) or {}
    day = str(typed.get("date") or known.get("joined") or context.today)
    issued = str(typed.get("issued") or known.get("issued", ""))
    if not issued:
        raise UsageFault(
            "When was the plan issued that the pupil came with?",
            f"Add it: sen ehc join {record['id']} --date {day} --issued DATE",
        )
    _check_joined(record, known, issued, {**typed, "date": day})
    made: Record = {"id": known.get("id") or context.new_id("plan"), "issued": issued}
    made |= {**known, "joined": day}
    made |= {n: typed[n] for n in ("authority", "officer") if typed.get(n)}
    if amended := typed.get("amended"):
        made["amended"] = sorted({*made.get("amended", ()), amended})
    if school := typed.get("from_school"):
        made["joined_from"] = school
    new = put_ehc(record, "plans", made)
    said = [f"{full_name(record)} came on {words(day)} with an EHC plan of "]
    said[0] += f"{words(issued)}."
    new, more = _reviewed(new, made, typed, context)
    said += more
    notes = [*future_note(day, context)]
    if lookup.status_on(new, day)["provision"] != "E":
        act = set_status(new, "E", {"reason": _CAME}, context.today, day)
        new = act.record
        said.append(f"SEN status: E from {words(day)}.")
        notes += act.warnings
    if due := deadlines.review_due(new, max(day, context.today)):
        said.append(f"Annual review due by {words(due)}.")
    if "authority" not in made:
        notes.append(
            "which authority maintains it? sen ehc join "
            f"{record['id']} --date {day} --authority NAME"
        )
    return Act(new, " ".join(said), {"plan": made["id"]}, tuple(notes))


def _check_joined(record: Record, known: Entry, issued: str, typed: Entry) -> None:
    """Refuse another plan than the one in force, and days out of order."""
    day = str(typed["date"])
    if known and known["issued"] != issued:
        raise UsageFault(
            f"{full_name(record)} has an EHC plan of {words(known['issued'])} already.",
            "If its day of issue was wrong: "
            f"sen ehc issue {record['id']} --date {issued} --redated",
        )
    if day < issued:
        raise InvalidValue(
            f"The pupil came on {words(day)}, before the plan was issued on "
            f"{words(issued)}.",
            f"If it was issued here: sen ehc issue {record['id']} --date {issued}",
        )
    for name in ("amended", "reviewed"):
        on = str(typed.get(name) or issued)
        if not issued <= on <= day:
            raise InvalidValue(
                f"The plan of {words(issued)} was {name} on {words(on)}, and the pupil "
                f"came with it on {words(day)}.",
                "Give the right days.",
            )


def _reviewed(
    record: Record, plan: Entry, typed: Entry, context: Context
) -> tuple[Record, list[str]]:
    """The record with the last review that was held elsewhere, and what is said."""
    on = typed.get("reviewed")
    listed = record.get("ehc", {}).get("reviews", ())
    if not on or any(review["date"] == on for review in listed):
        return record, []
    made = {
        "id": context.new_id("review"),
        "plan": plan["id"],
        "date": on,
        "source": str(plan.get("joined_from") or "the school before"),
    }
    return put_ehc(record, "reviews", made), [f"Last reviewed on {words(on)}."]


def move(record: Record, typed: Entry, context: Context) -> Act:
    """The record of a plan that another authority maintains from a day on.

    Without a day and an authority, the last move is amended.

    Args:
        record: the pupil's.
        typed: ``date`` (of the transfer), ``to`` (the new authority), ``told``,
            ``reassess``, ``review_by``, ``officer``.
        context: day, school.

    Raises:
        NotFound: no plan is in force, or no move is recorded to amend.
        UsageFault: nobody said which authority it went to.
        InvalidValue: days out of order.
    """
    day = str(typed.get("date") or context.today)
    plan = plan_in_force(record, day)
    if plan is None:
        raise NotFound(
            f"{full_name(record)} has no EHC plan in force on {words(day)}.",
            f"See: sen ehc show {record['id']}",
        )
    moved = list(plan.get("transfers", ()))
    old = _amended_move(record, moved, typed)
    day = str(typed.get("date") or old.get("date") or day)
    made: Record = {"date": day, **old}
    if to := typed.get("to"):
        made["to_authority"] = to
    if "to_authority" not in made:
        raise UsageFault(
            "To which authority did the plan move?",
            f"Name it: sen ehc move {record['id']} --to NAME --date DATE",
        )
    if not old and (before := moves.authority_of(plan, day, context.school)):
        made["from_authority"] = before
    made |= {n: typed[n] for n in ("told", "review_by", "reassess") if n in typed}
    _check(made, plan)
    moved = [entry for entry in moved if entry["date"] != day]
    whole = {**plan, "transfers": _chained([*moved, made], made)}
    if "officer" in typed:
        whole["officer"] = typed["officer"]
    elif not old:
        # who dealt with it at the authority before does not any more
        whole.pop("officer", None)
    new = put_ehc(record, "plans", whole)
    reviews = new["ehc"].get("reviews", ())
    since = f" (from {made['from_authority']})" if "from_authority" in made else ""
    verb = "Changed: the" if old else "The"
    said = (
        f"{verb} EHC plan for {full_name(record)} moved to {made['to_authority']}"
        f"{since} on {words(day)}."
    )
    if told := due_words(moves.transfer_steps(whole, reviews, max(day, context.today))):
        said += f" {told}."
    return Act(new, said, {"plan": plan["id"]}, future_note(day, context))


def _chained(moved: list[Record], made: Entry) -> list[Record]:
    """The moves in their order; the one after comes from where this one went."""
    listed = sorted(moved, key=lambda t: str(t["date"]))
    after = [t for t in listed if t["date"] > made["date"]][:1]
    for entry in after:
        known = entry.get("from_authority")
        if known is not None and known == made.get("from_authority"):
            place = listed.index(entry)
            listed[place] = {**entry, "from_authority": made["to_authority"]}
    return listed


def _amended_move(record: Entry, moved: list[Record], typed: Entry) -> Record:
    """The move that is amended; an empty one where it is new."""
    if "date" in typed:
        return next((dict(t) for t in moved if t["date"] == typed["date"]), {})
    if "to" in typed:
        return {}
    if not moved:
        raise NotFound(
            f"No move to another authority is recorded for {full_name(dict(record))}.",
            f"Record it: sen ehc move {record['id']} --to NAME --date DATE",
        )
    return dict(max(moved, key=lambda t: str(t["date"])))


def _check(made: Entry, plan: Entry) -> None:
    if made.get("from_authority") == made["to_authority"]:
        raise InvalidValue(
            f"{made['to_authority']} maintains the plan already.",
            "Name the new authority: --to NAME",
        )
    if made["date"] < plan["issued"]:
        raise InvalidValue(
            f"The plan was issued on {words(plan['issued'])}, after it moved on "
            f"{words(made['date'])}.",
            "Give the right day: --date DATE",
        )
    for name, said in (("told", "said"), ("review_by", "will review")):
        if name in made and made[name] < made["date"]:
            raise InvalidValue(
                f"The new authority {said} on {words(made[name])}, before the move of "
                f"{words(made['date'])}.",
                "Give the right day.",
            )
