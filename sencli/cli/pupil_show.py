"""``sen pupil show``: one pupil at a glance."""

from __future__ import annotations

import click

from sencli.cli.app import App
from sencli.cli.app import pass_app
from sencli.cli.options import clocks
from sencli.cli.options import output as output_options


@click.command("show")
@click.argument("who", metavar="PUPIL")
@click.option("--restricted", is_flag=True, help="What is marked restricted too.")
@clocks
@output_options("text", "json", "md")
@pass_app
def show(
    app: App,
    *,
    who: str,
    restricted: bool,
    as_at: str | None,
    known_at: str | None,
    fmt: str | None,
    output: str | None,
    force: bool,
) -> None:
    """Show PUPIL at a glance; json is the record with what is derived from it."""
    from sencli.cli.show import emit
    from sencli.documents.cycle_overview import Around
    from sencli.documents.pupil_overview import pupil_overview

    reading = app.read(known_at, as_at)
    # as data it is whole, with what nothing counts
    whole = fmt == "json" and as_at is None
    record = reading.recorded(who) if whole else reading.find(who)
    around = Around(reading.school, reading.provisions, reading.groups, reading.day)
    view = pupil_overview(record, around, restricted=restricted)
    emit(app, [view], fmt, output, force=force, default="text")
