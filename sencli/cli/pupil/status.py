"""``sen status``: N, K or E from a day."""

from __future__ import annotations

from typing import Any

import click

from sencli import terms
from sencli.cli.shell.app import App
from sencli.cli.shell.event import Question
from sencli.cli.shell.event import event
from sencli.cli.shell.lists import add_list
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import TIER
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import Pick
from sencli.cli.shell.verbs import needed
from sencli.cli.shell.verbs import pupil_verbs
from sencli.core.cycle import end_support
from sencli.core.people.context import Context
from sencli.core.people.context import people
from sencli.core.people.context import person
from sencli.core.pupil import status as verbs
from sencli.core.record import lookup
from sencli.core.record.act import Act
from sencli.core.record.edit import given
from sencli.core.record.types import Record

CODE = Pick(terms.PROVISION, "SEN status", verbs.WORDS)


def _goes_on(app: App, record: Record, typed: dict[str, Any]) -> bool:
    """Whether no support ends: the status is not below what it was."""
    order = tuple(terms.PROVISION)
    before = lookup.status_on(record, app.today)["provision"]
    return order.index(typed["provision"]) >= order.index(before)


@click.group()
def status() -> None:
    """SEN status: N, K or E, from a day: set, end, list."""


verb = pupil_verbs(status)


@verb(
    "status.set",
    "Set the SEN status of {id}",
    event(
        "the status changed",
        day="since",
        enough=("reason",),
        amends=_goes_on,
        then=(Question("reason", "Why"), Question("told", "Which parent was told")),
    ),
    correctable=True,
    own_reason=True,
)
@click.argument("provision", metavar="N|K|E", type=CODE)
@click.option("--since", "--from", type=DAY, help="From when (default today).")
@click.option("--layer", "--tier", type=TIER, help="Layer of support.")
@click.option(
    "--monitoring/--no-monitoring", default=None, help="On the watch list, though N."
)
@click.option("--reason", type=WORDS, help="Why it was decided.")
@click.option("--decided-by", metavar="PEOPLE", help="As JP,parent.")
@click.option("--told", metavar="PERSON", help="Which parent was told.")
@click.option("--told-on", type=PAST, help="When (default today).")
@click.option("--how", type=LINE, help="How: letter, meeting, telephone.")
def set_(
    record: Record,
    context: Context,
    /,
    provision: str,
    since: str | None = None,
    decided_by: str = "",
    **typed: Any,
) -> Act:
    """Set the SEN status of PUPIL: N (none), K (SEN support) or E (EHC plan)."""
    day = since or context.today
    fields = {
        **{name: typed.get(name) for name in ("layer", "monitoring", "reason")},
        "decided_by": people([decided_by], record, context, day) or None,
    }
    told, told_on, how = (typed.get(name) for name in ("told", "told_on", "how"))
    end_support.refuse_how({"told": told, "told_on": told_on, "how": how})
    telling = given({"date": told_on or context.today, "how": how})
    if told or told_on:
        telling["who"] = person(told or "parent", record, context, day)
    told_of = telling if "who" in telling else None
    act = verbs.set_status(record, provision, fields, context.today, since, told_of)
    return end_support.reminded(act, record, day) if provision == "N" else act


@verb(
    "status.end",
    "End SEN support of {id}",
    event(
        "support ends",
        enough=("reason",),
        then=(
            Question("reason", "Why does SEN support end?"),
            Question("told", "Which parent was told"),
        ),
        also=("--reason", "THE REASON"),
    ),
    before=needed("reason", "--reason", "Why does SEN support end?", "THE REASON"),
)
@click.option("--date", "--since", "date", type=DAY, help="From when (default today).")
@click.option("--reason", type=WORDS, help="Why support ends.")
@click.option("--decided-by", type=LINE, multiple=True, help="As JP,parent.")
@click.option("--told", type=LINE, help="Which parent was told.")
@click.option("--told-on", type=PAST, help="When (default today).")
@click.option("--how", type=LINE, help="How: letter, meeting, telephone.")
@click.option(
    "--monitoring/--no-monitoring", default=None, help="Keep on the watch list."
)
def end(record: Record, context: Context, /, **typed: Any) -> Act:
    """End SEN support: the decision, the reason, the parents told."""
    return end_support.end_support(record, typed, context)


add_list(status, "background:statuses", "List a pupil's SEN status over time.")
