"""``sen pupil baseline``: what a pupil could do on entry."""

from __future__ import annotations

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.lists import write
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import correcting
from sencli.cli.shell.options import writing
from sencli.cli.shell.writing import Manner
from sencli.core.pupil.baseline import set_baseline


@click.command("baseline")
@click.argument("who", metavar="PUPIL")
@click.option("--summary", type=WORDS, help="What the assessment showed.")
@click.option("--date", "day", type=PAST, help="When it was made (default today).")
@click.option("--source", type=LINE, help="Where it comes from.")
@click.option("--reason", type=WORDS, help="Why, for a correction.")
@correcting
@writing
@pass_app
def baseline(
    app: App,
    *,
    who: str,
    summary: str | None,
    day: str | None,
    source: str | None,
    reason: str | None,
    correct: bool,
    fmt: str,
) -> None:
    """Record skills and attainment on entry; typed again, amend what is named."""
    write(
        app,
        who,
        lambda record, ground: set_baseline(record, summary, day, source, ground.today),
        ("pupil.baseline", "Record the baseline of {id}"),
        Manner(fmt, correct, reason),
    )
