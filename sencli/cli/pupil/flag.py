"""``sen flag``: circumstances over time."""

from __future__ import annotations

import click

from sencli import terms
from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.event import event
from sencli.cli.shell.lists import add_list
from sencli.cli.shell.lists import of_record
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import Pick
from sencli.cli.shell.options import writing
from sencli.cli.shell.writing import Manner
from sencli.cli.shell.writing import save_pupil
from sencli.core.pupil import flags

FLAG = Pick(terms.FLAGS, "flag", flags.WORDS, name="flag")


@click.group()
def flag() -> None:
    """Circumstances: pupil premium, looked after."""


@flag.command("add")
@click.argument("who", metavar="PUPIL")
@click.argument("which", metavar="FLAG", type=FLAG)
@click.option("--from", "--since", "since", type=DAY, help="From when (default today).")
@click.option("--note", type=LINE, help="A note.")
@click.option(
    "--restricted/--not-restricted", default=None, help="Keep it off every paper."
)
@writing
@pass_app
def add(
    app: App,
    *,
    who: str,
    which: str,
    since: str | None,
    note: str | None,
    restricted: bool | None,
    fmt: str,
) -> None:
    """Add a circumstance: FLAG is its name or its words, as "pupil premium"."""
    named = {"note": note, "restricted": restricted}
    save_pupil(
        app,
        who,
        lambda record: flags.add_flag(record, which, since or app.today, named),
        action="flag.add",
        subject="Add a flag for {id}",
        manner=Manner(fmt),
    )


@flag.command("end")
@click.argument("who", metavar="PUPIL")
@click.argument("which", metavar="FLAG", type=FLAG)
@click.option("--date", "--until", "day", type=DAY, help="Last day (default today).")
@writing
@event("it ended", day="day")
@pass_app
def end(app: App, *, who: str, which: str, day: str | None, fmt: str) -> None:
    """End a circumstance."""
    save_pupil(
        app,
        who,
        lambda record: flags.end_flag(record, which, day or app.today),
        action="flag.end",
        subject="End a flag of {id}",
        manner=Manner(fmt),
    )


add_list(flag, of_record("flags"), "List a pupil's circumstances, ended ones too.")
