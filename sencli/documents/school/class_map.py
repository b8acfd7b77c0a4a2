"""The class page: landscape, for the class's staff, not for display.

First names and an initial; what is done in class, as far as it is marked for this page,
and what is given beside it when and by whom. No family name, no cost, no diagnosis.
What is left off is told to the one who prints.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence

from sencli.core.papers import class_map as core
from sencli.core.papers.class_map import ClassLine
from sencli.core.papers.plain_english import Guard
from sencli.core.record import lookup
from sencli.core.record.find import PupilName
from sencli.core.record.types import Entry
from sencli.core.text import dates
from sencli.core.text.folding import fold
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.paper_request import SchoolRequest
from sencli.documents.view import Aside
from sencli.documents.view import Block
from sencli.documents.view import Column
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.errors import NotFound

_COLUMNS = (
    Column("pupil", "Pupil", width=11),
    Column("strategies", "In class", width=42),
    Column("support", "Extra support: when, with whom", width=47),
)
_ONE_PAGE = 12
"""Pupils who are to fit on one page; more flow on, each row whole."""

_FLOWING = 6
"""Lines of one pupil in a class that has more than a page."""

_LINES = 36
"""Lines of text on the page, were there none between rows; two rows cost one more."""

_LARGE = 1.5
"""How much larger letters are where few pupils leave room for it."""

STAFF_ONLY = "Staff only. Not for display"
"""What every page says of itself."""

_WIDE = (62, 70)
"""Characters in a line of the two columns, with a margin for wide letters."""


def build(
    records: Iterable[Entry],
    setting: PaperContext,
    request: SchoolRequest | None = None,
) -> tuple[View, ...]:
    """A page for each class that has anybody with support.

    Raises:
        NotFound: there is no such class.
    """
    wanted = (request or SchoolRequest()).class_
    names = core.classes(records, setting.day)
    if wanted:
        names = [name for name in names if fold(name) == fold(wanted)] or _none(
            wanted, names
        )
    guard = _guard(records, setting)
    made = [
        (name, core.lines(records, setting, setting.day, name, guard)) for name in names
    ]
    pages = [(name, lines) for name, lines in made if lines or wanted]
    if not pages:
        pages = [("", [])]
    return tuple(_page(name, lines, records, setting) for name, lines in pages)


def _none(wanted: str, names: Sequence[str]) -> list[str]:
    raise NotFound(
        f"Nobody on roll is in class {wanted}.",
        f"The classes are: {', '.join(names) or 'none yet'}.",
    )


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
) -> View:
    every, lines = lines, [one for one in lines if one.strategies or one.support]
    rows, short = _rows(lines)
    blocks: list[Block] = [
        Table(
            _COLUMNS,
            rows,
            empty="Nothing is marked for this page on this day."
            if every
            else "Nobody in this class has support on this day.",
            large=not short and _fits_large(lines),
        )
    ]
    if short or any(line.hidden for line in every):
        blocks.append(Text("There is more in the pupils' plans.", "small"))
    mine = [r for r in records if _in_class(r, name, setting.day)]
    return setting.view(
        f"Support in class {name}" if name else "Support in class",
        blocks,
        mine,
        subtitle=f"{dates.words(setting.day)} · {STAFF_ONLY}",
        landscape=True,
        data={
            "class": name,
            "pupils": [
                {
                    "pupil": line.name,
                    "strategies": list(line.strategies),
                    "support": list(line.support),
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


def _in_class(record: Entry, name: str, day: str) -> bool:
    placement = lookup.placement_on(record, day)
    return bool(name) and placement.get("class") == name and lookup.on_roll(record, day)


def _rows(lines: Sequence[ClassLine]) -> tuple[tuple[tuple[str, ...], ...], bool]:
    """The rows, and whether any was shortened so that all are on one page."""
    room = _room(lines)
    short = False
    rows = []
    for line in lines:
        cells = [line.name]
        for texts, wide in zip((line.strategies, line.support), _WIDE, strict=True):
            kept = core.cut(texts, room, wide)
            short |= kept != list(texts)
            cells.append("\n".join(kept))
        rows.append(tuple(cells))
    return tuple(rows), short


def _room(lines: Sequence[ClassLine]) -> int:
    """How many lines a row may have for all of them to fit on a page."""
    every = [max(_tall(line.strategies, 0), _tall(line.support, 1)) for line in lines]
    if not lines or len(lines) > _ONE_PAGE:
        return min(_FLOWING, max(every, default=1) + 1)
    most, lines_left = max(every), _LINES - len(lines) // 2
    while most > 1 and sum(min(tall, most) for tall in every) > lines_left:
        most -= 1
    return most


def _fits_large(lines: Sequence[ClassLine]) -> bool:
    """Whether all have room on the page in letters half as large again."""
    tall = [
        max(_tall(line.strategies, 0, _LARGE), _tall(line.support, 1, _LARGE))
        for line in lines
    ]
    return sum(tall) + len(lines) // 2 <= _LINES / _LARGE - 2


def _tall(texts: Sequence[str], column: int, larger: float = 1.0) -> int:
    wide = int(_WIDE[column] / larger)
    return max(1, sum(core.height(text, wide) for text in texts))
