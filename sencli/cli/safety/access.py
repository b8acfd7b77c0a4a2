"""``sen access``: who asked for what is held, the clock, and how it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.event import event
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import Pick
from sencli.cli.shell.options import listing
from sencli.cli.shell.options import stacked
from sencli.cli.shell.verbs import needed
from sencli.cli.shell.verbs import pupil_verbs
from sencli.core.handover import access as verbs
from sencli.core.handover import access_clock as clock
from sencli.core.people.context import Context
from sencli.core.record.act import Act
from sencli.core.record.types import Record

if TYPE_CHECKING:
    from sencli.core.statutory.deadlines import BankHolidays

KIND = click.option(
    "--kind",
    type=Pick(
        clock.KINDS,
        "kind of request",
        {"subject-access": clock.SUBJECT, "educational-record": clock.EDUCATIONAL},
    ),
    help="What is asked for (default subject_access).",
)
WHICH = click.option(
    "--request",
    "which",
    type=LINE,
    metavar="REQUEST",
    help="Which request: its number (default the open one).",
)
_FIELDS = stacked(
    KIND,
    click.option("--how", type=LINE, help="How it came, as by email."),
    click.option(
        "--identity-asked", type=PAST, help="When proof of identity was asked for."
    ),
    click.option(
        "--identity-checked", type=PAST, help="When we were sure who was asking."
    ),
)


@click.group()
def access() -> None:
    """Requests for what is held on a pupil: add, set, extend, end, list."""


verb = pupil_verbs(access)


@verb(
    "access.add",
    "Record a request for what is held about {id}",
    event("the request came", opens=True),
    before=needed("by", "--by", "Who asks (pupil, a contact, a name)?", "WHO"),
)
@click.option("--by", metavar="PERSON", help="Who asks: pupil, a contact, or a name.")
@click.option("--date", type=PAST, help="When it came (default today).")
@_FIELDS
def add(record: Record, context: Context, /, **typed: Any) -> Act:
    """Record that somebody asks for what is held on PUPIL.

    The clock runs from the day it came: one calendar month for access under UK GDPR,
    15 school days for a parent's own right to the educational record of a maintained
    school. It stands in sen due until it is answered.
    """
    return verbs.add(record, typed, context)


@verb("access.set", "Change a request for what is held about {id}")
@WHICH
@click.option("--by", metavar="PERSON", help="Who asks.")
@click.option("--date", type=PAST, help="When it came.")
@_FIELDS
@click.option(
    "--reason", type=WORDS, help="What is withheld, in general terms, for the pack."
)
def set_(
    record: Record, context: Context, /, which: str | None = None, **typed: Any
) -> Act:
    """Change the open request, as when proof of identity has come."""
    return verbs.change(record, which, typed, context)


@verb(
    "access.extend",
    "Extend a request for what is held about {id}",
    event("whoever asks was told", opens=True),
    before=needed("reason", "--reason", "Why is it complex?", "TEXT"),
)
@WHICH
@click.option("--date", type=PAST, help="When they were told (default today).")
@click.option("--reason", type=WORDS, help="Why it is complex, as they were told.")
def extend(
    record: Record, context: Context, /, which: str | None = None, **typed: Any
) -> Act:
    """Take two months more for a complex request; they are told within the first."""
    return verbs.extend(record, which, typed, context, _bank_holidays())


@verb(
    "access.end",
    "End a request for what is held about {id}",
    event("it was answered", certain=True),
    before=needed("answer", "--answer", "sent, refused or withdrawn?", "sent"),
)
@WHICH
@click.option(
    "--answer",
    type=Pick(clock.ANSWERS, "answer", name="sent|refused|withdrawn"),
    help="How it ended.",
)
@click.option("--date", type=PAST, help="When (default today).")
@click.option("--reason", type=WORDS, help="Why, as they were told.")
def end(
    record: Record, context: Context, /, which: str | None = None, **typed: Any
) -> Act:
    """End a request: sent, refused with a reason, or taken back.

    A pack that sen export subject-access wrote with --sent is ended by that.
    """
    return verbs.end(record, which, typed, context)


def _bank_holidays() -> BankHolidays:
    from sencli.core.statutory.deadlines import BankHolidays

    return BankHolidays()


@access.command("list")
@click.argument("who", metavar="[PUPIL]", required=False)
@click.option("--all", "every", is_flag=True, help="Those that are answered too.")
@listing
@pass_app
def list_(
    app: App,
    *,
    who: str | None,
    every: bool,
    fmt: str | None,
    output: str | None,
    force: bool,
) -> None:
    """List the requests: of one pupil all, of everybody those that are open."""
    from sencli.cli.shell.output import emit
    from sencli.core.statutory.deadlines import SchoolDays
    from sencli.documents.lists.retention import access_list

    reading = app.read(listing=True)
    holidays = _bank_holidays()
    days = SchoolDays(reading.school.get("terms", ()), holidays)
    records = [reading.find(who)] if who else list(reading.pupils())
    rows = [
        row
        for record in records
        for row in clock.listed(record, days, holidays, every=bool(who) or every)
    ]
    view = access_list(rows, reading.school, reading.day)
    emit(app, [view], fmt, output, force=force)
