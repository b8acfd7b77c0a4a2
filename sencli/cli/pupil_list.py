"""``sen pupil list``: who is here."""

from __future__ import annotations

import click

from sencli import terms
from sencli.cli.app import App
from sencli.cli.app import pass_app
from sencli.cli.kinds import Pick
from sencli.cli.options import clocks
from sencli.cli.options import listing
from sencli.cli.pupil_add import YEAR_GROUP
from sencli.core import lookup
from sencli.core.folding import fold
from sencli.core.status import WORDS as STATUS_WORDS
from sencli.core.types import Record


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
    from sencli.cli.register import read_all
    from sencli.cli.show import emit
    from sencli.documents.pupil_list import pupil_list

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
    emit(app, [pupil_list(found, reading.school, day)], fmt, output, force=force)
