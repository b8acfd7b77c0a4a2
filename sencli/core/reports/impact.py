"""Impact of each provision: aims, amount given and results.

A row is one provision over a period. Values of entry and exit are on many scales, so
that they are counted (better, the same, worse); a median is of one measure alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from sencli import terms
from sencli.core.cycle import progress
from sencli.core.cycle.delivery import delivery
from sencli.core.cycle.scales import Scale
from sencli.core.cycle.scales import compare
from sencli.core.cycle.scales import scale_of
from sencli.core.provision import provision_map
from sencli.core.provision.judgements import MET
from sencli.core.provision.judgements import UNJUDGED
from sencli.core.provision.judgements import OutcomeCost
from sencli.core.provision.judgements import aims
from sencli.core.provision.judgements import outcome_cost
from sencli.core.provision.judgements import results
from sencli.core.provision.judgements import reviewed
from sencli.core.provision.map_filter import MapFilter
from sencli.core.provision.provision_map import Support
from sencli.core.provision.school import School
from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.core.reports.median_change import Change
from sencli.core.reports.median_change import median_change
from sencli.core.text.folding import sort_key
from sencli.core.time.calendar import dose_on
from sencli.value import Value
from sencli.value import field
from sencli.value import replace

OTHERS = "Other provisions"
_MINUTES_AN_HOUR = 60


class Impact(Value):
    """One provision over a period.

    Attributes:
        key: of the catalogue; name: what it is called there; tier: its layer.
        pupils: how many had it; interventions: how often it was given.
        due: sessions that were due; delivered: that are recorded as given (None where
            nothing is recorded); missed: those recorded as missed, by reason.
        minutes: of the sessions delivered, all pupils together; None where not known.
        better, same, worse: outcomes that have an entry and an exit value, by how they
            moved.
        change: from entry to exit, on the measure that most of these outcomes have.
        results: how many outcomes came to what, by result.
        ratings: how many interventions were judged -2, -1, 0, +1, +2.
        pence: cost planned within the period, of the interventions that have a cost;
            None where none has.
        spent: cost of what was delivered, likewise.
        not_costed: interventions without a planned cost; spent_not_costed: of which
            what was delivered has none.
        missing: why these have no cost, each reason once.
        for_outcomes: what was delivered for the outcomes judged.
        heads: how many pupils stand behind the judgements: ``rated``, of these ``less``
            than expected, ``same``, ``more`` and ``good`` (same or more); and behind
            the outcomes ``judged``: ``achieved``, ``missed``.
    """

    key: str
    name: str
    tier: str
    pupils: int
    interventions: int
    due: Fraction
    delivered: int | None
    missed: Mapping[str, int]
    minutes: int | None
    better: int
    same: int
    worse: int
    results: Mapping[str, int]
    ratings: Mapping[int, int]
    pence: int | None
    spent: int | None
    not_costed: int = 0
    spent_not_costed: int = 0
    missing: tuple[str, ...] = ()
    for_outcomes: OutcomeCost = field(default_factory=OutcomeCost)
    heads: Mapping[str, int] = field(default_factory=dict)
    change: Change | None = None

    @property
    def not_recorded(self) -> Fraction:
        """Sessions due but recorded neither as delivered nor as missed."""
        told = (self.delivered or 0) + sum(self.missed.values())
        return max(Fraction(0), self.due - told)

    @property
    def rated(self) -> int:
        """How many interventions were judged."""
        return sum(self.ratings.values())

    @property
    def judged(self) -> int:
        """How many outcomes were reviewed and could be judged."""
        kept = set(self.results) - UNJUDGED
        return sum(self.results[result] for result in kept)

    @property
    def achieved(self) -> int:
        """How many outcomes were achieved or exceeded."""
        return sum(self.results.get(result, 0) for result in MET)


def impacts(
    records: Iterable[Entry],
    around: School,
    day: str,
    period: tuple[str, str],
    small: int = 0,
) -> tuple[list[Impact], int]:
    """Every provision given in the period, by name, and how many rows are withheld.

    Interventions marked restricted are withheld: neither shown nor counted.

    Args:
        records: the pupils'.
        around: the school.
        day: ISO date by which all is told.
        period: first and last day.
        small: provisions of fewer pupils are put together under ``OTHERS``, at the end.
    """
    found: dict[str, list[_Given]] = {}
    narrowed = MapFilter(period=period)
    withheld = 0
    for record in records:
        for support in provision_map.supports(record, around, day, period):
            if support.intervention.get("restricted"):
                withheld += 1
            else:
                row = provision_map.row(support, around, day, narrowed)
                given = _given(support, row, day, period)
                found.setdefault(support.provision["key"], []).append(given)
    others = _put_together(found, small)
    made = [_impact(given, around, day, period) for given in found.values()]
    made.sort(key=lambda impact: sort_key(impact.name))
    if others:
        named = {"key": "", "name": OTHERS, "tier": ""}
        made.append(replace(_impact(others, around, day, period), **named))
    return made, withheld


_KEPT = (
    *("delivered", "missed", "sessions_due"),
    *("planned_pence", "to_date_pence", "cost_reasons"),
)


class _Given(Support):
    """An intervention with the facts from its record, which can then be released.

    Attributes:
        row: of the map, as far as it is asked.
        minutes: of each time that it was given; None where not known.
    """

    row: Entry = field(default_factory=dict)
    minutes: tuple[int | None, ...] = ()


def _given(support: Support, row: Entry, day: str, period: tuple[str, str]) -> _Given:
    cycle = support.cycle
    plan = {"outcomes": cycle.get("plan", {}).get("outcomes", ())}
    return _Given(
        {"id": support.record["id"]},
        {
            "review": cycle.get("review", {}),
            "plan": {"outcomes": plan.get("outcomes", ())},
        },
        {key: support.intervention.get(key, ()) for key in ("id", "outcomes")},
        support.provision,
        support.first,
        support.last,
        {key: row[key] for key in _KEPT},
        tuple(_minutes(support, day, period)),
    )


def _put_together(found: dict[str, list[_Given]], small: int) -> list[_Given]:
    """Take out what few pupils have, and of the rest as much as hides them.

    One provision alone, or too few pupils in all, would still tell who they are.
    """
    order = sorted(found, key=lambda key: (_pupils(found[key]), key))
    taken: list[str] = []
    together: list[_Given] = []
    for key in order:
        hidden = len(taken) > 1 and _pupils(together) >= small
        if _pupils(found[key]) >= small and (hidden or not taken):
            break
        taken.append(key)
        together += found[key]
    for key in taken:
        del found[key]
    return together if _pupils(together) >= small else []


def _pupils(given: Iterable[Support]) -> int:
    return len({support.record["id"] for support in given})


def _impact(
    given: Sequence[_Given], around: School, day: str, period: tuple[str, str]
) -> Impact:
    provision = given[0].provision
    rows = [support.row for support in given]
    minutes = [each for support in given for each in support.minutes]
    moves = Counter(m for s in given for m in _moves(s, around, period, day))
    missed: Counter[str] = Counter()
    for row in rows:
        missed.update(row["missed"])
    told = [row["delivered"] for row in rows if row["delivered"] is not None]
    return Impact(
        key=provision["key"],
        name=provision["name"],
        tier=str(provision.get("tier", "")),
        pupils=_pupils(given),
        interventions=len(given),
        due=sum((Fraction(str(row["sessions_due"])) for row in rows), Fraction(0)),
        delivered=sum(told) if told else None,
        missed=dict(missed),
        minutes=None if None in minutes or not minutes else sum(filter(None, minutes)),
        better=moves[1],
        same=moves[0],
        worse=moves[-1],
        results=_results(given, day, period),
        ratings=_ratings(given, day, period),
        **_money(given, rows, day, period),
        heads=_heads(given, day, period),
        change=median_change(_entry_and_exit(given, around, day, period)),
    )


def _heads(
    given: Iterable[Support], day: str, period: tuple[str, str]
) -> dict[str, int]:
    """How many pupils were judged so; one with several judgements counts once."""
    found: dict[str, set[str]] = {}
    for support in given:
        pupil = str(support.record["id"])
        for rating, count in _ratings([support], day, period).items():
            if count:
                side = "less" if rating < 0 else "more" if rating else "same"
                for key in ("rated", side, "less" if rating < 0 else "good"):
                    found.setdefault(key, set()).add(pupil)
        for result in _results([support], day, period):
            if result not in UNJUDGED:
                for key in ("judged", "achieved" if result in MET else "missed"):
                    found.setdefault(key, set()).add(pupil)
    return {key: len(pupils) for key, pupils in found.items()}


def _money(
    given: Sequence[Support], rows: Sequence[Entry], day: str, period: tuple[str, str]
) -> dict[str, Any]:
    """Costs, missing costs with reasons, and cost per outcome."""
    spent = [row["to_date_pence"] for row in rows]
    reasons = (why for row in rows for why in row["cost_reasons"])
    return {
        "pence": _summed(row["planned_pence"] for row in rows),
        "spent": _summed(spent),
        "not_costed": sum(row["planned_pence"] is None for row in rows),
        "spent_not_costed": spent.count(None),
        "missing": tuple(dict.fromkeys(reasons)),
        "for_outcomes": outcome_cost(zip(given, spent, strict=True), day, period),
    }


def _summed(pence: Iterable[int | None]) -> int | None:
    """The sum of what is known; ``None`` where nothing is."""
    known = [part for part in pence if part is not None]
    return sum(known) if known else None


def _results(
    given: Iterable[Support], day: str, period: tuple[str, str]
) -> dict[str, int]:
    """How many outcomes came to what; one that two doses serve counts once."""
    tally = Counter(results(given, day, period).values())
    return {result: tally[result] for result in terms.RESULTS if tally[result]}


def _entry_and_exit(
    given: Iterable[Support], around: School, day: str, period: tuple[str, str]
) -> Iterator[tuple[Scale, object, object]]:
    """For each outcome its scale, and the values on entry and exit; each once."""
    found = {}
    for support in given:
        if reviewed(support, period, day):
            for outcome in aims(support):
                end = progress.result_of(support.cycle, outcome["id"]).get("value")
                start = outcome.get("baseline", {}).get("value")
                scale = scale_of(outcome, around.provisions.get("scales", ()))
                found[support.record["id"], outcome["id"]] = (scale, start, end)
    yield from found.values()


def _moves(
    support: Support, around: School, period: tuple[str, str], day: str
) -> Iterator[int]:
    """For each outcome with entry and exit: 1 better, 0 the same, -1 worse."""
    if not reviewed(support, period, day):
        return
    for outcome in aims(support):
        end = progress.result_of(support.cycle, outcome["id"]).get("value")
        start = outcome.get("baseline", {}).get("value")
        scale = scale_of(outcome, around.provisions.get("scales", ()))
        move = compare(start, end, scale)
        if move is not None:
            yield move


def _ratings(
    given: Iterable[Support], day: str, period: tuple[str, str]
) -> dict[int, int]:
    tally: Counter[int] = Counter()
    for support in given:
        for result in reviewed(support, period, day).get("interventions", ()):
            mine = result["intervention"] == support.intervention["id"]
            if mine and "impact" in result:
                tally[result["impact"]] += 1
    return {rating: tally[rating] for rating in terms.IMPACTS}


def _minutes(
    support: Support, day: str, period: tuple[str, str]
) -> Iterator[int | None]:
    """Minutes of each session; ``None`` if unknown."""
    usual = support.provision.get("usual", {})
    until = min(period[1], day)
    told = delivery(support.cycle, support.intervention["id"], period[0], until)
    for entry in told.given:
        dose = {**usual, **dose_on(support.intervention.get("dose", ()), entry.day)}
        minutes = entry.minutes or dose.get("minutes")
        yield None if minutes is None else minutes * entry.count


def hours(minutes: int | None) -> float | None:
    """Minutes as hours, to a tenth."""
    return None if minutes is None else round(minutes / _MINUTES_AN_HOUR, 1)


def label(period: tuple[str, str]) -> str:
    """``2025-26`` where the period is a school year, else ""."""
    first, last = period
    whole = (first[5:], last[5:]) == ("09-01", "08-31")
    return lookup.academic_year_label(first) if whole and first[:4] < last[:4] else ""
