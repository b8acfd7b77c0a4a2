"""``sen report`` and ``sen information``: what parents were given."""

from __future__ import annotations

from typing import Any

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.event import Question
from sencli.cli.shell.event import event
from sencli.cli.shell.lists import add_list
from sencli.cli.shell.lists import write
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import Pick
from sencli.cli.shell.options import correcting
from sencli.cli.shell.options import writing
from sencli.cli.shell.writing import Manner
from sencli.cli.shell.writing import named
from sencli.cli.support import forms
from sencli.core.support import reports_given
from sencli.documents.lists import support

ABOUT = Pick(
    reports_given.ABOUT, "information", reports_given.ABOUT_WORDS, name="information"
)
_TO = Question("to", "To whom (parent, or a name)")


@click.group()
def report() -> None:
    """Yearly reports to parents: add, list."""


@report.command("add")
@click.argument("who", metavar="PUPIL")
@click.option("--date", type=PAST, help="When it was sent (default today).")
@click.option("--to", type=LINE, multiple=True, help="To whom (default parent).")
@click.option("--how", type=LINE, help="How: letter, at the meeting, by e-mail.")
@click.option("--summary", type=WORDS, help="What it said.")
@click.option("--source", type=LINE, help="Another school whose report it is.")
@click.option("--reason", type=WORDS, help="Why, for a correction.")
@correcting
@writing
@event(
    "the report was sent",
    then=(_TO, Question("how", "How (letter, meeting, e-mail)")),
)
@forms.REPORT
@pass_app
def add(
    app: App, /, who: str, reason: str | None, correct: bool, fmt: str, **options: Any
) -> None:
    """Record a report to parents; typed again for its day, amend what is named."""
    write(
        app,
        who,
        lambda record, ground: reports_given.add_report(record, named(options), ground),
        ("report.add", "Record a report on {id}"),
        Manner(fmt, correct, reason),
    )


@click.group()
def information() -> None:
    """What parents were told of, such as SENDIASS: add, list."""


@information.command("add")
@click.argument("who", metavar="PUPIL")
@click.argument("what", metavar="WHAT", type=ABOUT)
@click.option("--date", type=PAST, help="When (default today).")
@click.option("--to", type=LINE, help="To whom (default parent).")
@click.option("--how", type=LINE, help="How: leaflet, at the meeting, letter.")
@writing
@event("they were told", then=(_TO, Question("how", "How (leaflet, meeting, letter)")))
@pass_app
def add_information(app: App, /, who: str, what: str, fmt: str, **options: Any) -> None:
    """Record that parents were told of WHAT.

    WHAT is sendiass, local_offer, complaints, sen_information_report or other.
    """
    write(
        app,
        who,
        lambda record, ground: reports_given.add_information(
            record, what, named(options), ground
        ),
        ("information.add", "Record information given for {id}"),
        Manner(fmt),
    )


add_list(report, support.reports, "List the reports to a pupil's parents.")
add_list(information, support.information, "List what parents were told of.")
