"""``sen pupil return``: a pupil who left and comes back."""

from __future__ import annotations

import click

from sencli.cli.pupil.year_groups import YEAR_GROUP
from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.event import Question
from sencli.cli.shell.event import event
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import writing
from sencli.cli.shell.writing import Manner
from sencli.cli.shell.writing import save_pupil
from sencli.core.pupil.leave import come_back


@click.command("return")
@click.argument("who", metavar="PUPIL")
@click.option("--date", "day", type=PAST, help="First day back (default today).")
@click.option("--from-school", type=LINE, help="The school in between.")
@click.option("--year-group", "--year", type=YEAR_GROUP, help="As 4 or Reception.")
@click.option("--class", "class_", type=LINE, help="Class or form.")
@writing
@event(
    "the pupil was first back",
    day="day",
    enough=("from_school", "year_group", "class_"),
    then=(Question("class_", "Class or form"),),
)
@pass_app
def return_(
    app: App,
    *,
    who: str,
    day: str | None,
    from_school: str | None,
    year_group: str | None,
    class_: str | None,
    fmt: str,
) -> None:
    """Put PUPIL, who left, back on the roll: with the record there was."""
    stay = {"from_school": from_school}
    placement = {"year_group": year_group, "class": class_}
    save_pupil(
        app,
        who,
        lambda record: come_back(record, day or app.today, stay, placement),
        action="pupil.return",
        subject="{id} returns",
        manner=Manner(fmt),
    )
