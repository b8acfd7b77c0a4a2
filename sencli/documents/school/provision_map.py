"""The provision map: who gets what, from whom, its cost and results."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence
from typing import Any

from sencli import terms
from sencli.core.provision import provision_map as core
from sencli.core.provision.provision_map import Row
from sencli.core.record.lookup import academic_year_label
from sencli.core.record.types import Entry
from sencli.core.text import dates
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.paper_request import SchoolRequest
from sencli.documents.school import map_notes
from sencli.documents.view import Block
from sencli.documents.view import Column
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.value import Value


class _MapColumn(Value):
    """A column, where it is shown, and whether it is about money."""

    column: Column
    narrow: bool = False
    wide: bool = False
    money: bool = False


_COLUMNS = (
    _MapColumn(Column("kind", "Row")),
    _MapColumn(Column("pupil", "Id")),
    _MapColumn(Column("name", "Name", width=10), narrow=True, wide=True),
    _MapColumn(Column("class", "Class", width=5), narrow=True, wide=True),
    _MapColumn(Column("year_group", "Year")),
    _MapColumn(Column("area", "Area of need")),
    _MapColumn(Column("need", "Need", width=5), narrow=True, wide=True),
    _MapColumn(Column("outcome", "Outcome", width=22), wide=True),
    _MapColumn(Column("provision", "Provision (key)")),
    _MapColumn(Column("provision_name", "Provision", width=11), narrow=True, wide=True),
    _MapColumn(Column("tier", "Tier", width=6), narrow=True, wide=True),
    _MapColumn(Column("role", "Led by", width=5), narrow=True, wide=True),
    _MapColumn(Column("led_by", "Staff")),
    _MapColumn(Column("group", "Group")),
    _MapColumn(
        Column("group_size", "Pupils", "number", width=5), narrow=True, wide=True
    ),
    _MapColumn(Column("minutes", "Minutes", "number"), narrow=True),
    _MapColumn(Column("sessions_per_week", "A week", "number"), narrow=True),
    _MapColumn(Column("weeks", "Weeks", "number"), narrow=True),
    _MapColumn(Column("dose", "Dose", width=14), wide=True),
    _MapColumn(Column("dates", "From, until", width=9), wide=True),
    _MapColumn(Column("from", "From", "date")),
    _MapColumn(Column("until", "Until", "date")),
    _MapColumn(Column("sessions_due", "Due", "number", width=4)),
    _MapColumn(Column("delivered", "Delivered", "number", width=6)),
    _MapColumn(Column("missed", "Missed", width=8)),
    _MapColumn(Column("rate", "An hour", "pence"), money=True),
    _MapColumn(Column("planned", "Planned", "pence", width=7), money=True),
    _MapColumn(
        Column("cost", "Cost", "pence", width=7), narrow=True, wide=True, money=True
    ),
    _MapColumn(Column("running_total", "So far", "pence"), money=True),
    _MapColumn(Column("of_threshold", "Of limit", "percent", width=6), money=True),
    _MapColumn(Column("cost_missing", "Why not costed"), money=True),
    _MapColumn(Column("funding", "Paid from")),
    _MapColumn(Column("entry", "Entry", width=5), wide=True),
    _MapColumn(Column("exit", "Exit", width=5), wide=True),
    _MapColumn(Column("impact", "Impact", "number", width=5), wide=True),
    _MapColumn(Column("section_f", "Section F")),
)

_MONEY = {
    "rate": "pence_per_hour",
    "cost": "cost_pence",
    "planned": "planned_pence",
    "running_total": "running_total_pence",
}
_MONEY_FIELDS = frozenset(
    (
        *("pence_per_hour", "cost_pence", "planned_pence", "to_date_pence"),
        *("other_cost_pence", "running_total_pence", "cost_missing", "not_costed"),
        *("cost_reasons", "adults", "adults_pence"),
    )
)
_SUBTOTAL = "Subtotal"
_ON_PAPER = frozenset({"dose", "dates"})
"""Several fields in one column, where a page has no room for each."""

_DELIVERED = frozenset({"sessions_due", "delivered", "missed", "planned"})


def build(
    records: Iterable[Entry],
    setting: PaperContext,
    request: SchoolRequest | None = None,
) -> tuple[View, ...]:
    """The provision map on the setting's day, or over a period."""
    request = request or SchoolRequest(shape="wide")
    rows, withheld = core.rows(records, setting, setting.day, request)
    shown = {row["pupil"] for row in rows}
    blocks: list[Block] = _tables(rows, setting, request)
    if request.costs:
        blocks += map_notes.uncosted(rows)
    blocks += map_notes.differing(rows)
    if withheld:
        blocks.append(Text(map_notes.withheld(withheld), "note"))
    if request.costs and request.shape == "wide" and rows:
        blocks += map_notes.how(setting, by=request.by)
    view = setting.view(
        "Provision map" if request.costs else "Provision map without costs",
        blocks,
        (record for record in records if record["id"] in shown),
        subtitle=_subtitle(setting, request),
        landscape=True,
        data=_data(rows, request, withheld),
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
    """One table, or one for each group with its subtotal."""
    columns = _columns(request)
    if request.shape == "flat" or not rows:
        return [_flat(rows, setting, request, columns)]
    whole = _totals("Total", rows, setting, request)
    if not request.by:
        body = [_cells(row, setting, request) for row in rows]
        return [_table(columns, body, whole)]
    blocks: list[Block] = []
    for name, part in core.grouped(rows, request.by):
        body = [_cells(row, setting, request) for row in part]
        subtotal = _totals(_SUBTOTAL, part, setting, request)
        table = _table(columns, body, subtotal)
        heading = Heading(_group_name(name, part, request.by, setting))
        blocks.append(Keep((heading, table)))
    closing = _table(_closing(request), [], whole)
    blocks.append(Keep((Heading("All together"), closing)))
    return blocks


def _flat(
    rows: list[Row],
    setting: PaperContext,
    request: SchoolRequest,
    columns: tuple[Column, ...],
) -> Table:
    """All rows, then subtotals by group, then the total, marked by ``kind``."""
    body = [_cells(row, setting, request) for row in rows]
    totals = []
    if rows and request.by:
        for name, part in core.grouped(rows, request.by):
            label = _group_name(name, part, request.by, setting)
            found = _totals(label, part, setting, request)
            totals += [total | {"kind": "subtotal"} for total in found]
    if rows:
        totals += _totals("Total", rows, setting, request)
    return _table(columns, body, totals)


def _table(columns: tuple[Column, ...], body: list[Row], totals: list[Row]) -> Table:
    keys = [column.key for column in columns]
    return Table(
        columns=columns,
        rows=tuple(tuple(row.get(key) for key in keys) for row in [*body, *totals]),
        totals=len(totals),
        empty="No intervention is in force with these filters.",
    )


def _columns(request: SchoolRequest) -> tuple[Column, ...]:
    """The columns, hidden where the shape has no room or the grouping says them."""
    told = {"pupil": {"name", "class"}, "class": {"class"}, "need": {"need"}}
    told |= {"tier": {"tier"}, "provision": {"provision_name"}}
    headed = told.get(request.by, set())
    made = []
    for shown in _COLUMNS:
        key = shown.column.key
        if (shown.money and not request.costs) or (
            key in _ON_PAPER and request.shape != "wide"
        ):
            continue
        visible = shown.wide if request.shape == "wide" else shown.narrow
        if request.to_date and key in _DELIVERED:
            visible = True
        if request.shape == "wide" and request.by == "pupil" and key == "of_threshold":
            visible = True
        if request.shape == "flat":
            visible = True
        hidden = not visible or (key in headed and request.shape != "flat")
        made.append(_hidden(shown.column) if hidden else shown.column)
    return tuple(made)


def _hidden(column: Column) -> Column:
    return Column(column.key, column.title, column.kind, column.width, hidden=True)


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


def _cells(row: Row, setting: PaperContext, request: SchoolRequest) -> Row:
    """A row as the table has it: words for codes, pence under short names."""
    missed = ", ".join(
        f"{terms.MISSED.get(why, why)} {count}" for why, count in row["missed"].items()
    )
    made = {**row, "kind": "row", "missed": missed}
    made |= {key: row[name] for key, name in _MONEY.items()}
    if row["cost_pence"] is None and request.shape != "flat":
        made["cost"] = "not costed"
    if row["impact"] is not None and request.shape != "flat":
        made["impact"] = f"{row['impact']:+d}" if row["impact"] else "0"
    made["funding"] = terms.FUNDING.get(row["funding"], row["funding"])
    made["tier"] = terms.TIERS.get(row["tier"], row["tier"])
    made["of_threshold"] = _share(row["running_total_pence"], setting)
    made["cost_missing"] = "; ".join(row["cost_missing"])
    made["led_by"] = ", ".join(row["led_by"])
    made["dose"] = _dose(row)
    made["dates"] = "\n".join(
        dates.short(day) for day in (row["from"], row["until"]) if day
    )
    return made


def _dose(row: Row) -> str:
    """``30 min x 3 a week, 12 weeks``, as far as it is known."""
    weeks = "1 week" if row["weeks"] == 1 else f"{row['weeks']} weeks"
    minutes = f"{row['minutes']} min" if row["minutes"] else ""
    often = f"{row['sessions_per_week']} a week" if row["sessions_per_week"] else ""
    given = " x ".join(part for part in (minutes, often) if part)
    return ", ".join(part for part in (given, weeks if row["weeks"] else "") if part)


def _share(pence: int, setting: PaperContext) -> int | None:
    threshold = setting.threshold
    return round(100 * pence / threshold) if threshold else None


def _totals(
    name: str, rows: Sequence[Row], setting: PaperContext, request: SchoolRequest
) -> list[Row]:
    """The total of the pupils' shares, and where it is asked for of the adults."""
    shares = _total(name, rows, setting, request)
    if not (request.adults and request.costs):
        return [shares]
    named = _named_in(_columns(request))
    adults: Row = {
        "kind": shares["kind"],
        "cost": core.total(rows)["adults_pence"] if shares["cost"] else None,
        "name": f"{name}: what the adults cost",
        named: f"{name}: what the adults cost",
    }
    told = f"{name}: pupils' shares"
    return [{**shares, "name": told, named: told}, adults]


def _total(
    name: str, rows: Sequence[Row], setting: PaperContext, request: SchoolRequest
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
        _named_in(_columns(request)): name,
    }
    if request.by == "pupil" and name == _SUBTOTAL:
        cells["of_threshold"] = _share(rows[-1]["running_total_pence"], setting)
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
    names = {s["initials"]: s["name"] for s in setting.school.get("staff", ())}
    return " / ".join(names.get(one, one) for one in initials.split(" / "))


def _data(rows: Sequence[Row], request: SchoolRequest, withheld: int) -> dict[str, Any]:
    """The data for json: rows, totals by group, and the grand total."""
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
