"""``sen cycle``: assess, plan, do, review."""

from __future__ import annotations

from typing import Any

import click

from sencli import terms
from sencli.cli.cycle import questions
from sencli.cli.shell import views_and_responsibilities as words_of
from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.editor import editable
from sencli.cli.shell.event import Question
from sencli.cli.shell.event import event
from sencli.cli.shell.lists import add_list
from sencli.cli.shell.options import CYCLE
from sencli.cli.shell.options import FUTURE
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import SHARE
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import Pick
from sencli.cli.shell.options import clocks
from sencli.cli.shell.options import output
from sencli.cli.shell.options import stacked
from sencli.cli.shell.prompts import agreed
from sencli.cli.shell.verbs import needed
from sencli.cli.shell.verbs import pupil_verbs
from sencli.core.cycle import opening
from sencli.core.cycle import plan as cycle_plan
from sencli.core.cycle import review as cycle_review
from sencli.core.cycle.end_support import review_and_end
from sencli.core.cycle.hear import hear
from sencli.core.people.context import PROVISIONS
from sencli.core.people.context import Context
from sencli.core.record.act import Act
from sencli.core.record.edit import the_cycle
from sencli.core.record.find import plain
from sencli.core.record.lookup import open_cycle
from sencli.core.record.types import Record
from sencli.core.text.placeholders import CLOSE_CHOICE
from sencli.errors import UsageFault

_ASSESSMENT = {
    "assessment": "The teacher's assessment",
    "attainment": "Attainment, progress and behaviour",
    "compared_with_peers": "Beside peers",
    **words_of.VIEW_HEADINGS,
    "specialist_advice": "Advice from outside",
}
_PLAN = {"home_support": "What helps at home", **words_of.DOES_HEADINGS}
_REVIEW = {
    **words_of.VIEW_HEADINGS,
    "decision_reason": "Why it was decided",
    "next_steps": "What happens next",
    **words_of.DOES_HEADINGS,
}


def _cycle(app: App, typed: dict[str, Any]) -> Record:
    """The cycle meant; an empty one where none is open."""
    record = app.repo.pupil(app.pupil_id(typed["who"]))
    if typed.get("cycle"):
        return the_cycle(record, typed["cycle"], open_only=False)
    return open_cycle(record) or {}


def _assessed(app: App, typed: dict[str, Any]) -> dict[str, str]:
    part = _cycle(app, typed).get("assess", {})
    texts = {**part, "assessment": part.get("teacher_assessment", "")}
    return {k: texts[k] for k in _ASSESSMENT if texts.get(k)} | words_of.views(part)


def _planned(app: App, typed: dict[str, Any]) -> dict[str, str]:
    part = _cycle(app, typed).get("plan", {})
    texts = {**words_of.doing(part), "home_support": part.get("home_support", "")}
    return {name: texts[name] for name in _PLAN if texts.get(name)}


def _reviewed(app: App, typed: dict[str, Any]) -> dict[str, str]:
    part = _cycle(app, typed).get("review", {})
    texts = {**part, **words_of.doing(part)}
    return {k: texts[k] for k in _REVIEW if k in texts} | words_of.views(part)


OPEN = editable("The assessment of a new cycle", _ASSESSMENT)
ASSESS = editable("The assessment of a cycle", _ASSESSMENT, _assessed)
PLAN = editable("The plan of a cycle", _PLAN, _planned)
REVIEW = editable("The review of a cycle", _REVIEW, _reviewed)


CLOSED = {
    "left": "left the school",
    "superseded": "another cycle takes its place",
    "support_ended": "support ended",
    "opened_in_error": "opened by mistake",
}

ASSESSED = stacked(
    click.option("--date", "date", type=PAST, help="When (default today)."),
    click.option("--teacher", type=LINE, help="Class or subject teacher: initials."),
    click.option(
        "--by", type=LINE, multiple=True, help="Who assessed: KM,JP (repeatable)."
    ),
    click.option("--assessment", type=WORDS, help="The teacher's assessment."),
    click.option("--attainment", type=WORDS, help="Attainment, progress, behaviour."),
    click.option("--compared-with-peers", type=WORDS, help="Beside peers."),
    words_of.VIEWS,
    click.option("--specialist-advice", type=WORDS, help="Advice from outside."),
)


@click.group()
def cycle() -> None:
    """Open, plan, review and show cycles."""


verb = pupil_verbs(cycle, PROVISIONS)


@verb("cycle.open", "Open a cycle for {id}", OPEN)
@ASSESSED
@click.option(
    "--carry",
    type=LINE,
    help="Continue of the last cycle: outcomes 1,2 and strategies s1, or all: the "
    "unmet outcomes and what is still done in class.",
)
def open_(record: Record, context: Context, /, **typed: Any) -> Act:
    """Open a cycle with the assessment: what the pupil can do and finds hard."""
    return opening.open_cycle(record, typed, context)


@verb("cycle.set", "Amend the assessment of {id}", ASSESS, correctable=True)
@ASSESSED
@CYCLE
def set_(record: Record, context: Context, /, **typed: Any) -> Act:
    """Amend what is named of a cycle's assessment."""
    return opening.set_assessment(record, typed, context)


@verb(
    "cycle.plan",
    "Plan a cycle for {id}",
    event(
        "it was planned",
        enough=questions.PLANNED,
        amends=questions.planned,
        then=questions.PLAN,
    ),
    PLAN,
    correctable=True,
)
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
@words_of.DOES
@CYCLE
def plan(record: Record, context: Context, /, **typed: Any) -> Act:
    """Plan the open cycle; typed again, amend what is named."""
    return cycle_plan.plan_cycle(record, typed, context)


def _ends_support(_app: App, _who: str, typed: dict[str, Any]) -> None:
    """Whether support is to end now, asked on a terminal where that was decided."""
    if "ending" not in typed:
        decided = {
            plain(name)
            for text in typed.get("decision", ())
            for name in text.split(",")
        }
        typed["ending"] = "end support" in decided and agreed(
            "End SEN support now (status N from the day of the review)?"
        )
    if "told" in typed and not typed["ending"]:
        raise UsageFault(
            "--told says who was told that support ends, and it does not.",
            "Add --end-support, or leave --told out.",
        )


@verb(
    "cycle.review",
    "Review a cycle for {id}",
    event(
        "the review was held",
        enough=("outcome", "intervention", "decision", "ending"),
        amends=questions.reviewed,
        then=questions.of_cycle,
    ),
    REVIEW,
    correctable=True,
    before=_ends_support,
)
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
@words_of.VIEWS
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
@words_of.DOES
@click.option("--next-review", type=FUTURE, help="When we meet again.")
@click.option("--shared-with-parents", type=PAST, help="When parents were given it.")
@click.option("--shared-with-staff", type=PAST, help="When staff were told.")
@CYCLE
def review(
    record: Record, context: Context, /, *, ending: bool = False, **typed: Any
) -> Act:
    """Review the open cycle and close it; typed again, amend what is named.

    OUTCOME and INTERVENTION by number, as sen cycle show prints them.
    """
    do = review_and_end if ending else cycle_review.review_cycle
    return do(record, typed, context)


@verb(
    "cycle.hear",
    "Keep views for the review of {id}",
    event("it was said", certain=True),
)
@click.option("--date", "date", type=PAST, help="When (default today).")
@words_of.VIEWS
@CYCLE
def hear_(record: Record, context: Context, /, **typed: Any) -> Act:
    """Keep what somebody says for the review to come."""
    return hear(record, typed, context)


@verb(
    "cycle.close",
    "Close a cycle for {id}",
    event(
        "it was closed",
        enough=("why",),
        then=(Question("why", f"Why: {', '.join(CLOSED)}"),),
        also=("--reason", CLOSE_CHOICE.strip('"')),
    ),
    before=needed("why", "--reason", "Why it is closed", CLOSE_CHOICE.strip('"')),
)
@click.option(
    "--reason",
    "why",
    type=Pick(CLOSED, "reason to close a cycle"),
    help="Why it is closed without a review.",
)
@click.option("--date", "date", type=PAST, help="When (default today).")
@click.option("--note", type=WORDS, help="A note.")
@CYCLE
def close(record: Record, context: Context, /, why: str, **typed: Any) -> Act:
    """Close a cycle without a review."""
    return cycle_review.close_cycle(record, {**typed, "reason": why}, context)


@cycle.command("show")
@click.argument("who", metavar="PUPIL")
@CYCLE
@clocks
@output(*terms.PAPER_FORMATS)
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
    from sencli.cli.shell.output import emit
    from sencli.documents.pupil.cycle import cycle_view

    reading = app.read(known_at, as_at)
    view = cycle_view(reading.find(who), reading.files, cycle, reading.day)
    emit(app, [view], fmt, output, force=force, default="text")


add_list(cycle, "cycle:cycles_view", "List a pupil's cycles, oldest first.")
