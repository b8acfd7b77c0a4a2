"""``sen cycle``: assess, plan, do, review."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

import click

from sencli.cli import came_of_it
from sencli.cli import cycle_forms
from sencli.cli.app import App
from sencli.cli.app import pass_app
from sencli.cli.event import Question
from sencli.cli.event import event
from sencli.cli.kinds import CYCLE
from sencli.cli.kinds import LINE
from sencli.cli.kinds import SHARE
from sencli.cli.kinds import Pick
from sencli.cli.lists import add_list
from sencli.cli.options import FUTURE
from sencli.cli.options import PAST
from sencli.cli.options import WORDS
from sencli.cli.options import clocks
from sencli.cli.options import correcting
from sencli.cli.options import output
from sencli.cli.options import writing
from sencli.cli.prompts import agreed
from sencli.cli.prompts import ask
from sencli.cli.repeated import stacked
from sencli.cli.save import Manner
from sencli.cli.save import Work
from sencli.cli.save import save_pupil_beside
from sencli.cli.typed import ground
from sencli.cli.typed import named
from sencli.core import cycle_open
from sencli.core import cycle_plan
from sencli.core import cycle_review
from sencli.core.act import Act
from sencli.core.choice import plain
from sencli.core.ending import review_and_end
from sencli.core.placeholders import CLOSE_CHOICE
from sencli.core.types import Record
from sencli.errors import UsageFault

if TYPE_CHECKING:
    from sencli.documents.view import View

CLOSED = {
    "left": "left the school",
    "superseded": "another cycle takes its place",
    "support_ended": "support ended",
    "opened_in_error": "opened by mistake",
}

VIEWS = stacked(
    click.option("--parent-view", type=WORDS, help="What parents said."),
    click.option("--pupil-view", type=WORDS, help="What the pupil said."),
    click.option(
        "--view",
        type=WORDS,
        multiple=True,
        help='What somebody said: "KM: He joins in more" (repeatable).',
    ),
    click.option("--how", type=LINE, help="How views were gathered: talk, drawing."),
)

ASSESSED = stacked(
    click.option("--date", "date", type=PAST, help="When (default today)."),
    click.option("--teacher", type=LINE, help="Class or subject teacher: initials."),
    click.option(
        "--by", type=LINE, multiple=True, help="Who assessed: KM,JP (repeatable)."
    ),
    click.option("--assessment", type=WORDS, help="The teacher's assessment."),
    click.option("--attainment", type=WORDS, help="Attainment, progress, behaviour."),
    click.option("--compared-with-peers", type=WORDS, help="Beside peers."),
    VIEWS,
    click.option("--specialist-advice", type=WORDS, help="Advice from outside."),
)

REASON = click.option("--reason", type=WORDS, help="Why, for a correction.")


DOES = stacked(
    click.option("--school-does", type=WORDS, help="What the school does."),
    click.option("--parent-does", type=WORDS, help="What parents do."),
    click.option("--pupil-does", type=WORDS, help="What the pupil does."),
)


@click.group()
def cycle() -> None:
    """Open, plan, review and show cycles."""


@cycle.command("open")
@click.argument("who", metavar="PUPIL")
@ASSESSED
@click.option(
    "--carry",
    type=LINE,
    help="Continue of the last cycle: outcomes 1,2 and strategies s1, or all: the "
    "unmet outcomes and what is still done in class.",
)
@writing
@cycle_forms.OPEN
@pass_app
def open_(app: App, /, who: str, fmt: str, **options: Any) -> None:
    """Open a cycle with the assessment: what the pupil can do and finds hard."""

    def verb(record: Record, work: Work) -> Act:
        return cycle_open.open_cycle(record, named(options), ground(app, record, work))

    save_pupil_beside(
        app,
        who,
        verb,
        action="cycle.open",
        subject="Open a cycle for {id}",
        manner=Manner(fmt),
    )


@cycle.command("set")
@click.argument("who", metavar="PUPIL")
@ASSESSED
@CYCLE
@REASON
@correcting
@writing
@cycle_forms.ASSESS
@pass_app
def set_(
    app: App,
    /,
    who: str,
    reason: str | None,
    correct: bool,
    fmt: str,
    **options: Any,
) -> None:
    """Amend what is named of a cycle's assessment."""

    def verb(record: Record, work: Work) -> Act:
        return cycle_open.set_assessment(
            record, named(options), ground(app, record, work)
        )

    save_pupil_beside(
        app,
        who,
        verb,
        action="cycle.set",
        subject="Amend the assessment of {id}",
        manner=Manner(fmt, correct, reason),
    )


@cycle.command("plan")
@click.argument("who", metavar="PUPIL")
@click.option("--date", "date", type=PAST, help="When (default today).")
@click.option("--review-by", type=FUTURE, help="When it will be reviewed.")
@click.option("--parents-notified", type=PAST, help="When parents were told.")
@click.option(
    "--agreed-with",
    type=LINE,
    multiple=True,
    help="Who agreed: parent,pupil,teacher,senco, names or initials.",
)
@click.option("--partly", type=LINE, multiple=True, help="Who agreed in part.")
@click.option("--disagreed", type=LINE, multiple=True, help="Who did not agree.")
@click.option("--not-reached", type=LINE, multiple=True, help="Who was not reached.")
@click.option(
    "--strategy", type=WORDS, multiple=True, help="An adjustment in class (repeatable)."
)
@SHARE
@click.option("--shared-with-staff", type=PAST, help="When staff were told.")
@click.option("--shared-with-parents", type=PAST, help="When parents were given it.")
@click.option("--home-support", type=WORDS, help="What helps at home.")
@DOES
@CYCLE
@REASON
@correcting
@writing
@event(
    "it was planned",
    enough=came_of_it.PLANNED,
    amends=came_of_it.planned,
    then=came_of_it.PLAN,
)
@cycle_forms.PLAN
@pass_app
def plan(
    app: App,
    /,
    who: str,
    reason: str | None,
    correct: bool,
    fmt: str,
    **options: Any,
) -> None:
    """Plan the open cycle; typed again, amend what is named."""

    def verb(record: Record, work: Work) -> Act:
        return cycle_plan.plan_cycle(record, named(options), ground(app, record, work))

    save_pupil_beside(
        app,
        who,
        verb,
        action="cycle.plan",
        subject="Plan a cycle for {id}",
        manner=Manner(fmt, correct, reason),
    )


@cycle.command("review")
@click.argument("who", metavar="PUPIL")
@click.option("--date", "date", type=PAST, help="When (default today).")
@click.option("--led-by", type=LINE, help="Who led it.")
@click.option("--invited", type=LINE, multiple=True, help="Who was invited.")
@click.option("--attended", type=LINE, multiple=True, help="Who came.")
@click.option(
    "--interpreter/--no-interpreter", default=None, help="An interpreter helped."
)
@click.option(
    "--outcome",
    type=LINE,
    multiple=True,
    metavar="N=RESULT[:VALUE]",
    help="What an outcome came to: 1=achieved:63 (repeatable).",
)
@click.option(
    "--evidence", type=WORDS, multiple=True, help='How we know: "1=Read to the class".'
)
@click.option(
    "--intervention",
    type=LINE,
    multiple=True,
    metavar="N=IMPACT",
    help="What an intervention did, -2 to +2 against what was expected: 1=+1.",
)
@click.option("--comment", type=WORDS, multiple=True, help='"1=Went well in mornings".')
@click.option(
    "--quality",
    type=WORDS,
    multiple=True,
    help='How well it was given: "1=As planned".',
)
@VIEWS
@click.option(
    "--decision",
    type=LINE,
    multiple=True,
    help="What was decided: continue, adapt, replace, increase, step-down, "
    "end-support, involve-specialist, request-ehc-assessment.",
)
@click.option("--decision-reason", type=WORDS, help="Why it was decided.")
@click.option(
    "--end-support/--keep-status",
    "ending",
    default=None,
    help="End SEN support (status N) by this review, in the same commit.",
)
@click.option("--told", type=LINE, help="Which parent was told that support ends.")
@click.option("--next-steps", type=WORDS, help="What happens next.")
@DOES
@click.option("--next-review", type=FUTURE, help="When we meet again.")
@click.option("--shared-with-parents", type=PAST, help="When parents were given it.")
@click.option("--shared-with-staff", type=PAST, help="When staff were told.")
@CYCLE
@REASON
@correcting
@writing
@event(
    "the review was held",
    enough=("outcome", "intervention", "decision", "ending"),
    amends=came_of_it.reviewed,
    then=came_of_it.of_cycle,
)
@cycle_forms.REVIEW
@pass_app
def review(
    app: App,
    /,
    who: str,
    ending: bool | None,
    reason: str | None,
    correct: bool,
    fmt: str,
    **options: Any,
) -> None:
    """Review the open cycle and close it; typed again, amend what is named.

    OUTCOME and INTERVENTION by number, as sen cycle show prints them.
    """
    if ending is None:
        ending = _offered(options["decision"])
    if options["told"] and not ending:
        raise UsageFault(
            "--told says who was told that support ends, and it does not.",
            "Add --end-support, or leave --told out.",
        )

    def verb(record: Record, work: Work) -> Act:
        do = review_and_end if ending else cycle_review.review_cycle
        return do(record, named(options), ground(app, record, work))

    save_pupil_beside(
        app,
        who,
        verb,
        action="cycle.review",
        subject="Review a cycle for {id}",
        manner=Manner(fmt, correct, reason),
    )


def _offered(decisions: tuple[str, ...]) -> bool:
    """Whether support is to end now, asked on a terminal where that was decided."""
    typed = {plain(name) for text in decisions for name in text.split(",")}
    if "end support" not in typed:
        return False
    return agreed("End SEN support now (status N from the day of the review)?")


@cycle.command("close")
@click.argument("who", metavar="PUPIL")
@click.option(
    "--reason",
    "why",
    type=Pick(CLOSED, "reason to close a cycle"),
    help="Why it is closed without a review.",
)
@click.option("--date", "date", type=PAST, help="When (default today).")
@click.option("--note", type=WORDS, help="A note.")
@CYCLE
@writing
@event(
    "it was closed",
    enough=("why",),
    then=(Question("why", f"Why: {', '.join(CLOSED)}"),),
    also=("--reason", CLOSE_CHOICE.strip('"')),
)
@pass_app
def close(app: App, /, who: str, why: str | None, fmt: str, **options: Any) -> None:
    """Close a cycle without a review."""
    reason = ask(why, "--reason", "Why it is closed", CLOSE_CHOICE.strip('"'))

    def verb(record: Record, work: Work) -> Act:
        typed = {**named(options), "reason": reason}
        return cycle_review.close_cycle(record, typed, ground(app, record, work))

    save_pupil_beside(
        app,
        who,
        verb,
        action="cycle.close",
        subject="Close a cycle for {id}",
        manner=Manner(fmt),
    )


@cycle.command("show")
@click.argument("who", metavar="PUPIL")
@CYCLE
@clocks
@output("text", "json", "md", "html", "pdf", default="text")
@pass_app
def show(
    app: App,
    *,
    who: str,
    cycle: str | None,
    as_at: str | None,
    known_at: str | None,
    fmt: str | None,
    output: str | None,
    force: bool,
) -> None:
    """Show a cycle in its four parts: the open one, or the newest."""
    from sencli.cli.show import emit
    from sencli.documents.cycle import cycle_view

    reading = app.read(known_at, as_at)
    view = cycle_view(reading.find(who), reading, cycle, reading.day)
    choices = ("text", "json", "md", "html", "pdf")
    emit(app, [view], fmt, output, force=force, default="text", choices=choices)


def _listed(record: Record, school: Record, day: str) -> View:
    from sencli.documents.cycle_lists import cycles_view as build

    return build(record, school, day)


add_list(cycle, _listed, "List a pupil's cycles, oldest first.")
