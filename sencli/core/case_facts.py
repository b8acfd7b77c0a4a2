"""A pupil's case in figures: how soon, how often, at what cost, with what effect."""

from __future__ import annotations

from collections.abc import Iterator

from sencli import terms
from sencli.core import cost
from sencli.core import lookup
from sencli.core import spell
from sencli.core.around import School
from sencli.core.calendar import year_of
from sencli.core.dates import add_days
from sencli.core.dates import words
from sencli.core.delivery import delivery
from sencli.core.parents import met_or_asked
from sencli.core.parents import parents_of
from sencli.core.types import Entry
from sencli.value import Value

_YEAR = -365
_ACTED = ("accepted", "adapted")
_ACHIEVED = ("achieved", "exceeded")
_DECISIONS = {
    "accepted": "done",
    "adapted": "done in part",
    "declined": "not done",
}


class Facts(Value):
    """What a case says at a glance; ISO dates are "" where there is none.

    Attributes:
        concern: the first concern.
        support: the first support.
        since: since when there is SEN support or a plan without a break.
        needs: the needs in words, primary first.
        reviewed: how many cycles were reviewed.
        open: how many are open.
        met: how often parents were met in the last year.
        planned: planned cost of the school year, in pence.
        spent: cost of what was given in it so far, in pence.
        uncosted: how many supports of the year have no cost.
        advice: what came of specialists' advice, in words.
        review_by: the next review.
    """

    concern: str
    support: str
    since: str
    needs: tuple[str, ...]
    reviewed: int
    open: int
    met: int
    planned: int
    spent: int
    uncosted: int
    advice: str
    review_by: str


class Cycle(Value):
    """One cycle in a row; ISO dates, ``cost`` in pence, None where nothing is costed.

    ``uncosted`` says how many supports the cost leaves out.
    """

    label: str
    planned: str
    reviewed: str
    outcomes: str
    sessions: str
    cost: int | None
    decision: str
    uncosted: int = 0


def facts(record: Entry, around: School, day: str) -> Facts:
    """The facts of a case on the day."""
    cycles = list(_real(record))
    planned, spent, uncosted = _money(cycles, around, day)
    concerns = [str(entry["date"]) for entry in record.get("concerns", ())]
    year = add_days(day, _YEAR)
    met = [d for d in met_or_asked(record, parents_of(record, day)) if year < d <= day]
    return Facts(
        concern=min(concerns, default=""),
        support=_first_support(record, cycles, around),
        since=spell.known_since(record, day),
        needs=tuple(
            f"{terms.NEED_TYPES[need['type']][0]} ({need['type']})"
            for need in lookup.needs_on(record, day)
        ),
        reviewed=sum("review" in cycle for cycle in cycles),
        open=sum("review" not in c and "closed" not in c for c in cycles),
        met=len(met),
        planned=planned,
        spent=spent,
        uncosted=uncosted,
        advice=_acted(record),
        review_by=lookup.review_by(record),
    )


def cycles(record: Entry, around: School, day: str) -> list[Cycle]:
    """Each cycle that was no mistake, oldest first."""
    made = []
    for cycle in sorted(_real(record), key=lookup.cycle_began):
        costs = [planned for _, planned in _planned(cycle, around)]
        known = [pence for pence in costs if pence is not None]
        review = cycle.get("review", {})
        said = [terms.DECISIONS[code] for code in review.get("decisions", ())]
        made.append(
            Cycle(
                label=lookup.cycle_label(record, cycle),
                planned=cycle.get("plan", {}).get("date", ""),
                reviewed=review.get("date", ""),
                outcomes=_achieved(cycle),
                sessions=_sessions(cycle, day),
                cost=sum(known) if known else None,
                decision=", ".join(said),
                uncosted=len(costs) - len(known),
            )
        )
    return made


def advice(record: Entry, day: str) -> list[str]:
    """What specialists advised, and what was done about it."""
    lines = []
    for entry in record.get("specialists", ()):
        name = f" ({entry['name']})" if "name" in entry else ""
        given = [a for a in entry.get("advice", ()) if a["date"] <= day]
        for told in given:
            done = _DECISIONS.get(told.get("decision", ""), "not decided yet")
            why = f": {told['why']}" if "why" in told else ""
            lines.append(
                f"{entry['service']}{name}, {words(told['date'])}: "
                f"{told['recommendation'].rstrip('.')}. {done.capitalize()}{why}."
            )
        if not given and "referred" in entry:
            asked = f"referred {words(entry['referred'])}, no advice yet"
            lines.append(f"{entry['service']}{name}: {asked}.")
    return lines


def _real(record: Entry) -> Iterator[Entry]:
    for cycle in record.get("cycles", ()):
        if cycle.get("closed", {}).get("reason") != "opened_in_error":
            yield cycle


def _first_support(record: Entry, made: list[Entry], around: School) -> str:
    days = [
        str(entry["from"])
        for entry in record.get("status", ())
        if entry["provision"] != "N" and entry.get("taken_over", "") != entry["from"]
    ]
    for cycle in made:
        for item in cycle.get("plan", {}).get("interventions", ()):
            usual = around.provision(item["provision"]).get("usual", {})
            first, _ = cost.span(cycle, item, usual)
            days += [first] if first else []
    return min(days, default="")


def _planned(cycle: Entry, around: School) -> Iterator[tuple[Entry, int | None]]:
    for item in cycle.get("plan", {}).get("interventions", ()):
        provision = around.provision(item["provision"])
        shared = around.in_group(item)
        told = cost.planned(cycle, item, around.school, provision, in_group=shared)
        yield item, told.pence


def _money(made: list[Entry], around: School, day: str) -> tuple[int, int, int]:
    """Planned and spent in the school year, in pence; how many are not costed."""
    period = year_of(day)
    so_far = (period[0], day)
    planned = spent = uncosted = 0
    for cycle in made:
        for item in cycle.get("plan", {}).get("interventions", ()):
            entry = around.provision(item["provision"])
            first, last = cost.span(cycle, item, entry.get("usual", {}))
            if (first or "9999") > period[1] or (last or "9999") < period[0]:
                continue
            told = cost.planned(
                cycle, item, around.school, entry, period, around.in_group(item)
            )
            done = cost.to_date(
                cycle, item, around.school, entry, so_far, around.in_group(item)
            )
            uncosted += told.pence is None
            planned += told.pence or 0
            spent += done.pence or 0
    return planned, spent, uncosted


def _achieved(cycle: Entry) -> str:
    known = {outcome["id"] for outcome in cycle.get("plan", {}).get("outcomes", ())}
    results = cycle.get("review", {}).get("outcomes", ())
    done = sum(r["result"] in _ACHIEVED and r["outcome"] in known for r in results)
    if not known:
        return ""
    return f"{done} of {len(known)}" if "review" in cycle else f"{len(known)} set"


def _sessions(cycle: Entry, day: str) -> str:
    given = missed = 0
    for item in cycle.get("plan", {}).get("interventions", ()):
        done = delivery(cycle, item["id"], "", day)
        given, missed = given + done.delivered, missed + done.not_delivered
    if not given and not missed:
        return "none recorded"
    return f"{given} given" + (f", {missed} missed" if missed else "")


def _acted(record: Entry) -> str:
    given = [a for s in record.get("specialists", ()) for a in s.get("advice", ())]
    if not given:
        return ""
    done = sum(entry.get("decision") in _ACTED for entry in given)
    return f"{done} of {len(given)} recommendations acted on"
