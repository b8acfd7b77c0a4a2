"""Lists of what percentages are of: the number on roll, figures for England."""

from __future__ import annotations

from sencli import terms
from sencli.core.record.types import Entry
from sencli.core.text.natural import class_key
from sencli.documents.lists.listing import all_fields
from sencli.documents.lists.listing import listing
from sencli.documents.view import Column
from sencli.documents.view import View


def roll(school: Entry, day: str) -> View:
    """The numbers counted by the day, the newest first."""
    entered = sorted(
        (e for e in school.get("number_on_roll", ()) if e["date"] <= day),
        key=_place,
    )
    entered.sort(key=lambda e: str(e["date"]), reverse=True)
    objects = [
        {
            **e,
            "of": terms.year_group_name(e["year_group"]) if "year_group" in e else "",
        }
        for e in entered
    ]
    columns = (
        Column("date", "Counted on", "date"),
        Column("of", "Year group"),
        Column("class", "Class"),
        Column("pupils", "On roll", "number"),
        Column("source", "Source"),
    )
    empty = "None entered: sen roll set NUMBER --date DATE"
    return listing(
        "Number on roll",
        school,
        day,
        columns,
        objects,
        empty,
        all_fields(entered, "NumberOnRoll"),
    )


def _place(entry: Entry) -> tuple[int, str]:
    """The whole school first, then year by year."""
    year = entry.get("year_group", "")
    number = terms.YEAR_GROUPS.index(year) if year else -1
    return (number, class_key(entry.get("class")) if "class" in entry else "")


def national(school: Entry, day: str) -> View:
    """The figures for England, the newest year first."""
    entered = sorted(
        school.get("national_figures", ()), key=lambda e: str(e["year"]), reverse=True
    )
    objects = [
        {
            **e,
            "figure": terms.NATIONAL_FIGURES[e["figure"]],
            "schools": terms.KINDS_OF_SCHOOLS[e.get("schools", "all")],
        }
        for e in entered
    ]
    columns = (
        Column("figure", "Figure"),
        Column("schools", "Of which schools"),
        Column("year", "Year"),
        Column("per_cent", "Per cent", "number"),
        Column("source", "Source"),
        Column("published", "Published", "date"),
    )
    empty = "None entered: sen national set FIGURE NUMBER --year YEAR --source SOURCE"
    return listing(
        "Figures for England",
        school,
        day,
        columns,
        objects,
        empty,
        all_fields(entered, "NationalFigure"),
    )
