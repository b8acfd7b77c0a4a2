"""The run's context: repository, day, and output to the user."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING
from typing import Any
from typing import Protocol
from typing import TextIO

import click

from sencli import __version__
from sencli import terms
from sencli.core.text import dates
from sencli.core.text.plural import plural
from sencli.errors import Ambiguous
from sencli.errors import EnvironmentFault
from sencli.errors import IntegrityFault
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.errors import SencliError
from sencli.resources import newer
from sencli.safe import safe_text
from sencli.store.records.missing_files import BRING_BACK
from sencli.store.records.missing_files import RESTORE
from sencli.store.records.missing_files import Vanished
from sencli.store.records.on_day import RecordsOnDay
from sencli.store.repository.repository import Repository
from sencli.store.repository.restore_files import records as vanished

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from contextlib import AbstractContextManager

    from sencli.core.provision.school import School
    from sencli.core.record import find
    from sencli.core.record.types import Record
    from sencli.core.text.ids import Ids
    from sencli.documents.view import View
    from sencli.store.records.drafts import Drafts
    from sencli.store.records.drafts import KeptDraft
    from sencli.store.records.records import Records


def _progress_bar(
    label: str, number: int
) -> AbstractContextManager[Callable[[int], None] | None]:
    """Show on the terminal how far long work has come."""
    from sencli.cli.shell.progress import progress

    return progress(label, number)


class Gathers(Protocol):
    """What takes the changes of commands, to save them together."""

    def take(self, work: Any, manner: Any) -> None:
        """Take one command's change and its manner, as ``writing.save`` has them."""


class App:
    """One run of the command line."""

    def __init__(self, directory: str | None = None) -> None:
        self.directory = directory or os.environ.get("SENCLI_DIR") or None
        self.left_out: dict[str, SencliError] = {}  # by message: see leave_out
        self.strict = False  # whether records that do not fit their schema are left out
        self._older = False  # whether it was said that this copy is older
        self.undated = False  # whether an event is of today since no day was given
        self.read_all = False  # whether this run has read the whole school
        self.gathering: Gathers | None = None  # where commands leave their changes
        self.heard = ""  # the text that was given on standard input by "-"
        self.reads_many = False  # whether it has no records of its own: --all-in
        self.collected: list[View] | None = None  # in place of printing: see emit
        self.resumed: KeptDraft | None = None  # the draft that `sen draft open` named

    @cached_property
    def today(self) -> str:
        """Today's ISO date; ``SENCLI_TODAY`` sets it, for tests and rehearsals."""
        fixed = os.environ.get("SENCLI_TODAY")
        if fixed:
            return dates.parse_date(fixed, date.today().isoformat())
        return date.today().isoformat()

    @cached_property
    def repo(self) -> Repository:
        """The records repository, found upwards from here or named by ``-C``."""
        found = Repository.find(self.directory)
        found.told = _progress_bar
        found.heed = self.tell
        self.tell_older()
        return found

    def tell_older(self) -> None:
        """Say once that this copy is older than the one that wrote the records."""
        if newer() and not self._older:
            self._older = True
            self.tell(
                "These records were written by a newer sencli than this one "
                f"({__version__}). What it does not know is kept, and not shown. Bring "
                "this computer up to date: pipx upgrade sencli"
            )

    @cached_property
    def drafts(self) -> Drafts:
        """The texts that are kept and not saved yet."""
        from sencli.store.records.drafts import Drafts

        return Drafts(str(self.repo.root / ".git"))

    @property
    def has_repo(self) -> bool:
        """Whether this run has opened a repository."""
        return "repo" in self.__dict__

    @cached_property
    def school(self) -> Record:
        """The current ``school.yaml``."""
        return self.repo.school()

    def date(self, typed: str, prefer: dates.Prefer = "near") -> str:
        """The ISO date that was typed; term words ask the school's terms."""
        words = typed.casefold()
        terms = self.school.get("terms", ()) if "term" in words else ()
        return dates.parse_date(typed, self.today, terms, prefer)

    def new_ids(self, *records: Any) -> Ids:
        """A source of ids that these records do not hold yet."""
        from random import SystemRandom

        from sencli.core.text.ids import Ids

        return Ids(SystemRandom(), *records)

    def pupil_id(self, typed: str, source: Records | None = None) -> str:
        """The id of the pupil meant; exactly one or an error."""
        return self.find_pupil(typed, source).id

    def is_pupil(self, typed: str) -> bool:
        """Whether that names exactly one pupil of the records here."""
        with suppress(SencliError):
            return bool(self.pupil_id(typed))
        return False

    def is_class(self, typed: str) -> bool:
        """Whether somebody on roll is in a class of that name."""
        with suppress(SencliError):
            self.read().check_class(typed)
            return True
        return False

    def pupil_ids(self, typed: str, source: Records | None = None) -> list[str]:
        """The ids of the pupils meant, each once: one, or several between commas.

        ``Khan, Amelia`` is one, unless both words are names of pupils by themselves.
        """
        if "=" in typed and (part := self._part(typed)):
            return part
        parts = [part for part in (p.strip() for p in typed.split(",")) if part]
        if len(parts) <= 1:
            return [self.pupil_id(typed, source)]
        try:
            return list(dict.fromkeys(self.pupil_id(part, source) for part in parts))
        except (Ambiguous, NotFound) as fault:
            try:
                return [self.pupil_id(typed, source)]
            except (Ambiguous, NotFound):
                raise fault from None

    def _part(self, typed: str) -> list[str]:
        """The ids of the pupils of a class, or in a group today; of neither none."""
        from sencli.cli.shell.part_of import part_of
        from sencli.core.papers.part_of_school import ids_in

        kind, name = part_of(typed)
        records = list(self.read().pupils()) if kind else []
        groups, day = self.repo.groups(), self.today
        return ids_in(kind, name, records, groups, day) if kind else []

    def find_pupil(self, typed: str, source: Records | None = None) -> find.PupilName:
        """The pupil meant, with the names."""
        from sencli.core.record import find
        from sencli.store.repository.pupil_names import of_id
        from sencli.store.repository.pupil_names import pupil_names

        records = source or self.repo
        if found := of_id(records, typed):
            return found
        try:
            named = find.pupil(typed, pupil_names(records))
        except NotFound:
            self._tell_unreadable(records, typed)
            raise
        if gone := _vanished(records):
            self.tell(f"Note: {gone.message} The name may be one of theirs too.")
        return named

    def _tell_unreadable(self, records: Records, typed: str) -> None:
        """Say so where the pupil meant may be one whose record cannot be read."""
        from sencli.store.repository.pupil_names import unreadable

        faults = unreadable(records)
        if gone := _vanished(records):
            faults.append(gone)
        if faults:
            listed = "".join(f"\n  {fault.message}" for fault in faults)
            raise type(faults[0])(
                f"No record that can be read fits {typed!r}, and this cannot be "
                f"read:{listed}",
                faults[0].hint,
            )

    def read(
        self,
        known_at: str | None = None,
        as_at_day: str | None = None,
        *,
        listing: bool = False,
    ) -> Reading:
        """The records as at a day or as known at a day; by default, as they are now.

        With ``listing`` the school, too, is taken from what is kept ready.
        """
        source: Records = self.repo
        if known_at is not None:
            if context := click.get_current_context(silent=True):
                context.call_on_close(self.repo.close)
            from sencli.store.trust.history_on_day import known_at as records_known

            source = records_known(self.repo, date.fromisoformat(known_at))
        day = as_at_day or known_at or self.today
        filtered = as_at_day is not None
        return Reading(self, source, day, filtered=filtered, listing=listing)

    def tell(self, text: str) -> None:
        """A message on standard error."""
        click.echo(self._readable(text, sys.stderr), err=True)

    def say(self, text: str) -> None:
        """A line of the result, on standard output."""
        click.echo(self._readable(text, sys.stdout))

    def _readable(self, text: str, stream: TextIO) -> str:
        if not stream.isatty():
            return safe_text(text)
        from sencli.cli.shell.by_name import readable

        return readable(self.__dict__.get("repo"), text, stream)


class Reading(RecordsOnDay):
    """The records as one command sees them: one source, one day, and the school."""

    def __init__(
        self, app: App, source: Records, day: str, *, filtered: bool, listing: bool
    ) -> None:
        super().__init__(source, day, filtered=filtered)
        self.app = app
        self.listing = listing

    @cached_property
    def school(self) -> Record:
        """The school."""
        return self._book("school.yaml")

    @cached_property
    def provisions(self) -> Record:
        """The catalogue and the scales."""
        return self._book("provisions.yaml")

    @cached_property
    def groups(self) -> Record:
        """The teaching groups."""
        return self.source.groups()

    @cached_property
    def published(self) -> dict[str, Record]:
        """What is written of the reports that the school publishes, on the day."""
        from sencli.core.record.as_at import as_at
        from sencli.core.school.published_reports import KINDS
        from sencli.core.school.published_reports import path_of
        from sencli.resources import load_schema

        found = {}
        for kind in KINDS:
            with suppress(NotFound):
                made = self.source.read(path_of(kind))
                schema = load_schema("published") if self.filtered else None
                found[kind] = as_at(made, self.day, schema) if schema else made
        return found

    @property
    def files(self) -> School:
        """The school's files, on the day."""
        from sencli.core.provision.school import School

        return School(self.school, self.provisions, self.groups, self.day)

    @property
    def past(self) -> bool:
        """Whether it is of another day than today, or of what was known then."""
        return self.day != self.app.today or self.source is not self.app.repo

    @property
    def keeps(self) -> bool:
        """Whether rows that are kept ready will do: of the records as they stand."""
        return self.source is self.app.repo and not self.app.strict

    def _book(self, path: str) -> Record:
        if not (self.listing and self.keeps) or newer():
            return self.source.known(path)
        from sencli.store.repository.cache_files import parsed

        return parsed(self.app.repo, path)

    def several(self, ids: Sequence[str]) -> list[Record]:
        """These records; many of them are read by all cores."""
        from sencli.store.files.parallel import spread

        # an older state comes through one pipe from git, which cannot be shared
        alone = 0 if self.source is self.app.repo else 1
        return spread(self.pupil, ids, processes=alone)

    def find(self, typed: str) -> Record:
        """The record of the pupil meant."""
        return self.pupil(self.app.pupil_id(typed, self.source))

    def recorded(self, typed: str) -> Record:
        """The record of the pupil meant as it is written, with what is yet to come."""
        return self.source.pupil(self.app.pupil_id(typed, self.source))

    def pupils(self) -> Iterator[Record]:
        """Every record that can be read, by id; the others are left out, and told."""
        if self.source is self.app.repo:
            whole_school(self.app)
        else:
            self.app.read_all = True
        ids = list(self.source.pupil_ids())
        with self.app.repo.told("Reading records", len(ids)) as tick:
            for pupil_id in ids:
                if tick is not None:
                    tick(1)
                try:
                    if self.app.strict:
                        self._judge(pupil_id)
                    record = self.pupil(pupil_id)
                except SencliError as fault:
                    leave_out(self.app, [fault])
                else:
                    yield record

    def check_class(self, typed: str | None) -> None:
        """Refuse a class that nobody on roll is in: a slip, where nothing was found.

        Raises:
            NotFound: there is none; says which there are.
        """
        from sencli.core.papers.class_map import classes
        from sencli.core.papers.class_map import named_class

        if typed:
            named_class(typed, classes(self.pupils(), self.day))

    def _judge(self, pupil_id: str) -> None:
        from sencli.store.records.draft import judge
        from sencli.store.records.records import pupil_path

        path = pupil_path(pupil_id)
        judge(path, self.source.read_bytes(path))


pass_app = click.make_pass_decorator(App)


def names_of_school(app: App) -> dict[str, Any]:
    """Names of provisions, groups and staff by key, id and initials."""
    names: dict[str, Any] = {}
    try:
        school, catalogue = app.repo.school(), app.repo.provisions()
        names.update({s["initials"]: s["name"] for s in school.get("staff", ())})
        names.update({p["key"]: p["name"] for p in catalogue.get("provisions", ())})
        groups = app.repo.groups().get("groups", ())
        names.update({g["id"]: g["name"] for g in groups})
    except SencliError:
        # history is read when something is wrong, too: then codes stand for names
        return names
    return names


_DATA = (*terms.TABLE_FORMATS, "json")
_HINTS: dict[type[SencliError], str] = {
    IntegrityFault: "See how far the damage goes: sen verify",
    EnvironmentFault: "See what is wrong with the disk or the permissions: sen doctor",
    InvalidValue: "See what is wrong: sen check",
}


def leave_out(app: App, faults: Iterable[SencliError]) -> None:
    """Note records that are left out of what is shown of the whole school."""
    whole_school(app)
    for fault in faults:
        app.left_out.setdefault(fault.message, fault)


def whole_school(app: App) -> None:
    """Note that all records of today are read, and those that are gone."""
    first = not app.read_all
    app.read_all = True
    if first and (fault := _vanished(app.repo)):
        app.left_out.setdefault(fault.message, fault)


def _vanished(records: Records) -> Vanished | None:
    """The records that are gone from the folder, where those of today are read."""
    # exactly so: while a story is told its records are not on the disk yet
    if type(records) is Repository and (gone := vanished(records)):
        return Vanished.of(gone)
    return None


def refuse(app: App) -> None:
    """Go no further where a record was left out: for what must have all of them.

    Raises:
        SencliError: there was one; nothing has changed.
    """
    if fault := ended(app):
        raise fault


def ended(app: App) -> SencliError | None:
    """What the command ends with, after the rest was shown; None where all was."""
    if not app.left_out:
        return None
    found = list(app.left_out.values())
    gone = [fault for fault in found if isinstance(fault, Vanished)]
    rest = [fault for fault in found if not isinstance(fault, Vanished)]
    said = [fault.message for fault in gone]
    hints = [f"{BRING_BACK}{RESTORE}"] if gone else []
    if rest:
        is_ = "is" if len(rest) == 1 else "are"
        listed = "".join(f"\n  {fault.message}" for fault in rest)
        number = plural(len(rest), "record")
        said.append(f"{number} could not be read and {is_} skipped:{listed}")
    kind = next(
        (kind for kind in _HINTS if any(isinstance(f, kind) for f in rest)),
        InvalidValue,
    )
    if rest:
        hints.append(_HINTS[kind])
    return kind("\n".join(said), "\n".join(hints))


def ahead(app: App, views: Sequence[View], fmt: str) -> Sequence[View]:
    """The views, of which each that speaks of a day to come says that it does."""
    if fmt in _DATA or all(view.day <= app.today for view in views):
        return views
    from sencli.core.text.dates import words
    from sencli.documents.view import Text
    from sencli.value import replace

    def noted(view: View) -> View:
        if view.day <= app.today:
            return view
        known = words(app.today)
        text = f"Looking ahead to {words(view.day)}: what is recorded by {known}."
        return replace(view, blocks=(Text(text, "note"), *view.blocks))

    return [noted(view) for view in views]


def marked(app: App, views: Sequence[View], fmt: str) -> Sequence[View]:
    """The views, the first of which says how many records are left out."""
    views = ahead(app, views, fmt)
    if not app.left_out or fmt in _DATA or not views:
        return views
    from sencli.documents.view import Text
    from sencli.value import replace

    found = app.left_out.values()
    gone = sum(len(f.paths) for f in found if isinstance(f, Vanished))
    rest = sum(not isinstance(f, Vanished) for f in found)
    told = []
    if rest:
        is_ = "is" if rest == 1 else "are"
        told.append(f"{plural(rest, 'record')} could not be read and {is_} left out")
    if gone:
        is_ = "is" if gone == 1 else "are"
        told.append(f"{plural(gone, 'record')} {is_} gone from the folder")
    note = Text(f"Not complete: {'; '.join(told)}.", "note")
    first = views[0]
    return [replace(first, blocks=(note, *first.blocks)), *views[1:]]
