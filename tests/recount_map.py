"""The provision map's figures counted again from the YAML, as ``recount`` does."""

from __future__ import annotations

from collections import Counter
from datetime import date
from datetime import timedelta
from fractions import Fraction
from typing import Any

from tests.recount import AREA
from tests.recount import Data
from tests.recount import School
from tests.recount import current

NOWHERE = "uncategorised"


def area(counted: School, support: tuple[Data, Data, Data]) -> str:
    """Where a support stands: by the needs of its outcomes, else by the first need."""
    pupil, cycle, item = support
    first, last = counted.span(cycle, item)
    by_id = {
        n["id"]: n
        for n in current(pupil.get("needs", []), _within(counted.day, first, last))
    }
    needs = sorted(by_id.values(), key=lambda n: n.get("rank", 99))
    needs = [need for need in needs if not need.get("restricted")]
    linked = {
        outcome.get("need")
        for outcome in cycle["plan"].get("outcomes", ())
        if outcome["id"] in item.get("outcomes", ())
    }
    meant = [need for need in needs if need["id"] in linked] or needs[:1]
    found = [need.get("area") or AREA.get(need["type"], NOWHERE) for need in meant]
    offered = counted.provisions[item["provision"]].get("areas", [])
    known = [one for one in found if one != NOWHERE]
    return str([*known, *offered, *found, "not recorded"][0])


def _within(day: str, first: str, last: str) -> str:
    return min(max(day, first), last)


def tier(counted: School, item: Data) -> str:
    own = item.get("tier") or counted.provisions[item["provision"]].get("tier")
    return own or "not recorded"


class Sums:
    """Pupils, hours and pence of some rows of the map."""

    def __init__(self) -> None:
        self.pupils: set[str] = set()
        self.interventions = self.cost = 0
        self.hours = self.adults = Fraction(0)

    def add(self, counted: School, support: tuple[Data, Data, Data]) -> None:
        pupil, cycle, item = support
        self.pupils.add(pupil["id"])
        self.interventions += 1
        self.cost += counted.planned(cycle, item, "", "9999") or 0
        _, dose = counted.share(item, counted.day)
        often, size = dose.get("sessions_per_week"), dose.get("group_size", 1)
        if item.get("group") and (there := counted.in_group(item, counted.day)) > 1:
            size = there
        if often and "minutes" in dose:
            hours = Fraction(str(often)) * dose["minutes"] / 60
            self.hours += hours
            self.adults += 0 if "within" in item else hours / size

    @property
    def told(self) -> tuple[Any, ...]:
        hours = (round(float(self.hours), 2), round(float(self.adults), 2))
        return len(self.pupils), self.interventions, *hours, self.cost


def by_place(counted: School) -> dict[tuple[str, str, str], Sums]:
    """The map on the day by wave, area and provision; "" stands for all of them."""
    found: dict[tuple[str, str, str], Sums] = {}
    for support in counted.shown(counted.day, counted.day):
        wave, where, key = (
            tier(counted, support[2]),
            area(counted, support),
            support[2]["provision"],
        )
        for place in ((wave, where, key), (wave, "", ""), ("", where, "")):
            found.setdefault(place, Sums()).add(counted, support)
    return found


Place = tuple[str, str, str]


def ratings(counted: School) -> tuple[Counter[Place], Counter[Place]]:
    """How often each was rated, place by place, in twelve months; how often well."""
    day = date.fromisoformat(counted.day)
    since = (day.replace(year=day.year - 1) + timedelta(1)).isoformat()
    rated: Counter[Place] = Counter()
    good: Counter[Place] = Counter()
    for support in counted.shown(since, counted.day):
        _, cycle, item = support
        review = cycle.get("review", {})
        if not since <= review.get("date", "") <= counted.day:
            continue
        for entry in review.get("interventions", ()):
            if entry["intervention"] == item["id"] and "impact" in entry:
                found = tier(counted, item), area(counted, support)
                place = (*found, item["provision"])
                rated[place] += 1
                good[place] += entry["impact"] >= 0
    return rated, good


def moved(cycle: Data, item: Data, day: str) -> list[tuple[Any, Any, Any]]:
    """For each of its outcomes: the value at entry, the last by the day, the aim."""
    found = []
    review = cycle.get("review", {})
    for outcome in cycle["plan"].get("outcomes", ()):
        if outcome["id"] not in item.get("outcomes", ()):
            continue
        values = [
            (entry["date"], entry["value"])
            for entry in cycle.get("do", {}).get("measurements", ())
            if entry["outcome"] == outcome["id"] and entry["date"] <= day
        ]
        if review.get("date", "9999") <= day:
            values += [
                ("9999", entry["value"])
                for entry in review.get("outcomes", ())
                if entry["outcome"] == outcome["id"] and "value" in entry
            ]
        latest = max(values, key=lambda pair: pair[0])[1] if values else None
        start, aim = (
            outcome.get(key, {}).get("value") for key in ("baseline", "target")
        )
        found.append((start, latest, aim))
    return found
