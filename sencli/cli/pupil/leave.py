"""``sen pupil leave``: a pupil leaves the school."""

from __future__ import annotations

from typing import Any

import click

from sencli.cli.shell.event import Question
from sencli.cli.shell.event import event
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import LINE
from sencli.cli.shell.verbs import pupil_verbs
from sencli.core.people.context import Context
from sencli.core.pupil.leave import leave as off_roll
from sencli.core.record.act import Act
from sencli.core.record.types import Record


@pupil_verbs()(
    "pupil.leave",
    "{id} leaves",
    event(
        "the pupil was last on roll",
        day="day",
        enough=("to_school",),
        then=(Question("to_school", "The school after"), Question("reason", "Why")),
    ),
)
@click.option("--date", "day", type=DAY, help="Last day on roll (default today).")
@click.option("--to-school", type=LINE, help="The school after.")
@click.option("--reason", type=LINE, help="Why.")
def leave(
    record: Record, context: Context, /, day: str | None = None, **typed: Any
) -> Act:
    """Take PUPIL off the roll: the open cycle is closed, interventions end.

    A day to come is noted; the cycle is closed once the day has been.
    """
    return off_roll(record, day or context.today, typed, context.today)
