"""``sen ehc``: needs assessments, EHC plans, annual reviews."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from typing import ClassVar

import click

from sencli import terms
from sencli.cli.cycle import questions
from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.event import Question
from sencli.cli.shell.event import event
from sencli.cli.shell.lazy import LazyVerbs
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import Pick
from sencli.cli.shell.options import TimeOfDay
from sencli.cli.shell.options import clocks
from sencli.cli.shell.options import output
from sencli.cli.shell.options import stacked
from sencli.cli.shell.prompts import can_ask
from sencli.cli.shell.prompts import choice
from sencli.cli.shell.verbs import pupil_verbs
from sencli.cli.support import forms
from sencli.core.people.context import Context
from sencli.core.pupil.plan_in_force import plan_in_force
from sencli.core.pupil.status import WORDS as STATUS_WORDS
from sencli.core.record.act import Act
from sencli.core.record.types import Record
from sencli.core.statutory import annual_review
from sencli.core.statutory import deadlines
from sencli.core.statutory import plan
from sencli.core.statutory import request as ehc_request
from sencli.core.text.dates import words

KIND = Pick(
    annual_review.KINDS, "kind of review", annual_review.KIND_WORDS, name="kind"
)
DECISION = Pick(
    annual_review.DECISIONS, "decision", annual_review.DECISION_WORDS, name="decision"
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
    "advice_due",
    "advice_received",
    "decided",
    "notice_sent",
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
    click.option("--time", type=TimeOfDay(), help="At what time, as 2 pm."),
    click.option("--place", type=LINE, help="Where it is."),
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
    click.option("--advice-due", type=DAY, help="By when it is to be there."),
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
    click.option(
        "--notice", "notice_sent", type=PAST, help="When its notice of amendments came."
    ),
    click.option("--source", type=LINE, help="Another school whose review it was."),
)


class _Ehc(LazyVerbs):
    verbs: ClassVar[Mapping[str, str]] = {
        "join": "support.ehc_moves:join",
        "move": "support.ehc_moves:move",
        "appeal": "support.ehc_appeal:appeal",
        "late": "support.ehc_late:late",
    }


@click.group(cls=_Ehc)
def ehc() -> None:
    """EHC needs assessments, plans and annual reviews."""


verb = pupil_verbs(ehc)


@verb(
    "ehc.review",
    "Record an annual review for {id}",
    event(
        "the review is or was held",
        enough=_TOLD,
        amends=questions.annual_review_amends,
        then=questions.of_plan,
    ),
    forms.REVIEW,
    correctable=True,
)
@BEFORE
@AT
@AFTER
def review(record: Record, context: Context, /, **typed: Any) -> Act:
    """Record an annual review; typed again, amend what is named.

    Without --date it is the review to come, or that of the last eight weeks.
    """
    return annual_review.review(record, typed, context)


OUTCOME = Pick(
    ehc_request.DECISIONS, "decision", ehc_request.DECISION_WORDS, name="decision"
)
STEP = Pick(ehc_request.STEPS, "step", ehc_request.STEP_WORDS, name="step")
WHICH = click.option("--request", type=LINE, help="Which request, if not the open one.")
REASON = click.option("--reason", type=WORDS, help="Why.")
OFFICER = click.option("--officer", type=LINE, help="Who there deals with it.")
GROUND = Pick(ehc_request.GROUNDS, "ground", ehc_request.GROUND_WORDS, name="ground")


def _open_request(app: App, record: Record, _typed: dict[str, Any]) -> bool:
    """Whether a request is open, which is then amended."""
    return deadlines.open_request(record, app.today) is not None


def _plan_in_force(app: App, record: Record, _typed: dict[str, Any]) -> bool:
    """Whether a plan is in force, which is then amended."""
    return plan_in_force(record, app.today) is not None


@verb(
    "ehc.request",
    "Record an EHC request for {id}",
    event(
        "the authority received the request",
        amends=_open_request,
        then=(Question("by", "Who asked (school, parent, or a name)"),),
    ),
    correctable=True,
    own_reason=True,
)
@click.option("--date", type=PAST, help="When the authority got it (default today).")
@click.option("--by", metavar="PERSON", help="Who asked: school, parent, or a name.")
@click.option("--authority", type=LINE, help="Which authority.")
@OFFICER
@REASON
@click.option("--evidence-sent", type=PAST, help="When the school's evidence went.")
@click.option("--draft", type=PAST, help="When the draft plan came.")
@click.option("--draft-answered", type=PAST, help="When the family answered it.")
@click.option("--withdrawn", type=PAST, help="When it was withdrawn.")
def request(record: Record, context: Context, /, **typed: Any) -> Act:
    """Record a request for an EHC needs assessment, and see what is due when.

    Without --date an open request is amended.
    """
    return ehc_request.request(record, typed, context)


@verb(
    "ehc.decision",
    "Record a decision on an EHC request for {id}",
    event("the authority told you", certain=True),
    correctable=True,
    own_reason=True,
)
@click.argument("outcome", metavar="DECISION", type=OUTCOME)
@click.option("--date", type=PAST, help="When told (default today).")
@REASON
@WHICH
def decision(record: Record, context: Context, /, outcome: str, **typed: Any) -> Act:
    """Record what the authority decided: assess, refuse, issue or refuse_plan."""
    return ehc_request.decide(record, outcome, typed, context)


@verb(
    "ehc.advice",
    "Record advice to an EHC assessment for {id}",
    event("the advice went", day="sent", dated=("requested",)),
)
@click.option("--requested", type=PAST, help="When the authority asked for it.")
@click.option("--sent", type=PAST, help="When it went (due in six weeks).")
@WHICH
def advice(record: Record, context: Context, /, **typed: Any) -> Act:
    """Record the school's advice to the assessment: asked for, sent."""
    return ehc_request.advise(record, typed, context)


@verb(
    "ehc.exception",
    "Record an exception to an EHC time for {id}",
    event("it was known", certain=True),
)
@click.argument("step", type=STEP)
@click.option("--reason", type=WORDS, required=True, help="Why the time is not kept.")
@click.option(
    "--ground",
    "basis",
    type=GROUND,
    help="away, school_closed, circumstances or appointment (not kept).",
)
@click.option("--from", type=DAY, help="First day of what it rests on.")
@click.option("--until", type=DAY, help="Last day of it.")
@click.option("--date", type=PAST, help="When (default today).")
@WHICH
def exception(record: Record, context: Context, /, step: str, **typed: Any) -> Act:
    """Record why a time in law does not apply: it is then not late.

    STEP is decision (week 6), advice, plan_decision (week 16), plan (week 20), or
    amended (the amended plan, twelve weeks after the last annual review).
    """
    return ehc_request.except_step(record, step, typed, context)


def _which_plan(app: App, who: str, typed: dict[str, Any]) -> None:
    """Ask at a terminal what a day of issue is of, beside a plan of another day."""
    said = {"replaces", "redated", "amended"} & {*typed}
    if said or "date" not in typed or not can_ask():
        return
    record = app.repo.pupil(app.pupil_id(who))
    beside = plan.plan_beside(record, typed, app.today)
    if beside is None:
        return
    app.tell(f"There is an EHC plan of {words(beside['issued'])} already.")
    answer = choice(
        "Was that plan amended, is this a new one in its place, or was its day wrong",
        ("amended", "new", "wrong"),
    )
    if answer == "amended":
        typed["amended"] = typed.pop("date")
    else:
        typed["replaces" if answer == "new" else "redated"] = True


@verb(
    "ehc.issue",
    "Record an EHC plan for {id}",
    event(
        "the plan was issued",
        amends=_plan_in_force,
        then=(Question("authority", "Which authority maintains it"),),
    ),
    correctable=True,
    before=_which_plan,
)
@click.option("--date", type=PAST, help="When the plan was issued.")
@click.option("--authority", type=LINE, help="Authority that maintains it.")
@OFFICER
@click.option("--need", type=WORDS, multiple=True, help="Section B (repeatable).")
@click.option("--outcome", type=WORDS, multiple=True, help="Section E (repeatable).")
@click.option("--provision", type=WORDS, multiple=True, help="Section F (repeatable).")
@click.option("--placement", type=LINE, help="Section I.")
@click.option("--pfa", type=LINE, multiple=True, help="Area of outcome 1: 1=employment")
@click.option("--minutes", type=LINE, multiple=True, help="Provision a week: 1=60")
@click.option("--serves", type=LINE, multiple=True, help="Provision 1 serves: 1=1,2")
@click.option("--document", type=LINE, help="The plan itself, attached: its title.")
@click.option("--shared-with-staff", type=PAST, help="When staff were told.")
@click.option("--amended", type=PAST, help="When it was amended.")
@click.option(
    "--replaces",
    is_flag=True,
    default=None,
    help="A new plan, in place of the one in force.",
)
@click.option(
    "--redated",
    is_flag=True,
    default=None,
    help="The plan in force was issued on --date, and on no other day.",
)
def issue(record: Record, context: Context, /, **typed: Any) -> Act:
    """Record an EHC plan; typed again, amend what is named.

    One plan is in force at a time: another --date says --replaces or --redated.

    Without --date the plan in force is amended. --outcome "2=New words" rewords
    outcome 2. A new plan sets the SEN status to E from its date.
    """
    return plan.issue(record, typed, context)


@verb(
    "ehc.cease",
    "Record the end of an EHC plan for {id}",
    event(
        "the plan ceased",
        enough=("then",),
        then=(
            Question("then", "SEN status from then on: K or N"),
            Question("reason", "Why"),
        ),
    ),
)
@click.option("--date", type=PAST, help="When it ceased (default today).")
@REASON
@click.option(
    "--then",
    metavar="K|N",
    type=Pick(
        {code: terms.PROVISION[code] for code in ("K", "N")}, "status", STATUS_WORDS
    ),
    help="SEN status from then on.",
)
def cease(record: Record, context: Context, /, **typed: Any) -> Act:
    """Record that the authority ceased the EHC plan."""
    return plan.cease(record, typed, context)


@ehc.command("show")
@click.argument("who", metavar="PUPIL")
@click.option("--restricted", is_flag=True, help="Show what is marked restricted too.")
@clocks
@output(*terms.PAPER_FORMATS)
@pass_app
def show(
    app: App,
    *,
    who: str,
    restricted: bool,
    as_at: str | None,
    known_at: str | None,
    fmt: str | None,
    output: str | None,
    force: bool,
) -> None:
    """Show requests, plan and reviews, and what is due when."""
    from sencli.cli.shell.output import emit
    from sencli.documents.pupil.ehc import ehc_overview

    reading = app.read(known_at, as_at)
    record = reading.find(who)
    view = ehc_overview(record, reading.school, reading.day, restricted=restricted)
    emit(app, [view], fmt, output, force=force, default="text")
