"""Forecast of reviews by week, and how to spread them."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence

from sencli.core.due.due import Due
from sencli.core.record.types import Entry
from sencli.core.text.dates import add_days
from sencli.core.text.dates import monday
from sencli.core.time.calendar import Calendar
from sencli.value import Value

WEEKS = 12
EASY_WEEK = 3
WEEKS_BEFORE, WEEKS_AFTER = 3, 2

REVIEWS = frozenset({"review", "annual_review"})


class Week(Value):
    """Reviews of one week.

    Attributes:
        monday: its first day, ISO.
        school: whether school is open in it.
        reviews: what falls in it.
    """

    monday: str
    school: bool
    reviews: tuple[Due, ...]


class ReviewMove(Value):
    """A review that could be held in an easier week near its own."""

    review: Due
    week: str


def forecast(
    items: Iterable[Due], school: Entry, day: str, weeks: int = WEEKS
) -> list[Week]:
    """The weeks from this one on; overdue reviews count in the first."""
    first = monday(day)
    calendar = Calendar(school.get("terms", ()))
    load: dict[str, list[Due]] = {
        add_days(first, 7 * number): [] for number in range(weeks)
    }
    reviews = [item for item in items if item.kind in REVIEWS]
    # of thousands of reviews many are due on the same day
    mondays = {due: monday(due) for due in {item.due for item in reviews}}
    for item in reviews:
        week = max(first, mondays[item.due])
        if week in load:
            load[week].append(item)
    return [
        Week(week, bool(calendar.weeks(week, add_days(week, 4))), tuple(falling))
        for week, falling in load.items()
    ]


def fair_share(weeks: Sequence[Week]) -> int:
    """How many reviews a school week would hold if all held alike, and at least 3."""
    open_weeks = sum(week.school for week in weeks)
    reviews = sum(len(week.reviews) for week in weeks)
    return max(EASY_WEEK, -(-reviews // open_weeks)) if open_weeks else EASY_WEEK


def spread(weeks: Sequence[Week]) -> list[ReviewMove]:
    """Moves that bring each full week down to the fair share.

    A review moves to the nearest school week that has room: up to three before its own
    rather than up to two after it, so that none becomes late where it can be helped,
    and never into the week that is running. What falls in a week without school always
    moves, if it can.
    """
    share = fair_share(weeks)
    load = [len(week.reviews) for week in weeks]
    moves = []
    for at, week in enumerate(weeks):
        room = share if week.school else 0
        for review in reversed(week.reviews):
            if load[at] <= room:
                break
            target = _easier(weeks, load, at, share)
            if target is None:
                break
            load[at] -= 1
            load[target] += 1
            moves.append(ReviewMove(review, weeks[target].monday))
    return moves


def _easier(
    weeks: Sequence[Week], load: Sequence[int], at: int, share: int
) -> int | None:
    """The place of the week to move to, or ``None``."""
    usable = [n for n, week in enumerate(weeks) if week.school and n > 0]
    before = [n for n in reversed(usable) if n < at][:WEEKS_BEFORE]
    after = [n for n in usable if n > at][:WEEKS_AFTER]
    return next((n for n in (*before, *after) if load[n] < share), None)
