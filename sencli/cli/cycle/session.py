"""``sen session``: sessions given, for one pupil or a whole group."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.event import event
from sencli.cli.shell.lists import PUPIL
from sencli.cli.shell.lists import list_verb
from sencli.cli.shell.options import CYCLE
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import PAST_DAYS
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import correcting
from sencli.cli.shell.options import writing
from sencli.cli.shell.writing import Manner
from sencli.cli.shell.writing import check_manner
from sencli.cli.shell.writing import given_options
from sencli.cli.shell.writing import save

if TYPE_CHECKING:
    from sencli.cli.shell.app import Reading
    from sencli.documents.view import View


@click.group()
def session() -> None:
    """Sessions, of a pupil or a group: log, list."""


@session.command("log")
@click.argument("who", metavar="GROUP|PUPIL")
@click.option(
    "--date", "date", type=PAST_DAYS, help="When (default today); several: 21/9,23/9."
)
@click.option("--from", "since", type=PAST, help="First day of a period.")
@click.option("--to", "--until", "until", type=PAST, help="Last day of the period.")
@click.option("--intervention", type=LINE, help="Which of a pupil's interventions.")
@click.option(
    "--absent", type=LINE, multiple=True, help="Who of a group was absent (repeatable)."
)
@click.option(
    "--missed",
    type=LINE,
    multiple=True,
    metavar="REASON",
    help="Why it did not take place: staff-absent, school-event, trip ... With "
    "--week: staff-absent=1 (repeatable).",
)
@click.option("--minutes", type=click.IntRange(1, 600), help="If not the usual.")
@click.option("--by", type=LINE, help="Who gave it: initials.")
@click.option("--note", type=WORDS, help="A note.")
@click.option("--reason", type=WORDS, help="Why somebody was absent.")
@click.option("--again", is_flag=True, help="A further session on the same day.")
@click.option(
    "--ordinal", type=click.IntRange(1, 20), help="Which session of the day to amend."
)
@click.option("--week", type=PAST, help="Count a whole week, by any day in it.")
@click.option(
    "--delivered", type=click.IntRange(0, 50), help="Sessions given in that week."
)
@correcting
@writing
@event(
    "it was given",
    enough=("absent", "missed", "delivered"),
    dated=("week", "since", "until"),
)
@pass_app
def log(
    app: App, /, who: str, reason: str | None, correct: bool, fmt: str, **options: Any
) -> None:
    """Log sessions: of a group for everybody in it, or of one pupil.

    One day, a period (--from --to: the days that are named for it; where none are, each
    week is counted), or a count by the week (--week --delivered 3 --missed
    staff-absent=1). No entry means not recorded.
    """
    from sencli.cli.cycle.session_days import each_of
    from sencli.cli.cycle.session_log import Log

    manner = Manner(fmt, correct, reason if correct else None)
    check_manner(manner)
    typed = given_options(options)
    if reason and not correct:
        typed["reason"] = reason
    days = typed.get("date")
    if isinstance(days, tuple):
        logs = [Log(app, who, {**typed, "date": day}, manner) for day in days]
        save(app, each_of(logs), fmt, manner)
        return
    save(app, Log(app, who, typed, manner), fmt, manner)


@list_verb(session)
@PUPIL
@CYCLE
@click.option("--all", "every", is_flag=True, help="Of every cycle.")
def list_(reading: Reading, /, who: str, cycle: str | None, *, every: bool) -> View:
    """List the sessions of the open (or newest) cycle."""
    from sencli.documents.lists.cycle import sessions_view

    return sessions_view(reading.find(who), reading.files, cycle, every=every)
