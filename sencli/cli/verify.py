"""``sen verify``: has anybody tampered with the history? Does this paper still hold?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from sencli.cli.app import App
from sencli.cli.app import pass_app
from sencli.errors import IntegrityFault

if TYPE_CHECKING:
    from sencli.store.checking import Check


@click.command()
@click.option(
    "--against",
    metavar="FINGERPRINT",
    default="",
    help="A fingerprint or commit from an earlier time, or a remote's name.",
)
@click.option("--format", "fmt", type=click.Choice(["text", "json"]), default="text")
@pass_app
def verify(app: App, *, against: str, fmt: str) -> int:
    """Verify the whole history, line by line; exit 8 on a breach.

    It ends with a short fingerprint of the newest change: write it on paper, and give
    it to --against later.
    """
    from sencli.store.verify import verify as look

    found = []
    for check in look(app.repo, against):
        found.append(check)
        if fmt == "text":
            app.say(f"{check.level:<8} {check.kind:<11} {check.message}")
    if fmt == "json":
        click.echo(json.dumps([_plain(c) for c in found], indent=2, ensure_ascii=False))
    return IntegrityFault.exit_code if any(c.level == "breach" for c in found) else 0


def _plain(check: Check) -> dict[str, str]:
    return {
        "level": check.level,
        "kind": check.kind,
        "message": check.message,
        "commit": check.commit,
        "path": check.path,
    }
