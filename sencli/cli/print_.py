"""``sen print``: every document by name."""

from __future__ import annotations

from typing import Any

import click

from sencli.cli.app import App
from sencli.cli.app import pass_app
from sencli.cli.options import clocks
from sencli.cli.options import output as output_options
from sencli.cli.order import lettering
from sencli.cli.order import ordering
from sencli.documents.registry import DOCUMENTS
from sencli.errors import UsageFault

FORMATS = ("text", "table", "csv", "json", "md", "html", "pdf")

_LISTED = "\n".join(f"  {name:<32}{made.help}" for name, made in DOCUMENTS.items())


@click.command("print", epilog=f"\b\nDocuments:\n{_LISTED}")
@click.argument("document", type=click.Choice(list(DOCUMENTS)), metavar="DOCUMENT")
@click.argument("pupils", nargs=-1, metavar="[PUPIL]...")
@ordering
@lettering
@clocks
@output_options(*FORMATS, default="text")
@pass_app
def print_(app: App, /, *, document: str, **typed: Any) -> None:
    """Every document: sen print --help.

    Prints DOCUMENT, for the pupils named where it is about pupils.
    """
    from sencli.cli.choosing import chosen
    from sencli.cli.hand_out import Counter
    from sencli.cli.order import order_of

    reading = app.read(typed["known_at"], typed["as_at"])
    pupils, class_, this_week = typed["pupils"], typed["class_"], typed["this_week"]
    if DOCUMENTS[document].each:
        records = chosen(reading, pupils, class_, this_week=this_week)
        Counter(app, reading, order_of(document, typed)).hand_out(records)
        return
    _whole(app, document, typed)


def _whole(app: App, document: str, typed: dict[str, Any]) -> None:
    """One paper about the whole school, or about the pupils named."""
    from sencli.cli.choosing import chosen
    from sencli.cli.paper import setting
    from sencli.cli.show import emit
    from sencli.cli.show import format_of

    made = DOCUMENTS[document]
    wanted = format_of(typed["fmt"], typed["output"], made.formats[0], made.formats)
    if wanted not in made.formats:
        raise UsageFault(
            f"The document {document} does not come as {wanted}.",
            f"Choose one of: {', '.join(made.formats)}.",
        )
    reading = app.read(typed["known_at"], typed["as_at"])
    some = typed["pupils"] or typed["class_"] or typed["this_week"]
    records = (
        chosen(reading, typed["pupils"], typed["class_"], this_week=typed["this_week"])
        if some
        else list(reading.pupils())
    )
    views = made.build(records, setting(reading, typed["lang"]))
    emit(app, views, wanted, typed["output"], force=typed["force"])
