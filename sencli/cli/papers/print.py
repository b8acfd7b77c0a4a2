"""``sen print``: every document by name."""

from __future__ import annotations

from typing import Any

import click

from sencli.cli.papers import takes
from sencli.cli.papers.order import lettering
from sencli.cli.papers.order import ordering
from sencli.cli.papers.print_school import school_options
from sencli.cli.papers.print_school import whole
from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.options import clocks
from sencli.cli.shell.options import output as output_options
from sencli.documents.registry import DOCUMENTS
from sencli.errors import UsageFault

FORMATS = ("text", "table", "csv", "json", "md", "html", "pdf")

_OF_ONE = ("include", "since", "cycle", "each", "strict")

_LISTED = "\n".join(f"  {name:<32}{made.help}" for name, made in DOCUMENTS.items())


@click.command("print", epilog=f"\b\nDocuments:\n{_LISTED}")
@click.argument("document", type=click.Choice(list(DOCUMENTS)), metavar="DOCUMENT")
@click.argument("pupils", nargs=-1, metavar="[PUPIL]...")
@ordering
@lettering
@school_options
@clocks
@output_options(*FORMATS, default="text")
@pass_app
def print_(app: App, /, *, document: str, **typed: Any) -> None:
    """Every document: sen print --help.

    Prints DOCUMENT, for the pupils named where it is about pupils.
    """
    from sencli.cli.papers.hand_out import Counter
    from sencli.cli.papers.order import chosen
    from sencli.cli.papers.order import order_of

    for name in () if DOCUMENTS[document].each else _OF_ONE:
        if typed[name] and not (name == "strict" and DOCUMENTS[document].guarded):
            raise UsageFault(
                f"--{name} goes with papers about one pupil, not with {document}."
            )
    takes.check(document)
    reading = app.read(typed["known_at"], typed["as_at"])
    pupils, class_, this_week = typed["pupils"], typed["class_"], typed["this_week"]
    if DOCUMENTS[document].each:
        records = chosen(reading, pupils, class_, this_week=this_week)
        Counter(app, reading, order_of(document, typed)).hand_out(records)
        return
    whole(app, document, typed)
