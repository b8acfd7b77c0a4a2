"""``sen exception``: a "should" of the Code answered with a reason."""

from __future__ import annotations

from typing import Any

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.event import event
from sencli.cli.shell.lists import add_list
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import FUTURE
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.verbs import needed
from sencli.cli.shell.verbs import pupil_verbs
from sencli.core.checks import exceptions
from sencli.core.people.context import Context
from sencli.core.record import find
from sencli.core.record.act import Act
from sencli.core.record.types import Record


@click.group()
def exception() -> None:
    """Answer a should of the Code with a reason."""


verb = pupil_verbs(exception)


def _find_rule(_app: App, _who: str, typed: dict[str, Any]) -> None:
    """The code and the level of the rule meant, in place of what was typed."""
    from sencli.errors import NotFound
    from sencli.rules import rule_of

    rule = typed.pop("rule")
    found = rule_of(rule)
    if found is None:
        raise NotFound(f"There is no rule {rule!r}.", "See them all: sen rule")
    typed["code"], typed["level"] = found.code, found.level


def _answered(app: App, who: str, typed: dict[str, Any]) -> None:
    """The rule, and the reason for which the school departs from it."""
    _find_rule(app, who, typed)
    asked = f"Why the school departs from {typed['code']}"
    needed("reason", "--reason", asked, "THE REASON")(app, who, typed)


@verb("exception.add", "Answer rule {code} for {id}", before=_answered)
@click.argument("rule", metavar="RULE")
@click.option("--reason", type=WORDS, help="Why the school departs from it.")
@click.option("--until", type=FUTURE, help="Until when the reason holds.")
@click.option("--date", "day", type=DAY, help="When it was decided (default today).")
@click.option("--by", metavar="PERSON", help="Who decided.")
def add(
    record: Record,
    context: Context,
    /,
    *,
    code: str,
    level: str,
    reason: str,
    until: str = "",
    day: str = "",
    by: str = "",
) -> Act:
    """Answer RULE for PUPIL with a reason; a must cannot be waived."""
    who = find.person(by, record, context.school) if by else ""
    answer = exceptions.Answer(code, level, reason, day or context.today, until, who)
    return exceptions.add(record, answer)


@verb(
    "exception.end",
    "End the answer to rule {code} for {id}",
    event("it ended", day="day"),
    before=_find_rule,
)
@click.argument("rule", metavar="RULE")
@click.option("--date", "day", type=DAY, help="Last day (default today).")
def end(
    record: Record, context: Context, /, code: str, day: str = "", **_typed: Any
) -> Act:
    """End the answer to RULE: the rule counts again."""
    return exceptions.end(record, code, day or context.today)


add_list(exception, "pupil:exceptions", "List the answers in PUPIL's record.")
