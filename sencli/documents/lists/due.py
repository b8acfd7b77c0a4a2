"""What is due, as a list, with a forecast by week."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sencli.core.due.due import KINDS
from sencli.core.due.due import Due
from sencli.core.due.forecast import ReviewMove
from sencli.core.due.forecast import Week
from sencli.core.due.forecast import fair_share
from sencli.core.record.types import Entry
from sencli.core.text.dates import short
from sencli.core.text.dates import words
from sencli.documents.view import Block
from sencli.documents.view import Bullets
from sencli.documents.view import Column
from sencli.documents.view import Heading
from sencli.documents.view import Letterhead
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View

COLUMNS = (
    Column("due", "Due", "date", width=10),
    Column("overdue", "Late", "yes", width=5),
    Column("name", "Pupil", width=16),
    Column("class", "Class", width=6),
    Column("what", "What", width=40),
    Column("command", "Type", "command", width=36),
    Column("pupil", "Id", hidden=True),
    Column("teacher", "Teacher", hidden=True),
    Column("kind", "Kind", hidden=True),
)
FORECAST = (
    Column("week", "Week from", "date", width=10),
    Column("reviews", "Reviews", "number", width=8),
    Column("load", "", width=30),
)


def _promised(item: Due, day: str) -> dict[str, Any]:
    """One thing due, as shown in json."""
    return {
        "pupil": item.pupil,
        "name": item.name,
        "class": item.class_name,
        "teacher": item.teacher,
        "due": item.due,
        "overdue": item.overdue(day),
        "kind": item.kind,
        "what": item.what,
        "command": item.command,
    }


def build(
    items: Sequence[Due],
    school: Entry,
    day: str,
    until: str,
    weeks: Sequence[Week] = (),
    moves: Sequence[ReviewMove] = (),
) -> View:
    """What is due by ``until``, most urgent first; then reviews by week.

    Args:
        items: what is due.
        school: the school.
        day: today's ISO date.
        until: the last ISO date looked at.
        weeks: the weeks to come; none leaves the forecast out.
        moves: what could be held in an easier week.
    """
    rows = tuple(_row(item, day) for item in items)
    blocks: list[Block] = [
        Table(COLUMNS, rows, empty=f"Nothing is due by {words(until)}.")
    ]
    if rows:
        blocks.append(Text(summary(items, day, until)))
    if any(week.reviews for week in weeks):
        blocks += _forecast(weeks, moves)
    return View(
        "What is due",
        Letterhead(str(school.get("name", ""))),
        day,
        tuple(blocks),
        data=lambda: [_promised(item, day) for item in items],
    )


def _row(item: Due, day: str) -> tuple[Any, ...]:
    """One thing due under the columns."""
    due, kind, what, command, pupil, name, class_name, teacher = item
    late = item.overdue(day)
    return due, late, name, class_name, what, command, pupil, teacher, kind


def summary(items: Sequence[Due], day: str, until: str) -> str:
    """How much is overdue and how much is to come, in one sentence."""
    late = sum(item.overdue(day) for item in items)
    things = "1 thing is" if len(items) == 1 else f"{len(items)} things are"
    said = f"{things} due by {words(until)}"
    return f"{said}, {late} of them overdue." if late else f"{said}, none overdue."


def _forecast(weeks: Sequence[Week], moves: Sequence[ReviewMove]) -> list[Block]:
    rows = tuple(
        (
            week.monday,
            len(week.reviews),
            "■" * len(week.reviews) if week.school else "no school this week",
        )
        for week in weeks
    )
    blocks: list[Block] = [
        Heading("Reviews in the weeks to come"),
        Table(FORECAST, rows),
    ]
    if moves:
        share = fair_share(weeks)
        blocks.append(Text(f"To keep to about {share} a week, these could move:"))
        blocks.append(
            Bullets(
                tuple(
                    f"{move.review.name} ({KINDS[move.review.kind]}, due "
                    f"{short(move.review.due)}): week from {short(move.week)}"
                    for move in moves
                )
            )
        )
    return blocks
