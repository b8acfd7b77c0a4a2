"""Requests for an EHC needs assessment and their timetable (6, 16, 20 weeks)."""

from __future__ import annotations

from sencli import terms
from sencli.core.people.context import Context
from sencli.core.people.context import future_note
from sencli.core.people.context import person
from sencli.core.people.young_person import family_on
from sencli.core.record import find
from sencli.core.record.act import Act
from sencli.core.record.edit import put_item
from sencli.core.record.find import choose
from sencli.core.record.lookup import STILL
from sencli.core.record.lookup import full_name
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.record.wording import who_is
from sencli.core.statutory.deadlines import APPEAL_MONTHS
from sencli.core.statutory.deadlines import assessment_steps
from sencli.core.statutory.deadlines import due_words
from sencli.core.statutory.deadlines import open_request
from sencli.core.statutory.deadlines import open_requests
from sencli.core.statutory.deadlines import request_label
from sencli.core.statutory.deadlines import review_steps
from sencli.core.statutory.deadlines import reviews_held
from sencli.core.text.dates import add_months
from sencli.core.text.dates import words
from sencli.core.text.folding import fold
from sencli.core.text.placeholders import REASON
from sencli.errors import InvalidValue
from sencli.errors import NotFound

DECISIONS = {
    "assess": "to assess",
    "refuse": "to refuse",
    "issue": "to issue a plan",
    "refuse_plan": "to issue no plan",
}
DECISION_WORDS = {
    "yes": "assess",
    "no": "refuse",
    "no plan": "refuse_plan",
    "not to issue": "refuse_plan",
}
STEPS = terms.EHC_STEPS
GROUNDS = terms.EHC_EXCEPTIONS
GROUND_WORDS = {"holiday": "away"}
STEP_WORDS = {"6": "decision", "16": "plan_decision", "20": "plan", "draft": "plan"}
_PLAIN = (
    *("authority", "officer", "reason", "evidence_sent", "draft", "draft_answered"),
    "withdrawn",
)
_GROUPS = ("school", "authority", "young person")


def put_ehc(record: Record, kind: str, item: Entry) -> Record:
    """The record with that version of a request, plan or review."""
    ehc = record.get("ehc", {})
    return {**record, "ehc": {**ehc, kind: put_item(ehc.get(kind), item)}}


def request(record: Record, typed: Entry, context: Context) -> Act:
    """The record with a request; of that day, or still open, it is amended.

    Args:
        record: the pupil's.
        typed: ``date`` (when the authority received it), ``by`` (a person as typed, or
            school, authority), ``authority``, ``reason``, ``evidence_sent``, ``draft``,
            ``draft_answered``, ``officer``, ``withdrawn``.
        context: day, ids, school.
    """
    if "date" in typed:
        every = record.get("ehc", {}).get("requests", ())
        found = [r for r in every if r["date"] == typed["date"]]
    else:
        found = [r for r in open_requests(record) if r["date"] <= context.today][-1:]
    old: Record = dict(found[0]) if found else {}
    day = str(typed.get("date") or old.get("date") or context.today)
    made: Record = {
        "id": old.get("id") or context.new_id("request"),
        "date": day,
        **old,
    }
    made |= {n: typed[n] for n in _PLAIN if typed.get(n)}
    if by := typed.get("by"):
        folded = fold(by)
        known = {"young person": "pupil"}.get(folded, folded)
        made["by"] = known if folded in _GROUPS else person(by, record, context, day)
    made.setdefault("authority", context.school.get("authority_name", ""))
    made = {name: value for name, value in made.items() if value}
    _in_order(made)
    if plan := _answer(record, made):
        made["plan"] = plan
    notes = () if old else future_note(day, context)
    return _act(record, made, "Changed" if old else "Recorded", notes)


def _answer(record: Entry, made: Entry) -> str:
    """The plan that answers a request which was recorded after it, or ""."""
    ehc = record.get("ehc", {})
    if not open_requests({"ehc": {"requests": [made]}}):
        return ""
    taken = {r.get("plan") for r in ehc.get("requests", ())}
    found = [
        plan
        for plan in ehc.get("plans", ())
        if plan["id"] not in taken and plan["issued"] >= made["date"]
    ]
    first: Entry = min(found, key=lambda plan: str(plan["issued"]), default={})
    return str(first.get("id", ""))


def the_request(record: Entry, which: str | None, day: str) -> Record:
    """The request meant: by number, id or date; else the open one, else the newest."""
    listed = sorted(
        record.get("ehc", {}).get("requests", ()), key=lambda r: str(r["date"])
    )
    if not listed:
        raise NotFound(
            f"No request for an EHC needs assessment is recorded for "
            f"{full_name(dict(record))}.",
            f"Record it: sen ehc request {record['id']} --date DATE --by WHO",
        )
    if which:
        return dict(find.item(which, listed, request_label, "request"))
    return open_request(record, day) or dict(listed[-1])


def decide(record: Record, outcome: str, typed: Entry, context: Context) -> Act:
    """The record with the authority's decision on a request.

    "refuse" is about the assessment, and once that was agreed to, about the plan.

    Args:
        record: the pupil's.
        outcome: one of ``DECISIONS``.
        typed: ``date`` (when told), ``reason``, ``request`` (which).
        context: today, and whether it is a correction.

    Raises:
        InvalidValue: something else was decided, and it is no correction.
    """
    day = str(typed.get("date") or context.today)
    made = the_request(record, typed.get("request"), day)
    assessing = outcome == "assess" or (
        outcome == "refuse" and made.get("decision", {}).get("outcome") != "assess"
    )
    part = "decision" if assessing else "plan_decision"
    decision = {"date": day, "outcome": outcome.partition("_")[0]}
    if reason := typed.get("reason"):
        decision["reason"] = reason
    old = made.get(part, {})
    if old and not typed.get("date"):
        decision["date"] = old["date"]
    refuse_other(
        old,
        decision,
        context,
        f"sen ehc decision {record['id']} {outcome} --date {decision['date']}",
    )
    made[part] = {**old, **decision}
    if decision["outcome"] == "refuse":
        made.pop("plan", None)
    day = decision["date"]
    _in_order(made)
    what = DECISIONS[
        "refuse_plan" if outcome == "refuse" and not assessing else outcome
    ]
    return _act(record, made, f"The authority decided {what} ({words(day)}):", ())


def refuse_other(old: Entry, new: Entry, context: Context, command: str) -> None:
    """Refuse a decision in place of another one that was recorded.

    Args:
        old: the decision recorded; empty where there is none.
        new: the one typed, with ``outcome`` and ``date``.
        context: whether it is a correction.
        command: the command as typed, that ``--correct`` is added to.
    """
    changed = any(old.get(name) != new[name] for name in ("outcome", "date"))
    if old and changed and not context.correct:
        raise InvalidValue(
            f"A decision is recorded already: {old['outcome']} on "
            f"{words(old['date'])}.",
            f"If that was wrong, say why: {command} --correct --reason {REASON}",
        )


def advise(record: Record, typed: Entry, context: Context) -> Act:
    """The record with when the school's advice was asked for, and when it went.

    Args:
        record: the pupil's.
        typed: ``requested``, ``sent``, ``request``; without either day, sent today.
        context: today.
    """
    made = the_request(record, typed.get("request"), context.today)
    if asked := typed.get("requested"):
        made["advice_requested"] = asked
    sent = typed.get("sent") or ("" if asked else context.today)
    if sent:
        made["advice_sent"] = sent
    _in_order(made)
    return _act(record, made, "Changed", ())


def except_step(record: Record, step: str, typed: Entry, context: Context) -> Act:
    """The record with why a time in law does not apply to a request, or to a review.

    Args:
        record: the pupil's.
        step: one of ``STEPS``; the amended plan is of the last annual review.
        typed: ``reason``, ``date``, ``basis`` (one of ``GROUNDS``), ``from`` and
            ``until`` (the days that it rests on), ``request``.
        context: today.

    Raises:
        NotFound: no review is recorded that a plan could be amended after.
        InvalidValue: it ends before it begins.
    """
    day = str(typed.get("date") or context.today)
    code = choose(step, STEPS, "step", STEP_WORDS)
    entry = {"date": day, "step": code, "reason": typed["reason"]}
    entry |= {n: typed[n] for n in ("basis", "from", "until") if typed.get(n)}
    if entry.get("until", STILL) < entry.get("from", ""):
        raise InvalidValue(
            f"{words(entry['until'])} comes before {words(entry['from'])}.",
            "Give the right days: --from DATE --until DATE",
        )
    if code == "amended":
        return _except_review(record, entry, context)
    made = the_request(record, typed.get("request"), day)
    made["exceptions"] = _excepted(made, entry)
    return _act(record, made, "Changed", ())


def _excepted(item: Entry, entry: Record) -> list[Record]:
    """The exceptions of a request or review with one more, or with that one amended."""
    key = (entry["step"], entry["date"])
    before = [e for e in item.get("exceptions", ()) if (e["step"], e["date"]) != key]
    return [*before, entry]


def _except_review(record: Record, entry: Record, context: Context) -> Act:
    held = reviews_held(record, context.today)
    if not held:
        raise NotFound(
            f"No annual review is recorded for {full_name(record)}.",
            f"Record it: sen ehc review {record['id']} --date DATE",
        )
    made = {**held[-1], "exceptions": _excepted(held[-1], entry)}
    new = put_ehc(record, "reviews", made)
    steps = review_steps(made, new["ehc"].get("plans", ()))
    said = f"Changed the annual review of {words(made['date'])} of {full_name(record)}."
    if told := due_words(s for s in steps if s.key == "amended"):
        said += f" {told}."
    return Act(new, said, {"review": made["id"]})


def _act(record: Record, made: Record, verb: str, notes: tuple[str, ...]) -> Act:
    new = put_ehc(record, "requests", made)
    name = full_name(record)
    by = f" by {who_is(made['by'], record)}" if "by" in made else ""
    said = (
        f"{verb} the {request_label(made)}{by} for an EHC needs assessment of {name}."
    )
    if made.get("withdrawn"):
        said += f" Withdrawn on {words(made['withdrawn'])}."
    steps = assessment_steps(made, new["ehc"].get("plans", ()))
    if told := due_words(steps):
        said += f" {told}."
    outcomes = [made.get(p, {}).get("outcome") for p in ("decision", "plan_decision")]
    if "refuse" in outcomes:
        told = max(
            made.get(p, {}).get("date", "") for p in ("decision", "plan_decision")
        )
        until = words(add_months(told, APPEAL_MONTHS))
        whom = family_on(record, told).name
        command = f"sen information add {record['id']} sendiass --to WHO --date DATE"
        until = f"the time ends on {until}"
        more = f"sen ehc appeal {record['id']} --certificate DATE"
        notes = (
            *notes,
            f"{whom} may appeal ({until}); tell them who helps: {command}",
            f"what comes of it: {more}",
        )
    return Act(new, said, {"request": made["id"]}, notes)


_DAYS = (
    ("advice_requested", "the authority asked for advice"),
    ("advice_sent", "the school's advice went"),
    ("evidence_sent", "the evidence went"),
    ("draft", "the draft plan came"),
    ("draft_answered", "the draft was answered"),
    ("withdrawn", "it was withdrawn"),
)


def _in_order(made: Entry) -> None:
    """Refuse what would come before the request, or before the decision it follows."""
    days = [(made.get(name, STILL), said) for name, said in _DAYS]
    first = made.get("decision", {}).get("date", STILL)
    second = made.get("plan_decision", {}).get("date", STILL)
    days += [(first, "the authority decided"), (second, "it decided on a plan")]
    for day, said in days:
        # evidence may be ready before the authority has received the request
        if day < made["date"] and said != "the evidence went":
            raise InvalidValue(
                f"On {words(day)} {said}; the request came on {words(made['date'])}.",
                "Give the right day.",
            )
    if made.get("draft_answered", STILL) < made.get("draft", ""):
        raise InvalidValue(
            f"The draft came on {words(made['draft'])}, after its answer of "
            f"{words(made['draft_answered'])}.",
            "Give the right days: --draft DATE --draft-answered DATE",
        )
    if second < (first if first != STILL else ""):
        raise InvalidValue(
            f"The decision on a plan ({words(second)}) comes before the one to assess "
            f"({words(first)}).",
            "Give the right --date.",
        )
