"""A school's figures counted again from its YAML, without a line of the program.

What is counted how stands in ``docs/decisions.md``. Money is in pence.
"""

from __future__ import annotations

from collections import Counter
from collections import defaultdict
from datetime import date
from datetime import timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import yaml

Data = dict[str, Any]

NEVER = "9999"
DAYS = ("mon", "tue", "wed", "thu", "fri")
MET = {"exceeded", "achieved"}
PART = {"partly_achieved", "on_track"}
UNMET = {"not_achieved"}
BROKEN_OFF = {"left", "superseded", "support_ended"}


class _Plain(yaml.SafeLoader):
    """Days stay text."""


_Plain.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(path: Path) -> Data:
    return parsed(path.read_text("utf-8"))


@cache  # by a slow reader that is not ours; nothing here changes what it found
def parsed(text: str) -> Data:
    found: Data = _Plain(text).get_single_data()
    return found


def pence(value: Fraction) -> int:
    """Rounded half up."""
    return int((value + Fraction(1, 2)) // 1)


def monday(day: str) -> str:
    when = date.fromisoformat(day)
    return (when - timedelta(when.weekday())).isoformat()


def current(entries: list[Data], day: str) -> list[Data]:
    held = [e for e in entries if e.get("from", "") <= day <= e.get("until", NEVER)]
    return sorted(held, key=lambda e: str(e.get("from", "")))


class School:
    """The files of one school, on one day, over one period."""

    def __init__(self, folder: Path, day: str, period: tuple[str, str]) -> None:
        self.day = day
        self.period = period
        self.school = read(folder / "school.yaml")
        self.catalogue = read(folder / "provisions.yaml")
        listed = self.catalogue["provisions"]
        self.provisions = {entry["key"]: entry for entry in listed}
        self.pupils = [read(p) for p in sorted((folder / "pupils").glob("*.yaml"))]
        self.open_days = self._open_days()

    def _open_days(self) -> list[str]:
        found = set()
        for term in self.school["terms"]:
            when = date.fromisoformat(term["start"])
            while when.isoformat() <= term["end"]:
                day = when.isoformat()
                half = term.get("half_term", {"start": NEVER, "end": NEVER})
                away = half["start"] <= day <= half["end"]
                if (
                    when.weekday() < 5
                    and not away
                    and day not in term.get("closed", ())
                ):
                    found.add(day)
                when += timedelta(1)
        return sorted(found)

    def school_days(self, first: str, last: str) -> list[str]:
        return [day for day in self.open_days if first <= day <= last]

    def weeks(self, first: str, last: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for day in self.school_days(first, last):
            found[monday(day)].append(day)
        return dict(found)

    def usual(self, item: Data) -> Data:
        found: Data = self.provisions.get(item["provision"], {}).get("usual", {})
        return found

    def dose(self, item: Data, day: str) -> Data:
        made: Data = {}
        for entry in sorted(item.get("dose", ()), key=lambda e: str(e["from"])):
            if made and entry["from"] > day:
                break
            if {"led_by", "role"} & {*entry}:
                made = {k: v for k, v in made.items() if k not in {"led_by", "role"}}
            if "sessions_per_week" in entry:
                made.pop("days", None)
            made |= entry
        return {**self.usual(item), **made}

    def span(self, cycle: Data, item: Data) -> tuple[str, str]:
        plan, closed = cycle.get("plan", {}), cycle.get("closed", {})
        first = item.get("from") or plan.get("date", "")
        last = item.get("until") or plan.get("review_by", "")
        weeks = self.usual(item).get("weeks")
        if not last and first and weeks:
            starts = list(self.weeks(first, NEVER))[:weeks]
            friday = date.fromisoformat(starts[-1]) + timedelta(4)
            last = friday.isoformat()
        ends = [last, item.get("ended", {}).get("date", "")]
        if closed.get("reason") in BROKEN_OFF:
            ends.append(closed["date"])
        return first, min((end for end in ends if end), default=NEVER)

    def supports(self) -> list[tuple[Data, Data, Data]]:
        return [
            (pupil, cycle, item)
            for pupil in self.pupils
            for cycle in pupil.get("cycles", ())
            if cycle.get("closed", {}).get("reason") != "opened_in_error"
            for item in cycle.get("plan", {}).get("interventions", ())
        ]

    def on_roll(self, pupil: Data, day: str) -> bool:
        return not pupil.get("roll") or bool(current(pupil["roll"], day))

    def shown(self, first: str, last: str) -> list[tuple[Data, Data, Data]]:
        found = []
        for pupil, cycle, item in self.supports():
            begins, ends = self.span(cycle, item)
            runs = begins and begins <= last and ends >= first
            here = self.on_roll(pupil, max(begins, first))
            if runs and here and not item.get("restricted"):
                found.append((pupil, cycle, item))
        return found

    def in_group(self, item: Data, day: str) -> int:
        there = set()
        for pupil, cycle, other in self.supports():
            first, last = self.span(cycle, other)
            same = other.get("group") == item.get("group")
            if same and first <= day <= last and self.on_roll(pupil, first):
                there.add(pupil["id"])
        return len(there)

    def share(self, item: Data, day: str, by: str = "") -> tuple[Fraction | None, Data]:
        """What one session costs for one pupil, and the dose."""
        dose = self.dose(item, day)
        size = dose.get("group_size", 1)
        if item.get("group") and (there := self.in_group(item, day)) > 1:
            size = there
        if "within" in item:
            return Fraction(0), dose
        rates = self.rates([by] if by else dose.get("led_by", []), dose, day)
        if not rates or None in rates or "minutes" not in dose:
            return None, dose
        mean = sum((Fraction(rate or 0) for rate in rates), Fraction(0)) / len(rates)
        return mean * dose["minutes"] / 60 / size, dose

    def rates(self, leaders: list[str], dose: Data, day: str) -> list[int | None]:
        staff = {person["initials"]: person for person in self.school["staff"]}
        roles = []
        for who in leaders:
            held = current(staff[who].get("roles", []), day)
            paid = [r for r in held if self.rate(r["role"], day) is not None]
            roles += [(paid or held)[-1]["role"]] if held else []
        roles = list(dict.fromkeys(roles)) or ([dose["role"]] if "role" in dose else [])
        return [self.rate(role, day) for role in roles]

    def rate(self, role: str, day: str) -> int | None:
        mine = [r for r in self.school["rates"] if r["role"] == role]
        held = current(mine, day)
        return int(held[-1]["pence_per_hour"]) if held else None

    def other(self, item: Data) -> int:
        provision = self.provisions.get(item["provision"], {})
        extra = provision.get("cost_per_pupil_pence", 0)
        return int(item.get("other_cost_pence", 0) + extra)

    def timed(self, item: Data) -> bool:
        doses = (self.usual(item), *item.get("dose", ()))
        return any({"minutes", "sessions_per_week"} & {*dose} for dose in doses)

    def planned(self, cycle: Data, item: Data, since: str, until: str) -> int | None:
        first, last = self.span(cycle, item)
        total = Fraction(self.other(item) if first >= since else 0)
        if not self.timed(item) and total:
            return pence(total)
        for days in self.weeks(max(first, since), min(last, until)).values():
            share, dose = self.share(item, days[0])
            if share is None or "sessions_per_week" not in dose:
                return None
            total += share * Fraction(str(dose["sessions_per_week"]))
        return pence(total)

    def log(
        self, cycle: Data, item: Data, since: str, until: str
    ) -> tuple[list[tuple[str, int, Data]], Counter[str]]:
        """What was given (day, how often, entry), and what was missed."""
        part = cycle.get("do", {})
        tallies = [
            entry
            for entry in part.get("tallies", ())
            if entry["intervention"] == item["id"] and entry["week"] <= until
            if (date.fromisoformat(entry["week"]) + timedelta(4)).isoformat() >= since
        ]
        weeks = {entry["week"] for entry in tallies}
        sessions = [
            entry
            for entry in part.get("sessions", ())
            if entry["intervention"] == item["id"] and since <= entry["date"] <= until
            if monday(entry["date"]) not in weeks
        ]
        missed: Counter[str] = Counter()
        for entry in tallies:
            missed.update(entry.get("missed", {}))
        missed.update(entry["missed"] for entry in sessions if "missed" in entry)
        given = [(e["date"], 1, e) for e in sessions if "missed" not in e]
        given += [(e["week"], e["delivered"], {"by": e.get("by", "")}) for e in tallies]
        return given, missed

    def to_date(self, cycle: Data, item: Data, since: str, until: str) -> int | None:
        first, _ = self.span(cycle, item)
        total = Fraction(self.other(item) if since <= first <= until else 0)
        given, _ = self.log(cycle, item, since, until)
        for day, times, entry in given:
            share, dose = self.share(item, day, entry.get("by", ""))
            if share is None:
                return None
            if "minutes" in entry:
                share = share * entry["minutes"] / dose["minutes"]
            total += share * times
        return pence(total)

    def due(self, cycle: Data, item: Data, since: str, until: str) -> Fraction:
        first, last = self.span(cycle, item)
        total = Fraction(0)
        for days in self.weeks(max(first, since), min(last, until)).values():
            dose = self.dose(item, days[0])
            if named := dose.get("days"):
                total += sum(
                    DAYS[date.fromisoformat(d).weekday()] in named for d in days
                )
            else:
                often = Fraction(str(dose.get("sessions_per_week", 0)))
                total += often * len(days) / 5
        return total

    def by_provision(self) -> dict[str, Data]:
        """Due, given, missed and money over the period, up to the day."""
        since, until = self.period[0], min(self.period[1], self.day)
        found: dict[str, Data] = {}
        for pupil, cycle, item in self.shown(*self.period):
            row = found.setdefault(
                item["provision"],
                {
                    "pupils": set(),
                    "due": Fraction(0),
                    "delivered": 0,
                    "missed": Counter(),
                    "planned": [],
                    "spent": [],
                    "ratings": Counter(),
                    "results": {},
                    "for_outcomes": [],
                },
            )
            given, missed = self.log(cycle, item, since, until)
            spent = self.to_date(cycle, item, since, until)
            row["pupils"].add(pupil["id"])
            row["due"] += self.due(cycle, item, since, until)
            row["delivered"] += sum(times for _, times, _ in given)
            row["missed"] += missed
            row["planned"].append(self.planned(cycle, item, *self.period))
            row["spent"].append(spent)
            self._judged(row, (pupil, cycle, item), spent, (since, until))
        return found

    def _judged(
        self,
        row: Data,
        support: tuple[Data, Data, Data],
        spent: int | None,
        span: tuple[str, str],
    ) -> None:
        pupil, cycle, item = support
        review = cycle.get("review", {})
        if not span[0] <= review.get("date", "") <= span[1]:
            return
        for entry in review.get("interventions", ()):
            if entry["intervention"] == item["id"] and "impact" in entry:
                row["ratings"][entry["impact"]] += 1
        hidden = {
            o["id"] for o in cycle["plan"].get("outcomes", ()) if o.get("restricted")
        }
        mine = {
            (pupil["id"], entry["outcome"]): entry["result"]
            for entry in review.get("outcomes", ())
            if entry["outcome"] in item.get("outcomes", ())
            and entry["outcome"] not in hidden
        }
        row["results"] |= mine
        judged = {k: v for k, v in mine.items() if v in MET | PART | UNMET}
        if judged and spent:
            row["for_outcomes"].append((judged, spent))

    def for_each(self, row: Data) -> int | None:
        """What was delivered for each outcome achieved; None of too few."""
        judged: Data = {}
        for outcomes, _ in row["for_outcomes"]:
            judged |= outcomes
        met = sum(result in MET for result in judged.values())
        if min(len(row["for_outcomes"]), len(judged)) < 3 or not met:
            return None
        return pence(Fraction(sum(spent for _, spent in row["for_outcomes"]), met))

    def register(self, day: str) -> Counter[str]:
        """Pupils on roll by status."""
        found: Counter[str] = Counter()
        for pupil in self.pupils:
            held = current(pupil.get("status", []), day)
            if held and self.on_roll(pupil, day):
                found[held[-1]["provision"]] += 1
        return found

    def year_before(self) -> tuple[int, int, int]:
        """Outcomes judged at reviews of the year before."""
        first, last = (f"{int(day[:4]) - 1}{day[4:]}" for day in self.period)
        return self.outcomes(last, first)

    def outcomes(self, last: str, since: str = "") -> tuple[int, int, int]:
        """Outcomes judged at reviews of the period: achieved, in part, not yet."""
        found: Counter[str] = Counter()
        since = since or self.period[0]
        for pupil in self.pupils:
            for cycle in pupil.get("cycles", ()):
                review = cycle.get("review", {})
                if since <= review.get("date", "") <= last:
                    found.update(e["result"] for e in review.get("outcomes", ()))
        achieved, part, unmet = (
            sum(found[result] for result in kind) for kind in (MET, PART, UNMET)
        )
        return achieved, part, unmet

    def on_register(self, day: str) -> list[Data]:
        """The pupils on roll with SEN support or a plan."""
        return [
            pupil
            for pupil in self.pupils
            if (held := current(pupil.get("status", []), day))
            and held[-1]["provision"] in {"K", "E"}
            and self.on_roll(pupil, day)
        ]

    def areas(self, day: str) -> Counter[str]:
        """Pupils on the register by the area of their first need."""
        found: Counter[str] = Counter()
        for pupil in self.on_register(day):
            by_id: Data = {}
            for need in current(pupil.get("needs", []), day):
                by_id[need["id"]] = need
            needs = sorted(by_id.values(), key=lambda need: need.get("rank", 99))
            found[AREA.get(needs[0]["type"] if needs else "", "uncategorised")] += 1
        return found

    def key_stages(self, day: str) -> Counter[str]:
        """Pupils on the register by key stage."""
        found: Counter[str] = Counter()
        for pupil in self.on_register(day):
            held = current(pupil.get("placements", []), day)
            found[STAGE[held[-1]["year_group"]] if held else "not recorded"] += 1
        return found

    def flagged(self, flag: str, day: str) -> int:
        """Pupils on the register of whom this is so."""
        return sum(
            any(f["flag"] == flag for f in current(pupil.get("flags", []), day))
            for pupil in self.on_register(day)
        )

    def above(self, threshold: int) -> int:
        """Pupils whose support planned in the period costs more than that."""
        found: Counter[str] = Counter()
        for pupil, cycle, item in self.shown(*self.period):
            found[pupil["id"]] += self.planned(cycle, item, *self.period) or 0
        return sum(cost > threshold for cost in found.values())

    def changes(self, provision: str) -> dict[str, list[tuple[float, float]]]:
        """Entry and exit of the outcomes judged in the period, by measure."""
        since, until = self.period[0], min(self.period[1], self.day)
        found: dict[str, Data] = defaultdict(dict)
        scales = {s["key"]: s for s in self.catalogue["scales"]}
        for pupil, cycle, item in self.shown(*self.period):
            review = cycle.get("review", {})
            if item["provision"] != provision:
                continue
            if not since <= review.get("date", "") <= until:
                continue
            ends = {e["outcome"]: e.get("value") for e in review.get("outcomes", ())}
            for aim in cycle["plan"].get("outcomes", ()):
                if aim["id"] not in item.get("outcomes", ()) or aim.get("restricted"):
                    continue
                scale = scales.get(aim.get("scale", ""), {})
                measure = aim.get("measure") or scale.get("unit", scale.get("name", ""))
                pair = [
                    _number(value, scale)
                    for value in (
                        aim.get("baseline", {}).get("value"),
                        ends.get(aim["id"]),
                    )
                ]
                if None not in pair:
                    found[measure][pupil["id"], aim["id"]] = tuple(pair)
        return {measure: [*pairs.values()] for measure, pairs in found.items()}


def _number(value: Any, scale: Data) -> float | None:
    """The value as a number: a word by its place, an age in months."""
    if value is None:
        return None
    if scale.get("kind") == "ordinal":
        return float(scale["values"].index(value) + 1)
    if scale.get("kind") == "age":
        years, months = str(value).split(":")
        return float(int(years) * 12 + int(months))
    return float(value)


AREA = {
    **dict.fromkeys(("SLCN", "ASD"), "communication and interaction"),
    **dict.fromkeys(("SPLD", "MLD", "SLD", "PMLD"), "cognition and learning"),
    "SEMH": "social, emotional and mental health",
    **dict.fromkeys(("HI", "VI", "MSI", "PD"), "sensory and/or physical needs"),
}
STAGE = {
    **dict.fromkeys(("E1", "E2", "N1", "N2", "R"), "Early years"),
    **dict.fromkeys(("1", "2"), "Key stage 1"),
    **dict.fromkeys(("3", "4", "5", "6"), "Key stage 2"),
}
