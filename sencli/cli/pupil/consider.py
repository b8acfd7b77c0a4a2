"""``sen consider`` and ``sen adjustment``: questions asked, adjustments made."""

from __future__ import annotations

from typing import Any

import click

from sencli.cli.shell.editor import editable
from sencli.cli.shell.event import Question
from sencli.cli.shell.event import event
from sencli.cli.shell.lists import add_list
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import SHARE
from sencli.cli.shell.options import UNTIL
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import Pick
from sencli.cli.shell.verbs import pupil_verbs
from sencli.core.people.context import Context
from sencli.core.pupil import considered
from sencli.core.record.act import Act
from sencli.core.record.types import Record

ABOUT = Pick(
    considered.QUESTIONS,
    "question",
    {
        "english": "eal",
        "behaviour": "causes_of_behaviour",
        "ehc": "ehc_needs_assessment",
    },
    name="question",
)
CONCLUSION = Pick(considered.CONCLUSIONS, "conclusion")


class Questions(click.Group):
    """A group that adds where no other of its commands is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """``consider PUPIL QUESTION`` is ``consider add PUPIL QUESTION``."""
        own = {*self.commands, *ctx.help_option_names}
        if args and args[0] not in own:
            args = ["add", *args]
        return super().parse_args(ctx, args)


@click.group(cls=Questions)
def consider() -> None:
    """Record that a question was considered: sen consider PUPIL QUESTION."""


verb = pupil_verbs(consider)


@verb(
    "consideration.add",
    "Record a question considered for {id}",
    event(
        "it was considered",
        enough=("conclusion", "reason", "adjustment"),
        then=(
            Question("conclusion", "What was concluded (yes, no ...)"),
            Question("reason", "Why"),
        ),
    ),
    editable("A question considered", {"reason": "Why"}),
    correctable=True,
    own_reason=True,
    many=True,
)
@click.argument("about", metavar="QUESTION", type=ABOUT)
@click.option("--conclusion", type=CONCLUSION, help="What was concluded.")
@click.option("--reason", type=WORDS, help="Why.")
@click.option(
    "--adjustment",
    type=LINE,
    multiple=True,
    help="What is done differently (repeatable).",
)
@click.option("--by", type=LINE, multiple=True, help="Who considered it: JP,parent.")
@click.option("--date", type=PAST, help="When (default today).")
def add_question(record: Record, context: Context, /, about: str, **typed: Any) -> Act:
    """Record that a question was considered.

    QUESTION is disability, eal, causes_of_behaviour, high_quality_teaching, specialist
    or ehc_needs_assessment.
    """
    return considered.consider(record, about, typed, context)


add_list(consider, "pupil:considerations", "List the questions considered.")


@click.group()
def adjustment() -> None:
    """Reasonable adjustments outside any cycle: add, set, end, list."""


adjustment_verb = pupil_verbs(adjustment)


@adjustment_verb("adjustment.add", "Add an adjustment for {id}", many=True)
@click.argument("text", type=WORDS)
@click.option("--from", "--since", "from", type=DAY, help="From when (default today).")
@click.option("--until", type=DAY, help="Last day.")
@click.option("--worked", type=WORDS, help="Whether it helps.")
@SHARE
def add(record: Record, context: Context, /, text: str, **typed: Any) -> Act:
    """Add what is done differently for PUPIL."""
    return considered.add_adjustment(record, text, typed, context)


@adjustment_verb("adjustment.set", "Change an adjustment for {id}", correctable=True)
@click.argument("which", metavar="ADJUSTMENT")
@click.option("--text", type=WORDS, help="What is done differently.")
@click.option("--from", "--since", "from", type=DAY, help="From when.")
@click.option("--until", type=DAY, help="Last day.")
@click.option("--worked", type=WORDS, help="Whether it helps.")
@SHARE
def set_(record: Record, _context: Context, /, which: str, **typed: Any) -> Act:
    """Amend an adjustment: ADJUSTMENT is its number, or part of its wording."""
    return considered.set_adjustment(record, which, typed)


@adjustment_verb(
    "adjustment.end",
    "End an adjustment for {id}",
    event(
        "it ended",
        day="day",
        enough=("worked",),
        then=(Question("worked", "Whether it helped"),),
    ),
)
@click.argument("which", metavar="ADJUSTMENT")
@UNTIL
@click.option("--worked", type=WORDS, help="Whether it helped.")
def end(
    record: Record,
    context: Context,
    /,
    which: str,
    day: str | None = None,
    worked: str | None = None,
) -> Act:
    """End an adjustment, and say whether it helped."""
    return considered.set_adjustment(
        record, which, {"until": day or context.today, "worked": worked}
    )


add_list(adjustment, "support:adjustments", "List a pupil's adjustments.")
