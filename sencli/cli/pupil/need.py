"""``sen need``: needs by rank."""

from __future__ import annotations

from typing import Any

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.editor import editable
from sencli.cli.shell.event import event
from sencli.cli.shell.lists import add_list
from sencli.cli.shell.lists import of_record
from sencli.cli.shell.options import AREA
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import Pick
from sencli.cli.shell.options import correcting
from sencli.cli.shell.options import stacked
from sencli.cli.shell.options import writing
from sencli.cli.shell.writing import Manner
from sencli.cli.shell.writing import save_pupil
from sencli.core.pupil import needs
from sencli.core.record.act import Act
from sencli.core.record.types import Record

TYPE = Pick(needs.TYPES, "kind of need", needs.TYPE_WORDS, name="type")


# What can be said of a need; each by the name of its field.
FIELDS = stacked(
    click.option("--rank", type=click.IntRange(1, 99), help="1 is the primary need."),
    click.option("--description", type=WORDS, help="What it means here."),
    click.option("--impact", type=WORDS, help="What it does to learning."),
    click.option(
        "--basis",
        type=Pick(needs.BASES, "basis"),
        help="Who says so.",
    ),
    click.option("--area", type=AREA, help="Broad area, if not its usual one."),
    click.option(
        "--restricted/--not-restricted",
        default=None,
        help="Keep it off every paper.",
    ),
)


TEXTS = {
    "description": "What the need means for this pupil",
    "impact": "What it does to learning",
}


def _texts_now(app: App, typed: dict[str, Any]) -> dict[str, str]:
    """The texts of the need as they stand."""
    record = app.repo.pupil(app.pupil_id(typed["who"]))
    found = needs.find_need(typed["which"], record, typed["since"] or app.today)
    return {name: found[name] for name in TEXTS if name in found}


@click.group()
def need() -> None:
    """Needs by rank: add, set, end, list."""


@need.command("add")
@click.argument("who", metavar="PUPIL")
@click.argument("type_", metavar="TYPE", type=TYPE)
@FIELDS
@click.option("--from", "--since", "since", type=DAY, help="From when.")
@writing
@editable("A need", TEXTS)
@pass_app
def add(
    app: App, /, who: str, type_: str, since: str | None, fmt: str, **named: Any
) -> None:
    """Add a need: TYPE is its code (SLCN, SEMH ...) or its words.

    Without --from the first need holds from the day SEN support began, a later one
    from today.
    """

    def verb(record: Record) -> Act:
        return needs.add_need(
            record, type_, named, app.today, app.new_ids(record), since
        )

    save_pupil(
        app,
        who,
        verb,
        action="need.add",
        subject="Add a need for {id}",
        manner=Manner(fmt),
    )


@need.command("set")
@click.argument("who", metavar="PUPIL")
@click.argument("which", metavar="NEED")
@FIELDS
@click.option("--from", "--since", "since", type=DAY, help="From when (default today).")
@click.option("--reason", type=WORDS, help="Why, for a correction.")
@correcting
@writing
@editable("A need", TEXTS, _texts_now)
@pass_app
def set_(
    app: App,
    /,
    who: str,
    which: str,
    since: str | None,
    reason: str | None,
    correct: bool,
    fmt: str,
    **named: Any,
) -> None:
    """Change a need from a day on: NEED is its rank, code or part of its wording.

    With --correct it is put right as if it had always been so.
    """

    def verb(record: Record) -> Act:
        return needs.set_need(record, which, named, app.today, since, in_place=correct)

    save_pupil(
        app,
        who,
        verb,
        action="need.set",
        subject="Change a need of {id}",
        manner=Manner(fmt, correct, reason),
    )


@need.command("end")
@click.argument("who", metavar="PUPIL")
@click.argument("which", metavar="NEED")
@click.option("--date", "--until", "day", type=DAY, help="Last day (default today).")
@writing
@event("it ended", day="day")
@pass_app
def end(app: App, *, who: str, which: str, day: str | None, fmt: str) -> None:
    """End a need."""
    save_pupil(
        app,
        who,
        lambda record: needs.end_need(record, which, day or app.today),
        action="need.end",
        subject="End a need of {id}",
        manner=Manner(fmt),
    )


add_list(need, of_record("needs"), "List a pupil's needs, ended ones too.")
