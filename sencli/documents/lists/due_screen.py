"""What is due as the first screen at a terminal: overdue and this week, by number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sencli.core.due.due import Due
from sencli.core.record.lookup import joined
from sencli.core.record.types import Entry
from sencli.core.text.dates import add_days
from sencli.core.text.dates import words
from sencli.documents.view import Block
from sencli.documents.view import Bullets
from sencli.documents.view import Heading
from sencli.documents.view import Letterhead
from sencli.documents.view import Text
from sencli.documents.view import View

WEEK = 7
HINT = "To do one, type its number: sen do 1"
NO_DAY_BELOW = {"day": " "}
"""The labels of a screen whose title says the day."""
_LATE = 0.6
"""The share of the overdue, where both are more than there is room for."""


class Screen(NamedTuple):
    """What the first screen holds, in its order, and how much it leaves out."""

    late: Sequence[Due]
    soon: Sequence[Due]
    more: Sequence[tuple[int, str]]

    @property
    def listed(self) -> list[Due]:
        """The items by their numbers, from 1."""
        return [*self.late, *self.soon]


def screen(items: Sequence[Due], day: str, until: str, room: int) -> Screen:
    """What is overdue, and what is due within a week.

    Args:
        items: what is due, most urgent first.
        day: today's ISO date.
        until: the last ISO date looked at.
        room: how many it may hold.
    """
    end = add_days(day, WEEK)
    late = [item for item in items if item.overdue(day)]
    soon = [item for item in items if day <= item.due <= end]
    rest = len(items) - len(late) - len(soon)
    most_late = max(round(room * _LATE), room - len(soon))
    most_soon = room - min(most_late, len(late))
    left = (
        (len(late) - most_late, "overdue"),
        (len(soon) - most_soon, "this week"),
        (rest, f"by {words(until)}"),
    )
    more = [one for one in left if one[0] > 0]
    return Screen(late[:most_late], soon[:most_soon], more)


def build(shown: Screen, school: Entry, day: str, hint: str = HINT) -> View:
    """The first screen of what is due.

    Args:
        shown: what it holds.
        school: the school.
        day: today's ISO date.
        hint: how to do one of its lines; "" where that is said elsewhere.
    """
    blocks: list[Block] = []
    if shown.late:
        blocks += [Heading("Overdue"), _numbered(shown.late, 1, day)]
    if shown.soon:
        number = len(shown.late) + 1
        blocks += [Heading("This week"), _numbered(shown.soon, number, day)]
    if not shown.listed:
        blocks.append(Text("Nothing is overdue, and nothing is due this week."))
    if shown.more:
        counts = joined([f"{number} more {when}" for number, when in shown.more])
        blocks.append(Text(f"And {counts}:\n  sen due --all"))
    if shown.listed and hint:
        blocks.append(Text(hint))
    name = Letterhead(str(school.get("name", "")))
    title = f"What is due on {words(day)}"
    return View(title, name, day, (*blocks,), labels=NO_DAY_BELOW)


def _numbered(items: Sequence[Due], first: int, day: str) -> Bullets:
    return Bullets(tuple(sentence(item, day) for item in items), first)


def sentence(item: Due, day: str) -> str:
    """One thing due as a line: whom it is about, what, and by when."""
    when = "today" if item.due == day else f"by {_day(item.due, day)}"
    room = f" ({item.class_name})" if item.class_name else ""
    who = f"{item.name}{room}: " if item.name else ""
    return f"{who}{item.what}, {when}"


def _day(due: str, day: str) -> str:
    """``13 March``, with the year where it is another."""
    said = words(due)
    return said.rpartition(" ")[0] if due[:4] == day[:4] else said
