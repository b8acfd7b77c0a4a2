"""``sen part-time``: part-time timetables."""

from __future__ import annotations

from typing import Any

import click

from sencli.cli.shell.amounts import HOURS_A_WEEK
from sencli.cli.shell.app import App
from sencli.cli.shell.event import event
from sencli.cli.shell.lists import add_list
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import FUTURE
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import RESTRICTED
from sencli.cli.shell.options import UNTIL
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import stacked
from sencli.cli.shell.prompts import ask_for
from sencli.cli.shell.verbs import pupil_verbs
from sencli.core.people.context import Context
from sencli.core.pupil import arrange_part_time as verbs
from sencli.core.record.act import Act
from sencli.core.record.types import Record
from sencli.core.text.placeholders import NUMBER

FIELDS = stacked(
    click.option(
        "--hours", "hours_a_week", type=HOURS_A_WEEK, help="Hours a week in school."
    ),
    click.option("--from", "--start", "from", type=DAY, help="From when."),
    click.option("--until", type=DAY, help="Last day, where it is known."),
    click.option("--reason", type=WORDS, help="Why, in words."),
    click.option(
        "--consent", "--consent-by", type=LINE, help="Who agreed: parent, or a name."
    ),
    click.option("--consent-date", type=PAST, help="When (default by its first day)."),
    click.option("--no-consent", is_flag=True, default=None, help="Parents refused."),
    click.option("--review-by", type=FUTURE, help="When it is to be reviewed."),
    RESTRICTED,
)


@click.group()
def part_time() -> None:
    """Part-time timetables: add, set, end, list."""


verb = pupil_verbs(part_time)


def _hours(_app: App, _who: str, typed: dict[str, Any]) -> None:
    """Ask for the hours, without which nobody knows what was agreed."""
    if "hours_a_week" not in typed:
        asked = ("--hours", "Hours a week in school", NUMBER)
        typed["hours_a_week"] = ask_for(HOURS_A_WEEK.amount.read, *asked)


@verb("parttime.add", "Record a part-time timetable of {id}", before=_hours)
@FIELDS
def add(record: Record, context: Context, /, **typed: Any) -> Act:
    """Record a part-time timetable, from today or --from.

    It is to be short, agreed with parents, and looked at again on --review-by.
    """
    return verbs.add_part_time(record, typed, context)


@verb(
    "parttime.set",
    "Change a part-time timetable of {id}",
    correctable=True,
    own_reason=True,
)
@click.argument("which", metavar="TIMETABLE")
@FIELDS
@click.option("--reviewed", type=PAST, help="A day on which it was reviewed.")
def set_(record: Record, context: Context, /, which: str, **typed: Any) -> Act:
    """Change what is named: TIMETABLE is its number by date, or its wording."""
    return verbs.set_part_time(record, which, typed, context)


@verb(
    "parttime.end",
    "End a part-time timetable of {id}",
    event("it ended", day="day"),
)
@click.argument("which", metavar="TIMETABLE")
@UNTIL
def end(record: Record, context: Context, /, which: str, day: str | None = None) -> Act:
    """End a part-time timetable: the pupil is in school full time again."""
    return verbs.set_part_time(record, which, {"until": day or context.today}, context)


add_list(part_time, "arrangements:part_time", "List a pupil's part-time timetables.")
