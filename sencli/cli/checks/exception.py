"""``sen exception``: a "should" of the Code answered with a reason."""

from __future__ import annotations

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.event import event
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import FUTURE
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import clocks
from sencli.cli.shell.options import listing
from sencli.cli.shell.options import writing
from sencli.cli.shell.prompts import ask
from sencli.cli.shell.writing import Manner
from sencli.cli.shell.writing import save_pupil
from sencli.core.checks import exceptions
from sencli.core.record.act import Act
from sencli.core.record.types import Record


@click.group()
def exception() -> None:
    """Answer a should of the Code with a reason."""


@exception.command("add")
@click.argument("who", metavar="PUPIL")
@click.argument("rule", metavar="RULE")
@click.option("--reason", type=WORDS, help="Why the school departs from it.")
@click.option("--until", type=FUTURE, help="Until when the reason holds.")
@click.option("--date", "day", type=DAY, help="When it was decided (default today).")
@click.option("--by", metavar="PERSON", help="Who decided.")
@writing
@pass_app
def add(
    app: App,
    *,
    who: str,
    rule: str,
    reason: str | None,
    until: str | None,
    day: str | None,
    by: str | None,
    fmt: str,
) -> None:
    """Answer RULE for PUPIL with a reason; a must cannot be waived."""
    from sencli.core.record import find

    code, level = _rule(rule)
    text = ask(reason, "--reason", f"Why the school departs from {code}", "THE REASON")

    def act(record: Record) -> Act:
        answer = exceptions.Answer(
            code,
            level,
            text,
            day or app.today,
            until or "",
            find.person(by, record, app.school) if by else "",
        )
        return exceptions.add(record, answer)

    save_pupil(
        app,
        who,
        act,
        action="exception.add",
        subject=f"Answer rule {code} for {{id}}",
        manner=Manner(fmt),
    )


@exception.command("end")
@click.argument("who", metavar="PUPIL")
@click.argument("rule", metavar="RULE")
@click.option("--date", "day", type=DAY, help="Last day (default today).")
@writing
@event("it ended", day="day")
@pass_app
def end(app: App, *, who: str, rule: str, day: str | None, fmt: str) -> None:
    """End the answer to RULE: the rule counts again."""
    code, _ = _rule(rule)
    save_pupil(
        app,
        who,
        lambda record: exceptions.end(record, code, day or app.today),
        action="exception.end",
        subject=f"End the answer to rule {code} for {{id}}",
        manner=Manner(fmt),
    )


@exception.command("list")
@click.argument("who", metavar="PUPIL")
@clocks
@listing
@pass_app
def list_(
    app: App,
    *,
    who: str,
    as_at: str | None,
    known_at: str | None,
    fmt: str | None,
    output: str | None,
    force: bool,
) -> None:
    """List the answers in PUPIL's record."""
    from sencli.cli.shell.output import emit
    from sencli.documents.lists.listing import listing as build
    from sencli.documents.view import Column

    reading = app.read(known_at, as_at)
    columns = (
        Column("rule", "Rule", width=6),
        Column("reason", "Reason", width=50),
        Column("date", "From", "date", width=10),
        Column("until", "Until", "date", width=10),
        Column("by", "By", width=8),
    )
    view = build(
        "Answers to the Code",
        reading.school,
        reading.day,
        columns,
        reading.find(who).get("exceptions", ()),
        empty="No rule is answered with a reason.",
    )
    emit(app, [view], fmt, output, force=force)


def _rule(typed: str) -> tuple[str, str]:
    """The code and the level of the rule meant."""
    from sencli.errors import NotFound
    from sencli.rules import rule_of

    found = rule_of(typed)
    if found is None:
        raise NotFound(f"There is no rule {typed!r}.", "See them all: sen rule")
    return found.code, found.level
