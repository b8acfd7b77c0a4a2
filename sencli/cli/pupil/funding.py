"""``sen funding``: money tied to one pupil."""

from __future__ import annotations

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.event import event
from sencli.cli.shell.lists import add_list
from sencli.cli.shell.lists import write
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import MONEY
from sencli.cli.shell.options import Pick
from sencli.cli.shell.options import writing
from sencli.cli.shell.writing import Manner
from sencli.core.pupil import funding as verbs
from sencli.documents.lists import support

SOURCE = Pick(verbs.SOURCES, "source of money", verbs.SOURCE_WORDS, name="source")


@click.group()
def funding() -> None:
    """Money tied to a pupil, such as top-up: add, end, list."""


@funding.command("add")
@click.argument("who", metavar="PUPIL")
@click.option("--source", type=SOURCE, default="top_up", help="Default: top_up.")
@click.option("--annual", "--a-year", type=MONEY, required=True, help="Pounds a year.")
@click.option("--from", "--since", "since", type=DAY, help="From when (default today).")
@click.option("--until", type=DAY, help="Last day.")
@click.option("--note", type=LINE, help="A note.")
@writing
@pass_app
def add(
    app: App,
    *,
    who: str,
    source: str,
    annual: int,
    since: str | None,
    until: str | None,
    note: str | None,
    fmt: str,
) -> None:
    """Add a sum a year from a day; of the same source and day it is amended."""
    fields = {"until": until, "note": note}
    write(
        app,
        who,
        lambda record, ground: verbs.add_funding(
            record, source, annual, since or ground.today, fields
        ),
        ("funding.add", "Add funding for {id}"),
        Manner(fmt),
    )


@funding.command("end")
@click.argument("who", metavar="PUPIL")
@click.option("--source", type=SOURCE, default="top_up", help="Default: top_up.")
@click.option("--date", "--until", "day", type=DAY, help="Last day (default today).")
@writing
@event("it ended", day="day")
@pass_app
def end(app: App, /, who: str, source: str, day: str | None, fmt: str) -> None:
    """End the sum of a source that runs."""
    write(
        app,
        who,
        lambda record, ground: verbs.end_funding(record, source, day or ground.today),
        ("funding.end", "End funding for {id}"),
        Manner(fmt),
    )


add_list(funding, support.funding, "List the money tied to a pupil.")
