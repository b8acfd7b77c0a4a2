"""``sen attainment``: tests and judgements outside the outcomes of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

import click

from sencli.cli.shell.lists import PUPIL
from sencli.cli.shell.lists import list_verb
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import RESTRICTED
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import stacked
from sencli.cli.shell.verbs import pupil_verbs
from sencli.core.cycle import results
from sencli.core.people.context import PROVISIONS
from sencli.core.people.context import Context
from sencli.core.record.act import Act
from sencli.core.record.types import Record

if TYPE_CHECKING:
    from sencli.cli.shell.app import Reading
    from sencli.documents.view import View

FIELDS = stacked(
    click.option("--date", type=PAST, help="When it was taken (default today)."),
    click.option("--test", type=LINE, help="Name of the test."),
    click.option("--subject", type=LINE, help="Subject: reading, mathematics."),
    click.option("--by", type=LINE, help="Who gave it: initials."),
    click.option("--note", type=WORDS, help="A note."),
    RESTRICTED,
)


@click.group()
def attainment() -> None:
    """Tests and attainment outside outcomes: add, set, list."""


verb = pupil_verbs(attainment, PROVISIONS)


# a value may be below nought: -2 is no option
@verb(
    "attainment.add",
    "Record a result of {id}",
    context_settings={"ignore_unknown_options": True},
)
@click.argument("measure", type=LINE)
@click.argument("value", type=LINE)
@FIELDS
def add(
    record: Record, context: Context, /, measure: str, value: str, **typed: Any
) -> Act:
    """Record a result; the same test of the same day again is amended.

    MEASURE is reading age, spelling age, mathematics age (6:04), standardised score
    (85, or "85 (78-92)"), scaled score, phonics (of 40), key stage (WTS, EXS, GDS),
    teacher assessment, number, or one of the school's own scales: sen scale list
    """
    return results.add_result(record, measure, value, typed, context)


@verb("attainment.set", "Amend a result of {id}", correctable=True)
@click.argument("which", metavar="RESULT")
@click.option("--measure", type=LINE, help="What it is measured in.")
@click.option("--value", type=LINE, help="The result.")
@FIELDS
def set_(record: Record, context: Context, /, which: str, **typed: Any) -> Act:
    """Amend what is named of a result: RESULT is its number by date, or its wording.

    Take one out with: sen remove PUPIL "result 1"
    """
    return results.set_result(record, which, typed, context)


@list_verb(attainment)
@PUPIL
def list_(reading: Reading, /, who: str) -> View:
    """List the results by date, numbered, with a chart of each test over time."""
    from sencli.cli.papers.setting import setting
    from sencli.documents.lists.background import attainment_view

    return attainment_view(reading.find(who), setting(reading, fingerprints=False))
