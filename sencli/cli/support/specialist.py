"""``sen specialist``: agreement, referral, advice and what became of it."""

from __future__ import annotations

from typing import Any

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.editor import editable
from sencli.cli.shell.event import Question
from sencli.cli.shell.event import event
from sencli.cli.shell.lists import add_list
from sencli.cli.shell.lists import write
from sencli.cli.shell.options import FUTURE
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import Pick
from sencli.cli.shell.options import correcting
from sencli.cli.shell.options import stacked
from sencli.cli.shell.options import writing
from sencli.cli.shell.writing import Manner
from sencli.cli.shell.writing import named
from sencli.core.record.types import Record
from sencli.core.support import advice as advising
from sencli.core.support import specialists
from sencli.core.text.placeholders import ADVICE_CHOICE
from sencli.core.text.placeholders import SAID
from sencli.documents.lists import support
from sencli.errors import UsageFault

SOURCE = Pick(
    specialists.SOURCES,
    "source",
    {"la": "authority", "nhs": "health", "council": "authority"},
    name="source",
)
DECISION = Pick(
    advising.DECISIONS, "answer to advice", advising.DECISION_WORDS, name="decision"
)
WHEN = click.option("--date", "day", type=PAST, help="When (default today).")


def _referred(_app: App, record: Record, typed: dict[str, Any]) -> bool:
    """Whether the specialist is involved already, and is amended."""
    return specialists.involved(record, typed["service"]) is not None


def _dated(_app: App, _record: Record, typed: dict[str, Any]) -> bool:
    """Whether something is told, and nothing of which the day is not known."""
    told = set(typed) - {"which"}
    return (
        bool(told)
        and "recommendation" not in told
        and ("decision" not in told or "decided" in told)
    )


ANSWER = stacked(
    click.option("--decision", type=DECISION, help="accepted, adapted or declined."),
    click.option("--decided", type=PAST, help="When (default today)."),
    click.option("--why", type=WORDS, help="Why, if adapted or declined."),
    click.option(
        "--items",
        "--item",
        type=LINE,
        multiple=True,
        help="What carries it out: o1,i2 of the open cycle, or its wording.",
    ),
    click.option(
        "--outcome", type=LINE, multiple=True, help="Outcome that carries it out."
    ),
    click.option(
        "--intervention",
        type=LINE,
        multiple=True,
        help="Intervention that carries it out.",
    ),
)


@click.group()
def specialist() -> None:
    """Specialists: consent, refer, seen, advise, decide, share, list."""


@specialist.command("refer")
@click.argument("who", metavar="PUPIL")
@click.argument("service", type=LINE)
@click.option("--date", type=PAST, help="When referred (default today).")
@click.option("--reason", type=WORDS, help="Why.")
@click.option("--name", type=LINE, help="The person.")
@click.option("--source", type=SOURCE, help="authority, health, social_care, private.")
@click.option(
    "--consent", "--consent-by", type=LINE, help="Who agreed: parent, or a name."
)
@click.option("--consent-date", type=PAST, help="When (default by the referral).")
@click.option("--no-consent", is_flag=True, default=None, help="Parents refused.")
@click.option("--review-by", type=FUTURE, help="When what is agreed is reviewed.")
@click.option(
    "--restricted/--not-restricted", default=None, help="Keep it off every paper."
)
@correcting
@writing
@event("they were asked", amends=_referred, opens=True)
@editable("A referral", {"reason": "Why"})
@pass_app
def refer(
    app: App, /, who: str, service: str, correct: bool, fmt: str, **options: Any
) -> None:
    """Record that a specialist was asked; typed again, amend what is named.

    SERVICE is what they are, as "Educational psychologist" (EP, SALT, OT, CAMHS).
    """
    reason = options["reason"]
    if correct:
        options["reason"] = None
    write(
        app,
        who,
        lambda record, ground: specialists.refer(
            record, service, named(options), ground
        ),
        ("specialist.refer", "Record a referral of {id}"),
        Manner(fmt, correct, reason if correct else None),
    )


@specialist.command("consent")
@click.argument("who", metavar="PUPIL")
@click.argument("service", type=LINE)
@click.option("--by", type=LINE, help="Who answered (default parent).")
@click.option("--date", type=PAST, help="When.")
@click.option("--refused", is_flag=True, default=None, help="They did not agree.")
@writing
@event(
    "parents answered", enough=("by", "refused"), then=(Question("by", "Who answered"),)
)
@pass_app
def consent(app: App, /, who: str, service: str, fmt: str, **options: Any) -> None:
    """Record the parents' answer to asking a specialist, before or after."""
    write(
        app,
        who,
        lambda record, ground: specialists.agree(
            record, service, named(options), ground
        ),
        ("specialist.consent", "Record an agreement for {id}"),
        Manner(fmt),
    )


@specialist.command("seen")
@click.argument("who", metavar="PUPIL")
@click.argument("which", metavar="SPECIALIST")
@WHEN
@writing
@event("they first saw the pupil", day="day")
@pass_app
def seen(app: App, /, who: str, which: str, day: str | None, fmt: str) -> None:
    """Record the specialist's first contact with the pupil."""
    write(
        app,
        who,
        lambda record, ground: specialists.seen(
            record, which, day or ground.today, ground
        ),
        ("specialist.seen", "Record a first contact for {id}"),
        Manner(fmt),
    )


@specialist.command("chase")
@click.argument("who", metavar="PUPIL")
@click.argument("which", metavar="SPECIALIST")
@WHEN
@writing
@event("you asked after it", day="day")
@pass_app
def chase(app: App, /, who: str, which: str, day: str | None, fmt: str) -> None:
    """Record that a referral was asked after."""
    write(
        app,
        who,
        lambda record, ground: specialists.chase(record, which, day or ground.today),
        ("specialist.chase", "Record a reminder for {id}"),
        Manner(fmt),
    )


@specialist.command("advise")
@click.argument("who", metavar="PUPIL")
@click.argument("which", metavar="SPECIALIST")
@click.option(
    "--recommendation",
    "--advice-text",
    type=WORDS,
    multiple=True,
    help="What was advised, one at a time (repeatable).",
)
@click.option("--date", type=PAST, help="Date of the advice (default today).")
@click.option("--advice", type=LINE, help="Which advice is answered: number or id.")
@ANSWER
@click.option("--shared-with", type=LINE, multiple=True, help="parents,staff.")
@click.option("--shared-on", type=PAST, help="When (default the advice's own day).")
@click.option("--review-by", type=FUTURE, help="When what is agreed is reviewed.")
@click.option("--reason", type=WORDS, help="As --why; for a correction, why that.")
@correcting
@writing
@event(
    "the advice was given",
    enough=("recommendation", "advice", "decision", "shared_with"),
    amends=_dated,
    then=(Question("recommendation", "What was advised"),),
    also=("--recommendation", SAID.strip('"')),
)
@pass_app
def advise(
    app: App,
    /,
    who: str,
    which: str,
    reason: str | None,
    correct: bool,
    fmt: str,
    **options: Any,
) -> None:
    """Record advice, answer it, and say with whom it was shared.

    SPECIALIST is its number, service or name.
    """
    options["why"] = _why(options["why"], reason, correct=correct)
    write(
        app,
        who,
        lambda record, ground: advising.advise(record, which, named(options), ground),
        ("specialist.advise", "Record advice for {id}"),
        Manner(fmt, correct, reason if correct else None),
    )


@specialist.command("decide")
@click.argument("who", metavar="PUPIL")
@click.argument("which", metavar="ADVICE")
@ANSWER
@click.option("--reason", type=WORDS, help="As --why; for a correction, why that.")
@correcting
@writing
@event(
    "it was answered",
    day="decided",
    enough=("decision", "why", "items", "outcome", "intervention"),
    amends=_dated,
    then=(Question("decision", "accepted, adapted or declined"),),
    also=("--decision", ADVICE_CHOICE.strip('"')),
)
@editable("An answer to advice", {"why": "Why"})
@pass_app
def decide(
    app: App,
    /,
    who: str,
    which: str,
    reason: str | None,
    correct: bool,
    fmt: str,
    **options: Any,
) -> None:
    """Answer a recommendation: ADVICE is its number by date, or its wording."""
    options["why"] = _why(options["why"], reason, correct=correct)
    write(
        app,
        who,
        lambda record, ground: advising.decide(record, which, named(options), ground),
        ("specialist.decide", "Answer advice for {id}"),
        Manner(fmt, correct, reason if correct else None),
    )


@specialist.command("share")
@click.argument("who", metavar="PUPIL")
@click.argument("which", metavar="SPECIALIST")
@click.option(
    "--with", "whom", type=LINE, multiple=True, required=True, help="parents,staff."
)
@WHEN
@writing
@event("it was shared", day="day")
@pass_app
def share(
    app: App, *, who: str, which: str, whom: tuple[str, ...], day: str | None, fmt: str
) -> None:
    """Record that a specialist's advice was shared."""
    write(
        app,
        who,
        lambda record, ground: specialists.share(
            record, which, whom, day or ground.today, ground
        ),
        ("specialist.share", "Record advice shared for {id}"),
        Manner(fmt),
    )


@specialist.command("discharge")
@click.argument("who", metavar="PUPIL")
@click.argument("which", metavar="SPECIALIST")
@WHEN
@writing
@event("it ended", day="day")
@pass_app
def discharge(app: App, /, who: str, which: str, day: str | None, fmt: str) -> None:
    """Record that a specialist's involvement ended."""
    write(
        app,
        who,
        lambda record, ground: specialists.discharge(
            record, which, day or ground.today
        ),
        ("specialist.discharge", "Record a specialist's end for {id}"),
        Manner(fmt),
    )


add_list(specialist, support.specialists, "List specialists and their advice.")


def _why(why: str | None, reason: str | None, *, correct: bool) -> str | None:
    """Why advice was answered so: ``--why``, or ``--reason`` in its place."""
    if not reason or correct:
        return why
    if why:
        raise UsageFault(
            "--why and --reason say the same thing here.", "Give one of them."
        )
    return reason
