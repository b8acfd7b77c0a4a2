"""``sen pupil return``: a pupil who left has come back."""

from __future__ import annotations

import click

from sencli.cli.pupil.year_groups import YEAR_GROUP
from sencli.cli.shell.event import Question
from sencli.cli.shell.event import event
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import PAST
from sencli.cli.shell.verbs import pupil_verbs
from sencli.core.people.context import Context
from sencli.core.pupil.leave import come_back
from sencli.core.record.act import Act
from sencli.core.record.types import Record


@pupil_verbs()(
    "pupil.return",
    "{id} returns",
    event(
        "the pupil was first back",
        day="day",
        enough=("from_school", "year_group", "class_"),
        then=(Question("class_", "Class or form"),),
    ),
)
@click.option("--date", "day", type=PAST, help="First day back (default today).")
@click.option("--from-school", type=LINE, help="The school in between.")
@click.option("--year-group", "--year", type=YEAR_GROUP, help="As 4 or Reception.")
@click.option("--class", "class_", type=LINE, help="Class or form.")
def return_(
    record: Record,
    context: Context,
    /,
    day: str | None = None,
    from_school: str | None = None,
    year_group: str | None = None,
    class_: str | None = None,
) -> Act:
    """Put PUPIL, who left, back on the roll: with the record there was."""
    stay = {"from_school": from_school}
    placement = {"year_group": year_group, "class": class_}
    return come_back(record, day or context.today, stay, placement)
