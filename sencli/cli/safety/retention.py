"""``sen retention``: when a leaver's record is looked at, holds, and decisions."""

from __future__ import annotations

from typing import Any

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.event import event
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import FUTURE
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import Pick
from sencli.cli.shell.options import listing
from sencli.cli.shell.options import writing
from sencli.cli.shell.verbs import needed
from sencli.cli.shell.verbs import pupil_verbs
from sencli.core.handover import retention as verbs
from sencli.core.people.context import SCHOOL
from sencli.core.people.context import Context
from sencli.core.record.act import Act
from sencli.core.record.types import Record
from sencli.errors import UsageFault


@click.group(invoke_without_command=True)
@click.pass_context
def retention(context: click.Context) -> None:
    """How long records are kept: list, policy, hold, end, decide.

    By itself it lists each leaver's record: when it is due for review, which are held
    and why. Nothing is erased by itself: a review is decided, and then sen erase.
    """
    if context.invoked_subcommand is None:
        context.invoke(list_)


verb = pupil_verbs(retention)


@verb(
    "retention.hold",
    "Hold the record of {id}",
    before=needed("reason", "--reason", "Why is it held?", "TEXT"),
)
@click.option("--reason", type=WORDS, help="Why nothing may be erased.")
@click.option("--by", type=LINE, help="Who says so.")
@click.option("--from", "from", type=DAY, help="From when (default today).")
@click.option("--until", type=FUTURE, help="Last day, where it is known.")
def hold(record: Record, context: Context, /, **typed: Any) -> Act:
    """Hold a record: while the hold stands sen erase refuses."""
    return verbs.hold(record, typed, context)


@verb("retention.end", "End a hold of {id}")
@click.argument("which", metavar="[HOLD]", required=False)
@click.option(
    "--date", "--until", "day", type=DAY, help="Its last day (default: over at once)."
)
def end(
    record: Record,
    context: Context,
    /,
    which: str | None = None,
    day: str | None = None,
) -> Act:
    """End a hold: HOLD is its number among those that stand, or words of its reason."""
    return verbs.end_hold(record, which, day, context.today)


@verb(
    "retention.decide",
    "Record a retention review of {id}",
    event("it was decided", opens=True),
    before=needed("reason", "--reason", "Why?", "TEXT"),
)
@click.argument(
    "decision",
    metavar="keep|erase",
    type=Pick({"keep": "keep it", "erase": "erase it"}, "decision", name="keep|erase"),
)
@click.option("--reason", type=WORDS, help="Why it was decided so.")
@click.option("--by", type=LINE, help="Who decided.")
@click.option("--date", type=PAST, help="When it was decided (default today).")
@click.option("--until", type=FUTURE, help="Until when it is kept; needed with keep.")
def decide(record: Record, context: Context, /, **typed: Any) -> Act:
    """Record the decision of a review: keep until a day, or erase.

    It erases nothing; that is sen erase, which names this decision.
    """
    return verbs.decide(record, typed, context)


_YEARS = click.IntRange(1, 100)


@retention.command("policy")
@click.option("--ehc", type=_YEARS, help="Years from birth, where an EHC plan stood.")
@click.option("--others", type=_YEARS, help="Years from birth, of other records.")
@click.option(
    "--passed-on",
    type=click.IntRange(-1, 100),
    help="Years from leaving, once the next school has it; -1: as the others.",
)
@writing
@pass_app
def policy(
    app: App, *, ehc: int | None, others: int | None, passed_on: int | None, fmt: str
) -> None:
    """Set the school's own policy; by default 31 and 25 years from birth.

    A school that passed the record on, as a primary does, keeps less: --passed-on 1.
    """
    from sencli.cli.shell.writing import save_file

    typed = {
        "retention_ehc_years": ehc,
        "retention_years": others,
        "retention_passed_on_years": passed_on,
    }
    named = {name: years for name, years in typed.items() if years is not None}
    if not named:
        raise UsageFault(
            "Say what is to change.",
            "sen retention policy --ehc NUMBER --others NUMBER --passed-on NUMBER",
        )

    def work(school: Record) -> Act:
        return verbs.set_policy(school, named)

    subject = "Set how long records are kept"
    save_file(app, SCHOOL, work, action="school.set", subject=subject, fmt=fmt)


@retention.command("list")
@click.argument("who", metavar="[PUPIL]", required=False)
@listing
@pass_app
def list_(
    app: App,
    *,
    who: str | None = None,
    fmt: str | None = None,
    output: str | None = None,
    force: bool = False,
) -> None:
    """List leavers' records: when each is due for review, which are held, and why."""
    from sencli.cli.shell.output import emit
    from sencli.core.audit.erasure import FOLDER
    from sencli.core.handover.retention_clock import listed
    from sencli.core.school.settings import settings
    from sencli.documents.lists.retention import retention_list

    reading = app.read(listing=True)
    chosen = settings(reading.school)
    records = [reading.find(who)] if who else list(reading.pupils())
    rows = [listed(record, chosen, reading.day) for record in records]
    # who is on roll and held would otherwise be seen nowhere
    shown = [r for r in rows if who or r["state"] != "on roll" or r["holds"]]
    erased = sum(1 for _ in (app.repo.root / FOLDER).glob("*"))
    view = retention_list(shown, chosen, reading.school, reading.day, erased)
    emit(app, [view], fmt, output, force=force)
