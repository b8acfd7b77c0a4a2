"""The class page: one landscape sheet, for the class's staff, not for display.

First names and an initial; what is done in class, as far as it is marked for this page,
and the week: what is given beside it when, and above it by whom. No family name, no
cost, no diagnosis. What is left off is told to the one who prints. Classes of few share
a sheet.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from itertools import count

from sencli.core.papers import class_map as core
from sencli.core.papers.class_map import ClassLine
from sencli.core.papers.plain_english import Guard
from sencli.core.people.names import class_teachers
from sencli.core.provision.map_overview import for_all
from sencli.core.record import lookup
from sencli.core.record.class_sharing import for_class
from sencli.core.record.find import PupilName
from sencli.core.record.types import Entry
from sencli.core.text import dates
from sencli.core.time.calendar import DAYS
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.paper_request import SchoolRequest
from sencli.documents.view import Aside
from sencli.documents.view import Block
from sencli.documents.view import Column
from sencli.documents.view import Sheet
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.documents.view import grown
from sencli.value import replace

_COLUMNS = (
    Column("pupil", "Pupil", width=13),
    Column("strategies", "In every lesson", width=52),
    *(Column(day, day.capitalize(), width=8, blank=True) for day in DAYS),
)
_NO_DAY = Column("no_day", "No day yet", width=12)
_IN_WORDS = Column("support", "Support", hidden=True)
"""For csv and json, which have no list of letters above."""

_EMPTY = 4
"""The width of a day on which there is nothing."""

_FEW = 3
"""Pupils of a class that shares its sheet with others."""

_TYPE = grown(11, 16)
"""Sizes of type that can be read from an arm's length."""

STAFF_ONLY = "STAFF ONLY, not for display"
"""What every page says of itself."""


def build(
    records: Iterable[Entry],
    setting: PaperContext,
    request: SchoolRequest | None = None,
) -> tuple[View, ...]:
    """A page for each class that has anybody with support.

    Raises:
        NotFound: there is no such class.
    """
    request = request or SchoolRequest()
    wanted = request.class_
    names = core.classes(records, setting.day)
    if wanted:
        names = core.named_class(wanted, names)
    guard = _guard(records, setting)
    made = [
        (name, core.lines(records, setting, setting.day, name, guard)) for name in names
    ]
    pages = [(name, lines) for name, lines in made if lines or wanted]
    if not pages:
        pages = [("", [])]
    made_of = [
        _page(name, lines, records, setting, flat=request.flat) for name, lines in pages
    ]
    if request.each:
        return tuple(made_of)
    return tuple(
        replace(view, sheet=replace(view.sheet, shared=_count(view) <= _FEW))
        for view in made_of
    )


def _count(view: View) -> int:
    """The pupils who have a row on a page."""
    return sum(len(block.rows) for block in view.blocks if isinstance(block, Table))


def _guard(records: Iterable[Entry], setting: PaperContext) -> Guard:
    """Finds the names of all children of the school."""
    whole = (setting.originals.get(str(r["id"]), r) for r in records)
    pupils = [
        PupilName(
            str(r["id"]),
            str(r["first_name"]),
            str(r.get("last_name", "")),
            str(r.get("known_as", "")),
        )
        for r in whole
    ]
    staff = [str(person["name"]) for person in setting.school.get("staff", ())]
    return Guard({}, pupils, staff)


def _page(
    name: str,
    lines: Sequence[ClassLine],
    records: Iterable[Entry],
    setting: PaperContext,
    *,
    flat: bool,
) -> View:
    every, lines = lines, [one for one in lines if one.strategies or one.support]
    # a sheet of a workbook has no line above it to say what a letter stands for
    letters = {} if flat else _letters(lines)
    days = {lesson.day for line in lines for lesson in line.week}
    spare = [key for key in DAYS if key not in days]
    columns = tuple(
        replace(column, width=_EMPTY) if column.key in spare else column
        for column in (*_COLUMNS, *([_NO_DAY] if "" in days else []), _IN_WORDS)
    )
    blocks: list[Block] = []
    everybody = [
        str(provision["name"])
        for provision in for_all(setting, setting.day, setting.day)
        if for_class(provision)
    ]
    if everybody:
        blocks.append(Text(f"For everybody: {' · '.join(everybody)}"))
    if letters:
        told = (f"{letter} = {what}" for what, letter in letters.items())
        blocks.append(Text(" · ".join(told)))
    empty = (
        "Nothing is marked for this page on this day."
        if every
        else "Nobody in this class has support on this day."
    )
    blocks.append(Table(columns, _rows(lines, columns, letters), empty=empty))
    if any(line.hidden for line in every):
        blocks.append(Text("There is more in the pupils' plans.", "small"))
    mine = [r for r in records if _in_class(r, name, setting.day)]
    teacher = _teacher(name, setting)
    week = f"week of {dates.words(dates.monday(setting.day))}"
    return setting.view(
        f"Support in class {name}" if name else "Support in class",
        blocks,
        mine,
        subtitle=" · ".join(part for part in (teacher, week, STAFF_ONLY) if part),
        landscape=True,
        sheet=Sheet(type=_TYPE, tables=True),
        data={
            "class": name,
            "for_everybody": everybody,
            "pupils": [
                {
                    "pupil": line.name,
                    "strategies": list(line.strategies),
                    "support": list(line.support),
                    "week": [
                        {
                            "day": lesson.day or None,
                            "time": lesson.time or None,
                            "often": lesson.often or None,
                            "what": lesson.what,
                        }
                        for lesson in line.week
                    ],
                    "hidden": line.hidden,
                }
                for line in every
            ],
        },
        footer=STAFF_ONLY,
        asides=tuple(
            Aside(f"{line.name}: {off.message}", off.command, grave=off.names)
            for line in every
            for off in line.left_off
        )
        + tuple(Aside(o.message, o.command) for line in every for o in line.unnamed),
    )


def _teacher(name: str, setting: PaperContext) -> str:
    """The name of the class teacher, or ""."""
    initials = class_teachers(setting.school, setting.day).get(name, "")
    staff = setting.school.get("staff", ())
    return next((str(s["name"]) for s in staff if s["initials"] == initials), "")


def _in_class(record: Entry, name: str, day: str) -> bool:
    placement = lookup.placement_on(record, day)
    return bool(name) and placement.get("class") == name and lookup.on_roll(record, day)


def _letters(lines: Sequence[ClassLine]) -> dict[str, str]:
    """A letter of its own for each support, from its name where one is free."""
    found: dict[str, str] = {}
    for what in dict.fromkeys(lesson.what for line in lines for lesson in line.week):
        name = what.partition(":")[0].upper()
        taken = set(found.values())
        own = (char for char in name if char.isalpha() and char not in taken)
        numbers = (str(number) for number in count(1) if str(number) not in taken)
        found[what] = next(own, None) or next(numbers)
    return found


def _rows(
    lines: Sequence[ClassLine], columns: Sequence[Column], letters: Mapping[str, str]
) -> tuple[tuple[str, ...], ...]:
    rows = []
    for line in lines:
        week = {column.key: "" for column in columns}
        for lesson in sorted(line.week, key=lambda one: one.time or "99"):
            when = " ".join(part for part in (lesson.often, lesson.time) if part)
            cell = f"{when} {letters.get(lesson.what, lesson.what)}".strip()
            key = lesson.day or _NO_DAY.key
            week[key] = "\n".join(part for part in (week[key], cell) if part)
        week |= {"pupil": line.name, "strategies": "; ".join(line.strategies)}
        week |= {"support": "; ".join(line.support)}
        rows.append(tuple(week[column.key] for column in columns))
    return tuple(rows)
