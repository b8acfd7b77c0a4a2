"""``sen health``: conditions, the healthcare plan, medicine."""

from __future__ import annotations

from typing import Any

import click

from sencli.cli.shell.event import event
from sencli.cli.shell.lists import add_list
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import FUTURE
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import RESTRICTED
from sencli.cli.shell.options import UNTIL
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import stacked
from sencli.cli.shell.verbs import needed
from sencli.cli.shell.verbs import pupil_verbs
from sencli.core.people.context import Context
from sencli.core.pupil import health as verbs
from sencli.core.record.act import Act
from sencli.core.record.types import Record

FIELDS = stacked(
    click.option(
        "--plan/--no-plan",
        default=None,
        help="There is an individual healthcare plan.",
    ),
    click.option("--review-by", type=FUTURE, help="When that plan is reviewed."),
    click.option(
        "--medication/--no-medication",
        default=None,
        help="Medicine is given in school.",
    ),
    click.option("--held-by", type=LINE, help="Who holds the plan and the medicine."),
    click.option("--note", type=WORDS, help="What staff need to know."),
    RESTRICTED,
    click.option("--from", "from", type=DAY, help="From when (default today)."),
)


@click.group()
def health() -> None:
    """Health conditions and healthcare plans: add, set, end, list."""


verb = pupil_verbs(health)


@verb(
    "health.add",
    "Add a health condition of {id}",
    before=needed("condition", "CONDITION", "What is the condition?", "CONDITION"),
)
@click.argument("condition", type=LINE, required=False)
@FIELDS
def add(record: Record, context: Context, /, condition: str, **typed: Any) -> Act:
    """Add a condition; the same CONDITION again amends what is named from the day on.

    Only what support needs: papers for inspectors and governors never have it.
    """
    return verbs.add_health(record, condition, typed, context)


@verb("health.set", "Change a health condition of {id}", correctable=True)
@click.argument("which", metavar="CONDITION")
@click.option("--condition", type=LINE, help="Its name.")
@FIELDS
def set_(record: Record, context: Context, /, which: str, **typed: Any) -> Act:
    """Change a condition from a day on: CONDITION is its number or part of its name.

    With --correct it is put right as if it had always been so.
    """
    return verbs.set_health(record, which, typed, context)


@verb("health.end", "End a health condition of {id}", event("it ended", day="day"))
@click.argument("which", metavar="CONDITION")
@UNTIL
def end(record: Record, context: Context, /, which: str, day: str | None = None) -> Act:
    """End a condition."""
    return verbs.end_health(record, which, day or context.today)


add_list(health, "background:health", "List a pupil's health conditions, ended too.")
