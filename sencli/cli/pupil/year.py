"""``sen year``: move everybody up a year in September."""

from __future__ import annotations

import click

from sencli.cli.pupil.year_groups import YEAR_GROUP
from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.app import refuse
from sencli.cli.shell.format_name import FormatName
from sencli.cli.shell.options import DAY
from sencli.cli.shell.prompts import can_ask
from sencli.cli.shell.prompts import command_line
from sencli.cli.shell.prompts import confirmed
from sencli.cli.shell.writing import save
from sencli.core.pupil import year_roll
from sencli.core.record.act import Act
from sencli.core.record.fields import assignment
from sencli.core.record.lookup import academic_year_label
from sencli.core.record.types import Record
from sencli.core.text import dates
from sencli.errors import InvalidValue
from sencli.errors import UsageFault
from sencli.store.records.draft import Draft


@click.group()
def year() -> None:
    """September: everybody up a year."""


@year.command("roll")
@click.option("--dry-run", is_flag=True, help="Show what would happen; change nothing.")
@click.option("--from", "since", type=DAY, help="First day (default 1 September).")
@click.option(
    "--map", "classes", multiple=True, metavar="OLD=NEW", help="4B=5K; repeat for more."
)
@click.option("--leaving-year", type=YEAR_GROUP, help="After which pupils leave: 6.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option(
    "--format",
    "fmt",
    type=FormatName(("text", "json")),
    default="text",
    help="json prints it for another program.",
)
@pass_app
def roll(
    app: App,
    *,
    dry_run: bool,
    since: str | None,
    classes: tuple[str, ...],
    leaving_year: str | None,
    yes: bool,
    fmt: str,
) -> None:
    """Move everybody on roll up a year; the last year leaves. One commit.

    Year groups move by one, and classes with a number (4B is 5B); leavers come off the
    roll the day before, with their cycle closed. It cannot be run twice for one year.
    """
    from sencli.cli.shell.output import emit
    from sencli.documents.lists.school import year_table

    day = since or year_roll.first_day(app.today)
    wanted = _Wanted(day, dict(map(assignment, classes)), leaving_year)
    asking = not yes and can_ask()
    if not (dry_run or asking or yes or since):
        raise UsageFault(
            "--yes is needed: this moves the whole school up a year.",
            f"Look first: {command_line('--dry-run')}\nThen: {command_line('--yes')}",
        )
    if dry_run or asking:
        records = list(app.read().pupils())
        refuse(app)  # a year begins with everybody, or not at all
        moved = wanted.moved(app, records)
    if dry_run:
        emit(app, [year_table(moved, app.school, day)], _list_format(fmt))
        for note in year_roll.warnings(moved):
            app.tell(f"Note: {note}")
        app.tell("Nothing was changed.")
        return
    if asking:
        up, leavers = _counts(moved)
        question = f"Move {up} up from {dates.words(day)}, {leavers} leaving?"
        confirmed(question, yes=False)
    save(app, lambda draft: _rolled(app, draft, wanted), fmt)


class _Wanted:
    """The request, to be worked out again on the committed state."""

    def __init__(self, day: str, classes: dict[str, str], last: str | None) -> None:
        self.day = day
        self.classes = classes
        self.last = last

    def moved(self, app: App, records: list[Record]) -> list[year_roll.Moved]:
        """Everybody, from these records."""
        last = self.last or year_roll.last_year(app.school, records, self.day)
        return year_roll.roll(records, self.day, last, self.classes, app.today)


def _list_format(fmt: str) -> str:
    return "json" if fmt == "json" else "table"


def _counts(moved: list[year_roll.Moved]) -> tuple[int, int]:
    """How many go up, and how many leave."""
    leavers = sum(m.leaves for m in moved)
    return sum(m.changed for m in moved) - leavers, leavers


def _rolled(app: App, draft: Draft, wanted: _Wanted) -> Act:
    from sencli.store.records.records import pupil_path

    records = [draft.read(pupil_path(p)) for p in draft.pupil_ids()]
    moved = wanted.moved(app, records)
    if not any(m.changed for m in moved):
        raise InvalidValue("There is nobody to move up.", "See: sen pupil list")
    up, leavers = _counts(moved)
    label = academic_year_label(wanted.day)
    return Act(
        {},
        f"{label}: {up} moved up from {dates.words(wanted.day)}, {leavers} left.",
        {
            "moved": [m.record["id"] for m in moved if m.changed and not m.leaves],
            "left": [m.record["id"] for m in moved if m.leaves],
        },
        year_roll.warnings(moved),
        (("Year", label),),
        {pupil_path(m.record["id"]): m.record for m in moved if m.changed},
        "year.roll",
        f"Begin the school year {label}",
    )
