"""``sen plan-elsewhere``: a PEP, a healthcare plan, and others kept elsewhere."""

from __future__ import annotations

from typing import Any

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.event import event
from sencli.cli.shell.lists import add_list
from sencli.cli.shell.lists import write
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import FUTURE
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import Pick
from sencli.cli.shell.options import correcting
from sencli.cli.shell.options import stacked
from sencli.cli.shell.options import writing
from sencli.cli.shell.writing import Manner
from sencli.cli.shell.writing import named
from sencli.core.pupil import related_plans as verbs
from sencli.documents.lists import support

KIND = Pick(verbs.KINDS, "kind of plan", verbs.KIND_WORDS, name="kind")

FIELDS = stacked(
    click.option("--reference", type=LINE, help="Where it is kept."),
    click.option("--from", "from", type=DAY, help="From when."),
    click.option("--until", type=DAY, help="Last day."),
    click.option("--review-by", type=FUTURE, help="When it is reviewed."),
    click.option(
        "--informed",
        type=PAST,
        help="When the designated teacher or nurse was told of the SEN support.",
    ),
)


@click.group()
def elsewhere() -> None:
    """Plans kept elsewhere, such as a PEP: add, set, end, list."""


@elsewhere.command("add")
@click.argument("who", metavar="PUPIL")
@click.argument("kind", type=KIND)
@FIELDS
@writing
@pass_app
def add(app: App, /, who: str, kind: str, fmt: str, **options: Any) -> None:
    """Name a plan kept elsewhere; the same KIND again amends what is named.

    KIND is pep, healthcare_plan, early_help or other.
    """
    write(
        app,
        who,
        lambda record, ground: verbs.add_plan(record, kind, named(options), ground),
        ("elsewhere.add", "Name a plan kept elsewhere for {id}"),
        Manner(fmt),
    )


@elsewhere.command("set")
@click.argument("who", metavar="PUPIL")
@click.argument("which", metavar="PLAN")
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
    """Amend a plan kept elsewhere: PLAN is its number or its kind."""
    write(
        app,
        who,
        lambda record, _ground: verbs.set_plan(record, which, named(options)),
        ("elsewhere.set", "Change a plan kept elsewhere for {id}"),
        Manner(fmt, correct, reason),
    )


@elsewhere.command("end")
@click.argument("who", metavar="PUPIL")
@click.argument("which", metavar="PLAN")
@click.option("--date", "--until", "day", type=DAY, help="Last day (default today).")
@writing
@event("it ended", day="day")
@pass_app
def end(app: App, /, who: str, which: str, day: str | None, fmt: str) -> None:
    """End a plan kept elsewhere."""
    write(
        app,
        who,
        lambda record, ground: verbs.set_plan(
            record, which, {"until": day or ground.today}
        ),
        ("elsewhere.end", "End a plan kept elsewhere for {id}"),
        Manner(fmt),
    )


add_list(elsewhere, support.plans, "List a pupil's plans kept elsewhere.")
