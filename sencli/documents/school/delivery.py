"""Delivery: sessions due, given and missed with reasons, and their cost.

Beside it what each pupil's support costs against element 2, the part that a school
meets itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from sencli import terms
from sencli.core.provision import provision_map as core
from sencli.core.provision.provision_map import Row
from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.core.text.folding import sort_key
from sencli.core.time.calendar import year_of
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.paper_request import SchoolRequest
from sencli.documents.school.impact import DUE
from sencli.documents.school.impact import missed_words
from sencli.documents.school.impact import plain
from sencli.documents.school.impact import share
from sencli.documents.school.impact import span_words
from sencli.documents.view import Block
from sencli.documents.view import Column
from sencli.documents.view import Heading
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.value import replace

FOOTER = "Confidential: for staff of the school only"
_GAPS = ("not_costed", "to_date_not_costed")
_TITLES = {
    "pupil": "Pupil",
    "class": "Class",
    "year": "Year group",
    "need": "Need",
    "tier": "Tier",
    "provision": "Provision",
    "area": "Area of need",
    "staff": "Led by",
    "funding": "Paid from",
}
_SESSIONS = (
    Column("pupils", "Pupils", "number", width=7),
    Column("sessions_due", "Due", "number", width=7),
    Column("delivered", "Delivered", "number", width=9),
    Column("missed", "Missed, and why", width=24),
    Column("not_recorded", "Not recorded", "number", width=9),
)
_MONEY = (
    Column("cost", "Cost planned", "pence", width=10),
    Column("to_date", "Cost to date", "pence", width=10),
)
_LIMIT = (
    Column("name", "Pupil", width=30),
    Column("class", "Class", width=8),
    Column("cost", "Cost planned", "pence"),
    Column("to_date", "Cost to date", "pence"),
    Column("of_threshold", "Of element 2", "percent"),
    Column("above", "Above element 2", "pence"),
    Column("top_up", "Top-up a year", "pence"),
    Column("left", "Top-up left", "pence"),
)


def build(
    records: Iterable[Entry],
    setting: PaperContext,
    request: SchoolRequest | None = None,
) -> tuple[View, ...]:
    """Sessions due and given up to the day, and their cost."""
    request = request or SchoolRequest()
    period = request.period or year_of(setting.day)
    request = replace(request, period=period, by=request.by or "provision")
    rows, withheld = core.rows(records, setting, setting.day, request)
    groups = [
        _group(_name(name, part, request.by, setting), part)
        for name, part in core.grouped(rows, request.by)
    ]
    if request.by in {"provision", "staff"}:
        groups.sort(key=lambda group: sort_key(str(group["name"])))
    whole = _group("All", rows)
    blocks: list[Block] = [_sessions(groups, whole, request)]
    against = _pupils(rows, records, setting) if request.costs else []
    if not request.flat:
        blocks.append(Text(_NOTE, "small"))
        if request.costs and rows:
            blocks += _against(against, setting)
    if withheld:
        told = "Restricted support is neither shown nor counted here."
        blocks.append(Text(told, "note"))
    if request.costs and not request.flat:
        blocks += _uncosted(groups)
    shown = {row["pupil"] for row in rows}
    view = setting.view(
        "Planned against delivered",
        blocks,
        (record for record in records if record["id"] in shown),
        subtitle=span_words(period, setting.day),
        landscape=True,
        data={
            "by": request.by,
            "groups": [_kept(g, request) for g in (*groups, whole)],
            **({"pupils": against} if request.costs else {}),
        },
        footer=FOOTER,
    )
    return (view,)


_NOTE = (
    f"{DUE} Not recorded: neither as given nor as missed. Cost to date is of what was "
    "delivered."
)


def _uncosted(groups: Sequence[Row]) -> list[Block]:
    """Of which groups the sums leave something out."""
    kinds = (("not_costed", "planned"), ("to_date_not_costed", "to date"))
    told = [
        f"Cost {kind} leaves out what has no cost: "
        + ", ".join(f"{g['name']} ({g[key]})" for g in groups if g[key])
        + ". Why: sen map"
        for key, kind in kinds
        if any(g[key] for g in groups)
    ]
    return [Text(line, "note") for line in told]


def _group(name: str, rows: Sequence[Row]) -> Row:
    """Totals of the rows of one group."""
    missed: Counter[str] = Counter()
    for row in rows:
        missed.update(row["missed"])
    due = sum((Fraction(str(row["sessions_due"])) for row in rows), Fraction(0))
    given = sum(row["delivered"] or 0 for row in rows)
    return {
        "name": name,
        "pupils": len({row["pupil"] for row in rows}),
        "sessions_due": plain(due),
        "delivered": given,
        "missed": dict(missed),
        "not_recorded": plain(max(Fraction(0), due - given - sum(missed.values()))),
        "cost_pence": _sum(rows, "planned_pence"),
        "to_date_pence": _sum(rows, "to_date_pence"),
        "not_costed": sum(row["planned_pence"] is None for row in rows),
        "to_date_not_costed": sum(row["to_date_pence"] is None for row in rows),
    }


def _sum(rows: Sequence[Row], key: str) -> int | None:
    """The sum of what is known; ``None`` where nothing is."""
    known = [row[key] for row in rows if row[key] is not None]
    return sum(known) if known else None


def _sessions(groups: Sequence[Row], whole: Row, request: SchoolRequest) -> Table:
    money = _MONEY if request.costs else ()
    columns = (Column("name", _TITLES[request.by], width=24), *_SESSIONS, *money)
    rows = [*groups, whole] if groups else []
    return Table(
        columns,
        tuple(tuple(_cell(row, column.key) for column in columns) for row in rows),
        totals=1 if groups else 0,
        empty="No support was given in this time with these filters.",
    )


def _cell(row: Row, key: str) -> Any:
    if key == "missed":
        return missed_words(row["missed"])
    return row[{"cost": "cost_pence", "to_date": "to_date_pence"}.get(key, key)]


def _pupils(
    rows: Sequence[Row], records: Iterable[Entry], setting: PaperContext
) -> list[Row]:
    """Each pupil's cost against element 2 and against top-up, the highest first."""
    limit = setting.threshold
    extra = [row for row in rows if row["tier"] != "universal"]
    given = {
        str(record["id"]): top_up
        for record in records
        if (top_up := _top_up(record, setting.day)) is not None
    }
    made = []
    for pupil, part in core.grouped(extra, "pupil"):
        cost = _sum(part, "planned_pence")
        above = None if cost is None else max(0, cost - limit)
        top_up = given.get(pupil)
        left = None if top_up is None or above is None else top_up - above
        made.append(
            {
                "pupil": pupil,
                "name": part[0]["name"],
                "class": part[0]["class"],
                "cost_pence": cost,
                "to_date_pence": _sum(part, "to_date_pence"),
                "of_threshold": share(cost, limit),
                "above_pence": above,
                "top_up_pence": top_up,
                "left_pence": left,
            }
        )
    made.sort(key=lambda one: (-(one["cost_pence"] or 0), sort_key(str(one["name"]))))
    return made


def _top_up(record: Entry, day: str) -> int | None:
    """Top-up (element 3) of the day, in pence a year; None where none is recorded."""
    sums = [
        int(entry["annual_pence"])
        for entry in record.get("funding", ())
        if entry.get("source") == "top_up" and lookup.holds(entry, day)
    ]
    return sum(sums) if sums else None


def _against(made: Sequence[Row], setting: PaperContext) -> list[Block]:
    """The table of it; without top-up anywhere it has no columns for that."""
    limit = setting.threshold
    told = (
        f"Element 2: the school meets up to £{limit / 100:,.0f} a pupil and year. "
        "Only what goes beyond provision for all counts."
    )
    funded = any(entry["top_up_pence"] is not None for entry in made)
    over = any(entry["above_pence"] for entry in made)
    shown = _LIMIT if funded else _LIMIT[:-2] if over else _LIMIT[:-3]
    if funded:
        told += (
            " Top-up left is top-up (element 3) less what is above element 2; a minus "
            "is met by the school."
        )
    names = {"cost": "cost_pence", "to_date": "to_date_pence", "above": "above_pence"}
    names |= {"top_up": "top_up_pence", "left": "left_pence"}
    return [
        Heading("Against element 2"),
        Text(told, "small"),
        Table(
            shown,
            tuple(tuple(e[names.get(c.key, c.key)] for c in shown) for e in made),
            empty="Nobody has support beyond provision for all.",
        ),
    ]


def _name(name: str, part: Sequence[Row], by: str, setting: PaperContext) -> str:
    """A group's name in the words of the field."""
    if by == "pupil":
        return str(part[0]["name"])
    if by == "provision":
        return str(setting.provision(name)["name"])
    if by == "year" and name in terms.YEAR_GROUPS:
        return terms.year_group_name(name)
    if by == "staff":
        known = {s["initials"]: s["name"] for s in setting.school.get("staff", ())}
        return " / ".join(str(known.get(one, one)) for one in name.split(" / "))
    if by == "funding":
        return terms.FUNDING.get(name, name)
    return terms.TIERS.get(name, name)


def _kept(group: Row, request: SchoolRequest) -> Row:
    money = () if request.costs else ("cost_pence", "to_date_pence", *_GAPS)
    return {key: value for key, value in group.items() if key not in money}
