"""``sen meeting`` and ``sen action``: meetings with parents, and promises."""

from __future__ import annotations

from typing import Any

import click

from sencli.cli.cycle import outcome_questions
from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.event import event
from sencli.cli.shell.lists import add_list
from sencli.cli.shell.lists import write
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import Pick
from sencli.cli.shell.options import correcting
from sencli.cli.shell.options import stacked
from sencli.cli.shell.options import writing
from sencli.cli.shell.writing import Manner
from sencli.cli.shell.writing import bare_ground
from sencli.cli.shell.writing import named
from sencli.cli.support import forms
from sencli.core.record.types import Record
from sencli.core.support import meetings
from sencli.documents.lists import support

KIND = Pick(
    meetings.KINDS,
    "kind of meeting",
    {"early": "early_discussion", "term": "termly", "move": "transition"},
    name="kind",
)

FIELDS = stacked(
    click.option("--date", type=PAST, help="When (default today)."),
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
    click.option("--parent-view", type=WORDS, help="What parents said."),
    click.option("--pupil-view", type=WORDS, help="What the pupil said."),
    click.option(
        "--view",
        type=WORDS,
        multiple=True,
        help='What somebody said: "KM: He joins in more" (repeatable).',
    ),
    click.option("--how", type=LINE, help="How views were gathered: talk, drawing."),
    click.option("--agreed", type=WORDS, help="What was agreed."),
    click.option("--school-does", type=WORDS, help="What the school does."),
    click.option("--parent-does", type=WORDS, help="What parents do."),
    click.option("--pupil-does", type=WORDS, help="What the pupil does."),
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
    click.option(
        "--restricted/--not-restricted", default=None, help="Keep it off every paper."
    ),
)


_SAID = (
    *("agreed", "action", "parent_view", "pupil_view", "view", "strengths"),
    *("difficulties", "parent_concerns", "outcomes_sought", "aspirations"),
    *("next_steps", "school_does", "parent_does", "pupil_does"),
)


def _of_today(app: App, record: Record, typed: dict[str, Any]) -> bool:
    """Whether a meeting is meant that the record has."""
    ground = bare_ground(app, record)
    return bool(meetings.amended_meeting(record, named(typed), ground))


@click.group()
def meeting() -> None:
    """Meetings with parents: add, set, done, list."""


@meeting.command("add")
@click.argument("who", metavar="PUPIL")
@FIELDS
@click.option("--again", is_flag=True, default=None, help="A second one of that day.")
@click.option("--reason", type=WORDS, help="Why, for a correction.")
@correcting
@writing
@event(
    "the meeting was", enough=_SAID, amends=_of_today, then=outcome_questions.MEETING
)
@forms.MEETING
@pass_app
def add(
    app: App, /, who: str, reason: str | None, correct: bool, fmt: str, **options: Any
) -> None:
    """Record a meeting with parents; typed again for its day, amend what is named.

    A review or an annual review counts as a meeting by itself: do not enter it twice.
    """
    write(
        app,
        who,
        lambda record, ground: meetings.add_meeting(record, named(options), ground),
        ("meeting.add", "Record a meeting about {id}"),
        Manner(fmt, correct, reason),
    )


@meeting.command("set")
@click.argument("who", metavar="PUPIL")
@click.argument("which", metavar="MEETING")
@FIELDS
@click.option("--reason", type=WORDS, help="Why, for a correction.")
@correcting
@writing
@forms.MEETING
@pass_app
def set_(
    app: App,
    /,
    who: str,
    which: str,
    reason: str | None,
    correct: bool,
    fmt: str,
    **options: Any,
) -> None:
    """Amend a meeting: MEETING is its number by date, or its kind."""
    write(
        app,
        who,
        lambda record, ground: meetings.set_meeting(
            record, which, named(options), ground
        ),
        ("meeting.set", "Change a meeting about {id}"),
        Manner(fmt, correct, reason),
    )


def _done(app: App, who: str, which: str, day: str | None, fmt: str) -> None:
    write(
        app,
        who,
        lambda record, ground: meetings.finish_action(
            record, which, day or ground.today
        ),
        ("action.done", "Note a promise kept for {id}"),
        Manner(fmt),
    )


@meeting.command("done")
@click.argument("who", metavar="PUPIL")
@click.argument("which", metavar="ACTION")
@click.option("--date", "day", type=PAST, help="When (default today).")
@writing
@event("it was done", day="day")
@pass_app
def meeting_done(app: App, /, who: str, which: str, day: str | None, fmt: str) -> None:
    """Note that what was promised was done."""
    _done(app, who, which, day, fmt)


@click.group()
def action() -> None:
    """What was promised in meetings: done, list."""


@action.command("done")
@click.argument("who", metavar="PUPIL")
@click.argument("which", metavar="ACTION")
@click.option("--date", "day", type=PAST, help="When (default today).")
@writing
@event("it was done", day="day")
@pass_app
def done(app: App, /, who: str, which: str, day: str | None, fmt: str) -> None:
    """Note that a promise was kept: ACTION is its number, or part of its wording."""
    _done(app, who, which, day, fmt)


add_list(meeting, support.meetings, "List the meetings about a pupil.")
add_list(action, support.actions, "List what was promised about a pupil.")
