"""``sen plan-elsewhere``: a PEP, a healthcare plan, and others kept elsewhere."""

from __future__ import annotations

from typing import Any

import click

from sencli.cli.shell.event import event
from sencli.cli.shell.lists import add_list
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import FUTURE
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import UNTIL
from sencli.cli.shell.options import Pick
from sencli.cli.shell.options import stacked
from sencli.cli.shell.verbs import pupil_verbs
from sencli.core.people.context import Context
from sencli.core.pupil import related_plans as verbs
from sencli.core.record.act import Act
from sencli.core.record.types import Record

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


verb = pupil_verbs(elsewhere)


@verb("elsewhere.add", "Name a plan kept elsewhere for {id}")
@click.argument("kind", type=KIND)
@FIELDS
def add(record: Record, context: Context, /, kind: str, **typed: Any) -> Act:
    """Name a plan kept elsewhere; the same KIND again amends what is named.

    KIND is pep, healthcare_plan, early_help or other.
    """
    return verbs.add_plan(record, kind, typed, context)


@verb("elsewhere.set", "Change a plan kept elsewhere for {id}", correctable=True)
@click.argument("which", metavar="PLAN")
@FIELDS
def set_(record: Record, _context: Context, /, which: str, **typed: Any) -> Act:
    """Amend a plan kept elsewhere: PLAN is its number or its kind."""
    return verbs.set_plan(record, which, typed)


@verb(
    "elsewhere.end", "End a plan kept elsewhere for {id}", event("it ended", day="day")
)
@click.argument("which", metavar="PLAN")
@UNTIL
def end(record: Record, context: Context, /, which: str, day: str | None = None) -> Act:
    """End a plan kept elsewhere."""
    return verbs.set_plan(record, which, {"until": day or context.today})


add_list(elsewhere, "support:plans", "List a pupil's plans kept elsewhere.")
