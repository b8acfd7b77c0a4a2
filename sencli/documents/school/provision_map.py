"""The provision map: who gets what, from whom, its cost and results.

One page by wave and area, then a row for each pupil and intervention.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from sencli import terms
from sencli.core.provision import provision_map as core
from sencli.core.provision.map_overview import Overview
from sencli.core.provision.map_overview import overview
from sencli.core.provision.provision_map import Row
from sencli.core.record.lookup import academic_year_label
from sencli.core.record.types import Entry
from sencli.core.text import dates
from sencli.core.text.folding import sort_key
from sencli.core.text.money import pounds
from sencli.core.text.plural import plural
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.paper_request import SchoolRequest
from sencli.documents.school import map_at_a_glance as at_a_glance
from sencli.documents.school import map_notes
from sencli.documents.school import map_rows
from sencli.documents.view import Block
from sencli.documents.view import Column
from sencli.documents.view import Group
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Sheet
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.documents.view import grown
from sencli.value import replace

_MONEY_FIELDS = frozenset(
    (
        *("pence_per_hour", "cost_pence", "planned_pence", "to_date_pence"),
        *("other_cost_pence", "running_total_pence", "cost_missing", "not_costed"),
        *("cost_reasons", "adults", "adults_pence"),
    )
)
_SUBTOTAL = "Subtotal"
_EMPTY = {
    False: "Nobody has an intervention at this time.",
    True: "Nobody of those asked for has an intervention at this time.",
}
_TYPE = {"a4": (6.5, 9.5), "a3": (7.0, 14.0)}
"""Sizes of type of the first page, the smallest and the largest, by the sheet."""


def build(
    records: Iterable[Entry],
    setting: PaperContext,
    request: SchoolRequest | None = None,
) -> tuple[View, ...]:
    """The provision map on the setting's day, or over a period."""
    request = request or SchoolRequest(shape="wide")
    rows, withheld = core.rows(records, setting, setting.day, request)
    shown = {row["pupil"] for row in rows}
    # what is asked for in another order, or of named pupils, is asked for by itself
    whole = not (request.by or request.pupils or request.flat)
    seen = None
    if not request.flat:
        seen = overview(records, rows, setting, setting.day, request)
    blocks: list[Block] = at_a_glance.blocks(seen, request) if seen and whole else []
    blocks += _tables(rows, setting, request)
    if request.costs:
        blocks += map_notes.uncosted(rows)
    blocks += map_notes.differing(rows)
    if withheld:
        blocks.append(Text(map_notes.withheld(withheld), "note"))
    if request.costs and request.shape == "wide" and rows:
        blocks += map_notes.how(setting)
    view = setting.view(
        "Provision map" if request.costs else "Provision map without costs",
        blocks,
        (record for record in records if record["id"] in shown),
        subtitle=_subtitle(setting, request),
        landscape=True,
        sheet=Sheet(
            request.size,
            grown(*_TYPE[request.size]) if whole else (),
            tables=whole,
        ),
        data=_data(rows, request, withheld, seen),
        footer="Confidential: for staff of the school only",
    )
    return (view,)


def _subtitle(setting: PaperContext, request: SchoolRequest) -> str:
    want = request
    when = dates.words(setting.day)
    if want.period:
        first, last = want.period
        label = academic_year_label(first)
        whole = (first[5:], last[5:]) == ("09-01", "08-31")
        when = f"School year {label}" if whole and first[:4] != last[:4] else ""
        when = when or f"{dates.words(first)} to {dates.words(last)}"
    parts = [
        when,
        "cost of what was delivered to date" if want.to_date and request.costs else "",
        f"class {want.class_}" if want.class_ else "",
        f"year group {want.year_group}" if want.year_group else "",
        f"need {want.need}" if want.need else "",
        f"tier {terms.TIERS.get(want.tier, want.tier)}" if want.tier else "",
        setting.provision(want.provision)["name"] if want.provision else "",
    ]
    return " · ".join(part for part in parts if part)


def _tables(
    rows: list[Row], setting: PaperContext, request: SchoolRequest
) -> list[Block]:
    """One table for csv, else one for each group, an area where none is asked for."""
    if request.flat or not rows:
        return [_flat(rows, setting, request)]
    by = request.by or "area"
    headed = by not in {"pupil", "provision"}
    columns = map_rows.columns(request, setting, headed=headed)
    groups = core.grouped(rows, by)
    if headed:
        groups = [(name, _by_provision(part)) for name, part in groups]
    # down the page, so that the last sum of a pupil is the pupil's whole
    ordered = [[{**row} for row in part] for _, part in groups]
    core.run_on([row for part in ordered for row in part])
    blocks: list[Block] = []
    for (name, _), part in zip(groups, ordered, strict=True):
        subtotal = _totals(_SUBTOTAL, part, columns, setting, request)
        table = _table(columns, part, subtotal, setting, request)
        if headed:
            table = replace(table, groups=_headings(part, request))
        heading = Heading(_group_name(name, part, by, setting))
        blocks.append(Keep((heading, table)))
    closing = _closing(request)
    whole = _totals("Total", rows, closing, setting, request)
    together = _table(closing, [], whole, setting, request)
    blocks.append(Keep((Heading("All together"), together)))
    return blocks


def _by_provision(rows: Sequence[Row]) -> list[Row]:
    """The rows with each provision's together, the widest waves first."""
    tiers = [*terms.TIERS, None]
    return sorted(
        rows,
        key=lambda row: (tiers.index(row["tier"]), sort_key(row["provision_name"])),
    )


def _headings(rows: Sequence[Row], request: SchoolRequest) -> tuple[Group, ...]:
    """A heading over each provision's rows: its wave, how many pupils, the cost."""
    made, at = [], 0
    for _, alike in groupby(rows, itemgetter("provision", "tier")):
        part = list(alike)
        parts = [part[0]["provision_name"], terms.TIERS.get(part[0]["tier"], "")]
        sums = core.total(part)
        parts.append(plural(sums["pupils"], "pupil"))
        if request.costs and sums["not_costed"] < len(part):
            parts.append(pounds(sums["cost_pence"]))
        made.append(Group(at, " · ".join(filter(None, parts))))
        at += len(part)
    return tuple(made)


def _flat(rows: list[Row], setting: PaperContext, request: SchoolRequest) -> Table:
    """All rows, then subtotals by group, then the total, marked by ``kind``."""
    columns = map_rows.columns(request, setting, headed=False)
    totals = []
    if rows and request.by:
        for name, part in core.grouped(rows, request.by):
            label = _group_name(name, part, request.by, setting)
            found = _totals(label, part, columns, setting, request)
            totals += [total | {"kind": "subtotal"} for total in found]
    if rows:
        totals += _totals("Total", rows, columns, setting, request)
    return _table(columns, rows, totals, setting, request)


def _table(
    columns: tuple[Column, ...],
    rows: Sequence[Row],
    totals: list[Row],
    setting: PaperContext,
    request: SchoolRequest,
) -> Table:
    keys = [column.key for column in columns]
    body = [map_rows.cells(row, setting, request) for row in rows]
    return Table(
        columns=columns,
        rows=tuple(tuple(row.get(key) for key in keys) for row in [*body, *totals]),
        totals=len(totals),
        empty=_EMPTY[_narrowed(request)],
    )


def _narrowed(request: SchoolRequest) -> bool:
    """Whether only some of the rows were asked for."""
    want = request
    some = (want.class_, want.year_group, want.need, want.tier, want.provision)
    return any(some) or bool(want.pupils)


def _closing(request: SchoolRequest) -> tuple[Column, ...]:
    """The columns of the grand total under several tables."""
    columns = [
        Column("name", "Name", width=4),
        Column("interventions", "Interventions", "number"),
        Column("pupils", "Pupils", "number"),
    ]
    if request.costs:
        columns.append(Column("cost", "Cost", "pence"))
    return tuple(columns)


def _totals(
    name: str,
    rows: Sequence[Row],
    columns: tuple[Column, ...],
    setting: PaperContext,
    request: SchoolRequest,
) -> list[Row]:
    """The total of the pupils' shares, and where it is asked for of the adults."""
    named = _named_in(columns)
    shares = _total(name, rows, named, setting, request)
    if not (request.adults and request.costs):
        return [shares]
    adults: Row = {
        "kind": shares["kind"],
        "cost": core.total(rows)["adults_pence"] if shares["cost"] else None,
        "name": f"{name}: what the adults cost",
        named: f"{name}: what the adults cost",
    }
    told = f"{name}: pupils' shares"
    return [{**shares, "name": told, named: told}, adults]


def _total(
    name: str,
    rows: Sequence[Row],
    named: str,
    setting: PaperContext,
    request: SchoolRequest,
) -> Row:
    """A row of totals, named in the first column of words that is shown."""
    made = core.total(rows)
    cells: Row = {
        "kind": "total",
        # a sum of nothing that could be costed would be read as free
        "cost": None if made["not_costed"] == len(rows) else made["cost_pence"],
        "planned": sum(row["planned_pence"] or 0 for row in rows) or None,
        "pupils": made["pupils"],
        "interventions": made["interventions"],
        "name": name,
        named: name,
    }
    if request.by == "pupil" and name == _SUBTOTAL:
        so_far = rows[-1]["running_total_pence"]
        cells["of_threshold"] = map_rows.share(so_far, setting)
    return cells


def _named_in(columns: Sequence[Column]) -> str:
    shown = (column.key for column in columns if not column.hidden)
    return next((key for key in shown if key not in {"kind", "pupil"}), "name")


def _group_name(name: str, part: Sequence[Row], by: str, setting: PaperContext) -> str:
    """A group's name in the words of the field."""
    if name == core.NOT_GIVEN:
        return f"{by.capitalize()} not recorded"
    names = {
        "pupil": " · ".join(filter(None, (part[0]["name"], part[0]["class"]))),
        "class": f"Class {name}",
        "year": terms.year_group_name(name),
        "need": f"{name} {terms.NEED_TYPES.get(name, ('',))[0]}".strip(),
        "provision": str(setting.provision(name)["name"]),
        "staff": _staff(name, setting),
        "funding": terms.FUNDING.get(name, name).capitalize(),
    }
    return names.get(by, terms.TIERS.get(name, name).capitalize())


def _staff(initials: str, setting: PaperContext) -> str:
    return " / ".join(setting.staff_names(initials.split(" / ")))


def _data(
    rows: Sequence[Row], request: SchoolRequest, withheld: int, seen: Overview | None
) -> dict[str, Any]:
    """The data for json: rows, totals by group, the overview and the grand total."""
    whole = core.total(rows)
    totals = []
    if request.by:
        for name, part in core.grouped(rows, request.by):
            totals.append({"by": request.by, "value": name, **core.total(part)})
    data = {
        "rows": [_kept(row, request) for row in rows],
        "totals": [_kept(total, request) for total in totals],
        "pupils": whole["pupils"],
        "interventions": whole["interventions"],
        "withheld": withheld,
    }
    if seen is not None:
        data["overview"] = at_a_glance.data(seen, costs=request.costs)
    if request.costs:
        data["total_pence"] = whole["cost_pence"]
        data["adults_pence"] = whole["adults_pence"]
        data["not_costed"] = whole["not_costed"]
    return data


def _kept(row: Entry, request: SchoolRequest) -> dict[str, Any]:
    return {
        key: value
        for key, value in row.items()
        if key != "adults" and (request.costs or key not in _MONEY_FIELDS)
    }
