"""Changes to the number on roll and to the figures for England."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from typing import Any

from sencli import terms
from sencli.core.record.act import Act
from sencli.core.record.edit import given
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.school.percentages import ALL
from sencli.core.school.percentages import PARTS
from sencli.core.school.percentages import figure_label
from sencli.core.school.percentages import whole_of
from sencli.core.text.dates import words
from sencli.errors import InvalidValue
from sencli.errors import NotFound


def set_roll(
    school: Record, pupils: int, day: str, part: Mapping[str, str | None], today: str
) -> Act:
    """The school with a number on roll of a day; that of the same day is amended.

    Args:
        school: ``school.yaml``.
        pupils: how many.
        day: the day counted.
        part: ``year_group``, ``class``, ``source``; None where not named.
        today: ISO date.
    """
    if day > today:
        raise InvalidValue(
            f"{words(day)} has not come yet.", "Give the day that was counted: --date"
        )
    named = given(part)
    entry = {
        "date": day,
        **{n: named[n] for n in PARTS if n in named},
        "pupils": pupils,
        **{n: named[n] for n in ("source",) if n in named},
    }
    listed: list[Record] = school.get("number_on_roll", [])
    old = [e for e in listed if _same_count(e, entry)]
    entry = {**(old[0] if old else {}), **entry}
    rest = [e for e in listed if not _same_count(e, entry)]
    made = sorted([*rest, entry], key=lambda e: str(e["date"]))
    return Act(
        {**school, "number_on_roll": made},
        f"{pupils} pupils on roll on {words(day)}{_of(entry)}.",
        {"number_on_roll": day},
        tuple(_odd(made, day)),
    )


def _same_count(one: Entry, other: Entry) -> bool:
    return all(one.get(n) == other.get(n) for n in ("date", *PARTS))


def _of(entry: Entry) -> str:
    parts = []
    if "year_group" in entry:
        parts.append(terms.year_group_name(entry["year_group"]))
    if "class" in entry:
        parts.append(f"class {entry['class']}")
    return f" in {', '.join(parts)}" if parts else ""


def _odd(entries: Iterable[Entry], day: str) -> list[str]:
    """A note where the years of a day do not add up to the whole school."""
    mine = [e for e in entries if e["date"] == day]
    whole = whole_of(e for e in mine if not {*PARTS} & e.keys())
    years = whole_of(e for e in mine if {*PARTS} & e.keys())
    if whole is None or years is None or years <= whole:
        return []  # one year is entered after the other
    told = f"the years and classes entered for {words(day)} add up to {years}"
    return [f"{told}, and the whole school has {whole}."]


def remove_roll(school: Record, day: str, part: Mapping[str, str | None]) -> Act:
    """The school without a number on roll.

    Raises:
        NotFound: there is none of that day.
    """
    wanted = {"date": day, **given(part)}
    listed: list[Record] = school.get("number_on_roll", [])
    rest = [e for e in listed if not _same_count(e, wanted)]
    if len(rest) == len(listed):
        raise NotFound(
            f"No number on roll is entered for {words(day)}{_of(wanted)}.",
            "See: sen roll list",
        )
    return Act(
        {**school, "number_on_roll": rest},
        f"Took out the number on roll of {words(day)}{_of(wanted)}.",
        {"number_on_roll": day},
    )


def set_figure(
    school: Record, figure: str, number: float, year: str, fields: Mapping[str, Any]
) -> Act:
    """The school with a figure for England; that of the same year is amended.

    Args:
        school: ``school.yaml``.
        figure: one of ``terms.NATIONAL_FIGURES``.
        number: per cent.
        year: ``2025/26``.
        fields: ``schools``, ``source``, ``published``; None where not named.
    """
    named = given(fields)
    if named.get("schools") == ALL:
        del named["schools"]  # all is what it means where nothing is said
    entry: Record = {
        "figure": figure,
        **{n: named[n] for n in ("schools",) if n in named},
        "year": year,
        "per_cent": number,
        **{n: named[n] for n in ("source", "published") if n in named},
    }
    listed: list[Record] = school.get("national_figures", [])
    old = [e for e in listed if _same_figure(e, entry)]
    entry = {**(old[0] if old else {}), **entry}
    rest = [e for e in listed if not _same_figure(e, entry)]
    made = sorted([*rest, entry], key=lambda e: str(e["year"]))
    note = () if "source" in entry else ("say where it comes from: --source",)
    return Act(
        {**school, "national_figures": made},
        f"England: {figure_label(entry)}.",
        {"national_figure": year},
        note,
    )


def _same_figure(one: Entry, other: Entry) -> bool:
    return all(one.get(n) == other.get(n) for n in ("figure", "schools", "year"))


def remove_figure(school: Record, figure: str, year: str, schools: str | None) -> Act:
    """The school without a figure for England.

    Raises:
        NotFound: there is none of that year.
    """
    wanted = {"figure": figure, "year": year, **given({"schools": schools})}
    if wanted.get("schools") == ALL:
        del wanted["schools"]
    listed: list[Record] = school.get("national_figures", [])
    rest = [e for e in listed if not _same_figure(e, wanted)]
    if len(rest) == len(listed):
        raise NotFound(
            f"No figure for {terms.NATIONAL_FIGURES[figure]} of {year} is entered.",
            "See: sen national list",
        )
    return Act(
        {**school, "national_figures": rest},
        f"Took out the figure for {terms.NATIONAL_FIGURES[figure]} of {year}.",
        {"national_figure": year},
    )
