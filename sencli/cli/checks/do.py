"""``sen do``: the command of a line of the list shown last."""

from __future__ import annotations

import shlex
from typing import Any

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.errors import SencliError
from sencli.store.files.shell import joined


@click.command()
@click.argument("number", type=click.IntRange(min=1))
@pass_app
def do(app: App, /, *, number: int) -> Any:
    """Do a line of the list that was shown last.

    It is that of sen due or sen check at a terminal; what the line needs is asked.
    """
    from sencli.cli.shell.asking import filled
    from sencli.cli.shell.last_list import task
    from sencli.cli.shell.run import again

    chosen = task(app.repo, number)
    app.tell(chosen.said)
    words = shlex.split(chosen.command)[1:]
    words = filled(click.get_current_context(), words)
    try:
        return again(app, words)
    except SencliError as fault:
        hint = f"{fault.hint}\nTo type it yourself: {joined('sen', *words)}".strip()
        raise type(fault)(fault.message, hint) from fault
