"""The lists of several schools as one: a line for each school, then every row."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any

from sencli.core.due.due import KINDS
from sencli.core.record.types import Entry
from sencli.core.reports.all_schools import GOVERNORS
from sencli.core.reports.all_schools import SMALL
from sencli.core.reports.all_schools import SchoolPart
from sencli.core.reports.all_schools import labels
from sencli.core.reports.all_schools import totals
from sencli.core.text.plural import plural
from sencli.documents.view import Block
from sencli.documents.view import Column
from sencli.documents.view import Letterhead
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.rules import rule_of

_SCHOOL = Column("school", "School", width=20)
_PUPIL = (Column("pupil", "Pupil", width=9), Column("class", "Class", width=6))
_NAME = Column("name", "Name", width=16)
COLUMNS: dict[str, tuple[Column, ...]] = {
    "register": (
        *_PUPIL,
        Column("year_group", "Year", width=5),
        Column("provision", "SEN", width=5),
        Column("needs", "Needs", width=14),
        Column("layer", "Layer", width=10),
        Column("stage", "Stage", width=8),
        Column("review_by", "Review by", "date", width=10),
    ),
    "map": (
        *_PUPIL,
        Column("year_group", "Year", width=5),
        Column("need", "Need", width=6),
        Column("provision_name", "Provision", width=18),
        Column("tier", "Tier", width=10),
        Column("minutes", "Minutes", "number", width=7),
        Column("sessions_per_week", "A week", "number", width=7),
        Column("weeks", "Weeks", "number", width=6),
        Column("cost", "Cost", "pence", width=10),
    ),
    "due": (
        Column("due", "Due", "date", width=10),
        Column("overdue", "Overdue", "yes", width=8),
        *_PUPIL,
        Column("kind", "What", width=24),
    ),
    "check": (
        Column("level", "Level", width=8),
        Column("code", "Rule", width=5),
        Column("pupil", "Pupil", width=9),
        Column("kind", "What is not shown", width=34),
    ),
}
"""What of a list says nothing in free words, and names nobody."""

NAMED: dict[str, tuple[Column, ...]] = {
    "register": (_NAME,),
    "map": (_NAME, Column("outcome", "Outcome", width=24)),
    "due": (_NAME, Column("what", "In words", width=30)),
    "check": (_NAME, Column("message", "What is missing", width=30)),
}
"""What else stands in it where names are asked for."""

_SAME = {"register": {"id": "pupil"}}
_COUNTS = {
    "register": {"pupils": "Pupils", "support": "SEN support", "plan": "EHC plan"},
    "map": {"supports": "Support", "pupils": "Pupils", "cost": "Cost"},
    "due": {"due": "Due", "overdue": "Overdue", "by_law": "By law"},
    "check": {"must": "Must", "other": "Other", "pupils": "Pupils"},
    GOVERNORS: {
        "support": "SEN support",
        "plan": "EHC plan",
        "pupils": "Together",
        "started": "Support began",
        "ended": "Support ended",
        "to_plan": "Plans came",
        "due": "Reviews due",
        "on_time": "In time",
        "late": "Later",
        "missing": "Not held",
        "annual": "Annual reviews",
    },
}
_TITLES = {
    "register": "SEN register",
    "map": "Provision map",
    "due": "What is due",
    "check": "Check",
    GOVERNORS: "SEN this year: report to governors",
}
WITHHELD = "withheld"


def columns(command: str, *, names: bool) -> tuple[Column, ...]:
    """The columns of one school's rows."""
    return (*COLUMNS[command], *(NAMED[command] if names else ()))


def rows_of(command: str, table: Table, *, names: bool) -> list[dict[str, Any]]:
    """The rows of a school's list, with what may leave the school alone.

    Args:
        command: one of ``COLUMNS``.
        table: as that command makes it for csv.
        names: whether pupils may be named.
    """
    keys = [_SAME.get(command, {}).get(c.key, c.key) for c in table.columns]
    wanted = [column.key for column in columns(command, names=names)]
    found = []
    for row in table.rows[: len(table.rows) - table.totals]:
        held = dict(zip(keys, row, strict=True))
        if command == "map" and held["kind"] != "row":
            continue
        if command == "check":
            rule = rule_of(str(held["code"]))
            held["kind"] = rule.name if rule else "The file itself"
        found.append({key: held.get(key) for key in wanted})
    return found


def view(
    command: str, parts: Sequence[SchoolPart], day: str, *, names: bool, data: Any
) -> View:
    """The head of the list: a line for each school, and all of them together."""
    read = [part for part in parts if part.school]
    about = "Pupils are named: keep it as you keep their records."
    if command == GOVERNORS:
        about = (
            f"Numbers from 1 to {SMALL - 1} are withheld, and others from which they "
            "could be worked out."
        )
    elif not names:
        about = "No pupil is named. A pupil's id is known to the school."
    gone = [part.folder for part in parts if not part.school]
    left = f"Not complete: {', '.join(gone)} could not be read." if gone else ""
    return View(
        f"All schools: {_TITLES[command]}",
        Letterhead(plural(len(read), "school")),
        day,
        (
            *([Text(left, "note")] if left else []),
            Text(about, "small"),
            _summary(command, parts),
        ),
        data=data,
    )


def _summary(command: str, parts: Sequence[SchoolPart]) -> Table:
    words = _COUNTS[command]
    titled = [
        Column(key, title, "pence" if key == "cost" else "number", width=9)
        for key, title in words.items()
    ]
    lines = [
        (name, *(_cell(part.counts.get(key)) for key in words))
        for name, part in zip(labels(parts), parts, strict=True)
        if part.school
    ]
    all_of = totals(parts)
    foot = ("All schools", *(_cell(all_of.get(key)) for key in words))
    return Table((_SCHOOL, *titled), (*lines, foot), caption="Schools", totals=1)


def _cell(count: int | None) -> int | str:
    return WITHHELD if count is None else count


def tables(
    command: str, parts: Sequence[SchoolPart], *, names: bool
) -> Iterator[Block]:
    """A table for each school that has rows, as it comes."""
    if command == GOVERNORS:
        return
    titled = (_SCHOOL, *columns(command, names=names))
    for name, part in zip(labels(parts), parts, strict=True):
        if rows := _values(command, name, part, names=names):
            yield Table(titled, tuple(rows), caption=name)


def one_table(command: str, parts: Sequence[SchoolPart], *, names: bool) -> Table:
    """All rows of all schools in one table, to sort and filter."""
    titled = (_SCHOOL, *columns(command, names=names))
    rows = [
        row
        for name, part in zip(labels(parts), parts, strict=True)
        for row in _values(command, name, part, names=names)
    ]
    return Table(titled, tuple(rows), caption=_TITLES[command], empty="Nothing.")


def _values(
    command: str, name: str, part: SchoolPart, *, names: bool
) -> list[tuple[Any, ...]]:
    keys = [column.key for column in columns(command, names=names)]
    return [
        (name, *(_in_words(command, key, row) for key in keys)) for row in part.rows
    ]


def _in_words(command: str, key: str, row: Entry) -> Any:
    value = row[key]
    return KINDS.get(value, value) if (command, key) == ("due", "kind") else value


def data_of(command: str, parts: Sequence[SchoolPart]) -> Iterator[dict[str, Any]]:
    """What json prints: an object for each school, then one for all."""
    for name, part in zip(labels(parts), parts, strict=True):
        told: dict[str, Any] = {"school": name, "folder": part.folder}
        if part.fault:
            told["fault"] = part.fault
        if part.school:
            told["counts"] = dict(part.counts)
            if command != GOVERNORS:
                told["rows"] = part.rows
        yield told
    yield {"school": None, "folder": None, "counts": totals(parts)}
