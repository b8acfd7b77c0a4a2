"""``sen dual-registration``: other schools on whose roll the pupil is too."""

from __future__ import annotations

from typing import Any

import click

from sencli import terms
from sencli.cli.shell.app import App
from sencli.cli.shell.event import event
from sencli.cli.shell.lists import add_list
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import RESTRICTED
from sencli.cli.shell.options import UNTIL
from sencli.cli.shell.options import Pick
from sencli.cli.shell.options import stacked
from sencli.cli.shell.prompts import ask_for
from sencli.cli.shell.verbs import pupil_verbs
from sencli.core.people.context import Context
from sencli.core.pupil import arrange_dual as verbs
from sencli.core.record.act import Act
from sencli.core.record.types import Record

HERE = Pick(terms.REGISTRATIONS, "kind of registration", {"sub": "subsidiary"})
FIELDS = stacked(
    click.option(
        "--here", "registration", type=HERE, help="What the registration here is."
    ),
    click.option("--urn", type=LINE, help="The other school's URN, six digits."),
    click.option("--laestab", type=LINE, help="Its LAESTAB, seven digits."),
    click.option("--from", "--start", "from", type=DAY, help="From when."),
    click.option("--until", type=DAY, help="Last day, where it is known."),
    RESTRICTED,
)


@click.group()
def dual_registration() -> None:
    """Dual registration with another school: add, set, end, list."""


verb = pupil_verbs(dual_registration)


def _here(_app: App, _who: str, typed: dict[str, Any]) -> None:
    """Ask which of the two registrations is the main one."""
    if "registration" not in typed:
        asked = ("--here", "Is it main or subsidiary here", "main|subsidiary")
        typed["registration"] = ask_for(lambda t: HERE.convert(t, None, None), *asked)


@verb("dual.add", "Record a dual registration of {id}", before=_here)
@click.argument("school", type=LINE)
@FIELDS
def add(record: Record, context: Context, /, school: str, **typed: Any) -> Act:
    """Record that the pupil is on the roll of SCHOOL too, from today or --from.

    The census is told main (M) or subsidiary (S) as enrolment status.
    """
    return verbs.add_dual(record, school, typed, context)


@verb("dual.set", "Change a dual registration of {id}", correctable=True)
@click.argument("which", metavar="REGISTRATION")
@click.option("--school", type=LINE, help="The other school.")
@FIELDS
def set_(record: Record, _context: Context, /, which: str, **typed: Any) -> Act:
    """Change what is named: REGISTRATION is its number by date, or the school."""
    return verbs.set_dual(record, which, typed)


@verb(
    "dual.end",
    "End a dual registration of {id}",
    event("it ended", day="day"),
)
@click.argument("which", metavar="REGISTRATION")
@UNTIL
def end(record: Record, context: Context, /, which: str, day: str | None = None) -> Act:
    """End it: the pupil is on the roll of this school alone."""
    return verbs.set_dual(record, which, {"until": day or context.today})


add_list(
    dual_registration,
    "arrangements:dual_registrations",
    "List a pupil's dual registrations.",
)
