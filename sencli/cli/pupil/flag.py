"""``sen flag``: circumstances with dates, such as pupil premium."""

from __future__ import annotations

from typing import Any

import click

from sencli import terms
from sencli.cli.shell.event import event
from sencli.cli.shell.lists import add_list
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import RESTRICTED
from sencli.cli.shell.options import SINCE
from sencli.cli.shell.options import UNTIL
from sencli.cli.shell.options import Pick
from sencli.cli.shell.verbs import pupil_verbs
from sencli.core.people.context import Context
from sencli.core.people.context import staff
from sencli.core.pupil import flags
from sencli.core.record.act import Act
from sencli.core.record.types import Record

FLAG = Pick(terms.FLAGS, "flag", flags.WORDS, name="flag")


@click.group()
def flag() -> None:
    """Circumstances: pupil premium, looked after."""


verb = pupil_verbs(flag)


@verb("flag.add", "Add a flag for {id}", many=True)
@click.argument("which", metavar="FLAG", type=FLAG)
@SINCE
@click.option("--note", type=LINE, help="A note.")
@click.option(
    "--arrangement",
    type=Pick(terms.CARE_ENDED, "arrangement", flags.CARE_WORDS, name="arrangement"),
    help="Of previously looked after: how the care ended.",
)
@click.option("--evidence", type=LINE, help="How that was shown: adoption order.")
@click.option("--evidence-seen", type=PAST, help="When that was seen.")
@click.option("--evidence-by", type=LINE, help="Who saw it: initials.")
@RESTRICTED
def add(
    record: Record,
    context: Context,
    /,
    which: str,
    since: str | None = None,
    **typed: Any,
) -> Act:
    """Add a circumstance: FLAG is its name or its words, as "pupil premium".

    The same again amends what is named, without a day of its own.
    """
    if "evidence_by" in typed:
        typed["evidence_by"] = staff(typed["evidence_by"], context.school)
    return flags.add_flag(record, which, since or context.today, typed)


@verb("flag.end", "End a flag of {id}", event("it ended", day="day"), many=True)
@click.argument("which", metavar="FLAG", type=FLAG)
@UNTIL
def end(record: Record, context: Context, /, which: str, day: str | None = None) -> Act:
    """End a circumstance."""
    return flags.end_flag(record, which, day or context.today)


add_list(flag, "pupil:flags", "List a pupil's circumstances, ended ones too.")
