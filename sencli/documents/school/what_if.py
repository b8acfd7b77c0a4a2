"""What other staffing would mean: cost and hours now and then, and who is left."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any

from sencli.core.provision.provision_map import Row
from sencli.core.provision.timetable import Slot
from sencli.core.provision.what_if import Comparison
from sencli.core.provision.what_if import WhatIf
from sencli.core.provision.what_if import compare
from sencli.core.provision.what_if import in_plans
from sencli.core.provision.what_if import who_leads
from sencli.core.record.types import Entry
from sencli.core.text.dates import words
from sencli.core.text.money import pounds
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.school.timetable import DAY_NAMES
from sencli.documents.view import Block
from sencli.documents.view import Bullets
from sencli.documents.view import Column
from sencli.documents.view import Heading
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View

_FOOTER = "Confidential: for staff of the school only. Nothing of this is recorded."
_COMPARED = (
    Column("what", "", width=30),
    Column("now", "Now", "number", width=10),
    Column("then", "Then", "number", width=10),
    Column("change", "Change", "number", width=10),
)
_ALONE = (
    Column("name", "Pupil", width=20),
    Column("class", "Class", width=7),
    Column("provision_name", "Provision", width=22),
    Column("hours_a_week", "Hours a week", "number", width=7),
    Column("section_f", "EHC plan", width=9),
)
_COUNTS = (
    ("pupils", "Pupils with support"),
    ("interventions", "Interventions"),
    ("hours_a_week", "Pupils' hours a week"),
    ("adult_hours_a_week", "Adults' hours a week"),
)
_MONEY = (
    ("cost_pence", "Cost, as the map has it"),
    ("adults_pence", "Cost of adults' time"),
)


def build(
    records: Sequence[Entry], setting: PaperContext, change: WhatIf
) -> tuple[View, ...]:
    """The comparison, with what would be otherwise at its head."""
    found = compare(records, setting, change)
    now, then = found.now.totals, found.then.totals
    blocks: list[Block] = [
        Bullets(tuple(_changes(records, setting, change))),
        _table(_COUNTS, now, then, "Support and hours"),
        _table(_MONEY, now, then, "Cost", "pence"),
        *_staff(found, setting),
        *_left(found),
        *_clashing(found.clashes),
        *(Text(note, "note") for note in _notes(found, now, then)),
    ]
    shown = {row["pupil"] for row in (*found.now.time, *found.then.time)}
    view = setting.view(
        "What if",
        blocks,
        (record for record in records if record["id"] in shown),
        subtitle=f"From {words(change.first)}; cost up to {words(change.last)}",
        data={
            "from": change.first,
            "until": change.last,
            "now": now,
            "then": then,
            "staff": _hours(found, setting),
            "nobody_leads": list(found.alone),
            "clashes": len(found.clashes),
        },
        footer=_FOOTER,
    )
    return (view,)


def _changes(
    records: Iterable[Entry], setting: PaperContext, change: WhatIf
) -> Iterator[str]:
    """The change, in words."""
    cover = " and ".join(setting.staff_names(change.cover))
    for who in setting.staff_names(change.without):
        yield f"Without {who}" + (f"; {cover} leads in that place." if cover else ".")
    for role, pence in change.rates.items():
        yield f"An hour of a {role} costs {pounds(pence)}."
    first_names = {r["id"]: r.get("known_as") or r["first_name"] for r in records}
    for group in change.groups:
        name = setting.provision(group.provision)["name"]
        who = ", ".join(str(first_names[pupil]) for pupil in group.pupils)
        led = " and ".join(setting.staff_names(group.led_by))
        yield f"One more group of {name} ({who})" + (f", led by {led}." if led else ".")


def _table(
    lines: Iterable[tuple[str, str]], now: Row, then: Row, caption: str, kind: Any = ""
) -> Table:
    columns: tuple[Column, ...] = _COMPARED
    if kind:
        columns = (columns[0], *(Column(c.key, c.title, kind, 10) for c in columns[1:]))
    # where one side lacks a cost that the other has, the difference says nothing
    even = not kind or now["not_costed"] == then["not_costed"]
    rows = tuple(
        (
            name,
            now[key],
            then[key],
            round(then[key] - now[key], 2) if even else None,
        )
        for key, name in lines
    )
    return Table(columns, rows, caption=caption)


def _hours(found: Comparison, setting: PaperContext) -> list[Row]:
    """The hours a week of everybody whose hours would change."""
    made = []
    for who in who_leads(found):
        now, then = found.now.hours_of(who), found.then.hours_of(who)
        both = {"now": now, "then": then, "change": then - now}
        name = setting.staff_names([who])[0]
        rounded = {key: round(hours, 2) for key, hours in both.items()}
        made.append({"initials": who, "name": name, **rounded})
    return made


def _staff(found: Comparison, setting: PaperContext) -> Iterator[Block]:
    rows = _hours(found, setting)
    if rows:
        columns = (Column("name", "Staff", width=30), *_COMPARED[1:])
        listed = tuple(tuple(row[c.key] for c in columns) for row in rows)
        yield Table(columns, listed, caption="Hours a week led, where they change")


def _left(found: Comparison) -> Iterator[Block]:
    if not found.alone:
        return
    yield Heading("Nobody would lead")
    if promised := in_plans(found):
        yield Text(
            f"In section F of an EHC plan: {len(promised)} of these. The authority "
            "must secure them, whoever is there (Children and Families Act 2014, "
            "section 42)."
        )
    rows = tuple(tuple(row[c.key] for c in _ALONE) for row in found.alone)
    yield Table(_ALONE, rows)


def _clashing(clashes: Sequence[tuple[Slot, Slot]]) -> Iterator[Block]:
    if not clashes:
        return
    yield Heading("In two places at once")
    yield Bullets(
        tuple(
            f"{DAY_NAMES[one.day]}: {_slot(one)} and {_slot(other)}."
            for one, other in clashes
        )
    )


def _slot(slot: Slot) -> str:
    staff = " and ".join(slot.staff)
    return f"{slot.group or slot.provision} at {slot.time}" + (
        f" ({staff})" if staff else ""
    )


def _notes(found: Comparison, now: Row, then: Row) -> Iterator[str]:
    yield (
        "Nothing was changed. Hours are those of the first day; cost is of the support "
        "planned for the whole of the time."
    )
    lacking = (now["not_costed"], then["not_costed"])
    if any(lacking):
        compared = "" if len(set(lacking)) == 1 else ", so it cannot be compared"
        yield (
            f"Cost leaves out what has no cost: {lacking[0]} now, {lacking[1]} "
            f"then{compared}. Why: sen map"
        )
    if found.withheld:
        yield "Restricted support is counted on neither side."
