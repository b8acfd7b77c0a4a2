"""``sen departure``: guidance that is not followed for a pupil, and why."""

from __future__ import annotations

from typing import Any

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.event import event
from sencli.cli.shell.lists import add_list
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import FUTURE
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.verbs import needed
from sencli.cli.shell.verbs import pupil_verbs
from sencli.core.people.context import Context
from sencli.core.pupil import departures
from sencli.core.record.act import Act
from sencli.core.record.types import Record


@click.group()
def departure() -> None:
    """Guidance that is not followed for a pupil, and why: add, end, list."""


verb = pupil_verbs(departure)


def _why(app: App, who: str, typed: dict[str, Any]) -> None:
    """Ask why, of guidance of which it is not recorded yet."""
    from sencli.core.text.folding import same

    known = departures.departures(app.repo.pupil(app.pupil_id(who)))
    if not any(same(entry["guidance"], typed["guidance"]) for entry in known):
        asked = "Why it is not followed, for the family"
        needed("explanation", "--because", asked, "THE REASON")(app, who, typed)


@verb(
    "departure.add",
    "Record a departure from guidance for {id}",
    correctable=True,
    before=_why,
)
@click.argument("guidance", type=LINE)
@click.option("--because", "explanation", type=WORDS, help="Why, for the family.")
@click.option("--instead", type=WORDS, help="What is done instead.")
@click.option("--by", type=LINE, help="Who decided.")
@click.option("--date", type=PAST, help="When it was decided (default today).")
@click.option("--until", type=FUTURE, help="Until when it holds.")
def add(record: Record, context: Context, /, guidance: str, **typed: Any) -> Act:
    """Record that GUIDANCE is not followed for PUPIL, and why.

    GUIDANCE is what the school must have regard to, as "SEND Code of Practice 6.52";
    typed again, what is named is changed. The support plan by layer shows it to the
    family (sen print isp PUPIL).
    """
    return departures.add_departure(record, guidance, typed, context)


@verb(
    "departure.end",
    "End a departure from guidance for {id}",
    event("it ended", day="day"),
)
@click.argument("which", metavar="DEPARTURE")
@click.option("--date", "--until", "day", type=DAY, help="Last day (default today).")
def end(record: Record, context: Context, /, which: str, day: str | None = None) -> Act:
    """End a departure: DEPARTURE is its number, or words of the guidance."""
    return departures.end_departure(record, which, day or context.today)


add_list(departure, "pupil:departures", "List what guidance is not followed, and why.")
