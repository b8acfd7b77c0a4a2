"""Which records a printed check code belongs to."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from itertools import product
from typing import Any

from sencli import terms
from sencli.core.provision import provision_map
from sencli.core.provision import register
from sencli.core.provision.map_filter import MapFilter
from sencli.core.provision.school import School
from sencli.core.record import lookup
from sencli.core.record.diff import Change
from sencli.core.record.fingerprint import combined
from sencli.core.record.fingerprint import digest
from sencli.core.record.fingerprint import published
from sencli.core.record.types import Entry
from sencli.core.school.published_reports import KINDS
from sencli.core.time.calendar import year_of
from sencli.value import Value
from sencli.value import field

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
        narrowed = MapFilter(period=period)
        for made in provision_map.rows([record], around, day, narrowed)[0]:
            facets: dict[str, Iterable[Any]] = {key: [made.get(key)] for key in _OF_ROW}
            facets["staff"] = made.get("led_by") or ()
            found |= set(_narrowed(what, _rooms(made), facets))
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
    found = set(_narrowed("all on roll", _rooms(row), facets))
    if row["provision"] != "N" or row["monitoring"]:
        found |= set(_narrowed("the register and watch list", _rooms(row), facets))
    if row["provision"] != "N":
        found |= set(_narrowed("the register", _rooms(row), facets))
    return found


def _rooms(row: Entry) -> dict[str, str]:
    found = {word: str(row[key]) for key, word in _ROOMS if row.get(key)}
    if "year" in found:
        found["year"] = terms.year_group_name(found["year"])
    return found


def _narrowed(what: str, rooms: Mapping[str, str], facets: Facets) -> Iterator[str]:
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


class Match(Value):
    """The records that a check code belongs to.

    Attributes:
        current: whether the records still say what the paper says.
        pupils: ids of the pupils that it is made from.
        what: of whom, in words without a name: ``p7k2q``, ``the map: class 4B``.
        issued: entries of ``issued`` with this code, each with its pupil's id.
        changes: by pupil's id, what has changed since.
        commit: the commit whose records it was made from, "" where it is current.
        date: the ISO date of that commit.
        as_at: the ISO date up to which the paper tells, or "" where it tells all.
    """

    current: bool
    pupils: tuple[str, ...] = ()
    what: str = ""
    issued: tuple[tuple[str, Entry], ...] = ()
    changes: Mapping[str, Sequence[Change]] = field(default_factory=dict)
    commit: str = ""
    date: str = ""
    as_at: str = ""


def issued(records: Sequence[Entry], code: str) -> tuple[tuple[str, Entry], ...]:
    """Every entry of a paper with that code, with the pupil's id."""
    return tuple(
        (str(record["id"]), entry)
        for record in records
        for entry in record.get("issued", ())
        if str(entry["content"]).upper() == code
    )


def whose(
    records: Mapping[str, Entry],
    code: str,
    around: School,
    day: str,
    some: Collection[str] = (),
    reports: Mapping[str, Entry] | None = None,
) -> tuple[str, tuple[str, ...]]:
    """The document and pupils that give this check code, or ("", ()).

    Looked at are each pupil alone, the pupils named, and the papers about many.

    Args:
        records: every record by id.
        code: as it was printed.
        around: the school.
        day: for who was in which class, and had what support.
        some: ids of pupils who may stand on the paper together.
        reports: what is written of the reports that the school publishes, by kind.
    """
    known = {pupil: digest(record) for pupil, record in records.items()}
    there = bool(some) and set(some) <= set(known)
    if there and combined(known[pupil] for pupil in some) == code:
        return pupil_words(some), tuple(sorted(some))
    for pupil, made in known.items():
        if combined([made]) == code:
            return pupil, (pupil,)
    tried: set[frozenset[str]] = set()
    for name, ids in groups(records.values(), around, day).items():
        if ids not in tried and combined(known[i] for i in ids) == code:
            return name, tuple(sorted(ids))
        tried.add(ids)
    everybody = combined(known.values())
    for kind, report in KINDS.items():
        if published(kind, (reports or {}).get(kind, {}), everybody) == code:
            return f"the {report.name}", tuple(sorted(known))
    return "", ()


def pupil_words(pupils: Collection[str]) -> str:
    """One pupil's id, or the number of pupils."""
    return next(iter(pupils)) if len(pupils) == 1 else f"{len(pupils)} pupils"
