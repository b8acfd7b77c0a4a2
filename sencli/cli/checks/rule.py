"""``sen rule``: what the Code of Practice asks, rule by rule."""

from __future__ import annotations

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.options import listing


@click.command()
@click.argument("code", required=False, metavar="[CODE]")
@listing
@pass_app
def rule(
    app: App,
    *,
    code: str | None,
    fmt: str | None,
    output: str | None,
    force: bool,
) -> None:
    """What the Code of Practice asks, rule by rule."""
    from sencli.cli.shell.output import emit
    from sencli.documents.lists.rules import explained
    from sencli.documents.lists.rules import listed
    from sencli.errors import NotFound
    from sencli.rules import NOT_SHOWN
    from sencli.rules import rule_of

    if code is None:
        emit(app, [listed(app.today)], fmt, output, force=force)
        return
    found = rule_of(code)
    if found is None:
        hidden = NOT_SHOWN.get(code.strip().upper())
        if hidden is not None:
            raise NotFound(
                f"{code.upper()} ({hidden.name}; {hidden.cites}) is not a rule here. "
                f"{hidden.reason}"
            )
        raise NotFound(f"There is no rule {code!r}.", "See them all: sen rule")
    emit(app, [explained(found, app.today)], fmt, output, force=force)
