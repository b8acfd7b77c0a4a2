"""The costed provision map of one pupil, with a running total against element 2."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sencli.core.provision.cost import rounded
from sencli.core.reports.ehc_evidence import CostRow
from sencli.core.text.dates import words
from sencli.core.text.money import pounds
from sencli.documents.view import Block
from sencli.documents.view import Column
from sencli.documents.view import Fields
from sencli.documents.view import Table
from sencli.documents.view import Text


def costed_map(
    made: Sequence[CostRow], period: tuple[str, str], threshold: int, *, money: bool
) -> list[Block]:
    """The section; empty where nothing was given.

    Args:
        made: the rows.
        period: ISO dates, first and last.
        threshold: element 2, in pence.
        money: whether the reader is told what it costs.
    """
    if not made:
        return []
    first, last = (words(day) for day in period)
    said = (
        "What is additional to or different from what all pupils have, as planned from "
        f"{first} to {last}."
    )
    how = " Cost is minutes a week / 60 x rate x weeks / pupils who share the adult."
    columns = [
        Column("provision", "Provision", width=5),
        Column("minutes_per_week", "Minutes a week", "number", width=2),
        Column("weeks", "Weeks", "number", width=2),
        Column("leaders", "Led by", width=4),
        Column("ratio", "Ratio", width=2),
    ]
    rows = [_row(row, money=money) for row in made]
    if not money:
        return [Text(said), Table(tuple(columns), tuple(rows))]
    columns += [
        Column("pence_per_hour", "Rate an hour", "pence", width=2),
        Column("cost_pence", "Cost", "pence", width=2),
        Column("running_total_pence", "Total so far", "pence", width=2),
    ]
    sums = Fields(_sums(made[-1].running, threshold))
    return [Text(f"{said}{how}"), Table(tuple(columns), tuple(rows)), sums]


def _row(row: CostRow, *, money: bool) -> tuple[Any, ...]:
    ratio = "" if row.minutes is None else f"1:{row.pupils}"
    led_by = ", ".join(row.leaders)
    made = (row.provision, plain_number(row.minutes), row.weeks or None, led_by, ratio)
    rate = None if row.rate is None else rounded(row.rate)
    return (*made, rate, row.pence, row.running) if money else made


def _sums(total: int, line: int) -> tuple[tuple[str, str], ...]:
    rows = [
        ("Total", pounds(total)),
        ("Element 2", f"{pounds(min(total, line))}, met by the school"),
    ]
    if total > line:
        rows.append(("Element 3", f"{pounds(total - line)}, above {pounds(line)}"))
    return tuple(rows)


def plain_number(value: Any) -> int | float | None:
    """A fraction as a number that json has."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)
