"""``sen funding``: money tied to one pupil."""

from __future__ import annotations

from typing import Any

import click

from sencli.cli.shell.event import event
from sencli.cli.shell.lists import add_list
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import MONEY
from sencli.cli.shell.options import SINCE
from sencli.cli.shell.options import UNTIL
from sencli.cli.shell.options import Pick
from sencli.cli.shell.verbs import pupil_verbs
from sencli.core.people.context import Context
from sencli.core.pupil import funding as verbs
from sencli.core.record.act import Act
from sencli.core.record.types import Record

SOURCE = Pick(verbs.SOURCES, "source of money", verbs.SOURCE_WORDS, name="source")


@click.group()
def funding() -> None:
    """Money tied to a pupil, such as top-up: add, end, list."""


verb = pupil_verbs(funding)


@verb("funding.add", "Add funding for {id}")
@click.option("--source", type=SOURCE, default="top_up", help="Default: top_up.")
@click.option("--annual", "--a-year", type=MONEY, required=True, help="Pounds a year.")
@SINCE
@click.option("--until", type=DAY, help="Last day.")
@click.option("--note", type=LINE, help="A note.")
def add(
    record: Record,
    context: Context,
    /,
    source: str,
    annual: int,
    since: str | None = None,
    **typed: Any,
) -> Act:
    """Add a sum a year from a day; of the same source and day it is amended."""
    day = since or context.today
    return verbs.add_funding(record, source, annual, day, typed)


@verb("funding.end", "End funding for {id}", event("it ended", day="day"))
@click.option("--source", type=SOURCE, default="top_up", help="Default: top_up.")
@UNTIL
def end(
    record: Record, context: Context, /, source: str, day: str | None = None
) -> Act:
    """End the sum of a source that runs."""
    return verbs.end_funding(record, source, day or context.today)


add_list(funding, "support:funding", "List the money tied to a pupil.")
