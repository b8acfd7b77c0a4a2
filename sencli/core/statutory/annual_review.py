"""Annual reviews: invitations, reports circulated, meeting, report, decision."""

from __future__ import annotations

from typing import Any

from sencli import terms
from sencli.core.cycle.review import RESULT_WORDS
from sencli.core.cycle.review import parted
from sencli.core.people.context import Context
from sencli.core.people.context import people
from sencli.core.people.context import person
from sencli.core.people.context import views
from sencli.core.people.parent_privacy import PUPIL
from sencli.core.people.young_person import family_on
from sencli.core.pupil.plan_in_force import plan_in_force
from sencli.core.record import find
from sencli.core.record import lookup
from sencli.core.record.act import Act
from sencli.core.record.edit import overlaid
from sencli.core.record.find import choose
from sencli.core.record.lookup import STILL
from sencli.core.record.lookup import full_name
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.statutory import deadlines
from sencli.core.statutory import invitations
from sencli.core.statutory import moves
from sencli.core.statutory.deadlines import due_words
from sencli.core.statutory.plan import AREA_WORDS
from sencli.core.statutory.plan import AREAS
from sencli.core.statutory.request import put_ehc
from sencli.core.statutory.request import refuse_other
from sencli.core.support.meetings import split_by
from sencli.core.text.dates import add_days
from sencli.core.text.dates import words
from sencli.core.text.placeholders import K_OR_N
from sencli.errors import Ambiguous
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.errors import UsageFault

KINDS = terms.ANNUAL_REVIEWS
KIND_WORDS = {"transfer": "phase_transfer", "phase": "phase_transfer"}
DECISIONS = terms.PLAN_DECISIONS
DECISION_WORDS = {"maintain": "keep", "no change": "keep", "end": "cease"}

RECENT_DAYS = 56
_PLAIN = (
    *("kind", "circulated", "recommendation", "amendments", "differences"),
    *("report_sent", "notice_sent", "source", "time", "place"),
)
_AT_MEETING = {"attended", "outcome", "led_by", "kind", "invited", "invite"}


def review_label(review: Entry) -> str:
    """A review by its kind and day."""
    return f"{KINDS[review.get('kind', 'annual')]} of {words(review['date'])}"


def review(record: Record, typed: Entry, context: Context) -> Act:
    """The record with a review of the EHC plan; the one meant is amended.

    Without a day that is the review to come, else the one of the last eight weeks.

    Args:
        record: the pupil's.
        typed: ``date``, ``kind``, ``led_by``, ``invited`` (roles), ``invite``
            ("health=Dr Lee:12/01/2026"), ``invited_on``, ``advice_requested`` and
            ``advice_received`` ("health:12/01/2026"), ``advice_due``, ``time``,
            ``place``, ``circulated``, ``attended``,
            ``outcome`` ("1=on_track"), ``evidence`` ("1=..."), ``target`` ("1=... (by
            July)"), ``pfa`` ("employment=..."), views as for meetings,
            ``recommendation``, ``amendments``, ``differences``, ``report_sent``,
            ``decision``, ``decided``, ``notice_sent``, ``source``.
        context: day, ids, school.

    Raises:
        NotFound: no such outcome in the plan.
        InvalidValue: days out of order, a value that cannot be.
    """
    old = amended_review(record, typed, context)
    day = str(typed.get("date") or old.get("date") or context.today)
    made: Record = {"id": old.get("id") or context.new_id("review"), "date": day, **old}
    plan = _plan(record, made, day)
    if plan is not None:
        made.setdefault("plan", plan["id"])
    made |= {n: typed[n] for n in _PLAIN if typed.get(n)}
    made = overlaid(made, _fragment(record, plan, typed, context, day))
    grown = family_on(record, day).to == PUPIL
    family = "young_person" if grown else "parent"
    made = invitations.invited(made, typed, context, family)
    made = invitations.advised(made, typed, context)
    if targets := typed.get("target"):
        before = list(made.get("interim_targets", ()))
        made["interim_targets"] = _targets(before, targets, plan, (day, context))
    if decision := typed.get("decision"):
        before_it = made.get("decision", {})
        on = str(typed.get("decided") or before_it.get("date") or context.today)
        again = f"sen ehc review {record['id']} --date {day} --decision {decision}"
        made["decision"] = {"date": on, "outcome": decision}
        refuse_other(before_it, made["decision"], context, f"{again} --decided {on}")
    elif typed.get("decided"):
        if "decision" not in made:
            raise UsageFault(
                "--decided is the day of a decision, and none is recorded.",
                "Add --decision, or leave --decided out.",
            )
        made["decision"] = {**made["decision"], "date": typed["decided"]}
    _in_order(made)
    verb = "Changed" if old else "Recorded"
    said = f"{verb} for {full_name(record)}: {review_label(made)}."
    plans = record.get("ehc", {}).get("plans", ())
    if told := due_words(deadlines.review_steps(made, plans)):
        said += f" {told}."
    if made.get("kind") == "phase_transfer":
        said += _amended_by(record, context.school, day)
    ids = {"review": made["id"]}
    return Act(
        put_ehc(record, "reviews", made), said, ids, _notes(record, made, plan, context)
    )


def amended_review(record: Entry, typed: Entry, context: Context) -> Record:
    """The review that is amended; an empty one where it is new."""
    reviews = sorted(
        record.get("ehc", {}).get("reviews", ()), key=lambda r: str(r["date"])
    )
    if "date" in typed:
        found = [r for r in reviews if r["date"] == typed["date"]]
        if len(found) > 1:
            raise Ambiguous(
                f"There are {len(found)} reviews on {words(typed['date'])}.",
                f"Take one of them out: sen remove {record['id']} {found[-1]['id']}",
            )
        return dict(found[0]) if found else {}
    if coming := [r for r in reviews if r["date"] >= context.today]:
        return dict(coming[0])
    if reviews and reviews[-1]["date"] >= add_days(context.today, -RECENT_DAYS):
        return dict(reviews[-1])
    if not typed.keys() & _AT_MEETING and typed:
        last = f" The last one was on {words(reviews[-1]['date'])}." if reviews else ""
        raise UsageFault(
            f"Which review?{last}",
            f"Give its day: sen ehc review {record['id']} --date DATE",
        )
    return {}


def _plan(record: Entry, made: Entry, day: str) -> Record | None:
    """The plan that is reviewed: the one named before, else the one in force."""
    plans = record.get("ehc", {}).get("plans", ())
    named = [dict(p) for p in plans if p["id"] == made.get("plan")]
    return named[0] if named else plan_in_force(record, day)


def _fragment(
    record: Entry, plan: Record | None, typed: Entry, context: Context, day: str
) -> Record:
    found: Record = {}
    if led_by := typed.get("led_by"):
        found["led_by"] = person(led_by, record, context, day)
    if typed.get("attended"):
        found["attended"] = people(typed["attended"], record, context, day)
    if said := views(typed, record, context, day):
        found["views"] = said
    if rated := _rated(plan, typed, record):
        found["outcomes"] = rated
    areas = {name: typed[name] for name in AREAS if typed.get(name)}
    for text in typed.get("pfa", ()):
        area, rest = parted(text, "--pfa", '--pfa "employment=WHAT WAS SAID"')
        areas[choose(area, AREAS, "area of adult life", AREA_WORDS)] = rest
    if areas:
        found["pfa"] = areas
    return found


def _rated(plan: Record | None, typed: Entry, record: Entry) -> list[Record]:
    """Each outcome of the plan that was rated, and how we know."""
    made: dict[str, Record] = {}
    for text in typed.get("outcome", ()):
        which, rest = parted(text, "--outcome", "--outcome 1=RESULT")
        item = _outcome(plan, which, record)
        word, colon, value = rest.partition(":")
        entry = made.setdefault(item["id"], {"outcome": item["id"]})
        entry["result"] = choose(word, terms.RESULTS, "result", RESULT_WORDS)
        if colon and value.strip():
            entry["value"] = value.strip()
    for text in typed.get("evidence", ()):
        which, rest = parted(text, "--evidence", '--evidence "1=WHAT WAS SEEN"')
        item = _outcome(plan, which, record)
        entry = made.setdefault(item["id"], {"outcome": item["id"]})
        entry["evidence"] = rest
    return list(made.values())


def _outcome(plan: Record | None, which: str, record: Entry) -> Entry:
    listed = (plan or {}).get("outcomes", ())
    if not listed:
        raise NotFound(
            f"No outcomes of an EHC plan are recorded for {full_name(dict(record))}.",
            f"Enter them: sen ehc issue {record['id']} --outcome OUTCOME",
        )
    return find.item(which, listed, lambda o: str(o["text"]), "outcome")


def _targets(
    before: list[Any],
    texts: tuple[str, ...],
    plan: Record | None,
    held: tuple[str, Context],
) -> list[Any]:
    """The steps for the coming year with those that were typed."""
    made = list(before)
    day, context = held
    for typed in texts:
        text, by = split_by(typed, day, context)
        target: Record = {"text": text}
        number, sign, rest = text.partition("=")
        outcomes = (plan or {}).get("outcomes", ())
        if sign and number.strip().isdigit() and rest.strip():
            which = find.item(number, outcomes, lambda o: str(o["text"]), "outcome")
            target = {"text": rest.strip(), "outcome": which["id"]}
        if by:
            target["by"] = by
        if not any(old["text"] == target["text"] for old in made):
            made.append({"id": context.new_id("target"), **target})
    return made


def _in_order(made: Entry) -> None:
    day = made["date"]
    for date, said in (
        (made.get("report_sent", STILL), "The report went"),
        (made.get("decision", {}).get("date", STILL), "The authority decided"),
        (made.get("notice_sent", STILL), "The authority gave notice of amendments"),
    ):
        if date < day:
            raise InvalidValue(
                f"{said} on {words(date)}, before the review of {words(day)}.",
                "Give the right day.",
            )


def _amended_by(record: Entry, school: Entry, day: str) -> str:
    """By when the plan of a pupil who moves on must be amended, in a sentence."""
    by = moves.amended_by(record, school, day)
    return f" The plan must be amended by {words(by)}."


def _short_notice(made: Entry) -> str:
    """Who was invited less than two weeks before, in words, or ""."""
    latest = add_days(made["date"], -deadlines.NOTICE_DAYS)
    late = [i["role"] for i in made.get("invited", ()) if i["date"] > latest]
    return lookup.joined([invitations.ROLES[role] for role in dict.fromkeys(late)])


def _notes(
    record: Entry, made: Entry, plan: Record | None, context: Context
) -> tuple[str, ...]:
    notes = []
    pupil = record["id"]
    if plan is None:
        notes.append(
            "no EHC plan is recorded for that day: sen ehc issue "
            f"{pupil} --date DATE --outcome OUTCOME"
        )
    if late := _short_notice(made):
        notes.append(f"less than two weeks' notice for: {late}.")
    if made["date"] > context.today and made.get("attended"):
        notes.append(f"{words(made['date'])} has not come yet.")
    outcome = made.get("decision", {}).get("outcome")
    if outcome == "amend" and "notice_sent" not in made:
        notes.append(
            "the notice of amendments is due with the decision: sen ehc review "
            f"{pupil} --date {made['date']} --notice DATE"
        )
    if outcome == "amend" and not (plan or {}).get("amended"):
        notes.append(f"when it comes: sen ehc issue {pupil} --amended DATE")
    if outcome == "cease":
        notes.append(
            f"when it ceases: sen ehc cease {pupil} --date DATE --then {K_OR_N}"
        )
    return tuple(notes)
