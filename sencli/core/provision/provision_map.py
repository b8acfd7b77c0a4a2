"""The provision map: a row for each pupil and intervention, with its cost.

Money is in whole pence. Each row is rounded once; totals are sums of rows, so that a
column adds up on paper.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from fractions import Fraction
from operator import itemgetter
from typing import Any

from sencli import terms
from sencli.core.cycle import progress
from sencli.core.cycle.delivery import delivery
from sencli.core.cycle.scales import scale_of
from sencli.core.provision import cost
from sencli.core.provision.adults_cost import adults_pence
from sencli.core.provision.map_filter import MapFilter
from sencli.core.provision.register import place_in_list
from sencli.core.provision.register import year_code
from sencli.core.provision.school import School
from sencli.core.record import lookup
from sencli.core.record.lookup import STILL
from sencli.core.record.types import Entry
from sencli.core.text.folding import fold
from sencli.core.text.folding import sort_key
from sencli.core.text.natural import class_key
from sencli.core.time.calendar import dose_on
from sencli.core.time.calendar import sessions_due
from sencli.value import Value

Row = dict[str, Any]

GROUPINGS = (
    *("pupil", "class", "year", "need", "tier", "provision"),
    *("area", "staff", "funding"),
)
"""What the map can be grouped by."""

NOT_GIVEN = "not recorded"


class Support(Value):
    """One intervention of one pupil, as the map counts it.

    Attributes:
        record: the pupil's record.
        cycle: the cycle that holds it.
        intervention: the intervention.
        provision: its entry in the catalogue.
        first: its first day; last: its last, or "" where it has no end.
    """

    record: Entry
    cycle: Entry
    intervention: Entry
    provision: Entry
    first: str
    last: str


def rows(
    records: Iterable[Entry],
    around: School,
    day: str,
    narrowed: MapFilter | None = None,
) -> tuple[list[Row], int]:
    """The rows wanted, by year group, class and name, and how many are withheld.

    Withheld are interventions marked restricted; they are in no total.
    """
    narrowed = narrowed or MapFilter()
    placed: list[tuple[str, list[Row]]] = []
    withheld = 0
    for record in records:
        made = [
            (support, row(support, around, day, narrowed))
            for support in supports(record, around, day, narrowed.period)
        ]
        asked = [(s, r) for s, r in made if wanted(r, narrowed)]
        shown = [r for s, r in asked if not s.intervention.get("restricted")]
        withheld += len(asked) - len(shown)
        placed.append((place_in_list(record, day), shown))
    placed.sort(key=itemgetter(0))
    found = [made for _, shown in placed for made in shown]
    run_on(found)
    return found, withheld


def supports(
    record: Entry, around: School, day: str, period: tuple[str, str] | None = None
) -> Iterator[Support]:
    """The interventions in force on the day, or overlapping the period, by start."""
    first, last = period or (day, day)
    found = []
    for cycle, item in lookup.items(record, "interventions"):
        if cycle.get("closed", {}).get("reason") == "opened_in_error":
            continue
        one = support_of(record, cycle, item, around)
        runs = bool(one.first) and one.first <= last and (one.last or STILL) >= first
        if runs and lookup.on_roll(record, max(one.first, first)):
            found.append(one)
    yield from sorted(found, key=lambda support: support.first)


def support_of(record: Entry, cycle: Entry, item: Entry, around: School) -> Support:
    """An intervention of a cycle, with its first and last day."""
    provision = around.provision(item["provision"])
    usual, school_terms = provision.get("usual", {}), around.school.get("terms", ())
    start, end = cost.span(cycle, item, usual, school_terms)
    there = lookup.until_left(record, end)
    if there != end:  # a leaver's, which another program did not end
        item = {**item, "ended": {"date": there}}
    return Support(record, cycle, item, provision, start, there)


def row(support: Support, around: School, day: str, narrowed: MapFilter) -> Row:
    """One row of the map; what is not known is ``None``."""
    return (
        described(support, around, day, narrowed)
        | _cost(support, around, day, narrowed)
        | _given(support, around, day, narrowed)
    )


def described(support: Support, around: School, day: str, narrowed: MapFilter) -> Row:
    """Who gets what, from whom and for what: a row without cost and delivery."""
    seen = _seen_on(support, day, narrowed)
    placement = lookup.placement_on(support.record, seen)
    usual = support.provision.get("usual", {})
    dose = cost.dose_in_week(
        support.intervention,
        around.school,
        usual,
        seen,
        in_group=around.in_group(support.intervention),
    )
    named = dose_on(support.intervention.get("dose", ()), seen)
    leaders = list(named.get("led_by", ()))
    return {
        "pupil": support.record["id"],
        "name": lookup.full_name(support.record),
        "class": placement.get("class"),
        "year_group": placement.get("year_group"),
        **_purpose(support, around, seen, day),
        "provision": support.provision["key"],
        "provision_name": support.provision["name"],
        "tier": support.intervention.get("tier") or support.provision.get("tier"),
        "role": " / ".join(dose.roles) or None,
        "led_by": leaders,
        "leaders": around.staff_names(leaders),
        "group": around.group(support.intervention.get("group", "")),
        "group_size": dose.group_size,
        "planned_group_size": dose.planned_size or None,
        "minutes": dose.minutes,
        "sessions_per_week": _plain(dose.sessions),
        **_hours_a_week(support, dose),
        "from": support.first,
        "until": support.last or None,
        "pence_per_hour": _plain(dose.pence_an_hour),
        "funding": support.intervention.get("funding_source")
        or support.provision.get("funding_source"),
        "impact": _impact(support),
        "section_f": support.intervention.get("section_f"),
        "cycle": support.cycle["id"],
        "intervention": support.intervention["id"],
    }


def _hours_a_week(support: Support, dose: cost.Dose) -> Row:
    """The pupil's hours a week, and this pupil's share of the adult's."""
    if dose.minutes is None or dose.sessions is None:
        return {"hours_a_week": None, "adult_hours_a_week": None}
    hours = dose.sessions * dose.minutes / _MINUTES
    # an adult is not twice there for what is part of another intervention
    share = 0 if "within" in support.intervention else hours / dose.group_size
    return {"hours_a_week": _plain(hours), "adult_hours_a_week": _plain(share)}


def _seen_on(support: Support, day: str, narrowed: MapFilter) -> str:
    """The day for class and dose: the day asked for, or the nearest the support ran."""
    low, high = support.first, support.last or STILL
    if narrowed.period:
        low, high = max(low, narrowed.period[0]), min(high, narrowed.period[1])
    return min(max(day, low), high)


def _purpose(support: Support, around: School, seen: str, day: str) -> Row:
    """The purpose of support: needs, outcomes, what was measured and is aimed at."""
    scales = around.provisions.get("scales", ())
    wanted = support.intervention.get("outcomes", ())
    plan = support.cycle.get("plan", {})
    outcomes = [o for o in plan.get("outcomes", ()) if o["id"] in wanted]
    shown = [o for o in outcomes if not o.get("restricted")]
    needs = _needs(support.record, outcomes, seen)
    areas = [area for need in needs if (area := _area(need)) != terms.UNCATEGORISED]
    # a need of no area (Down syndrome) is met in the area of what meets it
    areas = areas or support.provision.get("areas", [])[:1]
    areas = areas or [_area(need) for need in needs]
    latest = [_latest(support.cycle, o["id"], day) for o in shown]
    targets = [o.get("target", {}) for o in shown]
    ended = [progress.result_of(support.cycle, o["id"]) for o in shown]
    return {
        "area": "; ".join(dict.fromkeys(areas)) or None,
        "need": "; ".join(dict.fromkeys(need["type"] for need in needs)) or None,
        "outcome": "; ".join(
            "(withheld)" if o.get("restricted") else o["outcome"] for o in outcomes
        )
        or None,
        "entry": _values([o.get("baseline", {}) for o in shown], shown, scales),
        "now": _values(latest, shown, scales),
        "target": _values(targets, shown, scales),
        "exit": _values(ended, shown, scales),
        "aims": [_aim(support, o, scales, day) for o in outcomes],
    }


def _aim(support: Support, outcome: Entry, scales: Sequence[Entry], day: str) -> Row:
    """One outcome: what it says, and its value at entry, now and aimed at."""
    if outcome.get("restricted"):
        return {"outcome": "(withheld)", "measure": ""} | dict.fromkeys(_VALUES)
    scale = scale_of(outcome, scales)
    entries = (
        outcome.get("baseline", {}),
        _latest(support.cycle, outcome["id"], day),
        outcome.get("target", {}),
    )
    return {
        "outcome": outcome["outcome"],
        "measure": "" if scale.kind == "ordinal" else scale.measure,
    } | {
        key: _values([entry], [outcome], scales)
        for key, entry in zip(_VALUES, entries, strict=True)
    }


_VALUES = ("entry", "now", "target")


def _latest(cycle: Entry, outcome: str, day: str) -> Entry:
    """What was measured of an outcome last, by the day: under way or at the review."""
    measured = cycle.get("do", {}).get("measurements", ())
    found = [m for m in measured if m["outcome"] == outcome and m["date"] <= day]
    ended = progress.result_of(cycle, outcome)
    if "value" in ended and cycle["review"]["date"] <= day:
        return ended
    return max(found, key=itemgetter("date"), default={})


def _needs(record: Entry, outcomes: Sequence[Entry], day: str) -> list[Entry]:
    """The needs that the outcomes meet; where none is linked, the primary need."""
    current = [n for n in lookup.needs_on(record, day) if not n.get("restricted")]
    linked = {outcome["need"] for outcome in outcomes if "need" in outcome}
    return [need for need in current if need["id"] in linked] or list(current[:1])


def _area(need: Entry) -> str:
    known = terms.NEED_TYPES.get(need["type"])
    return str(need.get("area") or (known[1] if known else terms.UNCATEGORISED))


def _values(
    entries: Sequence[Entry], outcomes: Sequence[Entry], scales: Sequence[Entry]
) -> str | None:
    """The values measured, with an interval where there is one; or None."""
    said = [
        progress.bare(e["value"], scale_of(o, scales), e.get("interval"))
        for e, o in zip(entries, outcomes, strict=True)
        if "value" in e
    ]
    return "; ".join(said) or None


def _impact(support: Support) -> int | None:
    for result in support.cycle.get("review", {}).get("interventions", ()):
        if result["intervention"] == support.intervention["id"]:
            impact: int | None = result.get("impact")
            return impact
    return None


def _cost(support: Support, around: School, day: str, narrowed: MapFilter) -> Row:
    """Planned and delivered cost, and whichever of them was asked for."""
    what = (support.cycle, support.intervention, around.school, support.provision)
    shared = around.in_group(support.intervention)
    planned = cost.planned(*what, narrowed.period or ("", "9999"), shared)
    since, until = narrowed.period or ("", "9999")
    spent = cost.to_date(*what, (since, min(until, day)), shared)
    chosen = spent if narrowed.to_date else planned
    return {
        "weeks": planned.weeks,
        **_hours_in_all(support, planned),
        "cost_pence": chosen.pence,
        "planned_pence": planned.pence,
        "to_date_pence": spent.pence,
        "other_cost_pence": chosen.other_pence,
        "adults": chosen.adults,
        "cost_missing": list(chosen.missing),
        "cost_reasons": list(dict.fromkeys((*planned.missing, *spent.missing))),
    }


def _hours_in_all(support: Support, planned: cost.Cost) -> Row:
    """The pupil's hours of all the weeks counted, and the share of the adult's."""
    whole = adult = Fraction(0)
    for part in planned.segments:
        if part.dose.minutes is None or part.dose.sessions is None:
            return {"hours": None, "adult_hours": None}
        hours = part.dose.sessions * part.weeks * part.dose.minutes / _MINUTES
        whole += hours
        adult += hours / part.dose.group_size
    if not planned.segments:
        return {"hours": None, "adult_hours": None}
    share = 0 if "within" in support.intervention else adult
    return {"hours": _plain(whole), "adult_hours": _plain(share)}


_MINUTES = 60


def _given(support: Support, around: School, day: str, narrowed: MapFilter) -> Row:
    """Sessions due by the day, delivered, and missed by reason."""
    since, until = narrowed.period or ("", "9999")
    until = min(until, day)
    last = min(until, support.last or STILL)
    usual = support.provision.get("usual", {})
    begun, *later = support.intervention.get("dose", ()) or [{"from": ""}]
    doses = [{**usual, **begun}, *later]
    first = max(since, support.first)
    school_terms = around.school.get("terms", ())
    due = sessions_due(doses, first, last, school_terms) if first else 0
    given = delivery(support.cycle, support.intervention["id"], since, until)
    return {
        "sessions_due": _plain(due),
        "delivered": given.delivered if given.recorded else None,
        "missed": dict(given.missed),
    }


def _plain(value: Any) -> int | float | None:
    """A fraction as a number that JSON has."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def wanted(made: Row, narrowed: MapFilter) -> bool:
    """Whether a row is asked for."""
    needs = str(made["need"] or "").split("; ")
    of_need = narrowed.need.upper() in needs or fold(narrowed.need) in fold(
        made["area"] or ""
    )
    names = {fold(made["provision"]), fold(made["provision_name"])}
    return (
        (not narrowed.class_ or fold(made["class"] or "") == fold(narrowed.class_))
        and (
            not narrowed.year_group
            or made["year_group"] == year_code(narrowed.year_group)
        )
        and (not narrowed.need or of_need)
        and (not narrowed.tier or made["tier"] == narrowed.tier)
        and (not narrowed.provision or fold(narrowed.provision) in names)
        and (not narrowed.pupils or made["pupil"] in narrowed.pupils)
    )


def run_on(made: Sequence[Row]) -> None:
    """Give each row its pupil's total so far; what is for all does not count.

    The threshold of element 2 counts only what goes beyond provision for all, so rows
    of the universal tier add nothing.
    """
    so_far: dict[str, int] = {}
    for entry in made:
        extra = 0 if entry["tier"] == "universal" else entry["cost_pence"] or 0
        so_far[entry["pupil"]] = so_far.get(entry["pupil"], 0) + extra
        entry["running_total_pence"] = so_far[entry["pupil"]]


def grouped(made: Sequence[Row], by: str) -> list[tuple[str, list[Row]]]:
    """The rows in groups, each with its name, in the order that schools use."""
    groups: dict[str, list[Row]] = {}
    for entry in made:
        groups.setdefault(group_of(entry, by), []).append(entry)
    if by == "pupil":
        return list(groups.items())
    orders: dict[str, Sequence[str]] = {
        "year": terms.YEAR_GROUPS,
        "tier": tuple(terms.TIERS),
        "need": tuple(terms.NEED_TYPES),
        "area": terms.AREAS,
        "funding": tuple(terms.FUNDING),
    }
    if by == "class":
        return sorted(groups.items(), key=lambda pair: _class_order(pair[0]))
    order = orders.get(by, ())
    return sorted(groups.items(), key=lambda pair: _order(pair[0], order))


def _class_order(name: str) -> str:
    return class_key("" if name == NOT_GIVEN else name)


def _order(value: str, order: Sequence[str]) -> tuple[int, tuple[str, str]]:
    if value == NOT_GIVEN:
        return len(order) + 1, sort_key("")
    return (order.index(value) if value in order else len(order)), sort_key(value)


def group_of(entry: Row, by: str) -> str:
    """The group that a row is in."""
    if by == "staff":
        return " / ".join(entry["led_by"]) or NOT_GIVEN
    field = {"year": "year_group"}.get(by, by)
    # several needs or areas in one row: the first, so that no cost counts twice
    return str(entry[field] or NOT_GIVEN).split("; ", maxsplit=1)[0]


def total(made: Sequence[Row]) -> Row:
    """Totals of rows: pupils, rows, pence, and rows without a cost."""
    return {
        "pupils": len({entry["pupil"] for entry in made}),
        "interventions": len(made),
        "cost_pence": sum(entry["cost_pence"] or 0 for entry in made),
        "adults_pence": adults_pence(made),
        "not_costed": sum(entry["cost_pence"] is None for entry in made),
    }
