"""``sen pupil``: who they are, and what holds for the whole record."""

from __future__ import annotations

import click

from sencli.cli.pupil_add import add


@click.group()
def pupil() -> None:
    """Pupils: add, list, show, set, edit, leave."""


for command in (add,):
    pupil.add_command(command)
