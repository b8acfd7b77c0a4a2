"""``sen base``: places in a support base or a specialist base."""

from __future__ import annotations

from typing import Any

import click

from sencli import terms
from sencli.cli.shell.event import event
from sencli.cli.shell.lists import add_list
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import RESTRICTED
from sencli.cli.shell.options import UNTIL
from sencli.cli.shell.options import Pick
from sencli.cli.shell.options import stacked
from sencli.cli.shell.verbs import pupil_verbs
from sencli.core.people.context import Context
from sencli.core.pupil import arrange_base as verbs
from sencli.core.pupil.base_placement import CENSUS as INDICATORS
from sencli.core.record.act import Act
from sencli.core.record.types import Record

BASE = Pick(terms.BASES, "base", name="base")
CENSUS = Pick(INDICATORS, "census indicator", {"unit": "sen_unit"})
FIELDS = stacked(
    click.option("--name", type=LINE, help="What the school calls it."),
    click.option("--from", "--start", "from", type=DAY, help="From when."),
    click.option("--until", type=DAY, help="Last day, where it is known."),
    click.option(
        "--census",
        type=CENSUS,
        help="What the census is told, as a flag: sen_unit or resourced.",
    ),
    RESTRICTED,
)


@click.group()
def base() -> None:
    """Places in a support or specialist base: add, set, end, list."""


verb = pupil_verbs(base)


@verb("base.add", "Record a place in a base for {id}")
@click.argument("base", metavar="BASE", type=BASE)
@FIELDS
def add(record: Record, context: Context, /, base: str, **typed: Any) -> Act:
    """Record a place in BASE, support or specialist, from today or --from.

    The support base is the school's (targeted plus), the specialist base the
    authority's. The census keeps its codes, SEN unit and resourced provision.
    """
    return verbs.add_base(record, base, typed, context)


@verb("base.set", "Change a place in a base for {id}", correctable=True)
@click.argument("which", metavar="PLACE")
@click.option("--base", "base", type=BASE, help="support or specialist.")
@FIELDS
def set_(record: Record, _context: Context, /, which: str, **typed: Any) -> Act:
    """Change what is named: PLACE is its number by date, or its wording."""
    return verbs.set_base(record, which, typed)


@verb("base.end", "End a place in a base for {id}", event("it ended", day="day"))
@click.argument("which", metavar="PLACE")
@UNTIL
def end(record: Record, context: Context, /, which: str, day: str | None = None) -> Act:
    """End a place in a base."""
    return verbs.end_base(record, which, day or context.today)


add_list(base, "arrangements:bases", "List a pupil's places in a base.")
