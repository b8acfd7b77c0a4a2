"""``sen alternative-provision``: education elsewhere, arranged by the school."""

from __future__ import annotations

from typing import Any

import click

from sencli import terms
from sencli.cli.shell.amounts import DAYS_A_WEEK
from sencli.cli.shell.amounts import HOURS_A_WEEK
from sencli.cli.shell.event import Question
from sencli.cli.shell.event import event
from sencli.cli.shell.lists import add_list
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import RESTRICTED
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import Pick
from sencli.cli.shell.options import stacked
from sencli.cli.shell.verbs import pupil_verbs
from sencli.core.people.context import Context
from sencli.core.pupil import arrange_alternative as verbs
from sencli.core.record.act import Act
from sencli.core.record.types import Record

COMMISSIONER = Pick(
    terms.COMMISSIONERS,
    "commissioner",
    {"la": "authority", "council": "authority", "mat": "trust"},
    name="who",
)
FIELDS = stacked(
    click.option("--from", "--start", "from", type=DAY, help="From when."),
    click.option("--until", type=DAY, help="Last day, where it is known."),
    click.option("--days", "days_a_week", type=DAYS_A_WEEK, help="Days a week there."),
    click.option(
        "--hours", "hours_a_week", type=HOURS_A_WEEK, help="Hours a week there."
    ),
    click.option("--reason", type=WORDS, help="Why, in words."),
    click.option(
        "--commissioned-by",
        type=COMMISSIONER,
        help="school, trust, authority or other.",
    ),
    click.option("--outcome", type=WORDS, help="What it came to."),
    RESTRICTED,
)


@click.group()
def alternative_provision() -> None:
    """Alternative provision: add, set, end, list."""


verb = pupil_verbs(alternative_provision)


@verb("alternative.add", "Record alternative provision of {id}")
@click.argument("provider", type=LINE)
@FIELDS
def add(record: Record, context: Context, /, provider: str, **typed: Any) -> Act:
    """Record education with PROVIDER, from today or --from."""
    return verbs.add_alternative(record, provider, typed, context)


@verb(
    "alternative.set",
    "Change alternative provision of {id}",
    correctable=True,
    own_reason=True,
)
@click.argument("which", metavar="PROVISION")
@click.option("--provider", type=LINE, help="Who provides it.")
@FIELDS
def set_(record: Record, _context: Context, /, which: str, **typed: Any) -> Act:
    """Change what is named: PROVISION is its number by date, or the provider."""
    return verbs.set_alternative(record, which, typed)


@verb(
    "alternative.end",
    "End alternative provision of {id}",
    event("it ended", day="until", then=(Question("outcome", "What it came to"),)),
)
@click.argument("which", metavar="PROVISION")
@click.option("--date", "--until", "until", type=DAY, help="Last day (default today).")
@click.option("--outcome", type=WORDS, help="What it came to.")
def end(
    record: Record,
    context: Context,
    /,
    which: str,
    until: str | None = None,
    **typed: Any,
) -> Act:
    """End it, and say what it came to."""
    typed["until"] = until or context.today
    return verbs.set_alternative(record, which, typed)


add_list(
    alternative_provision,
    "arrangements:alternative_provision",
    "List a pupil's alternative provision.",
)
