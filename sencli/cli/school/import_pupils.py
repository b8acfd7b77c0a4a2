"""``sen import pupils``: pupils from a spreadsheet saved as csv."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.app import refuse
from sencli.cli.shell.options import writing
from sencli.cli.shell.progress import progress
from sencli.cli.shell.prompts import confirmed
from sencli.cli.shell.writing import brief
from sencli.cli.shell.writing import refuse_added
from sencli.cli.shell.writing import save
from sencli.core.record.act import Act
from sencli.core.record.fields import assignment
from sencli.core.record.lookup import full_name
from sencli.core.text.plural import plural
from sencli.errors import EnvironmentFault
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.safe import is_control
from sencli.store.files import files
from sencli.store.records.draft import Draft

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sencli.core.record.types import Record
    from sencli.core.school.import_pupils import Cells
    from sencli.core.school.import_pupils import Imported

_SHOWN = 50
_NAMED = 3


@click.command()
@click.argument("file", metavar="FILE.csv")
@click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")
@click.option(
    "--map",
    "mapped",
    multiple=True,
    metavar="HEADING=FIELD",
    help="What a column means; repeat for more.",
)
@click.option("--yes", is_flag=True, help="Take in pupils who look like those we have.")
@click.option("--skip", multiple=True, metavar="HEADING", help="Leave a column out.")
@writing
@pass_app
def pupils(
    app: App,
    *,
    file: str,
    dry_run: bool,
    mapped: tuple[str, ...],
    yes: bool,
    skip: tuple[str, ...],
    fmt: str,
) -> None:
    """Take in pupils from a spreadsheet.

    FILE.csv is a sheet saved as csv; - reads standard input.

    The first row names the columns: name (or forename and surname), dob, upn, sex,
    class, year group, sen status, needs (parted by ;), flags, since, attendance and
    attendance term (autumn 2025; else that of the day). Who is known by id, UPN, or
    name and date of birth is amended; an empty cell changes nothing.
    All of the file is taken in, as one change, or nothing.
    """
    rows = _rows(app, file, dict(map(assignment, mapped)), skip)
    records = list(app.read().pupils())
    refuse(app)
    made = _imported(app, rows, records)
    alike = _show_warnings(app, made)
    found = _changed(made)
    if dry_run:
        _show(app, found, fmt)
        return
    if not found and fmt == "text":
        app.say("Nothing to change.")
        return
    if alike:
        confirmed("Take them in as new pupils?", yes=yes)
    save(app, lambda draft: _work(app, draft, rows), fmt)


def _rows(
    app: App, file: str, mapped: dict[str, str], skip: Sequence[str]
) -> list[tuple[int, Cells]]:
    """The cells of the file by field, with a word on what was left aside."""
    from sencli.core.school.import_columns import columns
    from sencli.exchange import spreadsheet
    from sencli.formats.csv_ import csv_restore

    sheet = spreadsheet.read(_bytes(file, spreadsheet.LARGEST + 1))
    if sheet.note:
        app.tell(f"Note: {sheet.note}")
    fields, aside = columns([csv_restore(h) for h in sheet.headings], mapped, skip)
    if aside:
        app.tell(f"Note: worked out, so left aside: {', '.join(aside)}.")
    rows: list[tuple[int, Cells]] = []
    for row in sheet.rows:
        if len(row.cells) > len(fields) and any(row.cells[len(fields) :]):
            raise InvalidValue(
                f"Line {row.line} has more cells than the first row has headings.",
                "Save the sheet as csv again.",
            )
        pairs = zip(fields, map(csv_restore, row.cells), strict=False)
        rows.append((row.line, {f: text for f, text in pairs if f and text.strip()}))
    return rows


def _bytes(file: str, most: int) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read(most)
    try:
        return files.read_any(file, most)
    except FileNotFoundError:
        raise NotFound(f"There is no file {file!r}.") from None
    except OSError as error:
        raise EnvironmentFault(f"{file!r} cannot be read: {error.strerror}.") from None


def _show_warnings(app: App, found: Sequence[Imported]) -> bool:
    """Say what is worth a look before anything is written; whether to ask.

    It is asked where new pupils look like known ones.
    """
    notes = [note for one in found for note in one.notes]
    for note in notes[:_SHOWN]:
        app.tell(f"Note: {note}")
    if len(notes) > _SHOWN:
        app.tell(f"Note: and {len(notes) - _SHOWN} more lines like these.")
    if taken := sum(map(_taken_over, found)):
        app.tell(
            f"Note: the SEN support of {plural(taken, 'pupil')} began before these "
            "records. It is judged from today."
        )
    alike = [one for one in found if one.like]
    for one in alike:
        like = " and ".join(f"{full_name(r)} ({r['id']})" for r in one.like[:_NAMED])
        app.tell(
            f"line {one.line}: {full_name(one.record)} would be new, and looks like "
            f"{like}. If it is the same child, give the id or the UPN in the file."
        )
    return bool(alike)


def _taken_over(one: Imported) -> bool:
    """Whether the row brought support that began before these records."""
    return any(
        "taken_over" in entry for entry in one.record.get("status", ())
    ) and not (one.before.get("status"))


def _imported(
    app: App, rows: Sequence[tuple[int, Cells]], records: Sequence[Record]
) -> list[Imported]:
    """The result of each row; all faults of the file at once."""
    from sencli.core.school.import_pupils import Way
    from sencli.core.school.import_pupils import imported
    from sencli.resources import load_schema
    from sencli.store.text.schema import faults as schema_faults

    new_ids = app.new_ids(*records)
    root = load_schema("pupil")
    way = Way(
        *(app.today, lambda t: app.date(t, "past"), new_ids, root, is_control),
        terms=app.school.get("terms", ()),
    )
    made, faults = imported(rows, records, way)
    found = _changed(made)
    with progress("Checking pupils", len(found)) as tick:
        for one in found:
            if tick is not None:
                tick(1)
            who = full_name(one.record)
            wrong = schema_faults(one.record, "pupil")
            faults += [f"{who}: {fault.message}" for fault in wrong]
            if said := _refused(app, one):
                faults.append(f"line {one.line}: {said}")
    if faults:
        more = len(faults) - _SHOWN
        listed = faults[:_SHOWN] + ([f"and {more} more"] if more > 0 else [])
        lines = "".join(f"\n  {fault}" for fault in listed)
        raise InvalidValue(
            f"The file was not imported; nothing was changed.{lines}",
            "Mend these cells and import the file again.",
        )
    return made


def _refused(app: App, one: Imported) -> str:
    """Why a row would be refused when it is saved, or ""."""
    from sencli.core.checks.future_events import refuse_ahead
    from sencli.store.records.records import pupil_path

    before = one.before or None
    try:
        path = pupil_path(one.record["id"])
        refuse_added(path, before, one.record, lambda _: app.school)
        refuse_ahead(before, one.record, app.today)
    except InvalidValue as error:
        return error.message
    return ""


def _changed(made: Sequence[Imported]) -> list[Imported]:
    return [one for one in made if one.record != one.before]


def _work(app: App, draft: Draft, rows: Sequence[tuple[int, Cells]]) -> Act:
    """The whole file as one change, worked out on what is committed now."""
    from sencli.store.records.records import pupil_path

    records = [draft.read(pupil_path(pupil)) for pupil in draft.pupil_ids()]
    found = _changed(_imported(app, rows, records))
    added = [one.record["id"] for one in found if not one.before]
    changed = [one.record["id"] for one in found if one.before]
    return Act(
        {},
        f"Imported: {len(added)} added, {len(changed)} changed.",
        {"added": added, "changed": changed},
        records={pupil_path(one.record["id"]): one.record for one in found},
        action="import",
        subject="Import pupils from a spreadsheet",
    )


def _show(app: App, found: Sequence[Imported], fmt: str) -> None:
    """What an import would do."""
    import json

    from sencli.core.record.diff import diff
    from sencli.resources import load_schema

    root = load_schema("pupil")
    shown = []
    for one in found:
        changes = diff(one.before, one.record, root)
        told = [{"path": c.path, "old": c.old, "new": c.new} for c in changes]
        shown.append({"id": one.before.get("id"), "changes": told})
        if fmt == "json":
            continue
        verb = f"Change {one.before['id']}" if one.before else "Add"
        app.say(f"{verb}: {full_name(one.record)}")
        for change in changes:
            app.say(f"  {change.path}: {brief(change.old)} -> {brief(change.new)}")
    if fmt == "json":
        click.echo(json.dumps({"pupils": shown}, ensure_ascii=False, indent=2))
    elif not found:
        app.say("Nothing to change.")
    app.tell("Nothing was changed.")
