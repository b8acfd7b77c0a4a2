"""Which papers about many pupils a pupil stands on: by what they are narrowed to."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from itertools import product
from typing import Any

from sencli import terms
from sencli.core import lookup
from sencli.core import provision_map
from sencli.core import register
from sencli.core.around import School
from sencli.core.calendar import year_of
from sencli.core.types import Entry

Facets = Mapping[str, Iterable[Any]]

_ROOMS = (("class", "class"), ("year_group", "year"))
_OF_ROW = ("need", "area", "tier", "provision")


def scopes(record: Entry, around: School, day: str) -> set[str]:
    """The names of all of them on a day, in words and without a pupil's name."""
    found = {"all pupils"}
    row = register.row(dict(record), day, dict(around.provisions))
    if lookup.on_roll(record, day):
        found |= _listed(row)
    for what, period in (("the map", None), ("delivery", year_of(day))):
        asked = provision_map.Asked(period=period)
        for made in provision_map.rows([record], around, day, asked)[0]:
            facets: dict[str, Iterable[Any]] = {key: [made.get(key)] for key in _OF_ROW}
            facets["staff"] = made.get("led_by") or ()
            found |= set(_named(what, _rooms(made), facets))
    return found


def _listed(row: Entry) -> set[str]:
    """The registers: K and E, and everybody who is on a watch list."""
    facets: Facets = {
        "need": row["needs"],
        "flag": row["flags"],
        "stage": [row["stage"]],
        "tier": row["tiers"],
        "SEN provision": [row["provision"]],
    }
    found = set(_named("all on roll", _rooms(row), facets))
    if row["provision"] != "N" or row["monitoring"]:
        found |= set(_named("the register and watch list", _rooms(row), facets))
    if row["provision"] != "N":
        found |= set(_named("the register", _rooms(row), facets))
    return found


def _rooms(row: Entry) -> dict[str, str]:
    found = {word: str(row[key]) for key, word in _ROOMS if row.get(key)}
    if "year" in found:
        found["year"] = terms.year_group_name(found["year"])
    return found


def _named(what: str, rooms: Mapping[str, str], facets: Facets) -> Iterator[str]:
    """The paper as a whole, narrowed to one thing, and to a room and one thing."""
    places = ["", *(_word(key, value) for key, value in rooms.items())]
    things = ["", *(_word(k, v) for k, some in facets.items() for v in some if v)]
    for place, thing in product(places, things):
        scope = ", ".join(part for part in (place, thing) if part)
        yield f"{what}: {scope}" if scope else what


def _word(key: str, value: object) -> str:
    text = str(value)
    return text if text.startswith("Year ") else f"{key} {text}"


def groups(
    records: Iterable[Entry], around: School, day: str
) -> dict[str, frozenset[str]]:
    """Of every such paper the ids of the pupils on it, the simplest name first."""
    found: dict[str, set[str]] = {}
    for record in records:
        for name in scopes(record, around, day):
            found.setdefault(name, set()).add(str(record["id"]))
    order = sorted(found, key=lambda name: (len(name), name))
    return {name: frozenset(found[name]) for name in order}
