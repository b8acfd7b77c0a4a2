"""Impact and cost by provision for governors: provisions of few pupils put together."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence
from typing import Any

from sencli.core import impact as core
from sencli.core import suppress
from sencli.core.impact import Impact
from sencli.core.lookup import joined
from sencli.core.settings import settings
from sencli.core.types import Entry
from sencli.documents.impact import DUE
from sencli.documents.impact import FOR_EACH
from sencli.documents.impact import judged_chart
from sencli.documents.impact import plain
from sencli.documents.setting import Setting
from sencli.documents.view import Block
from sencli.documents.view import Column
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Table
from sencli.documents.view import Text

Row = dict[str, Any]

_NAME = Column("provision_name", "Provision", width=30)
_CAME = (
    _NAME,
    Column("as_expected", "As expected or better", "number"),
    Column("less", "Less than expected", "number"),
    Column("achieved", "Outcomes achieved", "number"),
    Column("not_achieved", "Not achieved", "number"),
)
_GIVEN = (
    _NAME,
    Column("pupils", "Pupils", "number"),
    Column("sessions_due", "Sessions due", "number"),
    Column("delivered", "Delivered", "number"),
    Column("cost", "Cost planned", "pence"),
    Column("cost_an_outcome", "For each achieved", "pence"),
)
_PENCE = {"cost": "cost_pence", "cost_an_outcome": "cost_an_outcome_pence"}


def impacts(
    records: Iterable[Entry], setting: Setting, period: tuple[str, str]
) -> list[Impact]:
    """Each provision of enough pupils, and the others together."""
    small = settings(setting.school).small_number
    made, _ = core.impacts(records, setting.around, setting.day, period, small)
    return made


def row_of(impact: Impact, small: int) -> Row:
    """One provision; ``None`` is withheld (or, of a cost, not known)."""
    good = sum(count for rating, count in impact.ratings.items() if rating >= 0)
    behind = impact.heads
    as_expected, less = suppress.of_pupils(
        (good, behind.get("good", 0)),
        (impact.rated - good, behind.get("less", 0)),
        small,
    )
    achieved, not_achieved = suppress.of_pupils(
        (impact.achieved, behind.get("achieved", 0)),
        (impact.judged - impact.achieved, behind.get("missed", 0)),
        small,
    )
    return {
        "provision": impact.key or None,
        "provision_name": impact.name,
        "pupils": impact.pupils,
        "sessions_due": plain(impact.due),
        "delivered": impact.delivered,
        "as_expected": as_expected,
        "less": less,
        "achieved": achieved,
        "not_achieved": not_achieved,
        "cost_pence": impact.pence,
        "cost_an_outcome_pence": None if achieved is None else impact.for_outcomes.each,
        "cost_an_outcome_says": "" if achieved is None else impact.for_outcomes.why_not,
        "cost_incomplete": impact.not_costed > 0,
    }


def blocks(made: Sequence[Impact], small: int, withheld: str) -> list[Block]:
    """Impact and cost by provision."""
    heading = Heading("Impact and cost by provision")
    if not made:
        return [heading, Text("No provision was given to enough pupils to be told of.")]
    rows = [row_of(impact, small) for impact in made]
    found: list[Block] = [heading]
    # a bar of few would tell what the table withholds
    open_ = [i for i, row in zip(made, rows, strict=True) if row["less"] is not None]
    if chart := _chart(open_, small):
        found.append(Keep((chart,)))
    tables = [_table(rows, columns, withheld) for columns in (_CAME, _GIVEN)]
    return [*found, *tables, Text(_NOTE, "small"), *_uncosted(rows)]


def _uncosted(rows: Sequence[Row]) -> list[Block]:
    """Of which provisions the cost is not the whole."""
    names = [str(row["provision_name"]) for row in rows if row["cost_incomplete"]]
    if not names:
        return []
    told = f"Some support has no cost yet, and is in no sum: {joined(names)}."
    return [Text(told, "note")]


def _table(rows: Sequence[Row], columns: tuple[Column, ...], withheld: str) -> Table:
    return Table(
        columns,
        tuple(tuple(_cell(row, c.key, withheld) for c in columns) for row in rows),
    )


_NOTE = (
    "Provisions of few pupils stand together. An outcome that two provisions serve "
    f"counts for each. {DUE} {FOR_EACH}"
)


def _cell(row: Row, key: str, withheld: str) -> Any:
    if key == "cost_an_outcome" and row["cost_an_outcome_pence"] is None:
        return row["cost_an_outcome_says"] or withheld
    if key in _PENCE:
        return row[_PENCE[key]]
    return withheld if row[key] is None and key != "delivered" else row[key]


def _chart(made: Sequence[Impact], small: int) -> Any:
    safe = [
        impact
        for impact in made
        if not any(0 < part < small for part in _sides(impact))
    ]
    return judged_chart(safe, small) if safe else None


def _sides(impact: Impact) -> tuple[int, ...]:
    """How often less than, as, and more than expected, and of how many pupils."""
    rated, behind = impact.ratings, impact.heads
    counts = (rated[-2] + rated[-1], rated[0], rated[1] + rated[2])
    return (*counts, *(behind.get(side, 0) for side in ("less", "same", "more")))
