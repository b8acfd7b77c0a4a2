"""The class page's content: first names, marked entries, times.

A strategy or an adjustment stands on it only where it is marked, and support goes by
its name only where the catalogue marks that. What is marked is looked over besides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence

from sencli import terms
from sencli.core.papers.plain_english import Guard
from sencli.core.people.names import alike
from sencli.core.people.names import told_apart
from sencli.core.provision import provision_map
from sencli.core.provision.provision_map import Support
from sencli.core.provision.register import place_in_list
from sencli.core.provision.school import School
from sencli.core.record import lookup
from sencli.core.record.class_sharing import for_class
from sencli.core.record.types import Entry
from sencli.core.text.folding import fold
from sencli.core.text.folding import sort_key
from sencli.core.text.placeholders import WORDS
from sencli.core.time.calendar import DAYS
from sencli.core.time.calendar import dose_on
from sencli.errors import NotFound
from sencli.value import Value

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


UNNAMED = "Extra support"
"""Support whose name does not stand on the page."""


class LeftOff(Value):
    """Entries left off the class page, for whoever prints it.

    Attributes:
        message: what, and why.
        command: what puts it right.
        names: whether it is left off because it names another child.
    """

    message: str
    command: str
    names: bool = False


class Lesson(Value):
    """One place in a pupil's week.

    Attributes:
        day: one of ``DAYS``; "" where no day is given.
        time: ``09:30``, or "" where none is given.
        often: how many a week where no day is given, or "".
        what: the support, how long and by whom.
    """

    day: str
    time: str
    often: str
    what: str


class ClassLine(Value):
    """One pupil as the class map has them.

    Attributes:
        name: first name and as much of the last as tells two apart.
        strategies: what is done in class.
        support: what is given beside it, with how often, when and by whom.
        week: the same by day and time.
        left_off: what does not stand on the page.
        unnamed: support that goes by another name than its own.
    """

    name: str
    strategies: tuple[str, ...]
    support: tuple[str, ...]
    week: tuple[Lesson, ...] = ()
    left_off: tuple[LeftOff, ...] = ()
    unnamed: tuple[LeftOff, ...] = ()

    @property
    def hidden(self) -> int:
        """How many things were left off."""
        return len(self.left_off)


def classes(records: Iterable[Entry], day: str) -> list[str]:
    """The classes of the pupils on roll on the day, by year group and name."""
    ordered = sorted(records, key=lambda r: place_in_list(r, day))
    found = (
        str(lookup.placement_on(record, day).get("class", ""))
        for record in ordered
        if lookup.on_roll(record, day)
    )
    return list(dict.fromkeys(name for name in found if name))


def named_class(typed: str, names: Sequence[str]) -> list[str]:
    """The class that was typed, of these; some schools write one name in two ways.

    Raises:
        NotFound: there is none.
    """
    found = [name for name in names if fold(name) == fold(typed)]
    if not found:
        raise NotFound(
            f"Nobody on roll is in class {typed}.",
            f"The classes are: {', '.join(names) or 'none yet'}.",
        )
    return found


def lines(
    records: Iterable[Entry],
    around: School,
    day: str,
    class_: str,
    guard: Guard | None = None,
) -> list[ClassLine]:
    """The pupils of a class who have any support on the day, by first name.

    One of whom nothing may stand on the page is there all the same, with no texts.

    Args:
        records: the pupils'.
        around: the school, its catalogue and its groups.
        day: ISO date.
        class_: its name.
        guard: finds other children's names in what was typed.
    """
    mine = [
        record
        for record in records
        if lookup.on_roll(record, day)
        and lookup.placement_on(record, day).get("class") == class_
    ]
    names = {
        s["initials"]: "" if lookup.staff_left(s, day) else str(s["name"])
        for s in around.school.get("staff", ())
    }
    called = short_names(mine)
    made = [
        _line(record, called[str(record["id"])], around, day, names, guard)
        for record in mine
    ]
    kept = [line for line in made if line.strategies or line.support or line.left_off]
    return sorted(kept, key=lambda line: sort_key(line.name))


def short_name(record: Entry) -> str:
    """First (or everyday) name and initial: ``Millie K.``."""
    first = str(record.get("known_as") or record["first_name"])
    initial = str(record.get("last_name", "")).strip()[:1]
    return f"{first} {initial}." if initial else first


def short_names(records: Sequence[Entry]) -> dict[str, str]:
    """A short name for each pupil's id; those who would share one are told apart.

    By more letters of the last name; who have the same names by the day of birth.
    """
    made = {str(record["id"]): short_name(record) for record in records}
    family = {str(r["id"]): str(r.get("last_name", "")).strip() for r in records}
    longest = max(map(len, family.values()), default=0)
    for letters in range(2, longest + 1):
        for pupil in alike(made):
            first = made[pupil].rpartition(" ")[0]
            known = family[pupil][:letters]
            dot = "." if len(known) < len(family[pupil]) else ""
            made[pupil] = f"{first} {known}{dot}" if known else made[pupil]
    return told_apart(made, records)


def _line(
    record: Entry,
    called: str,
    around: School,
    day: str,
    names: Mapping[str, str],
    guard: Guard | None,
) -> ClassLine:
    kept: list[str] = []
    left: list[LeftOff] = []
    family = str(record.get("last_name", "")).strip()
    for entry, path in _in_class(record, day):
        text = " ".join(str(entry.get("text", "")).split())
        off = _why_not(entry, text, path, record, guard)
        if off is not None:
            left.append(off)
        elif text:
            kept.append(_without(text, family))
    given: list[str] = []
    week: list[Lesson] = []
    unnamed: list[LeftOff] = []
    for support in provision_map.supports(record, around, day):
        name = str(support.provision["name"])
        if support.intervention.get("restricted"):
            path = f"sen intervention list {record['id']}"
            left.append(LeftOff(f"{name} is restricted.", path))
            continue
        shown = name if for_class(support.provision) else UNNAMED
        if shown != name:
            key = str(support.provision["key"])
            said = f"{name} stands as “{shown}”: its name is not marked for the page."
            unnamed.append(LeftOff(said, f"sen provision set {key} --share class"))
        one = _lessons(support, shown, day, names)
        week += one
        given.append(_support(one))
    kept = list(dict.fromkeys(kept))
    return ClassLine(
        *(called, tuple(kept), tuple(given), tuple(week), tuple(left), tuple(unnamed))
    )


def _in_class(record: Entry, day: str) -> Iterator[tuple[Entry, str]]:
    """Classroom adjustments and strategies, each with its place in the record.

    The strategies are those of the open cycle's plan, or else of the last one's.
    """
    for entry in record.get("adjustments", ()):
        if lookup.holds(entry, day):
            yield entry, f"adjustments[{entry['id']}]"
    cycle = lookup.latest_cycle(dict(record)) or {}
    if cycle.get("closed", {}).get("reason", "reviewed") != "reviewed":
        return
    if lookup.status_on(record, day)["provision"] == "N" and "closed" in cycle:
        return
    for entry in cycle.get("plan", {}).get("strategies", ()):
        if lookup.holds(entry, day):
            yield entry, f"cycles[{cycle['id']}].plan.strategies[{entry['id']}]"


def _why_not(
    entry: Entry, text: str, path: str, record: Entry, guard: Guard | None
) -> LeftOff | None:
    """Why a text is left off the page, or ``None``."""
    pupil = record["id"]
    quoted = f"“{text}”"
    if entry.get("restricted"):
        return LeftOff(f"{quoted} is restricted.", f"sen pupil show {pupil}")
    if not for_class(entry):
        return LeftOff(
            f"{quoted} is not marked for the page.",
            f'sen pupil set {pupil} "{path}.share=class"',
        )
    others = guard.others(text, record) if guard is not None else []
    mend = f'sen pupil set {pupil} "{path}.text={WORDS}"'
    if others:
        who = lookup.joined(others)
        return LeftOff(f"{quoted} names another child ({who}).", mend, names=True)
    if names_diagnosis(text):
        said = f"{quoted} says what the child has, which is not for this page."
        return LeftOff(said, mend)
    return None


def names_diagnosis(text: str) -> bool:
    """Whether a text says what a child has, or what nobody else should read."""
    return _DIAGNOSIS.search(text) is not None


def _without(text: str, family: str) -> str:
    """The text with the family name as an initial."""
    if not family[1:]:
        return text
    return re.sub(rf"\b{re.escape(family)}\b", f"{family[0]}.", text)


def _lessons(
    support: Support, name: str, day: str, names: Mapping[str, str]
) -> list[Lesson]:
    """Its places in the week, one at the least."""
    usual = support.provision.get("usual", {})
    dose = {**usual, **dose_on(support.intervention.get("dose", ()), day)}
    days = [word for word in DAYS if word in dose.get("days", ())]
    often = (
        f"{dose['sessions_per_week']:g} a week"
        if "sessions_per_week" in dose and not days
        else ""
    )
    minutes = f"{dose['minutes']} min" if "minutes" in dose else ""
    leaders = [names.get(one, one) for one in dose.get("led_by", ())]
    who = " / ".join(filter(None, leaders))  # those who left lead nothing
    told = ", ".join(part for part in (minutes, who) if part)
    what = f"{name}: {told}" if told else name
    return [
        Lesson(one, str(dose.get("time", "")), often, what) for one in days or ("",)
    ]


def _support(lessons: Sequence[Lesson]) -> str:
    """``Talking group: Mon Wed 09:30, 20 min, M. Kowalska``."""
    first = lessons[0]
    days = " ".join(one.day.capitalize() for one in lessons)
    when = " ".join(part for part in (days or first.often, first.time) if part)
    name, _, told = first.what.partition(": ")
    rest = ", ".join(part for part in (when, told) if part)
    return f"{name}: {rest}" if rest else name
