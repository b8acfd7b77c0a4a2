"""By when an answer to a letter is asked for."""

from __future__ import annotations

from collections.abc import Iterable

from sencli.core.papers.invitation_day import doubt
from sencli.core.record.types import Entry
from sencli.core.text.dates import add_days

_WEEK = 7


def return_day(day: str, meeting: str, terms: Iterable[Entry]) -> str:
    """A day of school in a week at the latest, and before the meeting; or "".

    Args:
        day: ISO date of the letter.
        meeting: ISO date of the meeting that it is about, or "".
        terms: the school's.
    """
    known = list(terms)
    for days in range(_WEEK, 0, -1):
        last = add_days(day, days)
        if not (meeting and last >= meeting) and not doubt(last, day, known):
            return last
    return ""
