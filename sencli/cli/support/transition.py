"""``sen transition``: moves between phases and schools."""

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
from sencli.cli.shell.options import stacked
from sencli.cli.shell.options import writing
from sencli.cli.shell.writing import Manner
from sencli.cli.shell.writing import named
from sencli.cli.support import forms
from sencli.core.support import transitions
from sencli.documents.lists import support

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


@transition.command("add")
@click.argument("who", metavar="PUPIL")
@FIELDS
@writing
@event(
    "the move was planned",
    enough=("to", "actions", "agreed_items", "agreed_with", "sent"),
    then=(Question("to", "Where to"),),
)
@forms.MOVE
@pass_app
def add(app: App, /, who: str, fmt: str, **options: Any) -> None:
    """Plan a move; with the same --to again, amend what is named."""
    write(
        app,
        who,
        lambda record, ground: transitions.add_transition(
            record, named(options), ground
        ),
        ("transition.add", "Plan a move of {id}"),
        Manner(fmt),
    )


@transition.command("set")
@click.argument("who", metavar="PUPIL")
@click.argument("which", metavar="MOVE")
@FIELDS
@click.option("--reason", type=WORDS, help="Why, for a correction.")
@correcting
@writing
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
    """Amend a move: MOVE is its number by date, or where it leads."""
    write(
        app,
        who,
        lambda record, ground: transitions.set_transition(
            record, which, named(options), ground
        ),
        ("transition.set", "Change a move of {id}"),
        Manner(fmt, correct, reason),
    )


add_list(transition, support.transitions, "List a pupil's moves.")
