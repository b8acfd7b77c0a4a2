"""``sen draft``: texts typed in an editor and not yet saved."""

from __future__ import annotations

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.lazy import Verbs
from sencli.cli.shell.options import listing
from sencli.cli.shell.prompts import confirmed
from sencli.errors import Busy
from sencli.errors import InvalidValue


@click.group(cls=Verbs, aliases={"drop": "remove"})
def draft() -> None:
    """Texts typed in an editor and not saved yet: list, open, remove."""


@draft.command("list")
@listing
@pass_app
def list_(app: App, *, fmt: str | None, output: str | None, force: bool) -> None:
    """List the drafts that are kept, oldest first."""
    from sencli.cli.shell.output import emit
    from sencli.documents.lists.drafts import draft_list
    from sencli.store.repository.pupil_names import pupil_names

    kept = app.drafts.all()
    names = {each.id: each.shown for each in pupil_names(app.repo)} if kept else {}
    rows = [
        {
            "id": each.id,
            "pupil": each.pupil,
            "name": names.get(each.pupil, ""),
            "form": each.form,
            "since": each.since,
            "state": "open"
            if each.in_use
            else "untouched"
            if each.untouched
            else "kept",
            "file": each.path,
        }
        for each in kept
    ]
    school = app.school if kept else {}
    emit(app, [draft_list(rows, school, app.today)], fmt, output, force=force)


@draft.command("open", context_settings={"ignore_unknown_options": True})
@click.argument("which", metavar="DRAFT")
@click.argument("options", metavar="[OPTION...]", nargs=-1, type=click.UNPROCESSED)
@pass_app
def open_(app: App, *, which: str, options: tuple[str, ...]) -> None:
    """Go on with a draft: DRAFT is its id or its number in the list.

    Options of the form's own command may follow, to put right what was refused:
    sen draft open k3f --raised-by mother
    """
    from sencli.cli.shell.run import cli

    kept = app.drafts.named(which)
    if kept.in_use:
        raise Busy(
            "That draft is open in an editor in another window.",
            "Go on there, or close it first.",
        )
    command = list(kept.command)
    if not command and kept.pupil:
        command = ["pupil", "edit", kept.pupil]
    if not command:
        raise InvalidValue(
            "This draft was kept by an earlier version, which did not note its pupil. "
            f"Its text is in {kept.path}",
            f"Copy what you need from it; then: sen draft remove {kept.id}",
        )
    app.resumed = kept
    cli.main([*command, *options], prog_name="sen", standalone_mode=False, obj=app)


@draft.command("remove")
@click.argument("which", metavar="DRAFT")
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_app
def remove(app: App, *, which: str, yes: bool) -> None:
    """Delete a draft: what was typed in it is lost."""
    kept = app.drafts.named(which)
    if kept.in_use:
        raise Busy(
            "That draft is open in an editor in another window.",
            "Close the editor there first.",
        )
    if not kept.untouched:
        confirmed(f"Delete the draft {kept.id} ({kept.form})?", yes=yes)
    kept.drop()
    app.say(f"Removed the draft {kept.id}.")
