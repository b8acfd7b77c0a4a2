"""``sen pupil baseline``: skills and attainment on entry."""

from __future__ import annotations

import click

from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.verbs import pupil_verbs
from sencli.core.people.context import Context
from sencli.core.pupil.baseline import set_baseline
from sencli.core.record.act import Act
from sencli.core.record.types import Record


@pupil_verbs()("pupil.baseline", "Record the baseline of {id}", correctable=True)
@click.option("--summary", type=WORDS, help="What the assessment showed.")
@click.option("--date", "day", type=PAST, help="When it was made (default today).")
@click.option("--source", type=LINE, help="Where it comes from.")
def baseline(
    record: Record,
    context: Context,
    /,
    summary: str | None = None,
    day: str | None = None,
    source: str | None = None,
) -> Act:
    """Record skills and attainment on entry; typed again, amend what is named."""
    return set_baseline(record, summary, day, source, context.today)
