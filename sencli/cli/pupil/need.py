"""``sen need``: needs by rank."""

from __future__ import annotations

from typing import Any

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.editor import editable
from sencli.cli.shell.event import event
from sencli.cli.shell.lists import add_list
from sencli.cli.shell.options import AREA
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import RESTRICTED
from sencli.cli.shell.options import SINCE
from sencli.cli.shell.options import UNTIL
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import Pick
from sencli.cli.shell.options import stacked
from sencli.cli.shell.verbs import pupil_verbs
from sencli.core.people.context import Context
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
    RESTRICTED,
)


TEXTS = {
    "description": "What the need means for this pupil",
    "impact": "What it does to learning",
}


def _texts_now(app: App, typed: dict[str, Any]) -> dict[str, str]:
    """The need's current texts."""
    record = app.repo.pupil(app.pupil_id(typed["who"]))
    found = needs.find_need(typed["which"], record, typed["since"] or app.today)
    return {name: found[name] for name in TEXTS if name in found}


@click.group()
def need() -> None:
    """Needs by rank: add, set, end, list."""


verb = pupil_verbs(need)


@verb("need.add", "Add a need for {id}", editable("A need", TEXTS))
@click.argument("type_", metavar="TYPE", type=TYPE)
@FIELDS
@click.option("--from", "--since", "since", type=DAY, help="From when.")
def add(
    record: Record,
    context: Context,
    /,
    type_: str,
    since: str | None = None,
    **typed: Any,
) -> Act:
    """Add a need: TYPE is its code (SLCN, SEMH ...) or its words.

    Without --from the first need holds from the day SEN support began, a later one
    from today.
    """
    return needs.add_need(record, type_, typed, context.today, context.new_id, since)


@verb(
    "need.set",
    "Change a need of {id}",
    editable("A need", TEXTS, _texts_now),
    correctable=True,
)
@click.argument("which", metavar="NEED")
@FIELDS
@SINCE
def set_(
    record: Record,
    context: Context,
    /,
    which: str,
    since: str | None = None,
    **typed: Any,
) -> Act:
    """Change a need from a day on: NEED is its rank, code or part of its wording.

    With --correct it is put right as if it had always been so.
    """
    return needs.set_need(
        record, which, typed, context.today, since, in_place=context.correct
    )


@verb("need.end", "End a need of {id}", event("it ended", day="day"))
@click.argument("which", metavar="NEED")
@UNTIL
def end(record: Record, context: Context, /, which: str, day: str | None = None) -> Act:
    """End a need."""
    return needs.end_need(record, which, day or context.today)


add_list(need, "pupil:needs", "List a pupil's needs, ended ones too.")
