"""``sen init --sign``: every change signed with an SSH key."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypeAlias

import click

from sencli.cli.app import App
from sencli.errors import NotFound
from sencli.store import shell

LIST = ".sencli/allowed_signers"
Signed: TypeAlias = tuple[list[tuple[str, str]], bytes]


def begun(app: App, directory: Path) -> bool:
    """Whether there are records in that very folder already."""
    from sencli.store.finding import holds_records

    return holds_records(str(_place(app, directory)))


def wanted(place: Path, key: str | None) -> Signed:
    """The settings that sign, and the list of signers, for records to be made."""
    from sencli.store.signers import my_email
    from sencli.store.signers import set_up

    there = place.absolute()
    while not there.is_dir():
        there = there.parent
    return set_up(_key(key), my_email(str(there)))


def switch_on(app: App, directory: Path, key: str | None, fmt: str) -> None:
    """Sign every change of records that are there, from now on."""
    from sencli.store.repo import Repository
    from sencli.store.signers import switch_on as switched

    repository = Repository.find(str(_place(app, directory)))
    written, line = switched(repository, _key(key))
    if fmt == "json":
        made = {"action": "signing.on", "commit": written.commit or None}
        click.echo(json.dumps({**made, "line": line or None}))
        return
    app.say(f"Every change is signed from now on. Who may sign: {LIST}")
    if line:
        app.say("You are not on that list yet, so the other computers refuse what you")
        app.say("sign. Send this to somebody who is, to type there:")
        app.say(f"  sen signer add {shell.quoted(line)}")
        app.say("Then both type: sen sync")
    if written.commit:
        app.say(f"  (saved as {written.commit[:8]})")


def _place(app: App, directory: Path) -> Path:
    return Path(app.directory, directory) if app.directory else directory


def _key(typed: str | None) -> str:
    from sencli.store.signers import default_key

    found = typed or default_key()
    if not found:
        raise NotFound(
            "There is no SSH key in ~/.ssh to sign with. Nothing was changed.",
            "Make one: ssh-keygen -t ed25519, or name another with --key",
        )
    return found
