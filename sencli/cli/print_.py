"""``sen print``: every document by name."""

from __future__ import annotations

from typing import Any

import click

from sencli.cli.app import App
from sencli.cli.app import pass_app
from sencli.cli.options import clocks
from sencli.cli.options import output as output_options
from sencli.cli.print_school import school_options
from sencli.documents.registry import DOCUMENTS
from sencli.errors import UsageFault

FORMATS = ("text", "table", "csv", "json", "md", "html", "pdf")

_LISTED = "\n".join(f"  {name:<18}{made.help}" for name, made in DOCUMENTS.items())


@click.command("print", epilog=f"\b\nDocuments:\n{_LISTED}")
@click.argument("document", type=click.Choice(list(DOCUMENTS)), metavar="DOCUMENT")
@click.argument("pupils", nargs=-1, metavar="[PUPIL]...")
@click.option("--class", "class_", metavar="CLASS", help="All of one class.")
@click.option("--lang", help="Language of the wording, as en or pl.")
@school_options
@clocks
@output_options(*FORMATS, default="text")
@pass_app
def print_(
    app: App,
    /,
    *,
    document: str,
    pupils: tuple[str, ...],
    class_: str | None,
    lang: str | None,
    as_at: str | None,
    known_at: str | None,
    fmt: str | None,
    output: str | None,
    force: bool,
    **options: Any,
) -> None:
    """Every document: sen print --help.

    Prints DOCUMENT, for the pupils named where it is about pupils.
    """
    from sencli.cli.paper import setting
    from sencli.cli.print_school import chosen as chosen_options
    from sencli.cli.show import emit
    from sencli.cli.show import format_of
    from sencli.cli.summary import chosen

    made = DOCUMENTS[document]
    wanted = format_of(fmt, output, made.formats[0], made.formats)
    if wanted not in made.formats:
        raise UsageFault(
            f"The document {document} does not come as {wanted}.",
            f"Choose one of: {', '.join(made.formats)}.",
        )
    reading = app.read(known_at, as_at)
    place = setting(reading, lang or "")
    asked = None
    whole = not made.each and (made.options or not (pupils or class_))
    records = list(reading.pupils()) if whole else chosen(reading, pupils, class_)
    if made.options:
        given = {**options, "pupils": pupils, "class_": class_}
        taken = chosen_options(document, made, reading, given)
        asked = made.chosen({**taken, "format": wanted})
    else:
        chosen_options(document, made, reading, options)
    views = made.build(records, place, asked)
    emit(app, views, wanted, output, force=force)
