"""``sen rate``: what an hour of each role costs."""

from __future__ import annotations

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import MONEY
from sencli.cli.shell.options import clocks
from sencli.cli.shell.options import listing
from sencli.cli.shell.options import writing
from sencli.cli.shell.writing import save_file
from sencli.core.people import staff
from sencli.core.people.context import SCHOOL


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


@rate.command("list")
@clocks
@listing
@pass_app
def list_(
    app: App,
    as_at: str | None,
    known_at: str | None,
    fmt: str | None,
    output: str | None,
    force: bool,
) -> None:
    """List the rates over time."""
    from sencli.cli.shell.output import emit
    from sencli.documents.lists.school import rates as build

    reading = app.read(known_at, as_at)
    emit(app, [build(reading.school, reading.day)], fmt, output, force=force)
