"""``sen undo``: reverse an action with a new commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.options import writing
from sencli.cli.shell.prompts import confirmed
from sencli.cli.shell.writing import SHORT

if TYPE_CHECKING:
    from sencli.store.undo.undo import Undo


@click.command()
@click.argument("commit", required=False, default="")
@click.option("--yes", is_flag=True, help="Do not ask.")
@writing
@pass_app
def undo(app: App, *, commit: str, yes: bool, fmt: str) -> None:
    """Take back the last action of this computer, or a named one, by a new commit.

    COMMIT is as ``sen history`` prints it. What came later stays; where it depends on
    what would go, the undo is refused. Undo the undo to have it again.
    """
    from sencli.core.text.dates import words
    from sencli.store.undo.undo import apply
    from sencli.store.undo.undo import plan

    planned = plan(app.repo, commit)
    done = planned.commit
    told = undo_sentences(app, planned)
    app.tell(f"To be undone: {_subject(planned)}  [{done.name[:SHORT]}]")
    app.tell(f"({done.author}, {words(done.date[:10])})")
    for line in told:
        app.tell(f"  {line}")
    confirmed("Undo this?", yes=yes)
    written = apply(app.repo, planned)
    if written.warning:
        app.tell(written.warning)
    _say(app, planned, written.commit, told, fmt)


def _subject(planned: Undo) -> str:
    """What is undone, with names in the place of ids."""
    from sencli.core.audit.events import summary

    said = planned.commit.subject
    for file in planned.files:
        said = summary(said, file.new or file.old or {}, {})
    return said


def undo_sentences(app: App, planned: Undo) -> list[str]:
    """The changes an undo will make, in plain English, by file."""
    from sencli.cli.safety.history import name_of
    from sencli.cli.safety.history import recounted

    lines = []
    for file in planned.files:
        whose = name_of(file.path, file.new, file.old)
        lines += [
            f"{whose}: {line}" for line in recounted(app, file.path, file.old, file.new)
        ]
    return lines


def _say(app: App, planned: Undo, commit: str, told: list[str], fmt: str) -> None:
    if fmt == "json":
        import json

        result = {
            "action": "undo",
            "summary": planned.message().subject,
            "commit": commit or None,
            "undoes": planned.commit.name,
            "changes": told,
        }
        click.echo(json.dumps(result, ensure_ascii=False, indent=2))
        return
    if not commit:
        app.say("Nothing changed: the records are as they were before it already.")
        return
    app.say(f"Undone: {_subject(planned)}")
    app.say(f"  (saved as {commit[:SHORT]}; to redo it: sen undo {commit[:SHORT]})")
