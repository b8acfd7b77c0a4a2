"""A cycle at a glance: numbered outcomes and interventions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sencli.core.cycle import progress
from sencli.core.cycle.delivery import delivery
from sencli.core.cycle.dose import list_said
from sencli.core.cycle.dose import provision_name
from sencli.core.cycle.scales import Scale
from sencli.core.cycle.scales import scale_of
from sencli.core.people.names import who
from sencli.core.provision.school import School
from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text import dates
from sencli.core.time.calendar import dose_on
from sencli.documents.view import Block
from sencli.documents.view import Bullets
from sencli.documents.view import Column
from sencli.documents.view import Fields
from sencli.documents.view import Heading
from sencli.documents.view import Table


def cycle_blocks(record: Record, cycle: Entry, around: School) -> Iterator[Block]:
    """The cycle under its label: dates, outcomes, interventions, strategies."""
    yield Heading(f"Open cycle: {lookup.cycle_label(record, cycle)}")
    assess, plan = cycle.get("assess", {}), cycle.get("plan", {})
    rows = {
        "Teacher": who(cycle.get("teacher", ""), record, around.school),
        "Assessed": _day(assess.get("date")),
        "Assessment": assess.get("teacher_assessment", ""),
        "Planned": _day(plan.get("date")),
        "Review by": _day(plan.get("review_by")),
    }
    told = tuple((name, text) for name, text in rows.items() if text)
    if told:
        yield Fields(told)
    if plan.get("outcomes"):
        yield _outcomes(record, plan["outcomes"], around)
    if plan.get("interventions"):
        yield _interventions(record, cycle, around)
    now = [s for s in plan.get("strategies", ()) if lookup.holds(s, around.day)]
    if now:
        yield Heading("In class", 3)
        yield Bullets(tuple(s["text"] for s in now))


def _day(day: str | None) -> str:
    return dates.words(day) if day else ""


def _value(value: Any, scale: Scale, interval: Any = None) -> str:
    return "" if value is None else progress.bare(value, scale, interval)


def _outcomes(record: Record, outcomes: list[Record], around: School) -> Table:
    rows = []
    for number, outcome in enumerate(outcomes, 1):
        scale = scale_of(outcome, around.provisions.get("scales", ()))
        start, target = outcome.get("baseline", {}), outcome.get("target", {})
        points = progress.series(record, outcome, around.provisions.get("scales", ()))
        last = points[-1] if points else None
        rows.append(
            (
                number,
                outcome["outcome"],
                scale.measure,
                _value(start.get("value"), scale, start.get("interval")),
                _value(last.value, scale, last.interval) if last else "",
                _value(target.get("value"), scale, target.get("interval")),
                target.get("by", ""),
            )
        )
    columns = (
        Column("number", "No.", "number"),
        Column("outcome", "Outcome"),
        Column("measure", "Measure"),
        Column("baseline", "Start"),
        Column("latest", "Latest"),
        Column("target", "Target"),
        Column("by", "By", "date"),
    )
    return Table(columns, tuple(rows), caption="Outcomes")


def _interventions(record: Record, cycle: Entry, around: School) -> Table:
    names = {g["id"]: g["name"] for g in around.groups.get("groups", ())}
    offered = around.provisions.get("provisions", ())
    rows = []
    for number, item in enumerate(cycle["plan"]["interventions"], 1):
        dose = dict(dose_on(item.get("dose", ()), around.day))
        led = dose.pop("led_by", None) or []
        done = delivery(cycle, item["id"], "", around.day)
        ended = item.get("ended", {}).get("date") or item.get("until", "")
        rows.append(
            (
                number,
                provision_name(item["provision"], offered),
                names.get(item.get("group", ""), ""),
                list_said(item, dose),
                ", ".join(who(person, record, around.school) for person in led),
                item.get("from", ""),
                ended,
                _given(done.delivered, done.not_delivered) if done.recorded else "",
            )
        )
    columns = (
        Column("number", "No.", "number"),
        Column("provision", "Intervention"),
        Column("group", "Group"),
        Column("dose", "Dose"),
        Column("led_by", "Led by"),
        Column("from", "From", "date"),
        Column("until", "Until", "date"),
        Column("sessions", "Sessions"),
    )
    return Table(columns, tuple(rows), caption="Interventions")


def _given(delivered: int, missed: int) -> str:
    return f"{delivered} given, {missed} missed" if missed else f"{delivered} given"
