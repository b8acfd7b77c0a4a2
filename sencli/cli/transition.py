"""``sen transition``: moves between phases and schools."""

from __future__ import annotations

from typing import Any

import click

from sencli.cli import around_forms
from sencli.cli.app import App
from sencli.cli.app import pass_app
from sencli.cli.event import Question
from sencli.cli.event import event
from sencli.cli.kinds import LINE
from sencli.cli.kinds import Pick
from sencli.cli.lists import add_list
from sencli.cli.lists import write
from sencli.cli.options import PAST
from sencli.cli.options import WORDS
from sencli.cli.options import correcting
from sencli.cli.options import writing
from sencli.cli.repeated import stacked
from sencli.cli.save import Manner
from sencli.cli.typed import named
from sencli.core import transitions
from sencli.documents import around_lists

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
@around_forms.MOVE
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


add_list(transition, around_lists.transitions, "List a pupil's moves.")
