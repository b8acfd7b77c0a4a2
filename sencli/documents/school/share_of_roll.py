"""SEN as a share of the number on roll, beside the figures for England."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sencli import terms
from sencli.core.record.types import Entry
from sencli.core.reports.governors import Figures
from sencli.core.school import percentages
from sencli.core.text.dates import words
from sencli.documents.view import Block
from sencli.documents.view import Column
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Table
from sencli.documents.view import Text

Row = dict[str, Any]
_PRIMARY_TO = 11


def rows_of(made: Figures, school: Entry, day: str) -> list[Row]:
    """The school's share of each kind, and England's; None is withheld or not known.

    Args:
        made: the figures; a number that is withheld has no share either.
        school: ``school.yaml``.
        day: the last day of the period.
    """
    roll = percentages.roll_on(school, day)
    counts = (
        ("sen_support", made.support),
        ("ehc_plan", made.plan),
        ("all_sen", made.pupils),
    )
    rows = []
    for figure, count in counts:
        national = percentages.national_figure(school, figure, day, _schools(school))
        rows.append(
            {
                "figure": figure,
                "pupils": count,
                "per_cent": None
                if roll is None or count is None
                else percentages.share_of(count, roll[0]),
                "national": national,
            }
        )
    known = roll is not None or any(row["national"] for row in rows)
    return rows if known else []


def _schools(school: Entry) -> str:
    """Which schools ours is compared with."""
    ages = school.get("ages", {})
    if school.get("type") == "special":
        return "special"
    if ages and ages["to"] <= _PRIMARY_TO:
        return "primary"
    return "secondary" if ages and ages["from"] >= _PRIMARY_TO else "all"


def blocks_of(made: Figures, school: Entry, day: str, withheld: str) -> Sequence[Block]:
    """The section; empty where neither the number on roll nor a figure is entered."""
    rows = rows_of(made, school, day)
    if not rows:
        return ()
    roll = percentages.roll_on(school, day)
    columns = (
        Column("figure", "Pupils with", width=40),
        Column("pupils", "Pupils", "number"),
        Column("per_cent", "Per cent of the school", "number"),
        Column("national", "Per cent in England", "number"),
    )
    told = tuple(
        (
            terms.NATIONAL_FIGURES[row["figure"]],
            withheld if row["pupils"] is None else row["pupils"],
            _own(row, withheld if roll else "number on roll not entered"),
            f"{row['national']['per_cent']:g}" if row["national"] else "",
        )
        for row in rows
    )
    blocks: list[Block] = [
        Keep((Heading("As a share of the school"), Table(columns, told)))
    ]
    if years := _years(made, school, day, withheld):
        blocks.append(years)
    return [*blocks, Text(_sources(rows, roll), "small")]


def _own(row: Row, instead: str) -> str:
    return instead if row["per_cent"] is None else f"{row['per_cent']:g}"


def _years(made: Figures, school: Entry, day: str, withheld: str) -> Table | None:
    """Each year group of which the number on roll is entered."""
    pattern = next(p for p in made.patterns if p.by == "year_group")
    rows = []
    for value, cells in zip(pattern.values, pattern.pupils, strict=False):
        whole = percentages.part_on(school, day, year_group=value)
        if whole:
            count = cells[-1]
            share = withheld
            if count is not None:
                share = f"{percentages.share_of(count, whole):g}"
            shown = withheld if count is None else count
            rows.append((terms.year_group_name(value), whole, shown, share))
    columns = (
        Column("year_group", "Year group", width=40),
        Column("roll", "On roll", "number"),
        Column("pupils", "On the SEN register", "number"),
        Column("per_cent", "Per cent of the year", "number"),
    )
    return Table(columns, tuple(rows)) if rows else None


def _sources(rows: Sequence[Row], roll: tuple[int, str] | None) -> str:
    """Of how many pupils, and whose the figures for England are, with their year."""
    told = []
    if roll is not None:
        told.append(f"On roll: {roll[0]} pupils on {words(roll[1])}.")
    for row in rows:
        if found := row["national"]:
            source = f" ({found['source']})" if "source" in found else ""
            told.append(f"England: {percentages.figure_label(found)}{source}.")
    return " ".join(told)
