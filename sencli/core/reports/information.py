"""Figures for the SEN information report, without pupils' names.

The sections are those of Schedule 1 to the SEND Regulations 2014 (Code 6.79) and of
section 69(3)(b) of the Children and Families Act 2014.
"""

from __future__ import annotations

from collections.abc import Iterable

from sencli import terms
from sencli.core.record import lookup
from sencli.core.record.lookup import STILL
from sencli.core.record.types import Entry
from sencli.core.text.folding import sort_key

SECTIONS: tuple[tuple[str, str, str], ...] = (
    (
        "kinds",
        "The kinds of special educational needs provided for",
        "which kinds of need the school is set up to meet",
    ),
    (
        "identification",
        "How pupils with SEN are identified and assessed",
        "how a concern is raised, who assesses and how parents are told",
    ),
    (
        "evaluation",
        "How the school evaluates the effectiveness of its provision",
        "what governors and staff do with these figures",
    ),
    (
        "reviewing",
        "How progress is assessed and reviewed",
        "how often progress is looked at, and how parents and pupils take part",
    ),
    (
        "teaching",
        "The school's approach to teaching pupils with SEN",
        "what high quality teaching looks like here",
    ),
    (
        "curriculum",
        "How the curriculum and learning environment are adapted",
        "the adaptations made to lessons, rooms and resources",
    ),
    (
        "support",
        "Additional support for learning",
        "how it is decided who gets which support",
    ),
    (
        "activities",
        "How pupils with SEN take part in activities with others",
        "clubs, trips, sport and physical activities",
    ),
    (
        "wellbeing",
        "Support for emotional, mental and social development",
        "pastoral support, listening to pupils' views and preventing bullying",
    ),
    (
        "senco",
        "The SEN co-ordinator",
        "how and when the SENCO can be reached",
    ),
    (
        "expertise",
        "Expertise and training of staff, and specialist expertise",
        "how specialist expertise is secured",
    ),
    (
        "equipment",
        "How equipment and facilities are secured",
        "how equipment and facilities are paid for and obtained",
    ),
    (
        "parents",
        "How parents are consulted and involved",
        "how parents are consulted and involved",
    ),
    (
        "pupils",
        "How pupils with SEN are consulted and involved",
        "how pupils say what they think of their support",
    ),
    (
        "complaints",
        "Complaints about the provision",
        "how to complain, to whom, and what happens then",
    ),
    (
        "others",
        "How other bodies are involved",
        "work with health, social care, the authority and voluntary organisations",
    ),
    (
        "services",
        "Support services for parents",
        "other services for parents, with their contact details",
    ),
    (
        "moving",
        "Moving between phases and preparing for adulthood",
        "visits, meetings and what is passed on before a move",
    ),
    (
        "local_offer",
        "The local authority's Local Offer",
        "where the Local Offer is published",
    ),
    (
        "admission",
        "Admission, access and the accessibility plan",
        "admission of disabled pupils, fair treatment, access, accessibility plan",
    ),
)
"""Key, heading, and what only the governing body can write."""


def senco(school: Entry, day: str) -> str:
    """The name of the SENCO on the day, or ""."""
    for person in school.get("staff", ()):
        for role in person.get("roles", ()):
            named = role["role"].casefold() in {"senco", "sendco"}
            if named and lookup.holds(role, day):
                return str(person["name"])
    return ""


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
