"""``sen attendance``: attendance by term."""

from __future__ import annotations

from typing import Any

import click

from sencli.cli.shell.amounts import ATTENDED
from sencli.cli.shell.amounts import PERCENT
from sencli.cli.shell.amounts import POSSIBLE
from sencli.cli.shell.app import App
from sencli.cli.shell.lists import add_list
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import PAST
from sencli.cli.shell.prompts import ask_for
from sencli.cli.shell.verbs import pupil_verbs
from sencli.core.people.context import Context
from sencli.core.pupil.set_attendance import set_attendance
from sencli.core.record.act import Act
from sencli.core.record.types import Record


@click.group()
def attendance() -> None:
    """Attendance by term, in per cent: set, list."""


verb = pupil_verbs(attendance)


_SAID = {"percent", "sessions_possible", "sessions_attended", "source", "date"}


def _figure(_app: App, _who: str, typed: dict[str, Any]) -> None:
    """Ask for the per cent where nothing at all was said of the term."""
    if _SAID.isdisjoint(typed):
        read = PERCENT.amount.read
        typed["percent"] = ask_for(read, "PERCENT", "Per cent, such as 91.3", "91.3")


@verb(
    "attendance.set",
    "Record attendance of {id}",
    correctable=True,
    before=_figure,
)
@click.argument("percent", metavar="[PERCENT]", type=PERCENT, required=False)
@click.option("--term", type=LINE, help='As "autumn 2025" (default: this one).')
@click.option(
    *("--possible", "sessions_possible"),
    type=POSSIBLE,
    help="Sessions (half days) possible.",
)
@click.option(
    *("--attended", "sessions_attended"),
    type=ATTENDED,
    help="Sessions (half days) attended.",
)
@click.option("--source", type=LINE, help="Where it comes from.")
@click.option(
    "--date", type=PAST, help="Day of the figure (default today, or the term's last)."
)
def set_(record: Record, context: Context, /, **typed: Any) -> Act:
    """Record the per cent of a term, as 91.3; the same term again amends it.

    With --possible and --attended the per cent is worked out.
    """
    return set_attendance(record, typed, context)


add_list(attendance, "arrangements:attendance", "List a pupil's attendance by term.")
