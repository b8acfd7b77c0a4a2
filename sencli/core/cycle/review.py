"""Reviewing and closing a cycle."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli import terms
from sencli.core.cycle.plan import who_does
from sencli.core.cycle.scales import kept_note
from sencli.core.cycle.scales import parse
from sencli.core.cycle.scales import reached
from sencli.core.cycle.scales import scale_of
from sencli.core.cycle.year_of_date import fitted
from sencli.core.cycle.year_of_date import not_before
from sencli.core.people.context import Context
from sencli.core.people.context import future_note
from sencli.core.people.context import people
from sencli.core.people.context import person
from sencli.core.people.context import views
from sencli.core.pupil.plan_in_force import under_plan
from sencli.core.record import find
from sencli.core.record import lookup
from sencli.core.record.act import Act
from sencli.core.record.edit import label_of
from sencli.core.record.edit import overlaid
from sencli.core.record.edit import put_cycle
from sencli.core.record.edit import the_cycle
from sencli.core.record.find import choose
from sencli.core.record.lookup import STILL
from sencli.core.record.types import Record
from sencli.core.text.dates import words
from sencli.core.text.placeholders import REASON
from sencli.errors import InvalidValue

Typed = Mapping[str, Any]

_PLAIN = (
    *("decision_reason", "next_steps", "next_review"),
    *("shared_with_parents", "shared_with_staff"),
)
# What people also say for a result.
RESULT_WORDS = {
    "met": "achieved",
    "partly met": "partly_achieved",
    "partially achieved": "partly_achieved",
    "not met": "not_achieved",
    "not achieved": "not_achieved",
    "not yet": "not_achieved",
    "not relevant": "no_longer_relevant",
}


def review_cycle(record: Record, typed: Typed, context: Context) -> Act:
    """Review the open cycle and close it, or amend the review of a closed one.

    Raises:
        NotFound: no cycle, or an outcome or intervention that is not in it.
        InvalidValue: dates out of order, a result or a value that cannot be.
    """
    cycle = the_cycle(record, typed.get("cycle"), open_only=False)
    old = cycle.get("review", {})
    _refuse_closed(record, cycle)
    typed = not_before(typed, cycle.get("plan", {}).get("date", ""), context)
    day = typed.get("date") or old.get("date") or context.today
    typed = fitted(typed, day, context)
    _check_order(cycle, typed, day)
    rated, value_notes = _outcomes(cycle, typed, context)
    fragment = _fragment(record, cycle, typed, context, day)
    if rated:
        fragment["outcomes"] = rated
    review = _amended(old, {"date": day, **fragment})
    made = {**cycle, "review": review}
    if "views" in cycle.get("do", {}):  # gathered for this review, and now in it
        made["do"] = {k: v for k, v in cycle["do"].items() if k != "views"}
    if cycle.get("closed", {}).get("reason", "reviewed") == "reviewed":
        made["closed"] = {"date": day, "reason": "reviewed"}
    new = put_cycle(record, made)
    notes = (
        *(future_note(day, context) if not old else ()),
        *value_notes,
        *_gaps(record, cycle, review),
        *_follow(record, typed, day),
    )
    verb = "Amended the review of" if old else "Reviewed and closed"
    said = f"{verb} {label_of(new, made)} ({words(day)})."
    if results := _results_said(cycle, rated):
        said += f" {results}"
    ids = {"cycle": cycle["id"]}
    return Act(new, said, ids, notes, (("Cycle", str(cycle["id"])),))


def _amended(old: Record, fragment: Record) -> Record:
    """The review amended; a new score without its interval loses the old interval."""
    bare = {
        r["outcome"]
        for r in fragment.get("outcomes", ())
        if "value" in r and "interval" not in r
    }
    made = overlaid(old, fragment)
    if bare:
        made["outcomes"] = [
            {k: v for k, v in r.items() if k != "interval" or r["outcome"] not in bare}
            for r in made["outcomes"]
        ]
    return made


def close_cycle(record: Record, typed: Typed, context: Context) -> Act:
    """Close the open cycle without a review, and say why.

    Raises:
        NotFound: no cycle is open.
        InvalidValue: it would close before it began.
    """
    cycle = the_cycle(record, typed.get("cycle"), open_only=True)
    day = typed.get("date") or context.today
    began = max(str(cycle.get(p, {}).get("date", "")) for p in ("assess", "plan"))
    if day < began:
        raise InvalidValue(
            f"{words(day)} is before the assessment or the plan ({words(began)}).",
            "Give the day on which it was closed: --date",
        )
    if "review" in cycle:
        raise InvalidValue(
            f"{lookup.cycle_label(record, cycle)} was reviewed, which closed it.",
            f"Amend the review: sen cycle review {record['id']} "
            f'--cycle "{lookup.cycle_label(record, cycle)}"',
        )
    closed = {**cycle.get("closed", {}), "date": day, "reason": typed["reason"]}
    if note := typed.get("note"):
        closed["note"] = note
    made = {**cycle, "closed": closed}
    new = put_cycle(record, made)
    why = str(typed["reason"]).replace("_", " ")
    said = f"Closed {label_of(new, made)} on {words(day)}: {why}."
    running = [
        i["provision"]
        for i in cycle.get("plan", {}).get("interventions", ())
        if i.get("until", STILL) > day
    ]
    notes = tuple(
        f"{name} still runs; end it: sen intervention end {record['id']} {name} "
        "--date DATE"
        for name in running
    )
    return Act(new, said, {"cycle": cycle["id"]}, notes, (("Cycle", cycle["id"]),))


def _refuse_closed(record: Record, cycle: Record) -> None:
    """A cycle closed unreviewed is not reviewed by accident."""
    closed = cycle.get("closed", {})
    if "review" in cycle or not closed:
        return
    label = lookup.cycle_label(record, cycle)
    raise InvalidValue(
        f"{label} was closed on {words(closed['date'])} "
        f"({closed['reason'].replace('_', ' ')}) and cannot be reviewed.",
        f"Open the next cycle: sen cycle open {record['id']} --carry NUMBERS",
    )


def _check_order(cycle: Record, typed: Typed, day: str) -> None:
    for part, name in (("plan", "plan"), ("assess", "assessment")):
        before = cycle.get(part, {}).get("date", "")
        if day < before:
            raise InvalidValue(
                f"The review of {words(day)} would come before the {name} of "
                f"{words(before)}.",
                "Give the day of the review: --date",
            )
    due = typed.get("next_review", STILL)
    if due < day:
        raise InvalidValue(
            f"The next review, {words(due)}, comes before this one ({words(day)}).",
            "Give a later day: --next-review DATE",
        )


def _fragment(
    record: Record, cycle: Record, typed: Typed, context: Context, day: str
) -> Record:
    found: Record = {name: typed[name] for name in _PLAIN if typed.get(name)}
    if led_by := typed.get("led_by"):
        found["led_by"] = person(led_by, record, context, day)
    for name in ("invited", "attended"):
        if typed.get(name):
            found[name] = people(typed[name], record, context, day)
    if typed.get("interpreter"):
        found["interpreter"] = True
    waiting = cycle.get("do", {}).get("views", ())
    if said := heard(waiting, views(typed, record, context, day)):
        found["views"] = said
    if does := who_does(typed):
        found["responsibilities"] = does
    if decisions := typed.get("decision"):
        found["decisions"] = _decisions(decisions)
    if judged := _interventions(cycle, typed):
        found["interventions"] = judged
    return found


def heard(waiting: Iterable[Record], typed: Iterable[Record]) -> list[Record]:
    """The views that waited for the review, and those typed now: none is lost."""
    found = list(waiting)
    for view in typed:
        there = [
            v for v in found if (v["of"], v.get("date")) == (view["of"], view["date"])
        ]
        texts = [*(v["text"] for v in there), view["text"]]
        made = {**(there[0] if there else {}), **view}
        made["text"] = "\n".join(dict.fromkeys(texts))
        found = [*(v for v in found if v not in there), made]
    return found


def _decisions(typed: Iterable[str]) -> list[str]:
    names = [n.strip() for text in typed for n in text.split(",") if n.strip()]
    return list(
        dict.fromkeys(choose(name, terms.DECISIONS, "decision") for name in names)
    )


def parted(typed: str, option: str, example: str) -> tuple[str, str]:
    """``1=achieved`` as "1" and "achieved"; else says how to write it."""
    which, sign, rest = typed.partition("=")
    if not (sign and which.strip() and rest.strip()):
        raise InvalidValue(
            f"{typed!r} is not understood by {option}.",
            f"Write it like this: {example}",
        )
    return which.strip(), rest.strip()


def outcome_in(cycle: Mapping[str, Any], which: str) -> Record:
    """The outcome of the cycle meant by number, id or wording."""
    listed = cycle.get("plan", {}).get("outcomes", [])
    return dict(find.item(which, listed, lambda o: str(o["outcome"]), "outcome"))


def intervention_in(cycle: Mapping[str, Any], which: str) -> Record:
    """The intervention of the cycle meant by number, id or part of its key."""
    listed = cycle.get("plan", {}).get("interventions", [])
    return dict(
        find.item(
            which,
            listed,
            lambda i: str(i["provision"]).replace("-", " "),
            "intervention",
        )
    )


def _outcomes(
    cycle: Record, typed: Typed, context: Context
) -> tuple[list[Record], tuple[str, ...]]:
    made: dict[str, Record] = {}
    notes: list[str] = []
    for text in typed.get("outcome", ()):
        which, rest = parted(text, "--outcome", "--outcome 1=RESULT")
        outcome = outcome_in(cycle, which)
        word, colon, value = rest.partition(":")
        result = checked_result(word)
        entry = made.setdefault(outcome["id"], {"outcome": outcome["id"]})
        entry["result"] = result
        if colon and value.strip():
            scale = scale_of(outcome, context.scales)
            entry["value"], interval = parse(value, scale)
            notes += kept_note(value, scale)
            if interval is not None:
                entry["interval"] = list(interval)
            target = outcome.get("target", {}).get("value")
            there = reached(entry["value"], target, scale)
            if there is not None and there != (result in {"achieved", "exceeded"}):
                notes.append(_odd(outcome, entry, target, there=there))
    for text in typed.get("evidence", ()):
        which, rest = parted(text, "--evidence", '--evidence "1=WHAT WAS SEEN"')
        outcome = outcome_in(cycle, which)
        known = [r["outcome"] for r in cycle.get("review", {}).get("outcomes", ())]
        if outcome["id"] not in made and outcome["id"] not in known:
            raise InvalidValue(
                f"{outcome['outcome']!r} has evidence and no result.",
                f"Say what it came to as well: --outcome {which}=RESULT",
            )
        entry = made.setdefault(outcome["id"], {"outcome": outcome["id"]})
        entry["evidence"] = rest
    return list(made.values()), tuple(notes)


def _odd(outcome: Record, entry: Record, target: Any, *, there: bool) -> str:
    is_there = "is at the target" if there else "is short of the target"
    result = terms.RESULTS[entry["result"]]
    return (
        f"{outcome['outcome']}: {entry['value']} {is_there} of {target}, "
        f"and the result says {result}."
    )


def checked_result(typed: str) -> str:
    """The result in ``achieved:63``.

    Raises:
        InvalidValue: it is none.
    """
    word = typed.partition(":")[0]
    return choose(word, terms.RESULTS, "result", RESULT_WORDS)


def checked_impact(typed: str) -> int:
    """An impact from -2 to +2.

    Raises:
        InvalidValue: it is none.
    """
    if typed.lstrip("+-") not in {"0", "1", "2"} or len(typed) > len("+2"):
        raise InvalidValue(
            f"{typed!r} is not an impact.",
            "Type -2 (much less than expected), -1, 0 (as expected), +1 or "
            "+2 (much more).",
        )
    return int(typed)


def _interventions(cycle: Record, typed: Typed) -> list[Record]:
    made: dict[str, Record] = {}
    for text in typed.get("intervention", ()):
        which, rest = parted(text, "--intervention", "--intervention 1=IMPACT")
        item = intervention_in(cycle, which)
        entry = made.setdefault(item["id"], {"intervention": item["id"]})
        entry["impact"] = checked_impact(rest)
    for name in ("comment", "quality"):
        for text in typed.get(name, ()):
            which, rest = parted(text, f"--{name}", f'--{name} "1=WHAT WAS SEEN"')
            item = intervention_in(cycle, which)
            entry = made.setdefault(item["id"], {"intervention": item["id"]})
            entry[name] = rest
    return list(made.values())


def _gaps(record: Record, cycle: Record, review: Record) -> tuple[str, ...]:
    """Warnings on what a review leaves open."""
    notes = []
    plan = cycle.get("plan", {})
    if not plan.get("date"):
        notes.append("This cycle was reviewed without a plan.")
    rated = {r["outcome"] for r in review.get("outcomes", ())}
    if left := [
        f"{n} ({o['outcome']})"
        for n, o in enumerate(plan.get("outcomes", ()), 1)
        if o["id"] not in rated
    ]:
        which = "outcome" if len(left) == 1 else "outcomes"
        notes.append(
            f"No result yet for {which} {lookup.joined(left)}. Add it: "
            f"sen cycle review {record['id']} --outcome N=RESULT"
        )
    return tuple(notes)


def _follow(record: Record, typed: Typed, day: str) -> tuple[str, ...]:
    """How to end SEN support, where that was decided and is not being done."""
    if typed.get("end_support") or "end_support" not in _decisions(
        typed.get("decision", ())
    ):
        return ()
    status = lookup.status_on(record, day)["provision"]
    if status == "N" or under_plan(record, day):
        return ()
    command = f"sen status end {record['id']} --date {day} --reason {REASON} --told WHO"
    return (f"SEN support goes on until you end it: {command}",)


def _results_said(cycle: Record, rated: Sequence[Record]) -> str:
    told = []
    for entry in rated:
        if "result" not in entry:
            continue
        outcome = outcome_in(cycle, entry["outcome"])
        value = f" ({entry['value']})" if "value" in entry else ""
        told.append(f"{outcome['outcome']}: {terms.RESULTS[entry['result']]}{value}.")
    return " ".join(told)
