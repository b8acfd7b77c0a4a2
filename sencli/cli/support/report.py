"""``sen report`` and ``sen information``: what parents were given."""

from __future__ import annotations

from typing import Any

import click

from sencli.cli.shell.event import Question
from sencli.cli.shell.event import event
from sencli.cli.shell.lists import add_list
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import Pick
from sencli.cli.shell.verbs import pupil_verbs
from sencli.cli.support import forms
from sencli.core.people.context import Context
from sencli.core.record.act import Act
from sencli.core.record.types import Record
from sencli.core.support import reports_given

ABOUT = Pick(
    reports_given.ABOUT, "information", reports_given.ABOUT_WORDS, name="information"
)
_TO = Question("to", "To whom (parent, or a name)")


@click.group()
def report() -> None:
    """Reports to parents: add, list; and those that the school publishes."""


verb = pupil_verbs(report)


@verb(
    "report.add",
    "Record a report on {id}",
    event(
        "the report was sent",
        then=(_TO, Question("how", "How (letter, meeting, e-mail)")),
    ),
    forms.REPORT,
    correctable=True,
    many=True,
)
@click.option("--date", type=PAST, help="When it was sent (default today).")
@click.option("--to", type=LINE, multiple=True, help="To whom (default parent).")
@click.option("--how", type=LINE, help="How: letter, at the meeting, by e-mail.")
@click.option("--summary", type=WORDS, help="What it said.")
@click.option("--source", type=LINE, help="Another school whose report it is.")
def add(record: Record, context: Context, /, **typed: Any) -> Act:
    """Record a report to parents; typed again for its day, amend what is named.

    The same for several pupils: amelia,ben,chloe.
    """
    return reports_given.add_report(record, typed, context)


@click.group()
def information() -> None:
    """What parents were told of, such as SENDIASS: add, list."""


information_verb = pupil_verbs(information)


@information_verb(
    "information.add",
    "Record information given for {id}",
    event(
        "they were told", then=(_TO, Question("how", "How (leaflet, meeting, letter)"))
    ),
    many=True,
)
@click.argument("what", metavar="WHAT", type=ABOUT)
@click.option("--date", type=PAST, help="When (default today).")
@click.option("--to", type=LINE, help="To whom (default parent).")
@click.option("--how", type=LINE, help="How: leaflet, at the meeting, letter.")
def add_information(
    record: Record, context: Context, /, what: str, **typed: Any
) -> Act:
    """Record that parents were told of WHAT.

    WHAT is sendiass, local_offer, complaints, sen_information_report or other. The same
    for several pupils: amelia,ben,chloe.
    """
    return reports_given.add_information(record, what, typed, context)


add_list(report, "support:reports", "List the reports to a pupil's parents.")
add_list(information, "support:information", "List what parents were told of.")
