"""``sen document``: attach a report or a letter to a record."""

from __future__ import annotations

from pathlib import Path

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.given_file import contents
from sencli.cli.shell.lists import add_list
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import RESTRICTED
from sencli.cli.shell.options import writing
from sencli.cli.shell.prompts import ask
from sencli.cli.shell.writing import of_pupil
from sencli.cli.shell.writing import save
from sencli.core.pupil import documents
from sencli.core.record.act import Act
from sencli.store.records.draft import Draft


@click.group()
def document() -> None:
    """Attach a report or a letter."""


@document.command("add")
@click.argument("who", metavar="PUPIL")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--title", type=LINE, help="What it is.")
@click.option("--date", "day", type=PAST, help="Date of the document (default today).")
@click.option("--from", "author", type=LINE, help="Who wrote it.")
@click.option("--kind", type=LINE, help="report, letter, plan ...")
@RESTRICTED
@writing
@pass_app
def add(
    app: App,
    *,
    who: str,
    file: Path,
    title: str | None,
    day: str | None,
    author: str | None,
    kind: str | None,
    restricted: bool | None,
    fmt: str,
) -> None:
    """Copy FILE into the records; its own name is not kept, give a --title."""
    from sencli.store.records.records import pupil_path

    data = contents(file)
    named = ask(title, "--title", "What it is", "NAME")
    fields = {"from": author, "kind": kind, "restricted": restricted}
    pupil = app.pupil_id(who)

    def work(draft: Draft) -> Act:
        record = draft.read(pupil_path(pupil))
        new_id = app.new_ids(record)
        act = documents.add_document(
            record, named, day or app.today, file.suffix, data, fields, new_id
        )
        draft.put_bytes(act.ids["file"], data)
        return of_pupil(act, pupil, "document.add", f"Attach a document to {pupil}")

    save(app, work, fmt)


add_list(document, "pupil:documents", "List the papers attached to a record.")
