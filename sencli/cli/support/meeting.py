"""``sen meeting`` and ``sen action``: meetings with parents, and agreed actions."""

from __future__ import annotations

from typing import Any

import click

from sencli.cli.cycle import questions
from sencli.cli.shell import views_and_responsibilities as words_of
from sencli.cli.shell.app import App
from sencli.cli.shell.event import event
from sencli.cli.shell.lists import add_list
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import RESTRICTED
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import Pick
from sencli.cli.shell.options import TimeOfDay
from sencli.cli.shell.options import stacked
from sencli.cli.shell.verbs import pupil_verbs
from sencli.cli.shell.writing import context_of
from sencli.cli.shell.writing import given_options
from sencli.cli.support import forms
from sencli.core.people.context import Context
from sencli.core.record.act import Act
from sencli.core.record.types import Record
from sencli.core.support import meetings

KIND = Pick(
    meetings.KINDS,
    "kind of meeting",
    {"early": "early_discussion", "term": "termly", "move": "transition"},
    name="kind",
)

FIELDS = stacked(
    click.option("--date", type=PAST, help="When (default today)."),
    click.option("--time", type=TimeOfDay(), help="At what time, as 3.30 pm."),
    click.option("--place", type=LINE, help="Where."),
    click.option("--kind", type=KIND, help="early_discussion, termly, transition ..."),
    click.option("--led-by", type=LINE, help="Who led it."),
    click.option("--invited", type=LINE, multiple=True, help="Who was invited."),
    click.option("--attended", type=LINE, multiple=True, help="Who came: parent,KM."),
    click.option(
        "--interpreter/--no-interpreter", default=None, help="An interpreter helped."
    ),
    click.option("--strengths", type=WORDS, help="What the pupil does well."),
    click.option("--difficulties", type=WORDS, help="What is hard."),
    click.option("--parent-concerns", type=WORDS, help="What worries the parents."),
    click.option("--outcomes-sought", type=WORDS, help="What everybody hopes for."),
    click.option("--aspirations", type=WORDS, help="Hopes for the future."),
    words_of.VIEWS,
    click.option("--agreed", type=WORDS, help="What was agreed."),
    words_of.DOES,
    click.option(
        "--action",
        type=WORDS,
        multiple=True,
        help='A promise: "KM: ring the surgery (by Friday)" (repeatable).',
    ),
    click.option("--next-steps", type=WORDS, help="What happens next."),
    click.option(
        "--record-given", "--note-given", type=PAST, help="When parents got the record."
    ),
    click.option("--shared-with-staff", type=PAST, help="When staff were told."),
    click.option("--source", type=LINE, help="Another school whose record this is."),
    RESTRICTED,
)


_SAID = (
    *("agreed", "action", "parent_view", "pupil_view", "view", "strengths"),
    *("difficulties", "parent_concerns", "outcomes_sought", "aspirations"),
    *("next_steps", "school_does", "parent_does", "pupil_does"),
)


def _of_today(app: App, record: Record, typed: dict[str, Any]) -> bool:
    """Whether a meeting is meant that the record has."""
    context = context_of(app, record)
    return bool(meetings.amended_meeting(record, given_options(typed), context))


@click.group()
def meeting() -> None:
    """Meetings with parents: add, set, done, list."""


verb = pupil_verbs(meeting)


@verb(
    "meeting.add",
    "Record a meeting about {id}",
    event(
        "the meeting was",
        enough=_SAID,
        amends=_of_today,
        then=questions.MEETING,
    ),
    forms.MEETING,
    correctable=True,
    many=True,
)
@FIELDS
@click.option("--again", is_flag=True, default=None, help="A second one of that day.")
def add(record: Record, context: Context, /, **typed: Any) -> Act:
    """Record a meeting with parents; typed again for its day, amend what is named.

    A review or an annual review counts as a meeting by itself: do not enter it twice.
    """
    return meetings.add_meeting(record, typed, context)


@verb("meeting.set", "Change a meeting about {id}", forms.MEETING, correctable=True)
@click.argument("which", metavar="MEETING")
@FIELDS
def set_(record: Record, context: Context, /, which: str, **typed: Any) -> Act:
    """Amend a meeting: MEETING is its number by date, or its kind."""
    return meetings.set_meeting(record, which, typed, context)


KEPT = ("Note a promise kept for {id}", event("it was done", day="day"))
WHICH = click.argument("which", metavar="ACTION")
WHEN = click.option("--date", "day", type=PAST, help="When (default today).")


@verb("action.done", *KEPT)
@WHICH
@WHEN
def meeting_done(
    record: Record, context: Context, /, which: str, day: str | None = None
) -> Act:
    """Note that what was promised was done."""
    return meetings.finish_action(record, which, day or context.today)


@click.group()
def action() -> None:
    """What was promised in meetings: done, list."""


@pupil_verbs(action)("action.done", *KEPT)
@WHICH
@WHEN
def done(
    record: Record, context: Context, /, which: str, day: str | None = None
) -> Act:
    """Note that a promise was kept: ACTION is its number, or part of its wording."""
    return meetings.finish_action(record, which, day or context.today)


add_list(meeting, "support:meetings", "List the meetings about a pupil.")
add_list(action, "support:actions", "List what was promised about a pupil.")
