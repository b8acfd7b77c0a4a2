"""``sen pupil leave``: a leaver."""

from __future__ import annotations

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.event import Question
from sencli.cli.shell.event import event
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import writing
from sencli.cli.shell.writing import Manner
from sencli.cli.shell.writing import save_pupil
from sencli.core.pupil.leave import leave as verb


@click.command("leave")
@click.argument("who", metavar="PUPIL")
@click.option("--date", "day", type=DAY, help="Last day on roll (default today).")
@click.option("--to-school", type=LINE, help="The school after.")
@click.option("--reason", type=LINE, help="Why.")
@writing
@event(
    "the pupil was last on roll",
    day="day",
    enough=("to_school",),
    then=(Question("to_school", "The school after"), Question("reason", "Why")),
)
@pass_app
def leave(
    app: App,
    *,
    who: str,
    day: str | None,
    to_school: str | None,
    reason: str | None,
    fmt: str,
) -> None:
    """Take PUPIL off the roll: the open cycle is closed, interventions end."""
    fields = {"to_school": to_school, "reason": reason}
    save_pupil(
        app,
        who,
        lambda record: verb(record, day or app.today, fields),
        action="pupil.leave",
        subject="{id} leaves",
        manner=Manner(fmt),
    )
