"""The rows of the provision map: their columns, and how each value is written."""

from __future__ import annotations

from sencli import terms
from sencli.core.provision.provision_map import Row
from sencli.core.text import dates
from sencli.core.text.money import pounds
from sencli.core.text.plural import plural
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.paper_request import SchoolRequest
from sencli.documents.view import Column
from sencli.value import Value
from sencli.value import replace


class _MapColumn(Value):
    """A column, where it is shown, and whether it is about money."""

    column: Column
    narrow: bool = False
    wide: bool = False
    money: bool = False
    paper: bool = False


_COLUMNS = (
    _MapColumn(Column("kind", "Row")),
    _MapColumn(Column("pupil", "Id")),
    _MapColumn(Column("name", "Name", width=9), narrow=True, wide=True),
    _MapColumn(Column("class", "Class", width=4), narrow=True, wide=True),
    _MapColumn(Column("year_group", "Year")),
    _MapColumn(Column("area", "Area of need")),
    _MapColumn(Column("need", "Need", width=5), narrow=True, wide=True),
    _MapColumn(Column("provision", "Provision (key)")),
    _MapColumn(Column("provision_name", "Provision", width=11), narrow=True, wide=True),
    _MapColumn(Column("tier", "Wave", width=6)),
    _MapColumn(Column("outcome", "Outcome")),
    _MapColumn(Column("aim", "Aim", width=17), wide=True, paper=True),
    _MapColumn(Column("moved", "In → now → aim", width=16), wide=True, paper=True),
    _MapColumn(Column("role", "Role")),
    _MapColumn(Column("led_by", "Staff")),
    _MapColumn(Column("leader", "Led by", width=9), narrow=True, wide=True),
    _MapColumn(Column("group", "Group")),
    _MapColumn(Column("group_size", "Pupils", "number")),
    _MapColumn(Column("minutes", "Minutes", "number")),
    _MapColumn(Column("sessions_per_week", "A week", "number")),
    _MapColumn(Column("weeks", "Weeks", "number")),
    _MapColumn(Column("dose", "Dose", width=11), narrow=True, wide=True, paper=True),
    _MapColumn(Column("dates", "From, until", width=8), wide=True, paper=True),
    _MapColumn(Column("from", "From", "date")),
    _MapColumn(Column("until", "Until", "date")),
    _MapColumn(Column("sessions_due", "Due", "number")),
    _MapColumn(Column("delivered", "Delivered", "number")),
    _MapColumn(Column("given", "Given", width=6), narrow=True, wide=True, paper=True),
    _MapColumn(Column("missed", "Missed", width=8)),
    _MapColumn(Column("rate", "An hour", "pence"), money=True),
    _MapColumn(Column("planned", "Planned", "pence", width=7), money=True),
    _MapColumn(
        Column("cost", "Cost", "pence", width=7), narrow=True, wide=True, money=True
    ),
    _MapColumn(
        Column("running_total", "Total so far", "pence", width=7), wide=True, money=True
    ),
    _MapColumn(
        Column("of_threshold", "Of limit", "percent", width=5), wide=True, money=True
    ),
    _MapColumn(Column("cost_missing", "Why not costed"), money=True),
    _MapColumn(Column("funding", "Paid from")),
    _MapColumn(Column("entry", "In")),
    _MapColumn(Column("now", "Now")),
    _MapColumn(Column("target", "Aim")),
    _MapColumn(Column("exit", "Out")),
    _MapColumn(Column("impact", "Impact", "number", width=4), wide=True),
    _MapColumn(Column("section_f", "Section F")),
)
"""Several fields share a column (``paper``) where people read; csv has each apart."""

_MONEY = {
    "rate": "pence_per_hour",
    "cost": "cost_pence",
    "planned": "planned_pence",
    "running_total": "running_total_pence",
}
_UNKNOWN = "\u2013"
"""What is not recorded, which is not none."""

_TO_DATE = frozenset({"missed", "planned"})
_TOLD = {
    "pupil": {"name", "class"},
    "class": {"class"},
    "need": {"need"},
    "provision": {"provision_name"},
}


def columns(
    request: SchoolRequest, setting: PaperContext, *, headed: bool
) -> tuple[Column, ...]:
    """The columns; hidden is what a heading says or the shape has no room for.

    Args:
        request: its shape and grouping.
        setting: names the threshold of element 2.
        headed: whether each provision has a heading of its own.
    """
    told = {*_TOLD.get(request.by, ()), *({"provision_name"} if headed else ())}
    made = []
    for shown in _COLUMNS:
        key = shown.column.key
        if (shown.money and not request.costs) or (shown.paper and request.flat):
            continue
        visible = shown.wide if request.shape == "wide" else shown.narrow
        visible |= request.to_date and key in _TO_DATE
        column = shown.column
        if key == "of_threshold" and not request.flat:
            column = replace(column, title=f"Of {_limit(setting)}")
        if not request.flat and (not visible or key in told):
            column = replace(column, hidden=True)
        made.append(column)
    return tuple(made)


def _limit(setting: PaperContext) -> str:
    return pounds(setting.threshold).removesuffix(".00")


def cells(row: Row, setting: PaperContext, request: SchoolRequest) -> Row:
    """A row as the table has it: words for codes, pence under short names."""
    missed = ", ".join(
        f"{terms.MISSED.get(why, why)} {count}" for why, count in row["missed"].items()
    )
    made = {**row, "kind": "row", "missed": missed}
    made |= {key: row[name] for key, name in _MONEY.items()}
    if row["cost_pence"] is None and not request.flat:
        made["cost"] = "not costed"
    if row["impact"] is not None and not request.flat:
        made["impact"] = f"{row['impact']:+d}" if row["impact"] else "0"
    made["funding"] = terms.FUNDING.get(row["funding"], row["funding"])
    made["tier"] = terms.TIERS.get(row["tier"], row["tier"])
    made["of_threshold"] = share(row["running_total_pence"], setting)
    made["cost_missing"] = "; ".join(row["cost_missing"])
    made["led_by"] = ", ".join(row["led_by"])
    made["leader"] = ", ".join(row["leaders"]) or _nobody(row)
    made["dose"] = _dose(row) if request.shape == "wide" else _often(row)
    made["given"] = _given(row)
    made["aim"], made["moved"] = _aims(row)
    made["dates"] = "\n".join(
        dates.short(day) for day in (row["from"], row["until"]) if day
    )
    return made


def _nobody(row: Row) -> str:
    """A role, where nobody is named: that is a gap, and looks like one."""
    return f"{row['role']}, not named" if row["role"] else ""


def _often(row: Row) -> str:
    """``3 x 30 min``, as far as it is known."""
    minutes = f"{row['minutes']} min" if row["minutes"] else ""
    often = row["sessions_per_week"]
    return " x ".join(part for part in (str(often) if often else "", minutes) if part)


def _dose(row: Row) -> str:
    """``3 x 30 min, 1:4, 10 weeks``, as far as it is known."""
    often = _often(row)
    ratio = f"1:{row['group_size']}" if often else ""
    weeks = plural(row["weeks"], "week") if row["weeks"] else ""
    return ", ".join(part for part in (often, ratio, weeks) if part)


def _given(row: Row) -> str:
    """``19 of 21``: sessions given of those due by the day; "" if none was due."""
    due = int(row["sessions_due"] + 0.5)
    if row["delivered"] is None:
        return f"{_UNKNOWN} of {due}" if due else ""
    return f"{row['delivered']} of {due}"


def _aims(row: Row) -> tuple[str, str]:
    """The aims, numbered where there are several, and their values the same way."""
    aims = row["aims"]
    many = len(aims) > 1
    said, moved = [], []
    for at, aim in enumerate(aims, start=1):
        number = f"{at}. " if many else ""
        values = [aim[key] for key in ("entry", "now", "target")]
        said.append(f"{number}{aim['outcome']}")
        if any(values):
            measured = " → ".join(value or _UNKNOWN for value in values)
            moved.append(f"{number}{measured} {aim['measure']}".strip())
    return "\n".join(said), "\n".join(moved)


def share(pence: int, setting: PaperContext) -> int | None:
    """So much of element 2, in per cent."""
    threshold = setting.threshold
    return round(100 * pence / threshold) if threshold else None
