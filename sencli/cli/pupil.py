"""``sen pupil``: who they are, and what holds for the whole record."""

from __future__ import annotations

import click

from sencli.cli.pupil_add import add
from sencli.cli.pupil_edit import edit
from sencli.cli.pupil_leave import leave
from sencli.cli.pupil_list import list_
from sencli.cli.pupil_set import set_
from sencli.cli.pupil_show import show


@click.group()
def pupil() -> None:
    """Pupils: add, list, show, set, edit, leave."""


for command in (add, list_, show, set_, edit, leave):
    pupil.add_command(command)
