"""The number on roll, and the national figures that the school's are set beside."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sencli import terms
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.errors import InvalidValue

_YEAR = re.compile(r"(20\d{2})\s*(?:[/-]|to)\s*(?:20)?(\d{2})")
_PER_CENT = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*(?:%|per ?cent)?", re.IGNORECASE)
ALL = "all"
"""The figure of all schools together."""
_WHOLE = 100
PARTS = ("year_group", "class")
"""What a number may be of beside the whole school."""


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
    whole = [e for e in listed if not {*PARTS} & e.keys()]
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
            {n: e[n] for n in PARTS if n in e} == want
            or ("class" in want and e.get("class") == want["class"])
        )
    ]
    return max(found, key=lambda e: str(e["date"]))["pupils"] if found else None


def share_of(count: int, whole: int) -> float:
    """A part in per cent of the whole, to one decimal."""
    return round(_WHOLE * count / whole, 1) if whole else 0.0


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
    school: Entry, figure: str, day: str, schools: str = ALL
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
        and e.get("schools", ALL) in {schools, ALL}
    ]
    own = [e for e in found if e.get("schools", ALL) == schools] or found
    return dict(max(own, key=lambda e: str(e["year"]))) if own else None


def figure_label(entry: Entry) -> str:
    """A figure in words: ``14.2 per cent SEN support in all schools, 2025/26``."""
    schools = terms.KINDS_OF_SCHOOLS[entry.get("schools", ALL)]
    return (
        f"{entry['per_cent']:g} per cent {terms.NATIONAL_FIGURES[entry['figure']]} in "
        f"{schools}, {entry['year']}"
    )
