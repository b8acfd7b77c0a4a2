"""``sen ehc review``: an annual review, from the invitations to the decision."""

from __future__ import annotations

from typing import Any

import click

from sencli.cli import around_forms
from sencli.cli import came_of_it
from sencli.cli.app import App
from sencli.cli.app import pass_app
from sencli.cli.event import event
from sencli.cli.kinds import LINE
from sencli.cli.kinds import Pick
from sencli.cli.lists import write
from sencli.cli.options import DAY
from sencli.cli.options import PAST
from sencli.cli.options import WORDS
from sencli.cli.options import correcting
from sencli.cli.options import writing
from sencli.cli.repeated import stacked
from sencli.cli.save import Manner
from sencli.cli.typed import named
from sencli.core import ehc_review

KIND = Pick(ehc_review.KINDS, "kind of review", ehc_review.KIND_WORDS, name="kind")
DECISION = Pick(
    ehc_review.DECISIONS, "decision", ehc_review.DECISION_WORDS, name="decision"
)

_TOLD = (
    "invited",
    "invite",
    "outcome",
    "evidence",
    "target",
    "parent_view",
    "pupil_view",
    "view",
    "recommendation",
    "decision",
    "report_sent",
    "circulated",
    "advice_requested",
    "advice_received",
    "decided",
    "amendments",
    "differences",
    "pfa",
    "employment",
    "independent_living",
    "participation",
    "health",
)
"""Options that say what came of a review, or what was done for it."""

BEFORE = stacked(
    click.option("--date", type=DAY, help="When the meeting is or was."),
    click.option("--kind", type=KIND, help="annual, early or phase_transfer."),
    click.option(
        "--invited",
        type=LINE,
        multiple=True,
        metavar="ROLES",
        help="parent,school,authority,health,social_care; all means these five.",
    ),
    click.option(
        "--invite",
        type=LINE,
        multiple=True,
        metavar="ROLE[=WHO][:DATE]",
        help="One invitation: health=Dr Lee:12/01/2026",
    ),
    click.option("--invited-on", type=PAST, help="When invited (default today)."),
    click.option(
        "--advice-requested",
        type=LINE,
        multiple=True,
        metavar="WHO[:DATE]",
        help="From whom advice was sought.",
    ),
    click.option(
        "--advice-received",
        type=LINE,
        multiple=True,
        metavar="WHO[:DATE]",
        help="Whose advice came.",
    ),
    click.option("--circulated", type=PAST, help="When papers went round."),
)
AT = stacked(
    click.option("--led-by", type=LINE, help="Who led it."),
    click.option("--attended", type=LINE, multiple=True, help="Who came."),
    click.option(
        "--outcome",
        type=LINE,
        multiple=True,
        metavar="N=RESULT",
        help="An outcome of the plan rated: 1=on_track (repeatable).",
    ),
    click.option("--evidence", type=WORDS, multiple=True, help='"1=Asks in lessons".'),
    click.option(
        "--target",
        type=WORDS,
        multiple=True,
        help='A step for the coming year: "1=Asks for help (by 31 July)".',
    ),
    click.option("--employment", type=WORDS, help="Adult life: work."),
    click.option("--independent-living", type=WORDS, help="Adult life: living."),
    click.option("--participation", type=WORDS, help="Adult life: taking part."),
    click.option("--health", type=WORDS, help="Adult life: health."),
    click.option("--pfa", type=WORDS, multiple=True, help='The same: "employment=..."'),
    click.option("--parent-view", type=WORDS, help="What parents said."),
    click.option("--pupil-view", type=WORDS, help="What the pupil said."),
    click.option("--view", type=WORDS, multiple=True, help='"KM: He joins in more".'),
    click.option("--how", type=LINE, help="How views were gathered."),
)
AFTER = stacked(
    click.option("--recommendation", type=DECISION, help="keep, amend or cease."),
    click.option("--amendments", type=WORDS, help="Which amendments."),
    click.option("--differences", type=WORDS, help="Differences of view."),
    click.option("--report-sent", type=PAST, help="When the report went."),
    click.option("--decision", type=DECISION, help="The authority's decision."),
    click.option("--decided", type=PAST, help="When it was told (default today)."),
    click.option("--source", type=LINE, help="Another school whose review it was."),
)


@click.command("review")
@click.argument("who", metavar="PUPIL")
@BEFORE
@AT
@AFTER
@click.option("--reason", type=WORDS, help="Why, for a correction.")
@correcting
@writing
@event(
    "the review is or was held",
    enough=_TOLD,
    amends=came_of_it.annual_review_amends,
    then=came_of_it.of_plan,
)
@around_forms.REVIEW
@pass_app
def review(
    app: App, /, who: str, reason: str | None, correct: bool, fmt: str, **options: Any
) -> None:
    """Record an annual review; typed again, amend what is named.

    Without --date it is the review to come, or that of the last eight weeks.
    """
    typed = {**named(options), **({"correct": True} if correct else {})}
    write(
        app,
        who,
        lambda record, ground: ehc_review.review(record, typed, ground),
        ("ehc.review", "Record an annual review for {id}"),
        Manner(fmt, correct, reason),
    )
