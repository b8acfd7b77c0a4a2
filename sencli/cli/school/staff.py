"""``sen staff``: members of staff and their roles over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sencli import terms
from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.lists import list_verb
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import Pick
from sencli.cli.shell.options import stacked
from sencli.cli.shell.options import writing
from sencli.cli.shell.prompts import ask
from sencli.cli.shell.writing import save_file
from sencli.core.people import staff as staffing
from sencli.core.people.context import SCHOOL
from sencli.core.record.act import Act
from sencli.core.record.types import Record

if TYPE_CHECKING:
    from sencli.cli.shell.app import Reading
    from sencli.documents.view import View


SENCO = stacked(
    click.option(
        "--senco-since", "appointed", type=PAST, help="First appointed as a SENCO."
    ),
    click.option("--npq-started", "started", type=PAST, help="SENCO's course began."),
    click.option("--npq-awarded", "awarded", type=PAST, help="SENCO's award."),
    click.option(
        "--qualification",
        type=Pick(terms.QUALIFICATIONS, "qualification", name="qualification"),
        help="npq_senco, or nasenco (the award before it).",
    ),
    click.option(
        "--no-qualification", "clear", is_flag=True, help="Take out what was recorded."
    ),
)


@click.group()
def staff() -> None:
    """Staff and their roles: add, set, list."""


@staff.command("add")
@click.argument("initials")
@click.option("--name", type=LINE, help="The name as it stands on paper.")
@click.option("--role", type=LINE, help="teacher, TA, HLTA, SENCO ...")
@click.option("--class", "class_", type=LINE, help="Class, for a class teacher.")
@click.option("--from", "since", type=DAY, help="In this role from that day.")
@writing
@pass_app
def add(
    app: App,
    *,
    initials: str,
    name: str | None,
    role: str | None,
    class_: str | None,
    since: str | None,
    fmt: str,
) -> None:
    """Add a member of staff under INITIALS of their own."""
    named = ask(name, "--name", "Name", "NAME")
    fields = {"role": role, "from": since, "class": class_}
    save_file(
        app,
        SCHOOL,
        lambda school: staffing.add_staff(
            school, initials.strip(), named, fields, app.today
        ),
        action="staff.add",
        subject="Add a member of staff",
        fmt=fmt,
    )


@staff.command("set")
@click.argument("who", metavar="INITIALS")
@click.option("--name", type=LINE, help="Another name.")
@click.option("--role", type=LINE, help="Another role.")
@click.option("--class", "class_", type=LINE, help="Another class.")
@click.option("--from", "since", type=DAY, help="From that day (default today).")
@click.option("--left", type=DAY, help="Last day here.")
@click.option("--training", type=LINE, multiple=True, help="Training had (repeatable).")
@SENCO
@writing
@pass_app
def set_(
    app: App,
    *,
    who: str,
    name: str | None,
    role: str | None,
    class_: str | None,
    since: str | None,
    left: str | None,
    training: tuple[str, ...],
    appointed: str | None,
    started: str | None,
    awarded: str | None,
    qualification: str | None,
    clear: bool,
    fmt: str,
) -> None:
    """Change the name, role, class, training or SENCO's award of a member of staff."""
    fields = {"role": role, "from": since, "class": class_}
    npq = {
        "appointed": appointed,
        "qualification": qualification,
        "started": started,
        "awarded": awarded,
    }

    def change(school: Record) -> Act:
        if not (clear or any(npq.values())):
            return plain(school)
        if name or role or class_ or left or training:
            school = plain(school).record
        return staffing.set_qualification(school, who, npq, app.today, clear=clear)

    def plain(school: Record) -> Act:
        if not training:
            return staffing.set_staff(school, who, name, fields, app.today, left)
        other = name or role or class_ or left
        if other:
            if not (role or class_):
                fields["from"] = None  # it is the day of the training
            act = staffing.set_staff(school, who, name, fields, app.today, left)
            school = act.record
        return staffing.add_training(school, who, training, since or app.today)

    save_file(
        app,
        SCHOOL,
        change,
        action="staff.set",
        subject="Change a member of staff",
        fmt=fmt,
    )


@list_verb(staff)
def list_(reading: Reading, /) -> View:
    """List staff with their roles on the day."""
    from sencli.documents.lists.school import staff as build

    return build(reading.school, reading.day)
