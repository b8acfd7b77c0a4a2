"""``sen term``: term dates."""

from __future__ import annotations

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import listing
from sencli.cli.shell.options import writing
from sencli.cli.shell.writing import save_file
from sencli.core.people.context import SCHOOL
from sencli.core.school.terms import add_term


@click.group()
def term() -> None:
    """Term dates: add, list."""


@term.command("add")
@click.argument("name", type=LINE)
@click.argument("start", type=DAY)
@click.argument("end", type=DAY)
@click.option(
    "--half-term", type=DAY, nargs=2, metavar="START END", help="The holiday in it."
)
@click.option(
    "--closed", type=DAY, multiple=True, help="Another day closed; repeat for more."
)
@writing
@pass_app
def add(
    app: App,
    *,
    name: str,
    start: str,
    end: str,
    half_term: tuple[str, str] | None,
    closed: tuple[str, ...],
    fmt: str,
) -> None:
    """Add a term: its NAME, its first and its last school day."""
    save_file(
        app,
        SCHOOL,
        lambda school: add_term(school, name, start, end, half_term, closed),
        action="term.add",
        subject="Enter term dates",
        fmt=fmt,
    )


@term.command("list")
@listing
@pass_app
def list_(app: App, *, fmt: str | None, output: str | None, force: bool) -> None:
    """List the terms."""
    from sencli.cli.shell.output import emit
    from sencli.documents.lists.school import term_dates as build

    emit(app, [build(app.school, app.today)], fmt, output, force=force)
