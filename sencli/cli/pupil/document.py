"""``sen document``: attach a report or a letter to a record."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
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
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.store.records.draft import Draft

LIMIT = 20_000_000


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


def contents(path: Path) -> bytes:
    """The bytes of a plain file that is not too big; a link is followed.

    Raises:
        NotFound: there is no such file.
        InvalidValue: a folder, a device, empty, or too big.
    """
    from sencli.store.files import files

    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise NotFound(
            f"There is no file {path}.", "Drag it into this window to get its name."
        ) from None
    if not stat.S_ISREG(found.st_mode):
        raise InvalidValue(f"{path} is not a file that can be attached.")
    if found.st_size > LIMIT:
        raise InvalidValue(
            f"{path} has {found.st_size // 1_000_000} MB: 20 MB at most.",
            "Make it smaller, or note in the record where it is kept.",
        )
    data = files.read(os.path.realpath(path), LIMIT)
    if not data:
        raise InvalidValue(f"{path} is empty.")
    return data
