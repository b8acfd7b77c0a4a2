"""What the school's report of an annual review says, from the record (reg 20)."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any

from sencli.core.cycle import progress
from sencli.core.cycle.scales import scale_of
from sencli.core.provision import provision_map
from sencli.core.provision.map_filter import MapFilter
from sencli.core.provision.school import School
from sencli.core.pupil.languages import tag_of
from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.value import Value

Row = dict[str, Any]


class Measured(Value):
    """One of the school's outcomes that works towards an outcome of the plan.

    Attributes:
        outcome: as the school words it.
        baseline: the first value, in words; now: the last; aim: the target.
        by: ISO date of the target, or "".
    """

    outcome: str
    baseline: str = ""
    now: str = ""
    aim: str = ""
    by: str = ""


class Towards(Value):
    """An outcome of the plan (section E), and what came of it.

    Attributes:
        text: as the plan has it.
        result: of the review, a code, or "".
        value: at the review, or "".
        evidence: how we know, or "".
        measured: what the school measured towards it.
    """

    text: str
    result: str = ""
    value: str = ""
    evidence: str = ""
    measured: tuple[Measured, ...] = ()


class Given(Value):
    """A line of section F, and what was given under it.

    Attributes:
        text: as the plan has it; "" for support that belongs to no line.
        minutes: a week, where the plan says; else 0.
        rows: of the provision map, for the period.
    """

    text: str
    minutes: int = 0
    rows: tuple[Row, ...] = ()


class Opinion(Value):
    """Somebody's view: whose, ISO date or "", how gathered, the words, in what tag."""

    of: str
    date: str
    how: str
    text: str
    lang: str = ""


def since(record: Entry, plan: Entry, review: Entry, day: str) -> str:
    """From when the report tells: the last review before, else the plan's issue."""
    meeting = str(review.get("date", day))
    before = [
        str(r["date"])
        for r in record.get("ehc", {}).get("reviews", ())
        if r["date"] < meeting and r.get("id") != review.get("id")
    ]
    return max([str(plan["issued"]), *before])


def until(review: Entry, day: str) -> str:
    """Up to when it tells: the day, and after the meeting no longer than that."""
    return min(day, str(review.get("date", day)))


def towards(
    record: Entry, plan: Entry, review: Entry, around: School, period: tuple[str, str]
) -> list[Towards]:
    """Each outcome of the plan with baseline, now and aim, and its rating."""
    rated = {r["outcome"]: r for r in review.get("outcomes", ())}
    made = []
    for item in plan.get("outcomes", ()):
        result = rated.get(item["id"], {})
        found = _school_outcomes(record, plan, str(item["id"]), period)
        made.append(
            Towards(
                str(item["text"]),
                str(result.get("result", "")),
                str(result.get("value", "")),
                str(result.get("evidence", "")),
                tuple(_measured(record, one, around.scales, period) for one in found),
            )
        )
    return made


def _school_outcomes(
    record: Entry, plan: Entry, wanted: str, period: tuple[str, str]
) -> list[Entry]:
    """The school's outcomes for one of the plan's, the latest of each line of them.

    Those that name it; where none does, those of the support that carries out the
    lines of section F which serve it.
    """
    cycles = [c for c in record.get("cycles", ()) if _within(c, period)]
    planned = [(c, o) for c in cycles for o in c.get("plan", {}).get("outcomes", ())]
    named = [o for _, o in planned if o.get("ehc_outcome") == wanted]
    if not named:
        lines = {
            line["id"]
            for line in plan.get("provision", ())
            if wanted in line.get("outcomes", ())
        }
        served = {
            outcome
            for cycle in cycles
            for item in cycle.get("plan", {}).get("interventions", ())
            if item.get("section_f") in lines
            for outcome in item.get("outcomes", ())
        }
        named = [o for _, o in planned if o["id"] in served]
    gone_on = {o.get("continues") for _, o in planned}
    return [o for o in named if o["id"] not in gone_on]


def _within(cycle: Entry, period: tuple[str, str]) -> bool:
    """Whether a cycle ran in the period, and was no mistake."""
    if cycle.get("closed", {}).get("reason") == "opened_in_error":
        return False
    began = lookup.cycle_began(cycle)
    ended = cycle.get("review", {}).get("date") or cycle.get("closed", {}).get("date")
    return began <= period[1] and (ended or lookup.STILL) >= period[0]


def _measured(
    record: Entry, outcome: Entry, scales: Sequence[Entry], period: tuple[str, str]
) -> Measured:
    scale = scale_of(outcome, scales)
    points = [
        p for p in progress.series(record, outcome, scales) if p.date <= period[1]
    ]

    def value(entry: Any) -> str:
        return progress.value_words(entry.value, scale, entry.interval)

    target = outcome.get("target", {})
    aim = target.get("value")
    interval = target.get("interval")
    return Measured(
        str(outcome["outcome"]),
        value(points[0]) if points else "",
        value(points[-1]) if len(points) > 1 else "",
        "" if aim is None else progress.value_words(aim, scale, interval),
        str(target.get("by", "")),
    )


def given(
    record: Entry, plan: Entry, around: School, period: tuple[str, str]
) -> list[Given]:
    """Each line of section F with what was given; last, what belongs to no line."""
    rows, _ = provision_map.rows(
        [record], around, period[1], MapFilter(period=period, to_date=True)
    )
    made = [
        Given(
            str(line["text"]),
            int(line.get("minutes_per_week", 0)),
            tuple(row for row in rows if row["section_f"] == line["id"]),
        )
        for line in plan.get("provision", ())
    ]
    known = {line["id"] for line in plan.get("provision", ())}
    rest = tuple(row for row in rows if row["section_f"] not in known)
    return [*made, Given("", 0, rest)] if rest else made


def opinions(record: Entry, review: Entry, period: tuple[str, str]) -> list[Opinion]:
    """The newest view of each person in the period, those of the review first."""
    found: dict[str, Opinion] = {}
    for entry, day in sorted(_views(record, period), key=lambda pair: pair[1]):
        found[str(entry["of"])] = _opinion(entry, day)
    for entry in review.get("views", ()):
        day = str(entry.get("date", review.get("date", "")))
        found[str(entry["of"])] = _opinion(entry, day)
    return list(found.values())


def _opinion(entry: Entry, day: str) -> Opinion:
    how = str(entry.get("how", ""))
    lang = tag_of(str(entry.get("language", "")))
    return Opinion(str(entry["of"]), day, how, str(entry["text"]), lang)


def _views(record: Entry, period: tuple[str, str]) -> Iterator[tuple[Entry, str]]:
    first, last = period
    held: list[tuple[Entry, str]] = []
    for cycle in record.get("cycles", ()):
        if cycle.get("closed", {}).get("reason") == "opened_in_error":
            continue
        for part in ("assess", "review"):
            one = cycle.get(part, {})
            held += [(v, str(one.get("date", ""))) for v in one.get("views", ())]
    for meeting in record.get("meetings", ()):
        held += [(v, str(meeting["date"])) for v in meeting.get("views", ())]
    for entry, day in held:
        on = str(entry.get("date", day))
        if first < on <= last:
            yield entry, on


def last_steps(record: Entry, review: Entry) -> list[Record]:
    """The steps that the review before set for the year."""
    meeting = str(review.get("date", lookup.STILL))
    before = [
        r
        for r in record.get("ehc", {}).get("reviews", ())
        if r["date"] < meeting and r.get("id") != review.get("id")
    ]
    last: Entry = max(before, key=lambda r: str(r["date"]), default={})
    return [dict(step) for step in last.get("interim_targets", ())]
