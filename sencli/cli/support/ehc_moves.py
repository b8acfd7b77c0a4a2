"""``sen ehc join`` and ``move``: a plan that came with the pupil, or moved on."""

from __future__ import annotations

from typing import Any

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.event import Question
from sencli.cli.shell.event import event
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import PAST
from sencli.cli.shell.verbs import pupil_verbs
from sencli.core.people.context import Context
from sencli.core.pupil.plan_in_force import plan_in_force
from sencli.core.record.act import Act
from sencli.core.record.types import Record
from sencli.core.statutory import plan_comes_and_goes

verb = pupil_verbs()
_OFFICER = click.option("--officer", type=LINE, help="Who there deals with the plan.")


def _joined(app: App, record: Record, _typed: dict[str, Any]) -> bool:
    """Whether the plan in force came with the pupil, and is amended."""
    return "joined" in (plan_in_force(record, app.today) or {})


def _moved(app: App, record: Record, typed: dict[str, Any]) -> bool:
    """Whether the last move of the plan is amended."""
    found = plan_in_force(record, app.today) or {}
    return "to" not in typed and bool(found.get("transfers"))


@verb(
    "ehc.join",
    "Record the EHC plan that {id} came with",
    event(
        "the pupil came with the plan",
        amends=_joined,
        then=(
            Question("issued", "Day on which the plan was issued"),
            Question("authority", "Which authority maintains it"),
            Question("reviewed", "Day of its last annual review"),
        ),
    ),
)
@click.option("--date", type=PAST, help="When the pupil came with it.")
@click.option("--issued", type=PAST, help="When the plan was issued.")
@click.option("--amended", type=PAST, help="When it was last amended.")
@click.option("--reviewed", type=PAST, help="When it was last reviewed, elsewhere.")
@click.option("--authority", type=LINE, help="Authority that maintains it.")
@_OFFICER
@click.option("--from-school", type=LINE, help="The school or setting before.")
def join(record: Record, context: Context, /, **typed: Any) -> Act:
    """Record that the pupil arrived with an EHC plan.

    The yearly review is then counted from its last one, wherever that was held. The
    sections of the plan are entered with: sen ehc issue PUPIL --outcome OUTCOME

    If another authority takes the plan over with the move, type sen ehc move too.
    """
    return plan_comes_and_goes.join(record, typed, context)


@verb(
    "ehc.move",
    "Record that the EHC plan of {id} moved to another authority",
    event(
        "the plan moved to the new authority",
        amends=_moved,
        then=(Question("to", "To which authority"),),
    ),
)
@click.option("--to", type=LINE, help="The authority that maintains it from then on.")
@click.option("--date", type=PAST, help="The day of the transfer.")
@click.option("--told", type=PAST, help="When the new one said what it will do.")
@click.option("--reassess/--no-reassess", default=None, help="Will it assess anew?")
@click.option("--review-by", type=DAY, help="When it said that it will review.")
@_OFFICER
def move(record: Record, context: Context, /, **typed: Any) -> Act:
    """Record that the plan moved with the child to another authority (reg 15).

    The new authority says within six weeks whether it assesses anew and when it
    reviews. Without --date and --to the last move is amended.
    """
    return plan_comes_and_goes.move(record, typed, context)
