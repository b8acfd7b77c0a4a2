"""What each local authority owes, with how late it is and what the law says."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from sencli.core.record.types import Entry
from sencli.core.statutory.owed import Owed
from sencli.core.text.dates import words
from sencli.core.text.plural import plural
from sencli.documents.made_in.wording import capital
from sencli.documents.view import Block
from sencli.documents.view import Column
from sencli.documents.view import Heading
from sencli.documents.view import Letterhead
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View

_COLUMNS = (
    Column("name", "Pupil", width=16),
    Column("what", "What", width=34),
    Column("due", "Due", "date", width=10),
    Column("days_late", "Days late", "number", width=5),
    Column("asked", "Asked", "date", width=10),
    Column("law", "Law", width=20),
    Column("pupil", "Id", hidden=True),
    Column("class", "Class", hidden=True),
    Column("officer", "Officer", hidden=True),
    Column("command", "Type", "command", hidden=True),
)
_ALL = (Column("authority", "Authority", width=16), *_COLUMNS)


def build(
    items: Sequence[Owed], school: Entry, day: str, *, flat: bool = False
) -> View:
    """A table for each authority; json gives them all in one list.

    Args:
        items: in order, by authority.
        school: the school.
        day: ISO date.
        flat: one table with the authority as a column, for csv.
    """
    blocks: list[Block] = []
    if flat or not items:
        rows = tuple(_row(item, _ALL) for item in items)
        blocks.append(Table(_ALL, rows, empty="No authority owes anything."))
    else:
        for authority, group in groupby(items, key=lambda item: item.authority):
            listed = list(group)
            blocks.append(Heading(authority))
            rows = tuple(_row(item, _COLUMNS) for item in listed)
            blocks.append(Table(_COLUMNS, rows))
        blocks.append(Text(_summary(items, day)))
    return View(
        "What the local authorities owe",
        Letterhead(str(school.get("name", ""))),
        day,
        tuple(blocks),
        footer="Confidential: for staff of the school only",
        data=lambda: [_promised(item) for item in items],
    )


def _promised(item: Owed) -> dict[str, Any]:
    """One thing owed, as json shows it."""
    clock = item.clock
    return {
        "authority": clock.authority or None,
        "officer": clock.officer or None,
        "pupil": item.pupil,
        "name": item.name,
        "class": item.class_name,
        "about": clock.label,
        "of": clock.about,
        "step": clock.step.key,
        "what": clock.what,
        "due": clock.step.due,
        "days_late": item.days_late,
        "asked": item.asked or None,
        "law": clock.step.law,
        "confirmed": clock.step.confirmed,
        "command": clock.command,
    }


def _row(item: Owed, columns: Sequence[Column]) -> tuple[Any, ...]:
    told = {**_promised(item), "authority": item.authority}
    return tuple(told[column.key] for column in columns)


def _summary(items: Sequence[Owed], day: str) -> str:
    """How much is owed, and the letter that asks for it."""
    pupils = len({item.pupil for item in items})
    said = capital(f"{plural(len(items), 'step')} late on {words(day)}")
    return (
        f"{said}, for {plural(pupils, 'pupil')}. To ask for what is owed: "
        "sen print letter-authority-late"
    )
