"""Figures for the SEN information report, without pupils' names."""

from __future__ import annotations

from collections.abc import Iterable

from sencli import terms
from sencli.core.record import lookup
from sencli.core.record.lookup import STILL
from sencli.core.record.types import Entry
from sencli.core.reports import small_numbers
from sencli.core.text.folding import fold
from sencli.core.text.folding import sort_key

_PEOPLE = {
    "senco": "SENCO",
    "sendco": "SENCO",
    "headteacher": "Headteacher",
    "head": "Headteacher",
    "designated teacher": "Designated teacher for looked-after children",
    "sen governor": "Governor for SEN",
    "governor for sen": "Governor for SEN",
}


def named_contacts(school: Entry, day: str) -> list[str]:
    """``SENCO: J. Patel``: the people whom parents may want, in order of the list."""
    found: dict[str, list[str]] = {}
    for person in school.get("staff", ()):
        for role in person.get("roles", ()):
            name = _PEOPLE.get(fold(str(role["role"]).replace("_", " ")), "")
            if name and lookup.holds(role, day):
                found.setdefault(name, []).append(str(person["name"]))
    order = dict.fromkeys(_PEOPLE.values())
    return [
        f"{name}: {lookup.joined(list(dict.fromkeys(found[name])))}"
        for name in order
        if name in found
    ]


def looked_after(records: Iterable[Entry], day: str, small: int) -> int | None:
    """Pupils on the SEN register who are looked after; ``None`` is withheld."""
    count = sum(
        "looked_after" in lookup.flags_on(record, day)
        and lookup.status_on(record, day)["provision"] != "N"
        and lookup.on_roll(record, day)
        for record in records
    )
    return small_numbers.alone(count, small)


def contact(school: Entry) -> list[str]:
    """The school's own telephone, e-mail and website, as far as they are entered."""
    return ways(school.get("letterhead", {}))


def ways(entry: Entry) -> list[str]:
    """``telephone 01632 960001`` and the like, of a service or of the school."""
    return [
        f"{way} {entry[way]}"
        for way in ("telephone", "email", "website")
        if way in entry
    ]


def offered(provisions: Entry, day: str, area: str = "") -> list[str]:
    """The provisions offered on the day, in words for parents."""
    found = []
    for entry in provisions.get("provisions", ()):
        gone = entry.get("retired", STILL) <= day
        if gone or (area and area not in entry.get("areas", ())):
            continue
        name = str(entry.get("parent_name") or entry["name"])
        told = " ".join(str(entry.get("description", "")).split())
        found.append(f"{name}: {told}" if told else name)
    return sorted(found, key=sort_key)


def training(school: Entry, period: tuple[str, str]) -> list[str]:
    """Courses that staff had by the end of the period, newest first, without names."""
    newest: dict[str, str] = {}
    for person in school.get("staff", ()):
        for course in person.get("training", ()):
            day = str(course.get("date", ""))
            if day <= period[1]:
                what = str(course["what"])
                newest[what] = max(newest.get(what, ""), day)
    ordered = sorted(newest.items(), key=lambda pair: pair[1], reverse=True)
    return [f"{what} ({day[:4]})" if day else what for what, day in ordered]


def areas(provisions: Entry, day: str) -> list[str]:
    """The broad areas of need that the catalogue has something for."""
    entries = provisions.get("provisions", ())
    found = {
        area
        for entry in entries
        if entry.get("retired", STILL) > day
        for area in entry.get("areas", ())
    }
    return [area for area in terms.AREAS if area in found]


def services(records: Iterable[Entry], span: tuple[str, str], small: int) -> list[str]:
    """Specialist services that enough pupils were referred to or seen by."""
    pupils: dict[str, set[str]] = {}
    for record in records:
        for entry in record.get("specialists", ()):
            since = str(entry.get("first_seen") or entry.get("referred", ""))
            if not entry.get("restricted") and span[0] <= since <= span[1]:
                pupils.setdefault(str(entry["service"]), set()).add(record["id"])
    enough = (name for name, who in pupils.items() if len(who) >= small)
    return sorted(enough, key=sort_key)
