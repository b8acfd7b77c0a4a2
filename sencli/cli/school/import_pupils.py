"""``sen import pupils``: pupils from a spreadsheet of the school's own system."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from typing import Any

import click

from sencli.cli.school.import_file import FILE
from sencli.cli.school.import_file import ReadFile
from sencli.cli.school.import_file import Wanted
from sencli.cli.school.import_file import read_file
from sencli.cli.school.import_file import refuse_faults
from sencli.cli.school.import_file import tell_notes
from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.app import refuse
from sencli.cli.shell.output import emit
from sencli.cli.shell.progress import progress
from sencli.cli.shell.prompts import command_line
from sencli.cli.shell.prompts import confirmed
from sencli.cli.shell.writing import refuse_added
from sencli.cli.shell.writing import save
from sencli.core.people.context import SCHOOL
from sencli.core.record.act import Act
from sencli.core.record.lookup import full_name
from sencli.core.text.ids import is_id
from sencli.core.text.plural import plural
from sencli.errors import InvalidValue
from sencli.safe import is_control
from sencli.store.records.draft import Draft

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sencli.core.handover.import_pupils import Imported
    from sencli.core.handover.import_words import Preview
    from sencli.core.record.types import Record

_NAMED = 3


@click.command()
@FILE
@click.option(
    "--whole-school",
    is_flag=True,
    help="The file is of all pupils: tell who is not in it.",
)
@click.option(
    "--sen-only", is_flag=True, help="Of those who are new, only pupils with SEN."
)
@pass_app
def pupils(app: App, /, *, dry_run: bool, fmt: str, **typed: Any) -> None:
    """Take in pupils from a spreadsheet.

    FILE is a csv file or an Excel workbook (.xlsx) as SIMS, Arbor, Bromcom, ScholarPack
    or the DfE write it; - reads standard input.

    A row names the columns: name (or forename and surname), dob, upn, sex, class, year
    group, sen status, needs (parted by ;, or in columns or rows of their own, with
    their rank), flags, since, attendance and attendance term. Who is known by UPN, or
    by name and date of birth, is amended; an empty cell changes nothing. What somebody
    wrote here stands: a file amends what a file brought. All is shown first, and taken
    in as one change, or nothing.
    """
    from sencli.core.handover.import_headings import PUPILS
    from sencli.core.handover.import_words import preview

    wanted = Wanted.of(typed)
    file = read_file(app, PUPILS, wanted)
    records = list(app.read().pupils())
    refuse(app)
    work = _Import(app, file, wanted, sen_only=typed["sen_only"])
    made = work.made(records)
    found = _changed(made)
    alike = _show_warnings(app, made)
    tell_notes(app, work.notes)
    gone = _missing(app, file, records, made, whole=typed["whole_school"])
    _show(app, made, preview(made, gone, app.today), fmt, dry_run=dry_run)
    if dry_run:
        app.tell("Nothing was changed.")
        return
    if not found and file.kept(app.school) == app.school:
        if fmt == "json":
            save(app, lambda _draft: Act({}, "Nothing to change."), fmt)
        return
    if found:
        new = sum(not one.before for one in found)
        known = plural(len(found) - new, "pupil")
        parts = [plural(new, "new pupil")] if new else []
        parts += ["(some like those we have)"] if alike else []
        parts += ["and"] if new and len(found) > new else []
        parts += [f"changes of {known}"] if len(found) > new else []
        confirmed(f"Take in {' '.join(parts)}?", yes=wanted.yes)
    save(app, work.act, fmt)


def _missing(
    app: App,
    file: ReadFile,
    records: Sequence[Record],
    made: Sequence[Imported],
    *,
    whole: bool,
) -> list[tuple[str, str]]:
    """Who is not in the file, unless it is a list of ours, which was narrowed."""
    from sencli.core.handover.import_words import missing

    if any(is_id("pupil", cells.get("id", "")) for _, cells in file.rows):
        return []
    gone, note = missing(records, made, app.today, whole=whole)
    if note:
        app.tell(f"Note: {note}")
    return gone


def _show(
    app: App, made: Sequence[Imported], words: Preview, fmt: str, *, dry_run: bool
) -> None:
    """What would change, and how to have it otherwise."""
    from sencli.documents.lists.import_preview import import_preview

    found = _changed(made)
    if fmt == "json" and dry_run:
        _print_json(found, words)
    elif fmt == "text":
        if found or words.stays or words.gone:
            emit(app, [import_preview(words, "Pupil", app.school, app.today)], None)
        if not found:
            app.say("Nothing to change.")
    kept = {stay.field for one in made for stay in one.stays if not stay.end}
    for field in sorted(kept):
        again = command_line("--overwrite", field)
        app.tell(f"Note: to take the {field.replace('_', ' ')} of the file: {again}")


class _Import:
    """The file as one change, worked out again on what is committed when it is saved.

    Attributes:
        notes: what is worth a word, as it was worked out last.
    """

    def __init__(
        self, app: App, file: ReadFile, wanted: Wanted, *, sen_only: bool
    ) -> None:
        self._app = app
        self._file = file
        self._wanted = wanted
        self._sen_only = sen_only
        self.notes: list[str] = []

    def act(self, draft: Draft) -> Act:
        """The change."""
        from sencli.store.records.records import pupil_path

        records = [draft.read(pupil_path(pupil)) for pupil in draft.pupil_ids()]
        found = _changed(self.made(records))
        added = [one.record["id"] for one in found if not one.before]
        changed = [one.record["id"] for one in found if one.before]
        files = {pupil_path(one.record["id"]): one.record for one in found}
        school = draft.read(SCHOOL)
        kept = self._file.kept(school)
        if kept != school:
            files[SCHOOL] = kept
        return Act(
            {},
            f"Imported: {len(added)} added, {len(changed)} changed.",
            {"added": added, "changed": changed},
            records=files,
            action="import",
            subject="Import pupils from a spreadsheet",
        )

    def made(self, records: Sequence[Record]) -> list[Imported]:
        """The result of each row; all faults of the file at once."""
        from sencli.core.handover.import_cells import Way
        from sencli.core.handover.import_owner import by_hand
        from sencli.core.handover.import_owner import value_of
        from sencli.core.handover.import_pupils import imported
        from sencli.core.handover.import_rows import gathered
        from sencli.resources import load_schema
        from sencli.store.history.versions import Histories
        from sencli.store.records.records import pupil_path
        from sencli.store.text.schema import faults as schema_faults

        app = self._app
        rows, faults, self.notes = gathered(
            self._file.rows, app.today, since_1904=self._file.since_1904
        )
        histories: list[Histories] = []

        def stands(pupil: str, field: str) -> bool:
            if not histories:
                histories.append(Histories(app.repo.git, ":(glob)pupils/*.yaml"))
            versions = histories[0].of(pupil_path(pupil))
            return by_hand(versions, lambda record: value_of(record, field))

        way = Way(
            *(app.today, lambda t: app.date(t, "past"), app.new_ids(*records)),
            *(load_schema("pupil"), is_control),
            terms=app.school.get("terms", ()),
            by_hand=stands,
            overwrite=self._wanted.overwrite,
        )
        made, more = imported(rows, records, way)
        if histories:
            histories[0].close()
        if self._sen_only:
            made = [one for one in made if one.before or _has_sen(one.record)]
        faults += more
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
        refuse_faults(faults)
        return made


def _has_sen(record: Record) -> bool:
    return any(
        entry["provision"] != "N" or entry.get("monitoring")
        for entry in record.get("status", ())
    )


def _changed(made: Sequence[Imported]) -> list[Imported]:
    return [one for one in made if one.record != one.before]


def _show_warnings(app: App, found: Sequence[Imported]) -> bool:
    """Say what is worth a look before anything is written; whether some are alike."""
    tell_notes(app, [note for one in found for note in one.notes])
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


def _print_json(found: Sequence[Imported], said: Preview) -> None:
    """What an import would do, for programs."""
    from sencli.core.record.diff import diff
    from sencli.resources import load_schema

    root = load_schema("pupil")
    shown = [
        {
            "id": one.before.get("id"),
            "changes": [
                {"path": c.path, "old": c.old, "new": c.new}
                for c in diff(one.before, one.record, root)
            ],
        }
        for one in found
    ]
    others = {
        name: [{"pupil": who, "said": words} for who, words in getattr(said, name)]
        for name in ("stays", "back", "gone")
    }
    click.echo(json.dumps({"pupils": shown, **others}, ensure_ascii=False, indent=2))
