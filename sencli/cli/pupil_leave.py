"""``sen pupil leave``: a leaver."""

from __future__ import annotations

import click

from sencli.cli.app import App
from sencli.cli.app import pass_app
from sencli.cli.event import Question
from sencli.cli.event import event
from sencli.cli.kinds import LINE
from sencli.cli.options import DAY
from sencli.cli.options import writing
from sencli.cli.save import Manner
from sencli.cli.save import save_pupil
from sencli.core.leaving import leave as verb


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
