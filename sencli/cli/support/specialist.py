"""``sen specialist``: parents' agreement, referral, advice and follow-up."""

from __future__ import annotations

from typing import Any

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.editor import editable
from sencli.cli.shell.event import Question
from sencli.cli.shell.event import event
from sencli.cli.shell.lists import add_list
from sencli.cli.shell.options import FUTURE
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import RESTRICTED
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import Pick
from sencli.cli.shell.options import stacked
from sencli.cli.shell.verbs import pupil_verbs
from sencli.core.people.context import Context
from sencli.core.record.act import Act
from sencli.core.record.types import Record
from sencli.core.support import advice as advising
from sencli.core.support import specialists
from sencli.core.text.placeholders import ADVICE_CHOICE
from sencli.core.text.placeholders import SAID
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


def _referred(app: App, record: Record, typed: dict[str, Any]) -> bool:
    """Whether the referral, or the refusal, stands already with its day."""
    context = Context(app.today, str, app.school)
    return specialists.stands(record, typed["service"], typed, context)


def _dated(_app: App, _record: Record, typed: dict[str, Any]) -> bool:
    """Whether details were given, none of them without a known date."""
    told = set(typed) - {"which"}
    return (
        bool(told)
        and "recommendation" not in told
        and ("decision" not in told or "decided" in told)
    )


def _settled(_app: App, record: Record, typed: dict[str, Any]) -> bool:
    """The same of an answer; one that was given keeps its day."""
    _, advice = advising.the_advice(record, typed["which"])
    return ("decided" in advice and len(typed) > 1) or _dated(_app, record, typed)


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


def _why(_app: App, _who: str, typed: dict[str, Any]) -> None:
    """Why advice was answered so: ``--why``, or ``--reason`` in its place."""
    if "reason" not in typed:
        return
    if "why" in typed:
        raise UsageFault(
            "--why and --reason say the same thing here.", "Give one of them."
        )
    typed["why"] = typed.pop("reason")


@click.group()
def specialist() -> None:
    """Specialists: consent, refer, seen, advise, decide, share, list."""


verb = pupil_verbs(specialist)


@verb(
    "specialist.refer",
    "Record a referral of {id}",
    event("they were asked", amends=_referred, opens=True),
    editable("A referral", {"reason": "Why"}),
    correctable=True,
    own_reason=True,
)
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
@RESTRICTED
def refer(record: Record, context: Context, /, service: str, **typed: Any) -> Act:
    """Record that a specialist was asked; typed again, amend what is named.

    SERVICE is what they are, as "Educational psychologist" (EP, SALT, OT, CAMHS).
    """
    return specialists.refer(record, service, typed, context)


@verb(
    "specialist.consent",
    "Record an agreement for {id}",
    event(
        "parents answered",
        enough=("by", "refused"),
        then=(Question("by", "Who answered"),),
    ),
)
@click.argument("service", type=LINE)
@click.option("--by", metavar="PERSON", help="Who answered (default parent).")
@click.option("--date", type=PAST, help="When.")
@click.option("--refused", is_flag=True, default=None, help="They did not agree.")
def consent(record: Record, context: Context, /, service: str, **typed: Any) -> Act:
    """Record the parents' answer to asking a specialist, before or after."""
    return specialists.agree(record, service, typed, context)


@verb(
    "specialist.seen",
    "Record a first contact for {id}",
    event("they first saw the pupil", day="day"),
)
@click.argument("which", metavar="SPECIALIST")
@WHEN
def seen(
    record: Record, context: Context, /, which: str, day: str | None = None
) -> Act:
    """Record the specialist's first contact with the pupil."""
    return specialists.seen(record, which, day or context.today, context)


@verb(
    "specialist.chase",
    "Record a reminder for {id}",
    event("you asked after it", day="day"),
)
@click.argument("which", metavar="SPECIALIST")
@WHEN
def chase(
    record: Record, context: Context, /, which: str, day: str | None = None
) -> Act:
    """Record that a referral was asked after."""
    return specialists.chase(record, which, day or context.today)


@verb(
    "specialist.advise",
    "Record advice for {id}",
    event(
        "the advice was given",
        enough=("recommendation", "advice", "decision", "shared_with"),
        amends=_dated,
        then=(Question("recommendation", "What was advised"),),
        also=("--recommendation", SAID.strip('"')),
    ),
    correctable=True,
    own_reason=True,
    before=_why,
)
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
def advise(record: Record, context: Context, /, which: str, **typed: Any) -> Act:
    """Record advice, answer it, and say with whom it was shared.

    SPECIALIST is its number, service or name.
    """
    return advising.advise(record, which, typed, context)


@verb(
    "specialist.decide",
    "Answer advice for {id}",
    event(
        "it was answered",
        day="decided",
        enough=("decision", "why", "items", "outcome", "intervention"),
        amends=_settled,
        then=(Question("decision", "accepted, adapted or declined"),),
        also=("--decision", ADVICE_CHOICE.strip('"')),
    ),
    editable("An answer to advice", {"why": "Why"}),
    correctable=True,
    own_reason=True,
    before=_why,
)
@click.argument("which", metavar="ADVICE")
@ANSWER
@click.option("--reason", type=WORDS, help="As --why; for a correction, why that.")
def decide(record: Record, context: Context, /, which: str, **typed: Any) -> Act:
    """Answer a recommendation: ADVICE is its number by date, or its wording."""
    return advising.decide(record, which, typed, context)


@verb(
    "specialist.share",
    "Record advice shared for {id}",
    event("it was shared", day="day"),
)
@click.argument("which", metavar="SPECIALIST")
@click.option(
    "--with", "whom", type=LINE, multiple=True, required=True, help="parents,staff."
)
@WHEN
def share(
    record: Record,
    context: Context,
    /,
    which: str,
    whom: tuple[str, ...],
    day: str | None = None,
) -> Act:
    """Record that a specialist's advice was shared."""
    return specialists.share(record, which, whom, day or context.today, context)


@verb(
    "specialist.discharge",
    "Record a specialist's end for {id}",
    event("it ended", day="day"),
)
@click.argument("which", metavar="SPECIALIST")
@WHEN
def discharge(
    record: Record, context: Context, /, which: str, day: str | None = None
) -> Act:
    """Record that a specialist's involvement ended."""
    return specialists.discharge(record, which, day or context.today)


add_list(specialist, "support:specialists", "List specialists and their advice.")
