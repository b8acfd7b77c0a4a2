"""Notes after logging sessions: counts for weeks, and more sessions than planned."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sencli.core.cycle.sessions import over_dose
from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.core.text.dates import add_days
from sencli.core.text.dates import monday
from sencli.core.text.dates import words
from sencli.core.text.plural import plural

if TYPE_CHECKING:
    from sencli.core.cycle.sessions import Logged
    from sencli.core.cycle.sessions import Span

Target = tuple[Entry, Entry]
_SHOWN = 3


def on_weeks(record: Entry, target: Target, span: Span, done: Logged) -> Iterator[str]:
    """Of one pupil: weeks counted before, and a day beside a week's count."""
    name = lookup.display_name(record)
    if done.weeks_left:
        mend = f"sen session log {record['id']} --week DATE --delivered NUMBER"
        left = plural(done.weeks_left, "week")
        yield f"{name}: {left} had a count, left as it was. To change one: {mend}"
    if span.each or not (done.added or done.amended):
        return
    cycle, item = target
    week = monday(span.first)
    for tally in cycle.get("do", {}).get("tallies", ()):
        if tally["intervention"] == item["id"] and tally["week"] == week:
            yield (
                f"{name}: the week of {words(week)} has a count "
                f"({tally['delivered']} given), which is what is reckoned with. To "
                f"change it: sen session log {record['id']} --week {week} "
                "--delivered NUMBER"
            )


class TooMany:
    """Weeks in which more is recorded than the dose, gathered over a group."""

    def __init__(self) -> None:
        self._found: dict[str, list[str]] = {}

    def look(self, record: Entry, target: Target, span: Span) -> None:
        """Look at the weeks of the span in a pupil's record as it now is."""
        held = lookup.holder(record, "interventions", str(target[1]["id"])) or target
        week, weeks = monday(span.first), []
        while week <= span.last:
            weeks.append(week)
            week = add_days(week, 7)
        for over in over_dose(*held, weeks):
            text = (
                f"{plural(over.recorded, 'session')} recorded in the week of "
                f"{words(over.week)}; the plan is for {over.planned} a week."
            )
            self._found.setdefault(text, []).append(lookup.display_name(record))

    def notes(self) -> Sequence[str]:
        """The weeks with whose they are, the first few."""
        listed = [
            f"{lookup.joined(names)}: {text}" for text, names in self._found.items()
        ]
        more = len(listed) - _SHOWN
        return [*listed[:_SHOWN], *([f"and {more} more such."] if more > 0 else [])]
