"""Import commands on first use, for quick start-up."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import ClassVar

import click


def command_at(target: str) -> click.Command:
    """The command at ``module:attribute`` under ``sencli.cli``."""
    module, _, attribute = target.partition(":")
    found = getattr(importlib.import_module(f"sencli.cli.{module}"), attribute)
    if not isinstance(found, click.Command):
        raise TypeError(target)
    return found


class LazyVerbs(click.Group):
    """A noun with its verbs.

    Attributes:
        verbs: name to where it is (``module:attribute`` under ``sencli.cli``), in the
            order in which the help lists them, after those that are here already.
    """

    verbs: ClassVar[Mapping[str, str]] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in their own order, after those that are loaded."""
        return [*super().list_commands(ctx), *self.verbs]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module that holds the verb."""
        target = self.verbs.get(cmd_name)
        if target is None:
            return super().get_command(ctx, cmd_name)
        return command_at(target)
