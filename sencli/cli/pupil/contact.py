"""``sen contact``: parents, carers and others."""

from __future__ import annotations

from typing import Any

import click

from sencli import terms
from sencli.cli.shell.event import event
from sencli.cli.shell.lists import add_list
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import UNTIL
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import Pick
from sencli.cli.shell.options import stacked
from sencli.cli.shell.verbs import pupil_verbs
from sencli.core.people import contacts
from sencli.core.people.context import Context
from sencli.core.record.act import Act
from sencli.core.record.types import Record

# What can be said of a contact; each by the name of its field.
FIELDS = stacked(
    click.option("--title", type=LINE, help="Mr, Mrs, Ms, Dr ..."),
    click.option(
        "--form-of-address",
        type=LINE,
        help="What follows Dear in letters, if not title and family name.",
    ),
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
    click.option(
        "--large-print/--no-large-print",
        default=None,
        help="Whether papers for the person are in large print.",
    ),
    click.option(
        "--involved/--not-involved",
        default=None,
        help="Whether the young person agrees to have the person involved.",
    ),
    click.option(
        "--acts-for-pupil/--not-acts-for-pupil",
        default=None,
        help="Whether the person acts for a young person who cannot decide.",
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


verb = pupil_verbs(contact)


@verb("contact.add", "Add a contact of {id}")
@click.argument("name", type=LINE)
@FIELDS
@click.option("--from", "since", type=DAY, help="From when.")
def add(
    record: Record,
    context: Context,
    /,
    name: str,
    since: str | None = None,
    **typed: Any,
) -> Act:
    """Add a contact of PUPIL by full NAME."""
    return contacts.add_contact(
        record, name, typed, context.today, context.new_id, since
    )


@verb("contact.set", "Change a contact of {id}", correctable=True)
@click.argument("which", metavar="CONTACT")
@click.option("--name", type=LINE, help="Full name.")
@FIELDS
@click.option("--from", "since", type=DAY, help="From when (default today).")
def set_(
    record: Record,
    context: Context,
    /,
    which: str,
    since: str | None = None,
    **typed: Any,
) -> Act:
    """Change a contact from a day on: CONTACT is part of the name or "mother".

    With --correct it is put right as if it had always been so.
    """
    return contacts.set_contact(
        record, which, typed, context.today, since, in_place=context.correct
    )


@verb("contact.end", "End a contact of {id}", event("it ended", day="day"))
@click.argument("which", metavar="CONTACT")
@UNTIL
def end(record: Record, context: Context, /, which: str, day: str | None = None) -> Act:
    """End a contact: the person stays in the record and on no new paper."""
    return contacts.end_contact(record, which, day or context.today)


add_list(contact, "pupil:contacts", "List a pupil's contacts, ended ones too.")
