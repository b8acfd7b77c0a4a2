"""``sen group``: teaching groups."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.lists import list_verb
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import stacked
from sencli.cli.shell.options import writing
from sencli.cli.shell.writing import save_file
from sencli.core.cycle import groups
from sencli.core.people.context import GROUPS
from sencli.core.provision.catalogue import find_provision
from sencli.core.record.act import Act
from sencli.core.record.types import Record

if TYPE_CHECKING:
    from sencli.cli.shell.app import Reading
    from sencli.documents.view import View


FIELDS = stacked(
    click.option("--provision", metavar="KEY", help="What it is for."),
    click.option("--from", "from", type=DAY, help="First day."),
    click.option("--until", type=DAY, help="Last day."),
    click.option("--note", type=LINE, help="A note."),
)


@click.group()
def group() -> None:
    """Teaching groups: add, change, list."""


@group.command("add")
@click.argument("name", type=LINE)
@FIELDS
@writing
@pass_app
def add(app: App, /, name: str, fmt: str, **typed: Any) -> None:
    """Make a group; never name it after a pupil."""

    def verb(found: Record) -> Act:
        return groups.add_group(
            found, name, _with_provision_key(app, typed), app.new_ids(found)
        )

    save_file(
        app,
        GROUPS,
        verb,
        action="group.add",
        subject="Make a teaching group",
        fmt=fmt,
    )


@group.command("change")
@click.argument("which", metavar="GROUP")
@click.option("--name", type=LINE, help="Another name.")
@FIELDS
@writing
@pass_app
def change(app: App, /, which: str, fmt: str, **typed: Any) -> None:
    """Change the name, the provision or the dates of a group."""

    def verb(found: Record) -> Act:
        return groups.change_group(found, which, _with_provision_key(app, typed))

    save_file(
        app,
        GROUPS,
        verb,
        action="group.change",
        subject="Change a teaching group",
        fmt=fmt,
    )


def _with_provision_key(app: App, typed: dict[str, Any]) -> dict[str, Any]:
    """What was typed, with the key of the provision that was named."""
    if typed["provision"] is None:
        return typed
    found = find_provision(typed["provision"], app.repo.provisions())
    return {**typed, "provision": found["key"]}


@list_verb(group)
@click.option("--all", "everything", is_flag=True, help="Those that have ended too.")
def list_(reading: Reading, /, *, everything: bool) -> View:
    """List the groups with their members on the day."""
    from sencli.documents.lists.school import group_list

    school, day = reading.school, reading.day
    found = groups.members(reading.pupils(), day)
    return group_list(reading.groups, found, school, day, everything=everything)
