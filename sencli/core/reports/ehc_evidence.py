"""What authorities ask of a school that asks for an EHC needs assessment.

The Code of Practice 9.14 names it: attainment and progress, needs, what was done and
what came of it, and whether progress took much more than is usual.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sencli import terms
from sencli.core.cycle import progress
from sencli.core.cycle.delivery import delivery
from sencli.core.cycle.scales import scale_of
from sencli.core.provision import cost
from sencli.core.provision import provision_map
from sencli.core.provision.school import School
from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.dates import add_days
from sencli.core.text.dates import add_months
from sencli.core.time.calendar import dose_on
from sencli.value import Value
from sencli.value import replace

_MONTHS = 12


class OutcomeRow(Value):
    """An outcome of a cycle, from baseline to exit; values in words, "" if unknown."""

    outcome: str
    baseline: str
    exit: str
    aim: str
    result: str
    evidence: str = ""


class SupportRow(Value):
    """A support of a cycle: how many sessions were given and missed; the judgement.

    ``given`` is None where nothing is recorded; ``impact`` a code of the review.
    """

    name: str
    given: int | None
    missed: int
    impact: int | None


class Reviewed(Value):
    """A cycle of assess, plan, do, review; the open one has no ``reviewed``."""

    label: str
    planned: str
    reviewed: str
    outcomes: tuple[OutcomeRow, ...]
    supports: tuple[SupportRow, ...]
    decisions: tuple[str, ...]


class CostRow(Value):
    """One stretch of weeks alike in dose and rate; money in pence.

    Attributes:
        provision: its name.
        minutes: a week; None for resources.
        weeks: school weeks counted.
        pupils: who share the adult.
        rate: pence an hour, not rounded; None for resources.
        pence: the cost, rounded once; None where something is missing.
        running: total so far.
        missing: why there is no cost.
        leaders: names of those who led it, or else the role.
    """

    provision: str
    minutes: Fraction | None
    weeks: int
    pupils: int
    rate: Fraction | None
    pence: int | None
    running: int
    missing: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()


class Advised(Value):
    """Advice of a specialist and what came of it."""

    service: str
    name: str
    date: str
    text: str
    decision: str
    why: str
    carried_out: tuple[str, ...]


def year_to(day: str) -> tuple[str, str]:
    """The twelve months up to a day."""
    return add_days(add_months(day, -_MONTHS), 1), day


def cycles(record: Entry, around: School, day: str) -> list[Reviewed]:
    """Each cycle that was no mistake, oldest first."""
    made = [
        cycle
        for cycle in record.get("cycles", ())
        if cycle.get("closed", {}).get("reason") != "opened_in_error"
        and "plan" in cycle
    ]
    return [
        _reviewed(record, cycle, around, day)
        for cycle in sorted(made, key=lookup.cycle_began)
    ]


def _reviewed(record: Entry, cycle: Entry, around: School, day: str) -> Reviewed:
    plan, review = cycle["plan"], cycle.get("review", {})
    return Reviewed(
        lookup.cycle_label(record, cycle),
        str(plan.get("date", "")),
        str(review.get("date", "")),
        tuple(_outcome(cycle, o, around) for o in plan.get("outcomes", ())),
        tuple(_support(cycle, i, around, day) for i in plan.get("interventions", ())),
        tuple(terms.DECISIONS[code] for code in review.get("decisions", ())),
    )


def _outcome(cycle: Entry, outcome: Entry, around: School) -> OutcomeRow:
    scale = scale_of(outcome, around.scales)
    result = progress.result_of(cycle, outcome["id"])

    def value(entry: Entry) -> str:
        if "value" not in entry:
            return ""
        return progress.value_words(entry["value"], scale, entry.get("interval"))

    latest: Entry = result
    if "review" not in cycle:
        found = cycle.get("do", {}).get("measurements", ())
        mine = [m for m in found if m["outcome"] == outcome["id"]]
        latest = max(mine, key=lambda m: str(m["date"]), default=result)
    return OutcomeRow(
        str(outcome["outcome"]),
        value(outcome.get("baseline", {})),
        value(latest),
        value(outcome.get("target", {})),
        terms.RESULTS.get(result.get("result", ""), ""),
        str(result.get("evidence", "")),
    )


def _support(cycle: Entry, item: Entry, around: School, day: str) -> SupportRow:
    given = delivery(cycle, item["id"], "", day)
    impact = None
    for judged in cycle.get("review", {}).get("interventions", ()):
        if judged["intervention"] == item["id"]:
            impact = judged.get("impact")
    return SupportRow(
        str(around.provision(item["provision"])["name"]),
        given.delivered if given.recorded else None,
        given.not_delivered,
        impact,
    )


def costs(record: Entry, around: School, period: tuple[str, str]) -> list[CostRow]:
    """The costed individual provision map of a period, with a running total.

    A row for each stretch of weeks alike, so that each can be worked out again: minutes
    a week / 60 x rate x weeks / pupils. What is for everybody is left out: element 2
    counts what goes beyond it; so is what is part of another support, with which the
    adult's time is charged.
    """
    made: list[CostRow] = []
    running = 0
    for support in provision_map.supports(record, around, period[1], period):
        tier = support.intervention.get("tier") or support.provision.get("tier")
        hidden = support.intervention.get("restricted")
        if hidden or tier == "universal" or "within" in support.intervention:
            continue
        for row in _stretches(support, around, period):
            running += row.pence or 0
            made.append(replace(row, running=running))
    return made


def _stretches(
    support: provision_map.Support, around: School, period: tuple[str, str]
) -> Iterator[CostRow]:
    name = str(support.provision["name"])
    told = cost.planned(
        support.cycle,
        support.intervention,
        around.school,
        support.provision,
        period,
        around.in_group(support.intervention),
    )
    for part in told.segments:
        dose = part.dose
        missing = dose.lacks(often=True)
        named = dose_on(support.intervention.get("dose", ()), part.first)
        yield CostRow(
            name,
            _minutes(dose),
            part.weeks,
            dose.group_size,
            dose.pence_an_hour,
            None if missing else cost.rounded(part.pence),
            0,
            missing,
            tuple(around.staff_names(named.get("led_by", ()))) or dose.roles,
        )
    if told.other_pence:
        resources = f"{name}: resources"
        yield CostRow(resources, None, 0, 1, None, told.other_pence, 0)
    if not told.segments and told.missing:
        yield CostRow(name, None, 0, 1, None, None, 0, told.missing)


def _minutes(dose: cost.Dose) -> Fraction | None:
    """Minutes a week."""
    if dose.minutes is None or dose.sessions is None:
        return None
    return dose.minutes * dose.sessions


def advised(record: Entry, around: School, day: str) -> list[Advised]:
    """What specialists advised, and what the school did, oldest first."""
    wording = _wording(record, around)
    made = [
        Advised(
            str(entry["service"]),
            str(entry.get("name", "")),
            str(advice["date"]),
            str(advice["recommendation"]),
            str(advice.get("decision", "")),
            str(advice.get("why", "")),
            tuple(wording[i] for i in advice.get("items", ()) if i in wording),
        )
        for entry in record.get("specialists", ())
        for advice in entry.get("advice", ())
        if advice["date"] <= day
    ]
    return sorted(made, key=lambda one: one.date)


def _wording(record: Entry, around: School) -> dict[str, str]:
    """What an item that carries out advice is called, by its id."""
    found: dict[str, str] = {}
    for kind, field in (
        ("outcomes", "outcome"),
        ("interventions", "provision"),
        ("strategies", "text"),
    ):
        for cycle, item in lookup.items(record, kind):
            text = str(item[field])
            if kind == "interventions":
                text = str(around.provision(text)["name"])
            result = progress.result_of(cycle, item["id"]).get("result", "")
            told = f" ({terms.RESULTS[result]})" if result else ""
            found[str(item["id"])] = f"{text}{told}"
    return found


def holders(record: Entry, day: str) -> list[Record]:
    """All who hold parental responsibility."""
    return [
        c for c in lookup.contacts_on(record, day) if c.get("parental_responsibility")
    ]
