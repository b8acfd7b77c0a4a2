"""A new pupil's record."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping
from typing import Any

from sencli import terms
from sencli.core.record.act import Act
from sencli.core.record.edit import given
from sencli.core.record.lookup import academic_year
from sencli.core.record.lookup import age_on
from sencli.core.record.lookup import full_name
from sencli.core.record.types import Record
from sencli.core.text import dates
from sencli.core.text.folding import same
from sencli.errors import InvalidValue

# Year 1 is the year in which a child who is five on 31 August is taught.
_AGE_BEFORE_YEAR_1 = 4
_OLDEST = 26

YEAR_GROUPS = {code: terms.year_group_name(code) for code in terms.YEAR_GROUPS}
YEAR_GROUP_WORDS = {f"y{code}".casefold(): code for code in terms.YEAR_GROUPS} | {
    "nursery": "N2",
    "yr": "R",
    "rec": "R",
    "mixed": "X",
}

SEX_WORDS = {"f": "female", "m": "male", "girl": "female", "boy": "male"}


def split_name(name: str) -> tuple[str, str]:
    """First word, and the rest: ``Maria``, ``del Carmen Ruiz``.

    A comma means that the surname comes first: ``Khan, Amelia Rose``.
    """
    last, comma, given_names = (part.strip() for part in name.partition(","))
    if comma and last and given_names:
        return " ".join(given_names.split()), " ".join(last.split())
    first, _, last = " ".join(name.split()).partition(" ")
    return first, last


def new_pupil(
    pupil_id: str,
    names: Mapping[str, Any],
    fields: Mapping[str, Any],
    today: str,
    known: Collection[str] = (),
) -> Act:
    """The record of a pupil who is new here.

    Args:
        pupil_id: a new id.
        names: ``first_name``, ``last_name``, ``known_as``.
        fields: ``date_of_birth``, ``sex``, ``upn``, ``year_group``, ``class``, ``from``
            (first day on roll), ``from_school``; ``None`` where not named.
        today: ISO date.
        known: full names of the pupils already here, for a warning.
    """
    own = given({k: fields.get(k) for k in ("date_of_birth", "sex", "upn")})
    record: Record = {"schema": 1, "id": pupil_id, **given(names), **own}
    stay = given({k: fields.get(k) for k in ("from", "from_school")})
    if stay:
        record["roll"] = [stay]
    placement = given({k: fields.get(k) for k in ("year_group", "class")})
    if placement:
        record["placements"] = [_first_placement(placement, stay.get("from"), today)]
    check_birth(record, today)
    return Act(
        record,
        _confirmation(record, placement),
        {"pupil": pupil_id},
        tuple(_warnings(record, placement, today, known)),
    )


def _first_placement(placement: Record, began: str | None, today: str) -> Record:
    """Year group and class: of this school year at the most, if a day is known."""
    if began is None:
        return placement
    this_year = f"{academic_year(today)}-09-01"
    return {"from": max(began, this_year), **placement}


def check_birth(record: Mapping[str, Any], today: str) -> None:
    """Refuse a date of birth that is still to come or after the first day on roll."""
    born = record.get("date_of_birth", "")
    if born > today:
        raise InvalidValue(
            f"Born on {dates.words(born)}? That day is still to come.",
            "Type the year in full: 14/03/2017",
        )
    began = min((s["from"] for s in record.get("roll", ()) if "from" in s), default="")
    if born and began and born > began:
        raise InvalidValue(
            f"On roll from {dates.words(began)}, before the date of birth, "
            f"{dates.words(born)}.",
            "Give the right --date-of-birth or --from.",
        )


def year_group_by_age(born: str, day: str) -> str:
    """The year group of somebody's age in the school year of the day, or ""."""
    age = age_on({"date_of_birth": born}, f"{academic_year(day)}-08-31")
    if age is None or age < _AGE_BEFORE_YEAR_1:
        return ""
    year = age - _AGE_BEFORE_YEAR_1
    return ("R", *terms.YEAR_GROUPS[5:19])[min(year, 14)]


def _confirmation(record: Record, placement: Mapping[str, str]) -> str:
    parts = [f"Added {full_name(record)} ({record['id']})"]
    if "year_group" in placement:
        parts.append(terms.year_group_name(placement["year_group"]))
    if "class" in placement:
        parts.append(f"class {placement['class']}")
    if "date_of_birth" in record:
        parts.append(f"born {dates.words(record['date_of_birth'])}")
    return f"{', '.join(parts)}."


def _warnings(
    record: Record,
    placement: Mapping[str, str],
    today: str,
    known: Collection[str],
) -> list[str]:
    found = []
    name = full_name(record)
    if any(same(name, other) for other in known):
        found.append(f"there is another {name}; type the id to tell them apart.")
    born = record.get("date_of_birth", "")
    if (age_on(record, today) or 0) > _OLDEST:
        found.append(f"{name} would be {age_on(record, today)} years old.")
    usual = year_group_by_age(born, today) if born else ""
    here = placement.get("year_group", "")
    if _years_apart(usual, here) > 1:
        found.append(
            f"by age {name} would be in {terms.year_group_name(usual)}, "
            f"not {terms.year_group_name(here)}."
        )
    return found


def _years_apart(one: str, other: str) -> int:
    """School years between two year groups; 0 if one is unknown."""
    order = terms.YEAR_GROUPS[: terms.YEAR_GROUPS.index("X")]
    if one not in order or other not in order:
        return 0
    return abs(order.index(one) - order.index(other))
