"""``sen suspension``: suspensions and permanent exclusion."""

from __future__ import annotations

from typing import Any

import click

from sencli import terms
from sencli.cli.shell.amounts import DAYS
from sencli.cli.shell.amounts import HALF_DAYS
from sencli.cli.shell.event import Question
from sencli.cli.shell.event import event
from sencli.cli.shell.lists import add_list
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import RESTRICTED
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import Pick
from sencli.cli.shell.options import stacked
from sencli.cli.shell.verbs import pupil_verbs
from sencli.core.people.context import Context
from sencli.core.pupil import suspend
from sencli.core.record.act import Act
from sencli.core.record.types import Record

KIND = Pick(
    terms.SUSPENSIONS,
    "kind of suspension",
    {"fixed term": "suspension", "exclusion": "permanent", "in school": "internal"},
    name="kind",
)
FIELDS = stacked(
    click.option("--date", "--from", "date", type=PAST, help="First day."),
    click.option("--days", type=DAYS, help="How long, in days: 0.5, 1, 1.5 ..."),
    click.option("--half-days", type=HALF_DAYS, help="How long, in half days."),
    click.option("--reason", type=WORDS, help="Why, in words."),
    click.option(
        "--kind", type=KIND, help="suspension, lunchtime, internal or permanent."
    ),
    RESTRICTED,
)


@click.group()
def suspension() -> None:
    """Suspensions and permanent exclusion: add, set, list."""


verb = pupil_verbs(suspension)


@verb(
    "suspension.add",
    "Record a suspension of {id}",
    event(
        "it began",
        enough=("days", "half_days", "reason", "kind"),
        then=(
            Question("days", "For how many days (0.5, 1, 1.5)"),
            Question("reason", "Why, in words"),
        ),
    ),
)
@FIELDS
def add(record: Record, context: Context, /, **typed: Any) -> Act:
    """Record a suspension: its first day, how long, and why.

    An internal one (in school, out of class) is no suspension in law. To take out what
    was recorded by mistake: sen remove PUPIL "suspension 1".
    """
    return suspend.add_suspension(record, typed, context)


@verb(
    "suspension.set", "Change a suspension of {id}", correctable=True, own_reason=True
)
@click.argument("which", metavar="SUSPENSION")
@FIELDS
def set_(record: Record, _context: Context, /, which: str, **typed: Any) -> Act:
    """Put a suspension right: SUSPENSION is its number by date, or its wording."""
    return suspend.set_suspension(record, which, typed)


add_list(suspension, "arrangements:suspensions", "List a pupil's suspensions.")
