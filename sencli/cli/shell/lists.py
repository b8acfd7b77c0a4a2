"""The ``list`` command of a group, with ``--as-at`` and ``--known-at``."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING
from typing import Any

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.options import clocks
from sencli.cli.shell.options import listing

if TYPE_CHECKING:
    from sencli.cli.shell.app import Reading
    from sencli.documents.view import View

PUPIL = click.argument("who", metavar="PUPIL")


def list_verb(
    group: click.Group,
) -> Callable[[Callable[..., View]], click.Command]:
    """Make the group's ``list`` of a function ``(reading, **options) -> View``.

    The clocks, the formats and what is printed come from here.

    Args:
        group: the group of commands.
    """

    def make(function: Callable[..., View]) -> click.Command:
        def run(
            app: App,
            /,
            as_at: str | None,
            known_at: str | None,
            fmt: str | None,
            output: str | None,
            force: bool,
            **typed: Any,
        ) -> None:
            from sencli.cli.shell.output import emit

            view = function(app.read(known_at, as_at), **typed)
            emit(app, [view], fmt, output, force=force)

        run.__doc__ = function.__doc__
        command: Any = clocks(listing(pass_app(run)))
        command.__click_params__ += getattr(function, "__click_params__", [])
        return group.command("list")(command)

    return make


def add_list(group: click.Group, where: str, doc: str) -> None:
    """Give the group its ``list`` of what one record says.

    Args:
        group: the group of commands.
        where: what makes the list from a record, the school and the day:
            ``module:function`` in ``documents.lists``, imported when it is asked for.
        doc: the command's help.
    """

    def listed(reading: Reading, who: str) -> View:
        module, _, function = where.partition(":")
        build = getattr(import_module(f"sencli.documents.lists.{module}"), function)
        view: View = build(reading.find(who), reading.school, reading.day)
        return view

    listed.__doc__ = doc
    list_verb(group)(PUPIL(listed))
