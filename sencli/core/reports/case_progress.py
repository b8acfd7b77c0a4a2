"""What came of each cycle of a case: aim by aim, with the help given for it."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from sencli import terms
from sencli.core.cycle import progress
from sencli.core.cycle.scales import scale_of
from sencli.core.people.names import who
from sencli.core.provision import provision_map
from sencli.core.provision.map_filter import MapFilter
from sencli.core.provision.school import School
from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.core.reports.arranged import short
from sencli.core.reports.case import real_cycles
from sencli.value import Value

_HALF = Fraction(1, 2)
_BRIEF = progress.WORDS | {
    "from_to": "{start} → {end}",
    "years": "{years}y",
    "one_year": "1y",
    "months": "{months}m",
    "one_month": "1m",
}
"""Values as a narrow column has them."""

_PARENTS = frozenset({"parent", "parents"})


class Help(Value):
    """A support of a cycle: its name and dose, and how much was given of what was due.

    Attributes:
        id: the intervention's.
        name: the provision's.
        dose: as ``3 x 30 min, 1:4``; "" where it is not recorded.
        given: as ``19 of 21``, in words where nothing is recorded.
    """

    id: str
    name: str
    dose: str
    given: str


class Aim(Value):
    """An outcome: from where to where it went, what it came to, and its help by id."""

    text: str
    moved: str
    result: str
    helps: tuple[str, ...]


class Cycle(Value):
    """One cycle; ISO dates, ``cost`` in pence, None where nothing is costed.

    Attributes:
        label: as ``Autumn 2026``.
        planned: when the plan was made; reviewed: when it was reviewed.
        aims: its outcomes.
        helps: its support.
        cost: of the support.
        uncosted: how many supports the cost leaves out.
        decision: what the review decided.
    """

    label: str
    planned: str
    reviewed: str
    aims: tuple[Aim, ...]
    helps: tuple[Help, ...]
    cost: int | None
    uncosted: int
    decision: str


def cycles(record: Entry, around: School, day: str) -> list[Cycle]:
    """Each cycle that was no mistake, oldest first."""
    return [
        _cycle(record, cycle, around, day)
        for cycle in sorted(real_cycles(record), key=lookup.cycle_began)
    ]


def family_views(record: Entry, around: School) -> list[tuple[str, str, str]]:
    """Of each review its day, and what parents and what the pupil said, in short."""
    contacts = {str(c["id"]) for c in record.get("contacts", ())}
    found = []
    for cycle in real_cycles(record):
        views = cycle.get("review", {}).get("views", ())
        parents = [
            f"{who(view['of'], record, around.school)}: {short(view['text'])}"
            if view["of"] in contacts
            else short(view["text"])
            for view in views
            if view["of"] in contacts | _PARENTS
        ]
        pupil = [short(view["text"]) for view in views if view["of"] == "pupil"]
        if parents or pupil:
            day = str(cycle["review"]["date"])
            found.append((day, "\n".join(parents), "\n".join(pupil)))
    return sorted(found)


def _cycle(record: Entry, cycle: Entry, around: School, day: str) -> Cycle:
    plan, review = cycle.get("plan", {}), cycle.get("review", {})
    rows = [
        provision_map.row(
            provision_map.support_of(record, cycle, item, around),
            around,
            day,
            MapFilter(),
        )
        for item in plan.get("interventions", ())
    ]
    costs = [row["planned_pence"] for row in rows]
    known = [pence for pence in costs if pence is not None]
    return Cycle(
        label=lookup.cycle_label(record, cycle),
        planned=plan.get("date", ""),
        reviewed=review.get("date", ""),
        aims=tuple(
            _aim(cycle, outcome, around) for outcome in plan.get("outcomes", ())
        ),
        helps=tuple(_help(row) for row in rows),
        cost=sum(known) if known else None,
        uncosted=len(costs) - len(known),
        decision=", ".join(
            terms.DECISIONS[code] for code in review.get("decisions", ())
        ),
    )


def _aim(cycle: Entry, outcome: Entry, around: School) -> Aim:
    result = progress.result_of(cycle, outcome["id"]).get("result", "")
    return Aim(
        str(outcome["outcome"]),
        _moved(cycle, outcome, around),
        terms.RESULTS.get(result, ""),
        tuple(_serving(cycle, str(outcome["id"]))),
    )


def _serving(cycle: Entry, outcome: str) -> Iterator[str]:
    for item in cycle.get("plan", {}).get("interventions", ()):
        if outcome in item.get("outcomes", ()):
            yield str(item["id"])


def _moved(cycle: Entry, outcome: Entry, around: School) -> str:
    """``68 → 84 words (aim 90)``: within this cycle."""
    scale = scale_of(outcome, around.scales)
    points = progress.of_cycle(cycle, outcome, around.scales)
    text = progress.moved(points, scale, _BRIEF)
    target = outcome.get("target", {})
    if "value" in target:
        aim = progress.bare(target["value"], scale, target.get("interval"), _BRIEF)
        text = f"{text} (aim {aim})".strip()
    return text


def _help(row: dict[str, Any]) -> Help:
    often, minutes = row["sessions_per_week"], row["minutes"]
    parts = [f"{often:g}" if often else "", f"{minutes} min" if minutes else ""]
    dose = " x ".join(filter(None, parts))
    dose += f", 1:{row['group_size']}" if dose else ""
    return Help(str(row["intervention"]), str(row["provision_name"]), dose, given(row))


def given(row: Mapping[str, Any]) -> str:
    """``19 of 21``, of a row of the map; what is not recorded is not "not given"."""
    done, due = sessions(row)
    if done is None:
        return "none recorded" if due else ""
    return f"{done} of {due}" if due else str(done)


def sessions(row: Mapping[str, Any]) -> tuple[int | None, int]:
    """Of a row of the map how many sessions were given, None if not recorded, and due.

    A week cut short counts in part, and nobody gives half a session.
    """
    return row["delivered"], int(Fraction(str(row["sessions_due"] or 0)) + _HALF)
