"""``sen intervention``: what a pupil is given, how much, and between which dates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import Any

import click

from sencli.cli.shell.event import Question
from sencli.cli.shell.event import event
from sencli.cli.shell.lazy import Verbs
from sencli.cli.shell.lists import PUPIL
from sencli.cli.shell.lists import list_verb
from sencli.cli.shell.options import CYCLE
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import FUTURE
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import MONEY
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import RESTRICTED
from sencli.cli.shell.options import TIER
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import Pick
from sencli.cli.shell.options import stacked
from sencli.cli.shell.verbs import pupil_verbs
from sencli.core.cycle import interventions
from sencli.core.people.context import GROUPS
from sencli.core.people.context import PROVISIONS
from sencli.core.people.context import Context
from sencli.core.provision.catalogue import find_provision
from sencli.core.record.act import Act
from sencli.core.record.edit import the_cycle
from sencli.core.record.types import Record
from sencli.core.time.calendar import DAYS
from sencli.errors import InvalidValue

if TYPE_CHECKING:
    from sencli.cli.shell.app import Reading
    from sencli.documents.view import View

FUNDING = {
    "core": "core budget",
    "notional": "notional SEN budget",
    "top_up": "top-up",
    "pupil_premium": "pupil premium",
    "imf": "Inclusive Mainstream Fund",
    "other": "other",
}

MOST_A_WEEK = 50


class Weekdays(click.ParamType[list[str]]):
    """Days of the week, parted by commas."""

    name = "days"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> list[str]:
        """``mon,wed`` in order."""
        del param, ctx
        words = re.split(r"[,\s]+", str(value).casefold().strip(", "))
        found = {word[:3] for word in words}
        if not found or not found <= set(DAYS):
            raise InvalidValue(
                f"{value!r} are not days of the school week.",
                "Write days like this: mon,wed,fri",
            )
        return [day for day in DAYS if day in found]


class Clock(click.ParamType[str]):
    """A time of day."""

    name = "time"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """``09:30``."""
        del param, ctx
        m = re.fullmatch(r"([01]?\d|2[0-3])[:.]([0-5]\d)", str(value).strip())
        if m is None:
            raise InvalidValue(
                f"{value!r} is not a time of day.", "Write a time like this: 09:30"
            )
        return f"{int(m[1]):02d}:{m[2]}"


class Often(click.ParamType[Any]):
    """How many sessions a week: 3, or 0.5 for every other week."""

    name = "number"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> int | float:
        """A whole number where it is one."""
        del param, ctx
        try:
            often = float(value)
        except ValueError:
            often = 0.0
        if not 0 < often <= MOST_A_WEEK:
            raise InvalidValue(
                f"{value!r} is not a number of sessions a week.",
                "Type a number: 3, or 0.5 for one every other week.",
            )
        return int(often) if often.is_integer() else often


DOSE = stacked(
    click.option(
        "--led-by", type=LINE, multiple=True, help="Who leads it: initials, TA2,KM."
    ),
    click.option("--role", type=LINE, help="The role, where no person is named."),
    click.option("--minutes", type=click.IntRange(1, 600), help="Minutes a session."),
    click.option("--sessions-per-week", type=Often(), help="Sessions a week."),
    click.option(
        "--group-size",
        type=click.IntRange(1, 60),
        help="Pupils who share the adult, as planned.",
    ),
    click.option("--days", type=Weekdays(), help="Days of the week: mon,wed."),
    click.option("--time", type=Clock(), help="Time of day: 09:30."),
)
FIELDS = stacked(
    click.option(
        "--outcome", type=LINE, multiple=True, help="Outcomes it serves: 1,2."
    ),
    DOSE,
    click.option("--group", type=LINE, help="The group; a new name makes it."),
    click.option("--start", type=DAY, help="First day (default the plan's)."),
    click.option("--end", type=FUTURE, help="Last day."),
    click.option("--tier", type=TIER, help="Layer of support."),
    click.option("--expected-impact", type=WORDS, help="What we expect of it."),
    click.option("--within", type=LINE, help="The intervention it is a part of."),
    click.option(
        "--section-f", type=LINE, help="The EHC plan's provision it delivers."
    ),
    click.option(
        "--other-cost", "other_cost_pence", type=MONEY, help="Resources, in pounds."
    ),
    click.option("--funding-source", type=Pick(FUNDING, "source"), help="Who pays."),
    click.option("--class-link", type=WORDS, help="How class work takes it up."),
    RESTRICTED,
)


@click.group(cls=Verbs, aliases={"change": "set"})
def intervention() -> None:
    """Interventions: add, set, end, list."""


verb = pupil_verbs(intervention, PROVISIONS, GROUPS)


@verb("intervention.add", "Add an intervention for {id}")
@click.argument("provision", metavar="PROVISION", type=LINE)
@FIELDS
@click.option(
    "--weeks", type=click.IntRange(1, 60), help="School weeks, in place of --end."
)
@CYCLE
def add(record: Record, context: Context, /, provision: str, **typed: Any) -> Act:
    """Add an intervention: PROVISION is its key or part of its name.

    What is not typed of its dose is taken from the catalogue's usual.
    """
    the_cycle(record, typed.get("cycle"), open_only=True)  # told before the name
    entry = find_provision(provision, context.catalogue)
    return interventions.give(record, entry, typed, context)


@verb(
    "intervention.change",
    "Change an intervention of {id}",
    name="set",
    correctable=True,
    own_reason=True,
)
@click.argument("which", metavar="INTERVENTION")
@click.option("--from", "from", type=DAY, help="From when (default today).")
@FIELDS
@CYCLE
@click.option("--reason", type=WORDS, help="Why.")
def set_(record: Record, context: Context, /, which: str, **typed: Any) -> Act:
    """Change the dose from a day on, or amend what is named.

    With --correct the dose in force is put right as if it had always been so.
    """
    return interventions.alter(record, which, typed, context)


@verb(
    "intervention.end",
    "End an intervention of {id}",
    event("it ended", then=(Question("reason", "Why"),)),
    correctable=True,
    own_reason=True,
)
@click.argument("which", metavar="INTERVENTION")
@click.option("--date", "date", type=PAST, help="Last day (default today).")
@click.option("--reason", type=WORDS, help="Why it ends.")
@CYCLE
def end(record: Record, context: Context, /, which: str, **typed: Any) -> Act:
    """End an intervention on a day, and say why."""
    return interventions.end_intervention(
        record, which, context.provisions, typed, context
    )


@list_verb(intervention)
@PUPIL
@CYCLE
@click.option("--all", "every", is_flag=True, help="Of every cycle.")
def list_(reading: Reading, /, who: str, cycle: str | None, *, every: bool) -> View:
    """List the interventions of the open (or newest) cycle, numbered."""
    from sencli.documents.lists.cycle import interventions_view

    return interventions_view(reading.find(who), reading.files, cycle, every=every)
