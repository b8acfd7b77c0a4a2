"""``sen concern``: a worry, by anybody, before and after SEN is identified."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.editor import editable
from sencli.cli.shell.lists import add_list
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import Pick
from sencli.cli.shell.options import correcting
from sencli.cli.shell.options import stacked
from sencli.cli.shell.options import writing
from sencli.cli.shell.prompts import ask
from sencli.cli.shell.writing import Manner
from sencli.cli.shell.writing import save_pupil
from sencli.core.people.context import Ground
from sencli.core.people.context import future_note
from sencli.core.people.context import person
from sencli.core.pupil import concerns
from sencli.core.record.act import Act
from sencli.core.record.types import Record

if TYPE_CHECKING:
    from sencli.documents.view import View

LED_TO = Pick(
    concerns.LED_TO,
    "result",
    {"nothing": "no_action", "none": "no_action", "watch": "monitoring"},
)


# What can be said of a concern; each by the name of its field.
FIELDS = stacked(
    click.option("--date", "day", type=PAST, help="When it was raised."),
    click.option("--raised-by", "--by", metavar="PERSON", help="Who raised it."),
    click.option("--concern", "--text", type=WORDS, help="What was said."),
    click.option("--school-view", type=WORDS, help="What the school sees."),
    click.option("--response", type=WORDS, help="What was done."),
    click.option("--responded", type=PAST, help="When it was answered."),
    click.option("--led-to", type=LED_TO, help="What came of it."),
    click.option(
        "--restricted/--not-restricted",
        default=None,
        help="Keep it off every paper.",
    ),
)


TEXTS = {
    "concern": "What was said",
    "school_view": "What the school itself sees",
    "response": "What was done",
}


def _texts_now(app: App, typed: dict[str, Any]) -> dict[str, str]:
    """The texts of the concern as they stand."""
    record = app.repo.pupil(app.pupil_id(typed["who"]))
    found = concerns.find_concern(typed["which"], record)
    return {name: found[name] for name in TEXTS if name in found}


@click.group()
def concern() -> None:
    """Record a concern."""


@concern.command("add")
@click.argument("who", metavar="PUPIL")
@FIELDS
@writing
@editable("A concern", TEXTS)
@pass_app
def add(app: App, /, who: str, day: str | None, fmt: str, **typed: Any) -> None:
    """Record what worries somebody.

    Child-protection concerns do not belong here: take them to the DSL at once.
    """
    text = ask(typed.pop("concern"), "--concern", "What was said", "WHAT WAS SAID")
    raised_by = typed.pop("raised_by")
    when = day or app.today

    def verb(record: Record) -> Act:
        ground = Ground(app.today, app.new_ids(record), app.school)
        named = {"raised_by": _who(raised_by, record, ground, when), **typed}
        act = concerns.add_concern(record, text, when, named, ground.new_id)
        return Act(act.record, act.said, act.ids, future_note(when, ground))

    save_pupil(
        app,
        who,
        verb,
        action="concern.add",
        subject="Record a concern for {id}",
        manner=Manner(fmt),
    )


def _who(typed: str | None, record: Record, ground: Ground, day: str) -> str | None:
    return person(typed, record, ground, day) if typed else None


@concern.command("set")
@click.argument("who", metavar="PUPIL")
@click.argument("which", metavar="CONCERN")
@FIELDS
@click.option("--reason", type=WORDS, help="Why, for a correction.")
@correcting
@writing
@editable("A concern", TEXTS, _texts_now)
@pass_app
def set_(
    app: App,
    /,
    who: str,
    which: str,
    day: str | None,
    reason: str | None,
    correct: bool,
    fmt: str,
    **typed: Any,
) -> None:
    """Say what was done about a concern, or put it right.

    CONCERN is its number in the order of their dates, or part of its wording.
    """

    def verb(record: Record) -> Act:
        ground = Ground(app.today, app.new_ids(record), app.school)
        by = _who(typed["raised_by"], record, ground, day or app.today)
        named = {**typed, "date": day, "raised_by": by}
        return concerns.set_concern(record, which, named)

    save_pupil(
        app,
        who,
        verb,
        action="concern.set",
        subject="Change a concern of {id}",
        manner=Manner(fmt, correct, reason),
    )


def _listed(record: Record, school: Record, day: str) -> View:
    from sencli.documents.lists.pupil import concerns as build

    return build(record, school, day)


add_list(concern, _listed, "List the concerns about a pupil.")
