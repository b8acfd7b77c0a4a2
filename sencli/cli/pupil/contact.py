"""``sen contact``: parents, carers and others."""

from __future__ import annotations

from typing import Any

import click

from sencli import terms
from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.event import event
from sencli.cli.shell.lists import add_list
from sencli.cli.shell.lists import of_record
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import Pick
from sencli.cli.shell.options import correcting
from sencli.cli.shell.options import stacked
from sencli.cli.shell.options import writing
from sencli.cli.shell.writing import Manner
from sencli.cli.shell.writing import save_pupil
from sencli.core.people import contacts
from sencli.core.record.act import Act
from sencli.core.record.types import Record

# What can be said of a contact; each by the name of its field.
FIELDS = stacked(
    click.option("--relationship", type=LINE, help="mother, father, carer ..."),
    click.option(
        "--parental-responsibility/--no-parental-responsibility",
        default=None,
        help="Whether the person holds it.",
    ),
    click.option(
        "--lives-with/--not-lives-with",
        default=None,
        help="Whether the pupil lives there.",
    ),
    click.option(
        "--sharing",
        type=Pick(terms.SHARING, "way of sharing"),
        help="What may be shared: everything, only what is agreed, or nothing.",
    ),
    click.option("--language", type=LINE, help="Language for letters and talk."),
    click.option(
        "--interpreter/--no-interpreter",
        default=None,
        help="Whether one is needed.",
    ),
    click.option("--telephone", "--phone", type=LINE, help="Telephone."),
    click.option("--email", type=LINE, help="E-mail."),
    click.option("--address", type=WORDS, help="Postal address."),
    click.option("--note", type=WORDS, help="Anything else to know."),
    click.option(
        "--restricted/--not-restricted",
        default=None,
        help="Keep the person off every paper.",
    ),
)


@click.group()
def contact() -> None:
    """Parents and carers: add, set, end, list."""


@contact.command("add")
@click.argument("who", metavar="PUPIL")
@click.argument("name", type=LINE)
@FIELDS
@click.option("--from", "since", type=DAY, help="From when.")
@writing
@pass_app
def add(
    app: App, /, who: str, name: str, since: str | None, fmt: str, **named: Any
) -> None:
    """Add a contact of PUPIL by full NAME."""

    def verb(record: Record) -> Act:
        return contacts.add_contact(
            record, name, named, app.today, app.new_ids(record), since
        )

    save_pupil(
        app,
        who,
        verb,
        action="contact.add",
        subject="Add a contact of {id}",
        manner=Manner(fmt),
    )


@contact.command("set")
@click.argument("who", metavar="PUPIL")
@click.argument("which", metavar="CONTACT")
@click.option("--name", type=LINE, help="Full name.")
@FIELDS
@click.option("--from", "since", type=DAY, help="From when (default today).")
@click.option("--reason", type=WORDS, help="Why, for a correction.")
@correcting
@writing
@pass_app
def set_(
    app: App,
    /,
    who: str,
    which: str,
    since: str | None,
    reason: str | None,
    correct: bool,
    fmt: str,
    **named: Any,
) -> None:
    """Change a contact from a day on: CONTACT is part of the name or "mother".

    With --correct it is put right as if it had always been so.
    """

    def verb(record: Record) -> Act:
        return contacts.set_contact(
            record, which, named, app.today, since, in_place=correct
        )

    save_pupil(
        app,
        who,
        verb,
        action="contact.set",
        subject="Change a contact of {id}",
        manner=Manner(fmt, correct, reason),
    )


@contact.command("end")
@click.argument("who", metavar="PUPIL")
@click.argument("which", metavar="CONTACT")
@click.option("--date", "--until", "day", type=DAY, help="Last day (default today).")
@writing
@event("it ended", day="day")
@pass_app
def end(app: App, *, who: str, which: str, day: str | None, fmt: str) -> None:
    """End a contact: the person stays in the record and on no new paper."""
    save_pupil(
        app,
        who,
        lambda record: contacts.end_contact(record, which, day or app.today),
        action="contact.end",
        subject="End a contact of {id}",
        manner=Manner(fmt),
    )


add_list(contact, of_record("contacts"), "List a pupil's contacts, ended ones too.")
