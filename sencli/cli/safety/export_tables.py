"""``sen export tables``: all records as one database or workbook."""

from __future__ import annotations

from pathlib import Path

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.options import clocks
from sencli.errors import UsageFault

_FORMS = {".sqlite": "sqlite", ".xlsx": "xlsx"}


@click.command("tables")
@click.option("--output", metavar="FILE", help="FILE.sqlite or FILE.xlsx.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.option("--restricted", is_flag=True, help="Include what is restricted.")
@clocks
@pass_app
def tables(
    app: App,
    *,
    output: str | None,
    force: bool,
    restricted: bool,
    as_at: str | None,
    known_at: str | None,
) -> None:
    """Write all records into one file: a table for each list in them.

    For your own sums, in a database (.sqlite) or a workbook (.xlsx). Every table has
    the pupil's id, and a list within an item the item's: an outcome its cycle's. It
    holds everything about every pupil, so it is for you alone; as it goes to nobody,
    nothing is noted. What is given to others is a paper: sen print.
    """
    from sencli.cli.shell.output import check_file
    from sencli.cli.shell.output import emit
    from sencli.documents.lists.record_tables import build

    suffix = Path(output or "").suffix.casefold()
    if output is None or suffix not in _FORMS:
        raise UsageFault(
            "A file is needed that ends in .sqlite or .xlsx.",
            "Add --output records.sqlite",
        )
    check_file(Path(output), force=force)
    reading = app.read(known_at, as_at)
    books = {
        "school": reading.school,
        "provisions": reading.provisions,
        "groups": reading.groups,
    }
    every = suffix == ".sqlite"  # a query is to find them all; nobody leafs in it
    view = build(
        reading.pupils(), books, reading.day, restricted=restricted, every=every
    )
    emit(app, [view], _FORMS[suffix], output, force=force)
    app.tell("It holds everything about every pupil: keep it as safely as the records.")
