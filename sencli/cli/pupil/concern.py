"""``sen concern``: concerns raised by anybody, before or after SEN is identified."""

from __future__ import annotations

from typing import Any
from typing import ClassVar

import click

from sencli.cli.shell import prompts
from sencli.cli.shell.app import App
from sencli.cli.shell.editor import editable
from sencli.cli.shell.lazy import LazyVerbs
from sencli.cli.shell.lists import add_list
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import RESTRICTED
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import Pick
from sencli.cli.shell.options import stacked
from sencli.cli.shell.verbs import needed
from sencli.cli.shell.verbs import pupil_verbs
from sencli.core.people.context import Context
from sencli.core.people.context import future_note
from sencli.core.people.context import person
from sencli.core.pupil import concerns
from sencli.core.record.act import Act
from sencli.core.record.types import Record
from sencli.errors import UsageFault

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
    RESTRICTED,
)


TEXTS = {
    "concern": "What was said",
    "school_view": "What the school itself sees",
    "response": "What was done",
}


def _texts_now(app: App, typed: dict[str, Any]) -> dict[str, str]:
    """The concern's current texts."""
    record = app.repo.pupil(app.pupil_id(typed["who"]))
    found = concerns.find_concern(typed["which"], record)
    return {name: found[name] for name in TEXTS if name in found}


class _Concern(LazyVerbs):
    verbs: ClassVar = {"lead": "pupil.led_concern:lead"}


@click.group(cls=_Concern, invoke_without_command=True, no_args_is_help=False)
@click.option("--form", is_flag=True, help="All of it as a form to fill in.")
@click.pass_context
def concern(ctx: click.Context, /, *, form: bool) -> None:
    """Concerns: add, set, list; by itself it leads through one."""
    if ctx.invoked_subcommand is not None:
        return
    if prompts.can_ask():
        from sencli.cli.pupil.led_concern import pupil_typed
        from sencli.cli.shell.run import again

        app: App = ctx.find_root().obj
        again(app, ["concern", "lead", pupil_typed(app), *(["--form"] if form else [])])
    elif form:
        raise UsageFault(
            "Whose concern?", "Name the pupil: sen concern lead PUPIL --form"
        )
    else:
        click.echo(ctx.get_help())


verb = pupil_verbs(concern)


@verb(
    "concern.add",
    "Record a concern for {id}",
    editable("A concern", TEXTS),
    before=needed("concern", "--concern", "What was said", "WHAT WAS SAID"),
)
@FIELDS
def add(
    record: Record,
    context: Context,
    /,
    concern: str,
    day: str | None = None,
    **typed: Any,
) -> Act:
    """Record what worries somebody.

    Child-protection concerns do not belong here: take them to the DSL at once.
    """
    when = day or context.today
    fields = {**typed, **_raised_by(typed, record, context, when)}
    act = concerns.add_concern(record, concern, when, fields, context.new_id)
    return Act(act.record, act.said, act.ids, future_note(when, context))


def _raised_by(
    typed: dict[str, Any], record: Record, context: Context, day: str
) -> dict[str, str]:
    if "raised_by" not in typed:
        return {}
    return {"raised_by": person(typed["raised_by"], record, context, day)}


@verb(
    "concern.set",
    "Change a concern of {id}",
    editable("A concern", TEXTS, _texts_now),
    correctable=True,
)
@click.argument("which", metavar="CONCERN")
@FIELDS
def set_(
    record: Record,
    context: Context,
    /,
    which: str,
    day: str | None = None,
    **typed: Any,
) -> Act:
    """Say what was done about a concern, or put it right.

    CONCERN is its number in the order of their dates, or part of its wording.
    """
    by = _raised_by(typed, record, context, day or context.today)
    return concerns.set_concern(record, which, {**typed, "date": day, **by})


add_list(concern, "pupil:concerns", "List the concerns about a pupil.")
