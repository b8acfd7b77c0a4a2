"""``sen consider`` and ``sen adjustment``: questions asked, adjustments made."""

from __future__ import annotations

from typing import Any

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.editor import editable
from sencli.cli.shell.event import Question
from sencli.cli.shell.event import event
from sencli.cli.shell.lists import add_list
from sencli.cli.shell.lists import of_record
from sencli.cli.shell.lists import write
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import SHARE
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import Pick
from sencli.cli.shell.options import correcting
from sencli.cli.shell.options import writing
from sencli.cli.shell.writing import Manner
from sencli.cli.shell.writing import named
from sencli.core.pupil import considered
from sencli.documents.lists import support

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


@consider.command("add")
@click.argument("who", metavar="PUPIL")
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
@correcting
@writing
@event(
    "it was considered",
    enough=("conclusion", "reason", "adjustment"),
    then=(
        Question("conclusion", "What was concluded (yes, no ...)"),
        Question("reason", "Why"),
    ),
)
@editable("A question considered", {"reason": "Why"})
@pass_app
def add_question(
    app: App, /, who: str, about: str, correct: bool, fmt: str, **options: Any
) -> None:
    """Record that a question was considered.

    QUESTION is disability, eal, causes_of_behaviour, high_quality_teaching, specialist
    or ehc_needs_assessment.
    """
    reason = options["reason"]
    if correct:
        options["reason"] = None
    write(
        app,
        who,
        lambda record, ground: considered.consider(
            record, about, named(options), ground
        ),
        ("consideration.add", "Record a question considered for {id}"),
        Manner(fmt, correct, reason if correct else None),
    )


add_list(consider, of_record("considerations"), "List the questions considered.")


@click.group()
def adjustment() -> None:
    """Reasonable adjustments outside any cycle: add, set, end, list."""


@adjustment.command("add")
@click.argument("who", metavar="PUPIL")
@click.argument("text", type=WORDS)
@click.option("--from", "--since", "from", type=DAY, help="From when (default today).")
@click.option("--until", type=DAY, help="Last day.")
@click.option("--worked", type=WORDS, help="Whether it helps.")
@SHARE
@writing
@pass_app
def add(app: App, /, who: str, text: str, fmt: str, **options: Any) -> None:
    """Add what is done differently for PUPIL."""
    write(
        app,
        who,
        lambda record, ground: considered.add_adjustment(
            record, text, named(options), ground
        ),
        ("adjustment.add", "Add an adjustment for {id}"),
        Manner(fmt),
    )


@adjustment.command("set")
@click.argument("who", metavar="PUPIL")
@click.argument("which", metavar="ADJUSTMENT")
@click.option("--text", type=WORDS, help="What is done differently.")
@click.option("--from", "--since", "from", type=DAY, help="From when.")
@click.option("--until", type=DAY, help="Last day.")
@click.option("--worked", type=WORDS, help="Whether it helps.")
@SHARE
@click.option("--reason", type=WORDS, help="Why, for a correction.")
@correcting
@writing
@pass_app
def set_(
    app: App,
    /,
    who: str,
    which: str,
    reason: str | None,
    correct: bool,
    fmt: str,
    **options: Any,
) -> None:
    """Amend an adjustment: ADJUSTMENT is its number, or part of its wording."""
    write(
        app,
        who,
        lambda record, _ground: considered.set_adjustment(
            record, which, named(options)
        ),
        ("adjustment.set", "Change an adjustment for {id}"),
        Manner(fmt, correct, reason),
    )


@adjustment.command("end")
@click.argument("who", metavar="PUPIL")
@click.argument("which", metavar="ADJUSTMENT")
@click.option("--date", "--until", "day", type=DAY, help="Last day (default today).")
@click.option("--worked", type=WORDS, help="Whether it helped.")
@writing
@event(
    "it ended",
    day="day",
    enough=("worked",),
    then=(Question("worked", "Whether it helped"),),
)
@pass_app
def end(
    app: App, /, who: str, which: str, day: str | None, worked: str | None, fmt: str
) -> None:
    """End an adjustment, and say whether it helped."""
    write(
        app,
        who,
        lambda record, ground: considered.set_adjustment(
            record, which, {"until": day or ground.today, "worked": worked}
        ),
        ("adjustment.end", "End an adjustment for {id}"),
        Manner(fmt),
    )


add_list(adjustment, support.adjustments, "List a pupil's adjustments.")
