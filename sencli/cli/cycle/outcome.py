"""``sen outcome``: what the pupil will be able to do, and progress towards it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

import click

from sencli.cli.shell.lists import PUPIL
from sencli.cli.shell.lists import list_verb
from sencli.cli.shell.options import CYCLE
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import FUTURE
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import RESTRICTED
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import Pick
from sencli.cli.shell.options import stacked
from sencli.cli.shell.verbs import needed
from sencli.cli.shell.verbs import pupil_verbs
from sencli.core.cycle import outcomes
from sencli.core.people.context import PROVISIONS
from sencli.core.people.context import Context
from sencli.core.record.act import Act
from sencli.core.record.types import Record

if TYPE_CHECKING:
    from sencli.cli.shell.app import Reading
    from sencli.documents.view import View

BETTER = {"higher": "higher is better", "lower": "lower is better"}
PFA = {
    "employment": "employment",
    "independent_living": "independent living",
    "participation": "community participation",
    "health": "health",
}

FIELDS = stacked(
    click.option(
        "--measure", type=LINE, help="What is counted (words of 100), or a scale."
    ),
    click.option(
        "--scale",
        type=LINE,
        help="number, age, score, a scale's name, or its words, lowest first: \"not "
        'yet, with prompt, independent".',
    ),
    click.option("--baseline", type=LINE, help='Now: 22, 6:04, a word, "85 (78-92)".'),
    click.option("--baseline-date", type=PAST, help="When that was measured."),
    click.option("--target", type=LINE, help="What is hoped for, on the same scale."),
    click.option("--by", type=FUTURE, help="By when."),
    click.option(
        "--need", type=LINE, help="The need that it meets: SLCN, or its rank."
    ),
    click.option("--success-criteria", type=WORDS, help="How we will know."),
    click.option(
        "--better",
        type=Pick(BETTER, "way"),
        help="higher or lower (default: as the target lies).",
    ),
    click.option(
        "--continues", type=LINE, help="The earlier outcome that it carries on."
    ),
    click.option("--ehc-outcome", type=LINE, help="The EHC plan's outcome it serves."),
    click.option("--pfa", type=Pick(PFA, "area"), help="Preparing-for-adulthood area."),
    RESTRICTED,
)


@click.group()
def outcome() -> None:
    """Outcomes: add, measure, set, list."""


verb = pupil_verbs(outcome, PROVISIONS)


@verb(
    "outcome.add",
    "Add an outcome for {id}",
    before=needed("text", "TEXT", "What will the pupil be able to do?", "OUTCOME"),
)
@click.argument("text", metavar="TEXT", type=WORDS, required=False)
@FIELDS
@click.option("--from", "from", type=DAY, help="When it was set (default the plan's).")
@CYCLE
def add(record: Record, context: Context, /, text: str, **typed: Any) -> Act:
    """Add an outcome: TEXT says what the pupil will be able to do."""
    return outcomes.add_outcome(record, text, typed, context)


@verb("outcome.set", "Amend an outcome of {id}", correctable=True)
@click.argument("which", metavar="OUTCOME")
@click.option("--outcome", "--text", "outcome", type=WORDS, help="Its wording.")
@FIELDS
@click.option("--from", "from", type=DAY, help="When it was set.")
@CYCLE
def set_(record: Record, context: Context, /, which: str, **typed: Any) -> Act:
    """Amend what is named of an outcome: OUTCOME is its number or part of it."""
    return outcomes.set_outcome(record, which, typed, context)


# a value may be below nought: -2 is no option
@verb(
    "outcome.measure",
    "Measure an outcome of {id}",
    correctable=True,
    context_settings={"ignore_unknown_options": True},
)
@click.argument("which", metavar="OUTCOME")
@click.argument("value", metavar="VALUE", type=LINE)
@click.option("--date", "date", type=PAST, help="When (default today).")
@click.option("--by", type=LINE, help="Who measured: initials.")
@click.option("--note", type=WORDS, help="A note.")
@CYCLE
def measure(
    record: Record, context: Context, /, which: str, value: str, **typed: Any
) -> Act:
    """Enter where the pupil is now: a number, a word, an age (6:04) or a score."""
    return outcomes.measure_outcome(record, which, value, typed, context)


@list_verb(outcome)
@PUPIL
@CYCLE
@click.option("--all", "every", is_flag=True, help="Of every cycle.")
def list_(reading: Reading, /, who: str, cycle: str | None, *, every: bool) -> View:
    """List the outcomes of the open (or newest) cycle, numbered."""
    from sencli.documents.lists.cycle import outcomes_view

    return outcomes_view(reading.find(who), reading.files, cycle, every=every)
