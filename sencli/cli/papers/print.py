"""``sen print``: every document by name."""

from __future__ import annotations

from typing import Any

import click

from sencli import terms
from sencli.cli.papers import takes
from sencli.cli.papers.order import lettering
from sencli.cli.papers.order import ordering
from sencli.cli.papers.order import school_options
from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.options import clocks
from sencli.cli.shell.options import output as output_options
from sencli.core.text.lines import hung
from sencli.documents.registry import DOCUMENTS

_HELP_WIDTH = 78

_LISTED = "\n".join(
    hung(f"  {name:<32}", made.help, _HELP_WIDTH) for name, made in DOCUMENTS.items()
)


@click.command("print", epilog=f"\b\nDocuments:\n{_LISTED}")
@click.argument("document", type=click.Choice(list(DOCUMENTS)), metavar="DOCUMENT")
@click.argument("pupils", nargs=-1, metavar="[PUPIL]...")
@ordering
@lettering
@school_options
@clocks
@output_options(*terms.FORMATS)
@pass_app
def print_(app: App, /, *, document: str, **typed: Any) -> None:
    """Print any document.

    DOCUMENT is one of those listed below, for the pupils named where it is about
    pupils.
    """
    from sencli.cli.papers.evidence_papers import EvidencePapers
    from sencli.cli.papers.order import order_of
    from sencli.cli.papers.pack_papers import PackPapers
    from sencli.cli.papers.pupil_papers import PupilPapers
    from sencli.cli.papers.school_paper import SchoolPaper

    takes.check(document)
    made = DOCUMENTS[document]
    kind = PupilPapers if made.each else SchoolPaper
    if made.parts:
        kind = EvidencePapers if document == "ehc-evidence" else PackPapers
    kind(app, order_of(document, typed)).run()
