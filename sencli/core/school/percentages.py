"""The number on roll, and the national figures that the school's are set beside."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Mapping
from typing import Any

from sencli import terms
from sencli.core.record.act import Act
from sencli.core.record.edit import given
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.dates import words
from sencli.errors import InvalidValue
from sencli.errors import NotFound

_YEAR = re.compile(r"(20\d{2})\s*(?:[/-]|to)\s*(?:20)?(\d{2})")
_PER_CENT = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*(?:%|per ?cent)?", re.IGNORECASE)
_ALL = "all"
_WHOLE = 100
_PARTS = ("year_group", "class")


def roll_on(school: Entry, day: str) -> tuple[int, str] | None:
    """The number on roll as last counted by the day, and the day counted; or None.

    The whole school's number counts; where none was entered on that day, the years'
    are added up, or else the classes'.
    """
    counted = [e for e in school.get("number_on_roll", ()) if e["date"] <= day]
    for date in sorted({str(e["date"]) for e in counted}, reverse=True):
        number = whole_of(e for e in counted if e["date"] == date)
        if number is not None:
            return number, date
    return None


def whole_of(entries: Iterable[Entry]) -> int | None:
    """The whole school's number from those of one day; None where there is none."""
    listed = list(entries)
    whole = [e for e in listed if not {*_PARTS} & e.keys()]
    years = [e for e in listed if "year_group" in e and "class" not in e]
    classes = [e for e in listed if "class" in e]
    for some in (whole, years, classes):
        if some:
            return sum(int(e["pupils"]) for e in some)
    return None


def part_on(school: Entry, day: str, **part: str) -> int | None:
    """The number of a year group or class as last counted by the day; or None.

    Args:
        school: ``school.yaml``.
        day: ISO date.
        part: ``year_group`` or ``class_``.
    """
    want = {name.rstrip("_"): value for name, value in part.items()}
    found = [
        e
        for e in school.get("number_on_roll", ())
        if e["date"] <= day
        and (
            {n: e[n] for n in _PARTS if n in e} == want
            or ("class" in want and e.get("class") == want["class"])
        )
    ]
    return max(found, key=lambda e: str(e["date"]))["pupils"] if found else None


def share_of(count: int, whole: int) -> float:
    """A part in per cent of the whole, to one decimal."""
    return round(_WHOLE * count / whole, 1) if whole else 0.0


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
        **{n: named[n] for n in _PARTS if n in named},
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
    return all(one.get(n) == other.get(n) for n in ("date", *_PARTS))


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
    whole = whole_of(e for e in mine if not {*_PARTS} & e.keys())
    years = whole_of(e for e in mine if {*_PARTS} & e.keys())
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


def school_year(typed: str) -> str:
    """A school year as ``2025/26``.

    Raises:
        InvalidValue: it is none.
    """
    found = _YEAR.fullmatch(typed.strip())
    if found is None or (int(found[1]) + 1) % _WHOLE != int(found[2]):
        raise InvalidValue(f"{typed!r} is not a school year.", "Type it as 2025/26")
    return f"{found[1]}/{found[2]}"


def percentage(typed: str) -> int | float:
    """A percentage as typed: 14.2, 14.2%.

    Raises:
        InvalidValue: it is none.
    """
    found = _PER_CENT.fullmatch(typed.strip())
    number = float(found[1]) if found else -1.0
    if not 0 <= number <= _WHOLE:
        raise InvalidValue(
            f"{typed!r} is not a percentage.", "Type a number from 0 to 100, as 14.2"
        )
    return int(number) if number == int(number) else number


def national_figure(
    school: Entry, figure: str, day: str, schools: str = _ALL
) -> Record | None:
    """The newest figure for England of a kind by the day; None where none is entered.

    A figure of the year on the day or of one before counts; one published later does
    not. That of all schools stands in where these schools have none.
    """
    found = [
        e
        for e in school.get("national_figures", ())
        if e["figure"] == figure
        and f"{e['year'][:4]}-09-01" <= day
        and e.get("published", "") <= day
        and e.get("schools", _ALL) in {schools, _ALL}
    ]
    own = [e for e in found if e.get("schools", _ALL) == schools] or found
    return dict(max(own, key=lambda e: str(e["year"]))) if own else None


def figure_label(entry: Entry) -> str:
    """A figure in words: ``14.2 per cent SEN support in all schools, 2025/26``."""
    schools = terms.KINDS_OF_SCHOOLS[entry.get("schools", _ALL)]
    return (
        f"{entry['per_cent']:g} per cent {terms.NATIONAL_FIGURES[entry['figure']]} in "
        f"{schools}, {entry['year']}"
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
    if named.get("schools") == _ALL:
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
    if wanted.get("schools") == _ALL:
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
