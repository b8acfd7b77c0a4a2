"""``sen import contacts``, ``staff``, ``terms`` and ``provisions``."""

from __future__ import annotations

import json
from contextlib import closing
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
from sencli.cli.shell.prompts import confirmed
from sencli.cli.shell.writing import save
from sencli.core.people.context import SCHOOL
from sencli.core.record.act import Act
from sencli.core.text.plural import plural

if TYPE_CHECKING:
    from collections.abc import Callable

    from sencli.core.handover.import_books import Booked
    from sencli.core.handover.import_contacts import Changed
    from sencli.core.handover.import_words import Preview
    from sencli.core.record.types import Record
    from sencli.store.records.draft import Draft


@click.command()
@FILE
@pass_app
def contacts(app: App, /, *, dry_run: bool, fmt: str, **typed: Any) -> None:
    """Take in parents and carers of pupils who are here.

    FILE is a csv file or an Excel workbook. A row says whose contact it is (UPN, or the
    pupil's name and date of birth), and the contact: name, relationship, parental
    responsibility, priority, telephones, e-mail, address, language. Several contacts
    may stand in one row: Contact 1 Name, Contact 2 Name. What somebody wrote here
    stands.
    """
    from sencli.core.handover.import_contacts import CONTACTS
    from sencli.core.handover.import_words import Preview
    from sencli.store.records.records import pupil_path

    wanted = Wanted.of(typed)
    file = read_file(app, CONTACTS, wanted)
    records = list(app.read().pupils())
    refuse(app)
    made = _contacts(app, file, wanted, records)
    tell_notes(app, made.notes)
    found = Preview(tuple(made.new), tuple(made.changed), tuple(made.stays))

    def act(draft: Draft) -> Act:
        held = [draft.read(pupil_path(pupil)) for pupil in draft.pupil_ids()]
        done = _contacts(app, file, wanted, held)
        changed = {pupil_path(pupil): record for pupil, record in done.records.items()}
        return _act(draft, file, changed, len(done.new), len(done.changed))

    _save(app, file, wanted, found, act, what="Pupil", dry_run=dry_run, fmt=fmt)


def _contacts(
    app: App, file: ReadFile, wanted: Wanted, records: list[Record]
) -> Changed:
    """What the file makes of the pupils' contacts.

    Raises:
        InvalidValue: names every cell that cannot be taken.
    """
    from sencli.core.handover import import_contacts
    from sencli.core.handover.import_owner import by_hand
    from sencli.store.history.versions import Histories
    from sencli.store.records.records import pupil_path

    with closing(Histories(app.repo.git, ":(glob)pupils/*.yaml")) as histories:
        way = import_contacts.Way(
            app.today,
            app.new_ids(*records),
            lambda pupil, contact, field: by_hand(
                histories.of(pupil_path(pupil)),
                lambda record: import_contacts.contact_value(record, contact, field),
            ),
            wanted.overwrite,
            file.since_1904,
        )
        made = import_contacts.contacts(file.rows, records, way)
    refuse_faults(made.faults)
    return made


def _of_book(name: str, told: str) -> click.Command:
    """The command for one of the school's own lists."""

    @click.command(name, help=told)
    @FILE
    @pass_app
    def command(app: App, /, *, dry_run: bool, fmt: str, **typed: Any) -> None:
        from sencli.core.handover.import_books import BOOKS
        from sencli.core.handover.import_words import Preview

        book = BOOKS[name]
        wanted = Wanted.of(typed)
        file = read_file(app, book.kind, wanted)
        here = app.school if book.path == SCHOOL else app.repo.provisions()
        made = _booked(app, name, file, wanted, here)
        found = Preview(made.new, made.changed, made.stays)

        def act(draft: Draft) -> Act:
            before = draft.read(book.path)
            done = _booked(app, name, file, wanted, before)
            changed = {} if done.record == before else {book.path: done.record}
            return _act(draft, file, changed, len(done.new), len(done.changed))

        what = name.capitalize().removesuffix("s")
        _save(app, file, wanted, found, act, what=what, dry_run=dry_run, fmt=fmt)

    return command


def _booked(
    app: App, name: str, file: ReadFile, wanted: Wanted, record: Record
) -> Booked:
    """What the file makes of one of the school's lists.

    Raises:
        InvalidValue: names every cell that cannot be taken.
    """
    from sencli.core.handover.import_books import BOOKS
    from sencli.core.handover.import_books import booked
    from sencli.core.handover.import_books import entry_value
    from sencli.core.handover.import_owner import by_hand
    from sencli.store.history.versions import Histories

    book = BOOKS[name]
    with closing(Histories(app.repo.git, f":(literal){book.path}")) as histories:
        made = booked(
            book,
            file.rows,
            record,
            app.today,
            lambda key, field: by_hand(
                histories.of(book.path),
                lambda past: entry_value(book, past, key, field),
            ),
            wanted.overwrite,
            since_1904=file.since_1904,
        )
    refuse_faults(made.faults)
    return made


staff = _of_book(
    "staff",
    "Take in staff: name, initials, role, class, leaving date.\n\n"
    "FILE is a csv file or an Excel workbook. Who has no initials in it is known by "
    "name; a new one gets those of the name. What somebody wrote here stands.",
)
terms = _of_book(
    "terms",
    "Take in terms: name, first and last day, half-term.\n\n"
    "FILE is a csv file or an Excel workbook. What somebody wrote here stands.",
)
provisions = _of_book(
    "provisions",
    "Take in the catalogue of provisions.\n\n"
    "FILE is a csv file or an Excel workbook: name, layer or wave, area of need, "
    "minutes, sessions a week, weeks, group size, role. What somebody wrote here "
    "stands.",
)


def _act(
    draft: Draft, file: ReadFile, changed: dict[str, Record], new: int, other: int
) -> Act:
    """The change of all the files, with what was said of the columns."""
    school = changed.get(SCHOOL) or draft.read(SCHOOL)
    kept = file.kept(school)
    if kept != school:
        changed[SCHOOL] = kept
    kind = file.kind.name
    return Act(
        {},
        f"Imported: {new} added, {plural(other, 'change')}.",
        records=changed,
        action=f"import.{kind}",
        subject=f"Import {kind} from a spreadsheet",
    )


def _save(
    app: App,
    file: ReadFile,
    wanted: Wanted,
    found: Preview,
    act: Callable[[Draft], Act],
    *,
    what: str,
    dry_run: bool,
    fmt: str,
) -> None:
    """Show what would change, ask, and save it as one change."""
    from sencli.documents.lists.import_preview import import_preview

    view = import_preview(found, what, app.school, app.today)
    more = bool(found.new or found.changed)
    if fmt == "json" and dry_run:
        click.echo(json.dumps(view.data, ensure_ascii=False, indent=2))
    elif fmt == "text":
        if more or found.stays:
            emit(app, [view], None)
        if not more:
            app.say("Nothing to change.")
    if dry_run:
        app.tell("Nothing was changed.")
        return
    if not more and file.kept(app.school) == app.school:
        if fmt == "json":
            save(app, lambda _draft: Act({}, "Nothing to change."), fmt)
        return
    if more:
        parts = [f"{len(found.new)} new"] if found.new else []
        parts += [plural(len(found.changed), "change")] if found.changed else []
        confirmed(f"Take in {' and '.join(parts)}?", yes=wanted.yes)
    save(app, act, fmt)
