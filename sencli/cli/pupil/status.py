"""``sen status``: N, K or E from a day."""

from __future__ import annotations

from typing import Any

import click

from sencli import terms
from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.event import Question
from sencli.cli.shell.event import event
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import TIER
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import Pick
from sencli.cli.shell.options import correcting
from sencli.cli.shell.options import writing
from sencli.cli.shell.prompts import ask
from sencli.cli.shell.writing import Manner
from sencli.cli.shell.writing import bare_ground
from sencli.cli.shell.writing import named
from sencli.cli.shell.writing import save_pupil
from sencli.core.cycle import end_support
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
    """SEN status: N, K or E, from a day."""


@status.command("set")
@click.argument("who", metavar="PUPIL")
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
@correcting
@writing
@event(
    "the status changed",
    day="since",
    enough=("reason",),
    amends=_goes_on,
    then=(Question("reason", "Why"), Question("told", "Which parent was told")),
)
@pass_app
def set_(
    app: App,
    *,
    who: str,
    provision: str,
    since: str | None,
    layer: str | None,
    monitoring: bool | None,
    reason: str | None,
    decided_by: str | None,
    told: str | None,
    told_on: str | None,
    how: str | None,
    correct: bool,
    fmt: str,
) -> None:
    """Set the SEN status of PUPIL: N (none), K (SEN support) or E (EHC plan)."""

    def verb(record: Record) -> Act:
        ground, day = bare_ground(app, record), since or app.today
        fields = {
            "layer": layer,
            "monitoring": monitoring,
            "reason": None if correct else reason,
            "decided_by": people([decided_by or ""], record, ground, day) or None,
        }
        end_support.refuse_how({"told": told, "told_on": told_on, "how": how})
        telling = given({"date": told_on or app.today, "how": how})
        if told or told_on:
            telling["who"] = person(told or "parent", record, ground, day)
        told_of = telling if "who" in telling else None
        act = verbs.set_status(record, provision, fields, app.today, since, told_of)
        return end_support.reminded(act, record, day) if provision == "N" else act

    save_pupil(
        app,
        who,
        verb,
        action="status.set",
        subject="Set the SEN status of {id}",
        manner=Manner(fmt, correct, reason if correct else None),
    )


@status.command("end")
@click.argument("who", metavar="PUPIL")
@click.option("--date", "--since", "date", type=DAY, help="From when (default today).")
@click.option("--reason", type=WORDS, help="Why support ends.")
@click.option("--decided-by", type=LINE, multiple=True, help="As JP,parent.")
@click.option("--told", type=LINE, help="Which parent was told.")
@click.option("--told-on", type=PAST, help="When (default today).")
@click.option("--how", type=LINE, help="How: letter, meeting, telephone.")
@click.option(
    "--monitoring/--no-monitoring", default=None, help="Keep on the watch list."
)
@writing
@event(
    "support ends",
    enough=("reason",),
    then=(
        Question("reason", "Why does SEN support end?"),
        Question("told", "Which parent was told"),
    ),
    also=("--reason", "THE REASON"),
)
@pass_app
def end(app: App, /, who: str, reason: str | None, fmt: str, **options: Any) -> None:
    """End SEN support: the decision, the reason, the parents told."""
    why = ask(reason, "--reason", "Why does SEN support end?", "THE REASON")

    def verb(record: Record) -> Act:
        typed = {**named(options), "reason": why}
        return end_support.end_support(record, typed, bare_ground(app, record))

    save_pupil(
        app,
        who,
        verb,
        action="status.end",
        subject="End SEN support of {id}",
        manner=Manner(fmt),
    )
