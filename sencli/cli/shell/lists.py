"""Add a ``list`` command to a group, with ``--as-at`` and ``--known-at``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.options import clocks
from sencli.cli.shell.options import listing

if TYPE_CHECKING:
    from sencli.core.record.types import Record
    from sencli.documents.view import View

Build = Callable[["Record", "Record", str], "View"]


def add_list(group: click.Group, build: Build, doc: str) -> None:
    """Give the group its ``list``.

    Args:
        group: the group of commands.
        build: makes the list from a record, the school and the day.
        doc: the command's help.
    """

    @group.command("list", help=doc)
    @click.argument("who", metavar="PUPIL")
    @clocks
    @listing
    @pass_app
    def list_(
        app: App,
        *,
        who: str,
        as_at: str | None,
        known_at: str | None,
        fmt: str | None,
        output: str | None,
        force: bool,
    ) -> None:
        from sencli.cli.shell.output import emit

        reading = app.read(known_at, as_at)
        view = build(reading.find(who), reading.school, reading.day)
        emit(app, [view], fmt, output, force=force)


def of_record(name: str) -> Build:
    """A list of ``record_lists`` by name, imported when it is asked for."""

    def build(record: Record, school: Record, day: str) -> View:
        from sencli.documents.lists import pupil as record_lists

        made: View = getattr(record_lists, name)(record, school, day)
        return made

    return build
