"""``sen transition``: moves between phases and schools."""

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
from sencli.cli.shell.options import stacked
from sencli.cli.shell.verbs import pupil_verbs
from sencli.cli.support import forms
from sencli.core.people.context import Context
from sencli.core.record.act import Act
from sencli.core.record.types import Record
from sencli.core.support import transitions

KIND = Pick(transitions.KINDS, "kind of move", {"secondary": "phase"}, name="kind")

FIELDS = stacked(
    click.option("--to", type=LINE, help="Where to."),
    click.option("--kind", type=KIND, help="phase, school, year, adult_life, entry."),
    click.option("--date", type=PAST, help="When it was planned (default today)."),
    click.option("--actions", type=WORDS, help="What is done to prepare."),
    click.option(
        "--agreed-items",
        "--agreed-item",
        type=LINE,
        multiple=True,
        help="What information goes (repeatable).",
    ),
    click.option("--agreed-with", type=LINE, multiple=True, help="parent,pupil."),
    click.option("--sent", type=PAST, help="When it went."),
)


@click.group()
def transition() -> None:
    """Moves to the next phase or school: add, set, list."""


verb = pupil_verbs(transition)


@verb(
    "transition.add",
    "Plan a move of {id}",
    event(
        "the move was planned",
        enough=("to", "actions", "agreed_items", "agreed_with", "sent"),
        then=(Question("to", "Where to"),),
    ),
    forms.MOVE,
)
@FIELDS
def add(record: Record, context: Context, /, **typed: Any) -> Act:
    """Plan a move; with the same --to again, amend what is named."""
    return transitions.add_transition(record, typed, context)


@verb("transition.set", "Change a move of {id}", correctable=True)
@click.argument("which", metavar="MOVE")
@FIELDS
def set_(record: Record, context: Context, /, which: str, **typed: Any) -> Act:
    """Amend a move: MOVE is its number by date, or where it leads."""
    return transitions.set_transition(record, which, typed, context)


add_list(transition, "support:transitions", "List a pupil's moves.")
