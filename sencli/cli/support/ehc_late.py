"""``sen ehc late``: what the local authorities owe."""

from __future__ import annotations

import click

from sencli import terms
from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.options import clocks
from sencli.cli.shell.options import output as output_options


@click.command("late")
@click.argument("pupils", nargs=-1, metavar="[PUPIL]...")
@click.option("--authority", metavar="NAME", help="This authority alone.")
@clocks
@output_options(*terms.FORMATS, default="table")
@pass_app
def late(
    app: App,
    *,
    pupils: tuple[str, ...],
    authority: str | None,
    as_at: str | None,
    known_at: str | None,
    fmt: str | None,
    output: str | None,
    force: bool,
) -> None:
    """What the authorities owe: late decisions, plans and reviews, by authority.

    Over all pupils on roll, or those named. To ask for it in a letter:
    sen print letter-authority-late PUPIL
    """
    from sencli.cli.shell.output import emit
    from sencli.cli.shell.output import format_of
    from sencli.cli.shell.output import one_table
    from sencli.core.record.find import matches
    from sencli.core.statutory.owed import owed
    from sencli.documents.lists.owed import build
    from sencli.errors import NotFound

    reading = app.read(known_at, as_at)
    records = [reading.find(who) for who in pupils] if pupils else reading.pupils()
    found = owed(records, reading.school, reading.day)
    if authority is not None:
        names = sorted({item.authority for item in found})
        wanted = matches(authority, names, str)
        if not wanted and found:
            raise NotFound(
                f"No authority called {authority!r} owes anything.",
                f"These do: {', '.join(names)}.",
            )
        found = [item for item in found if item.authority in wanted]
    flat = one_table(format_of(fmt, output))
    view = build(found, reading.school, reading.day, flat=flat)
    emit(app, [view], fmt, output, force=force)
