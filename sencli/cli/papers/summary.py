"""``sen summary``: the page that parents keep."""

from __future__ import annotations

from typing import Any

import click

from sencli import terms
from sencli.cli.papers.order import ordering
from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.options import clocks
from sencli.cli.shell.options import output as output_options


@click.command()
@click.argument("pupils", nargs=-1, metavar="PUPIL...")
@ordering
@clocks
@output_options(*terms.PAPER_FORMATS)
@pass_app
def summary(app: App, /, **typed: Any) -> None:
    """The parents' meeting summary.

    What we do, how it went, what was said and decided, what comes next. Several pupils
    come in one file, each on a sheet of their own; in a pdf a list for the SENCO is in
    front, which goes to no family (--no-cover leaves it away). Before it prints it says
    what a parent would stumble over, and how to change it.
    """
    from sencli.cli.papers.order import order_of
    from sencli.cli.papers.pupil_papers import PupilPapers

    PupilPapers(app, order_of("summary", typed)).run()
