"""``sen school``: the school's own details."""

from __future__ import annotations

import click

from sencli import terms
from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.options import output as output_options
from sencli.cli.shell.options import writing
from sencli.cli.shell.writing import save_file
from sencli.core.people.context import SCHOOL
from sencli.core.record.act import Act
from sencli.core.record.types import Record
from sencli.core.school.set_fields import set_school

HELP = """\
Set fields of the school by their names; FIELD= by itself clears one.

\b
name="Oak Primary"  urn=123456  authority=999  establishment=9000  ages=4-11
type=academy  letterhead.colour=#1f4e79  letterhead.telephone="01632 960000"
sendiass.telephone="01632 960009"  local_offer=https://www.example.org/offer
settings.weeks_between_reviews=12  settings.element_2_pence=£6000
"""


@click.group()
def school() -> None:
    """The school's own details: set, show."""


@school.command("set", help=HELP)
@click.argument("fields", metavar="FIELD=VALUE...", nargs=-1, required=True)
@writing
@pass_app
def set_(app: App, *, fields: tuple[str, ...], fmt: str) -> None:
    """Set fields of the school by their names."""

    def verb(record: Record) -> Act:
        from sencli.resources import load_schema

        return set_school(record, fields, app.date, load_schema("school"))

    save_file(
        app,
        SCHOOL,
        verb,
        action="school.set",
        subject="Change the details of the school",
        fmt=fmt,
    )


@school.command("show")
@output_options(*terms.PAPER_FORMATS)
@pass_app
def show(app: App, *, fmt: str | None, output: str | None, force: bool) -> None:
    """Show the details of the school."""
    from sencli.cli.shell.output import emit
    from sencli.documents.lists.school import school_details

    view = school_details(app.school, app.today)
    emit(app, [view], fmt, output, force=force, default="text")
