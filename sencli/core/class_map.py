"""What a teacher may pin up: first names, support and when; no diagnosis, no money."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from math import ceil
from typing import Any

from sencli import terms
from sencli.core import lookup
from sencli.core import provision_map
from sencli.core.around import School
from sencli.core.calendar import DAYS
from sencli.core.calendar import dose_on
from sencli.core.provision_map import Support
from sencli.core.register import place_in_list
from sencli.value import Value

Entry = Mapping[str, Any]

_CODES = "|".join(code for code in terms.NEED_TYPES if code not in {"OTH", "PD"})
_DIAGNOSIS = re.compile(
    rf"\b(?:{_CODES}|ADHD|ADD|ODD|PDA|FASD|ASC|DCD|OCD|EHCP?|SEND?)\b"
    r"|(?i:\b(?:autis|asperger|dyslexi|dyspraxi|dyscalculi|dysgraphi|tourette|epilep"
    r"|cerebral palsy|down'?s? syndrome|hyperactiv|attention deficit|oppositional"
    r"|pathological demand|selective(?:ly)? mut|f(?:o?e)tal alcohol|developmental "
    r"(?:language|coordination)|hearing impair|vision impair|visual(?:ly)? impair"
    r"|\bdeaf|\bblind\b|attachment disorder|trauma|anxiety disorder|depress"
    r"|learning difficult|disabilit|disorder|syndrome|diagnos|medication|camhs"
    r"|looked after|foster|social worker|pupil premium))",
)


class Line(Value):
    """One pupil as the class map has them.

    Attributes:
        name: first name and initial.
        strategies: what is done in class.
        support: what is given beside it, with how often, when and by whom.
        hidden: how many things were left out because a wall is no place for them.
    """

    name: str
    strategies: tuple[str, ...]
    support: tuple[str, ...]
    hidden: int = 0


def classes(records: Iterable[Entry], day: str) -> list[str]:
    """The classes of the pupils on roll on the day, by year group and name."""
    ordered = sorted(records, key=lambda r: place_in_list(r, day))
    found = (
        str(lookup.placement_on(record, day).get("class", ""))
        for record in ordered
        if lookup.on_roll(record, day)
    )
    return list(dict.fromkeys(name for name in found if name))


def lines(
    records: Iterable[Entry], around: School, day: str, class_: str
) -> list[Line]:
    """The pupils of a class who have any support on the day, by first name."""
    mine = [
        record
        for record in records
        if lookup.on_roll(record, day)
        and lookup.placement_on(record, day).get("class") == class_
    ]
    names = {s["initials"]: str(s["name"]) for s in around.school.get("staff", ())}
    made = [_line(record, around, day, names) for record in mine]
    kept = [line for line in made if line.strategies or line.support or line.hidden]
    return sorted(kept, key=lambda line: line.name.casefold())


def short_name(record: Entry) -> str:
    """First (or everyday) name and initial: ``Millie K.``."""
    first = str(record.get("known_as") or record["first_name"])
    initial = str(record.get("last_name", "")).strip()[:1]
    return f"{first} {initial}." if initial else first


def _line(record: Entry, around: School, day: str, names: Mapping[str, str]) -> Line:
    strategies, hidden = _fit_for_a_wall(_strategies(record, day), record)
    given = []
    for support in provision_map.supports(record, around, day):
        if support.intervention.get("restricted"):
            hidden += 1
        else:
            given.append(_support(support, day, names))
    return Line(short_name(record), tuple(strategies), tuple(given), hidden)


def _strategies(record: Entry, day: str) -> Iterator[Entry]:
    """What is done in class, by the open cycle's plan or else the last one's."""
    cycle = lookup.latest_cycle(record) or {}
    if cycle.get("closed", {}).get("reason", "reviewed") != "reviewed":
        return
    if lookup.status_on(record, day)["provision"] == "N" and "closed" in cycle:
        return
    for strategy in cycle.get("plan", {}).get("strategies", ()):
        if lookup.holds(strategy, day):
            yield strategy


def _fit_for_a_wall(
    strategies: Iterable[Entry], record: Entry
) -> tuple[list[str], int]:
    """Their texts, and how many are restricted or name a diagnosis."""
    kept: list[str] = []
    hidden = 0
    family = str(record.get("last_name", "")).strip()
    for strategy in strategies:
        text = " ".join(str(strategy.get("text", "")).split())
        if strategy.get("restricted") or names_diagnosis(text):
            hidden += 1
        elif text:
            kept.append(_without(text, family))
    return kept, hidden


def names_diagnosis(text: str) -> bool:
    """Whether a text says what a child has, or what nobody else should read."""
    return _DIAGNOSIS.search(text) is not None


def _without(text: str, family: str) -> str:
    """The text with the family name as an initial."""
    if not family[1:]:
        return text
    return re.sub(rf"\b{re.escape(family)}\b", f"{family[0]}.", text)


def _support(support: Support, day: str, names: Mapping[str, str]) -> str:
    """``Talking group: mon, wed 09:30, 20 min, M. Kowalska``."""
    usual = support.provision.get("usual", {})
    dose = {**usual, **dose_on(support.intervention.get("dose", ()), day)}
    name = str(support.provision["name"])
    if names_diagnosis(name):
        name = "Support from a specialist" if _special(support) else "Extra support"
    days = [word.capitalize() for word in DAYS if word in dose.get("days", ())]
    often = (
        f"{dose['sessions_per_week']:g} a week" if "sessions_per_week" in dose else ""
    )
    when = " ".join(
        part for part in (" ".join(days) or often, dose.get("time")) if part
    )
    minutes = f"{dose['minutes']} min" if "minutes" in dose else ""
    who = " / ".join(names.get(one, one) for one in dose.get("led_by", ()))
    told = ", ".join(part for part in (when, minutes, who) if part)
    return f"{name}: {told}" if told else name


def _special(support: Support) -> bool:
    tier = support.intervention.get("tier") or support.provision.get("tier")
    return bool(tier == "specialist")


def breadth(text: str) -> float:
    """How wide a text is, in usual letters: capitals, m and w are wider."""
    wide = sum(letter in "mwMW@%" or not letter.isascii() for letter in text)
    capitals = sum(letter.isupper() for letter in text)
    return len(text) + 0.45 * wide + 0.2 * capitals


def height(text: str, wide: int) -> int:
    """How many lines of so many usual letters a text takes."""
    return max(1, ceil(breadth(text) / wide))


def cut(texts: Sequence[str], rows: int, wide: int) -> list[str]:
    """As many of the texts, each on lines of its own, as the rows have room for.

    The first is always there, cut where it must be; the last says how many are not.
    """
    kept: list[str] = []
    room = rows
    for text in texts:
        tall = height(text, wide)
        if tall > room and kept:
            break
        kept.append(_shortened(text, room * wide))
        room -= tall
    if left := len(texts) - len(kept):
        more = f" (and {left} more)"
        spare = rows - sum(height(one, wide) for one in kept[:-1])
        kept[-1] = _shortened(kept[-1], spare * wide - breadth(more)) + more
    return kept


def _shortened(text: str, room: float) -> str:
    """The text, or as much of its beginning as there is room for."""
    if breadth(text) <= room:
        return text
    end = len(text)
    while end > 1 and breadth(text[:end]) > room - 1:
        end -= 1
    return f"{text[:end].rstrip()}…"
