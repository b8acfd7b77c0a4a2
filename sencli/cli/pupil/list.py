"""``sen pupil list``: the pupils on roll."""

from __future__ import annotations

import click

from sencli import terms
from sencli.cli.pupil.year_groups import YEAR_GROUP
from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.options import Pick
from sencli.cli.shell.options import clocks
from sencli.cli.shell.options import listing
from sencli.cli.shell.options import output as output_options
from sencli.core.pupil.status import WORDS as STATUS_WORDS
from sencli.core.record import lookup
from sencli.core.record.types import Record
from sencli.core.text.folding import fold


@click.command("list")
@click.option("--class", "class_", metavar="CLASS", help="One class.")
@click.option("--year-group", "--year", type=YEAR_GROUP, help="One year group.")
@click.option(
    "--provision",
    type=Pick(terms.PROVISION, "SEN status", STATUS_WORDS),
    help="One SEN status.",
)
@click.option("--left", is_flag=True, help="Those who have left.")
@click.option("--all", "everybody", is_flag=True, help="Those who have left too.")
@clocks
@listing
@pass_app
def list_(
    app: App,
    *,
    class_: str | None,
    year_group: str | None,
    provision: str | None,
    left: bool,
    everybody: bool,
    as_at: str | None,
    known_at: str | None,
    fmt: str | None,
    output: str | None,
    force: bool,
) -> None:
    """List the pupils on roll, by year group, class and name."""
    from sencli.cli.papers.register import read_all
    from sencli.cli.shell.output import emit
    from sencli.documents.lists.pupil import pupil_list

    reading = app.read(known_at, as_at, listing=True)
    day = reading.day

    def wanted(record: Record) -> bool:
        placement = lookup.placement_on(record, day)
        here = everybody or lookup.on_roll(record, day) is not left
        return (
            here
            and (class_ is None or fold(placement.get("class", "")) == fold(class_))
            and (year_group is None or placement.get("year_group") == year_group)
            and (
                provision is None
                or lookup.status_on(record, day)["provision"] == provision
            )
        )

    records = read_all(reading, whole=False)
    found = [record for record in records if wanted(record)]
    if not found and not left and not everybody:
        reading.check_class(class_)
    emit(app, [pupil_list(found, reading.school, day)], fmt, output, force=force)


@click.command("show")
@click.argument("who", metavar="PUPIL")
@click.option("--restricted", is_flag=True, help="What is marked restricted too.")
@clocks
@output_options(*terms.PAPER_FORMATS)
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
    from sencli.cli.shell.output import emit
    from sencli.documents.pupil.overview import pupil_overview

    reading = app.read(known_at, as_at)
    # as data it is whole, with what nothing counts
    whole = fmt == "json" and as_at is None
    record = reading.recorded(who) if whole else reading.find(who)
    view = pupil_overview(record, reading.files, restricted=restricted)
    emit(app, [view], fmt, output, force=force, default="text")
