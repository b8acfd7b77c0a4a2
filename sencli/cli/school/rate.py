"""``sen rate``: what an hour of each role costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.lists import list_verb
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import MONEY
from sencli.cli.shell.options import writing
from sencli.cli.shell.writing import save_file
from sencli.core.people import staff
from sencli.core.people.context import SCHOOL

if TYPE_CHECKING:
    from sencli.cli.shell.app import Reading
    from sencli.documents.view import View


@click.group()
def rate() -> None:
    """Hourly rates by role: set, list."""


@rate.command("set")
@click.argument("role", type=LINE)
@click.argument("pounds", type=MONEY)
@click.option("--from", "since", type=DAY, help="From that day.")
@click.option("--source", type=LINE, help="Where the rate comes from.")
@writing
@pass_app
def set_(
    app: App, role: str, pounds: int, since: str | None, source: str | None, fmt: str
) -> None:
    """Set what an hour of ROLE costs, in POUNDS with on-costs.

    The first rate of a role holds as far back as we know; a new one from today, or
    from the day that --from names.
    """
    save_file(
        app,
        SCHOOL,
        lambda school: staff.set_rate(school, role, pounds, app.today, since, source),
        action="rate.set",
        subject="Set an hourly rate",
        fmt=fmt,
    )


@list_verb(rate)
def list_(reading: Reading, /) -> View:
    """List the rates over time."""
    from sencli.documents.lists.school import rates as build

    return build(reading.school, reading.day)
