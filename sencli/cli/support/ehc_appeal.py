"""``sen ehc appeal``: mediation and appeals against the authority's decision."""

from __future__ import annotations

from typing import Any

import click

from sencli.cli.shell.event import Question
from sencli.cli.shell.event import event
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import Pick
from sencli.cli.shell.verbs import pupil_verbs
from sencli.core.people.context import Context
from sencli.core.record.act import Act
from sencli.core.record.types import Record
from sencli.core.statutory import appeals
from sencli.core.statutory import record_appeal

AGAINST = Pick(
    appeals.AGAINST, "decision", record_appeal.AGAINST_WORDS, name="decision"
)
RESULT = Pick(appeals.RESULTS, "result", name="result")


@pupil_verbs()(
    "ehc.appeal",
    "Record mediation or an appeal for {id}",
    event(
        "the appeal went to the Tribunal",
        day="appealed",
        dated=("certificate", "mediation", "ended"),
        enough=("note",),
        then=(Question("against", "Against which decision"),),
    ),
    correctable=True,
)
@click.option(
    "--against",
    type=AGAINST,
    help="not_assess, not_issue, plan, not_amend or cease (default: the newest).",
)
@click.option("--told", type=PAST, help="The day of the decision, where several.")
@click.option("--certificate", type=PAST, help="Day of the mediation certificate.")
@click.option("--mediation", type=PAST, help="When mediation was held.")
@click.option("--appealed", type=PAST, help="When the appeal went to the Tribunal.")
@click.option("--ended", type=PAST, help="When it ended.")
@click.option(
    "--result",
    type=RESULT,
    help="agreed, withdrawn, conceded, allowed or dismissed.",
)
@click.option("--note", type=WORDS, help="Anything else.")
def appeal(record: Record, context: Context, /, **typed: Any) -> Act:
    """Record the family's mediation or appeal against a decision, and its two clocks.

    The certificate: within two months of the decision. The appeal: within two months of
    the decision or one month of the certificate, the later.
    """
    return record_appeal.record_appeal(record, typed, context)
