"""A paper from the order to the file: for whom, in what language, checked, recorded."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

from sencli.cli.papers.order import Order
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.errors import UsageFault
from sencli.value import Value
from sencli.value import replace

if TYPE_CHECKING:
    from sencli.cli.papers.readers import Readers
    from sencli.cli.shell.app import App
    from sencli.cli.shell.app import Reading
    from sencli.core.audit.trail import Trail
    from sencli.core.papers.plain_english import Remark
    from sencli.core.papers.redact import Rules
    from sencli.core.record.types import Record
    from sencli.documents.made_in.asked import Asked
    from sencli.documents.made_in.asked import Gap
    from sencli.documents.made_in.setting import Setting
    from sencli.documents.view import View


class Job(Value):
    """One paper for one reader.

    Attributes:
        record: the pupil's, as it will be when the paper is recorded.
        contact: id of the contact who gets it, or "".
        to: the reader as the record is to name them: a contact's id or a name, or "".
        lang: language of the wording, or "" for the school's.
        rules: what the reader does not get; None where nobody has been asked yet.
    """

    record: dict[str, Any]
    contact: str = ""
    to: str = ""
    lang: str = ""
    rules: Rules | None = None


class Counter:
    """Where papers are handed out: one reading of the records, one order.

    Args:
        app: the run.
        reading: the records.
        order: what is wanted.
    """

    def __init__(self, app: App, reading: Reading, order: Order) -> None:
        from sencli.documents.registry import document

        self.app = app
        self.reading = reading
        self.order = order
        self.document = document(order.document)
        self.own = app.repo.root / "templates"
        self._settings: dict[str, Setting] = {}
        self._originals: dict[str, Record] = {}

    @cached_property
    def fmt(self) -> str:
        """The format."""
        from sencli.cli.shell.output import format_of

        order, made = self.order, self.document
        file = None if order.each else order.output
        wanted = format_of(order.fmt, file, "", made.formats)
        wanted = wanted or ("pdf" if order.each else made.formats[0])
        if wanted not in made.formats:
            raise UsageFault(
                f"The document {order.document} does not come as {wanted}.",
                f"Choose one of: {', '.join(made.formats)}.",
            )
        return wanted

    @cached_property
    def languages(self) -> dict[str, str]:
        """The languages that there is wording for."""
        from sencli.cli.papers.setting import languages

        return languages(self.own)

    @cached_property
    def readers(self) -> Readers:
        """Who gets a paper, and what of it."""
        from sencli.cli.papers.readers import Readers

        return Readers(self.app, self.reading, self.order, self.own)

    def setting(self, lang: str) -> Setting:
        """The school and the words of a language."""
        from sencli.cli.papers.setting import setting

        if lang not in self._settings:
            made = setting(self.reading, lang)
            made = replace(made, originals=self._originals)
            self._settings[lang] = made
            if doubt := made.words.find("needs_check"):
                self.app.tell(doubt)
        return self._settings[lang]

    def hand_out(self, records: Sequence[Record]) -> None:
        """Make the papers, say what parents may stumble over, record, and print."""
        from sencli.cli.papers import asides
        from sencli.cli.papers import issue
        from sencli.cli.papers.making import made
        from sencli.cli.papers.readers import say_left_out
        from sencli.cli.papers.takes import check_included
        from sencli.cli.shell.app import ahead

        self._check(len(records))
        check_included(records, self.order.include)
        alone = len(records) == 1
        records = [self._as_now(record) for record in records]
        true = self._true(records)
        jobs = [job for r in true for job in self._jobs(r, alone=alone)]
        if not jobs:
            raise NotFound("There is nobody this paper may be given to.")
        self._check_output(jobs)
        before = {str(job.record["id"]): job.record for job in jobs}
        if self.order.record and self.order.letter:
            jobs = issue.told(self, jobs)
        papers = made(self, jobs)
        views = ahead(self.app, [view for view, _ in papers], self.fmt)
        say_left_out(self, jobs)
        asides.tell(self.app, views)
        if self.guards:
            tell(self, jobs, [remarks for _, remarks in papers])
        with self._written(jobs, views):
            if self.order.record:
                issue.save(self, before, jobs, views)

    def _as_now(self, record: Record) -> Record:
        """The record with who may see what as it is today; its code is of the whole."""
        made = self.readers.as_now(record)
        if made is not record:
            self._originals[str(record["id"])] = record
        return made

    def _check(self, pupils: int) -> None:
        order = self.order
        self.readers.check()
        named = order.cycle or (order.to and order.for_parents)
        if pupils > 1 and named:
            raise UsageFault("--cycle and --to go with one pupil.", "Name one pupil.")
        if order.cycle and not self.document.cycle:
            raise UsageFault(
                f"--cycle goes with papers about one cycle, not with {order.document}."
            )
        if order.strict and not self.guards:
            raise UsageFault(
                f"--strict is for papers that others read, and {order.document} is for "
                "the school itself.",
                "Say for whom: --for parent, or leave it out.",
            )
        if order.for_parents and self.reading.day > self.app.today:
            from sencli.core.text.dates import words

            raise UsageFault(
                "A paper for parents says what is so on its day, and "
                f"{words(self.reading.day)} has not come yet.",
                "Leave --as-at out, or name a day that has been.",
            )
        if order.each and order.output is None:
            raise UsageFault("--each needs a folder.", "Add --output FOLDER")
        if order.record and self.reading.day != self.app.today:
            raise UsageFault("Only a paper of today can be recorded.")
        if order.record and not order.letter and not (order.to or order.audience):
            raise UsageFault("Say who it was given to.", "Add --to WHO (or --for).")

    def _true(self, records: Sequence[Record]) -> list[Record]:
        """The pupils of whom the paper is true on its day; of the others it is said.

        Raises:
            InvalidValue: it is true of none of them.
        """
        from sencli.core.papers.standing import refusal

        document, day = self.order.document, self.reading.day
        faults = {str(r["id"]): refusal(document, r, day) for r in records}
        found = [fault for fault in faults.values() if fault is not None]
        if found and len(found) == len(records):
            raise found[0]
        for fault in found:
            self.app.tell(f"Left out: {fault.message}")
        return [record for record in records if faults[str(record["id"])] is None]

    def _jobs(self, record: Record, *, alone: bool) -> Iterator[Job]:
        """The papers about one pupil: one for each reader."""
        for contact, to in self.readers.of(record, alone=alone):
            yield Job(
                record,
                contact,
                to,
                self._language(record, contact, to),
                self.readers.rules_for(record, contact, to),
            )

    def _language(self, record: Record, contact: str, to: str) -> str:
        """The language asked for, else the reader's, where there is wording for it."""
        from sencli.core.people.parents import readers
        from sencli.core.record import lookup

        if self.order.lang:
            return self.order.lang
        if contact:
            now = lookup.contacts_on(record, self.reading.day)
            return self._worded(next((c for c in now if c["id"] == contact), {}))
        if self.order.document != "summary" or to:
            return ""
        found, _ = readers(record, self.reading.day)
        langs = {self._worded(parent) for parent in found}
        return langs.pop() if len(langs) == 1 else ""

    def _worded(self, contact: Record) -> str:
        """The language of a contact, where there is wording for it; else ""."""
        from sencli.cli.papers.setting import language_of

        spoken = str(contact.get("language", ""))
        return language_of(spoken, self.languages) if spoken else ""

    @property
    def guards(self) -> bool:
        """Whether the papers are looked over before they are handed out."""
        return bool(self.order.for_parents or self.order.audience)

    def view(self, job: Job) -> View:
        """One paper."""
        asked = self.asked(job)
        if self.order.document == "case" and self.fmt == "pdf":
            from sencli.cli.papers.two_pages import fitted

            return fitted(
                self.app, lambda most: self._built(job, replace(asked, entries=most))
            )
        return self._built(job, asked)

    def _built(self, job: Job, asked: Asked) -> View:
        (view,) = self.document.build([job.record], self.setting(job.lang), asked)
        return view

    def asked(self, job: Job) -> Asked:
        """What is asked of the document for one job."""
        from sencli.cli.papers.order import cycle_id
        from sencli.core.papers.reasons import with_reasons
        from sencli.documents.made_in.asked import Asked

        order, record = self.order, job.record
        rules = job.rules or self.readers.rules
        made = Asked(
            cycle=cycle_id(record, order.cycle) if order.cycle else "",
            to=job.contact,
            since=order.since,
            rules=with_reasons(rules) if order.reasons else rules,
            include=order.include,
            meeting=order.meeting,
            reasons=order.reasons,
            any_day=order.any_day,
        )
        if order.document != "case":
            return made

        pupil = str(record["id"])
        return replace(
            made,
            trails={pupil: trail(self.reading, pupil)},
            gaps={pupil: gaps(self.reading, record, made)},
        )

    def _check_output(self, jobs: Sequence[Job]) -> None:
        """Refuse before the work, and before anything is recorded, what cannot be."""
        from sencli.cli.shell.many_files import check_files
        from sencli.cli.shell.output import check_file

        output, force = self.order.output, self.order.force
        if output is not None and self.order.each:
            check_files(Path(output), list(map(self._name, jobs)), force=force)
        elif output is not None:
            check_file(Path(output), force=force)

    @contextmanager
    def _written(self, jobs: Sequence[Job], views: Sequence[View]) -> Iterator[None]:
        """Set the papers; what is done within comes before they can be seen."""
        from sencli.cli.shell.many_files import new_files
        from sencli.cli.shell.output import put
        from sencli.cli.shell.output import rendered

        output = self.order.output
        if output is None or not self.order.each:
            sides = self.order.single_sided
            data = rendered(self.app, views, self.fmt, output, single_sided=sides)
            yield
            put(self.app, data, output, force=self.order.force)
            return
        named = dict(zip(map(self._name, jobs), views, strict=True))
        with new_files(Path(output), list(named), self.app.repo.root) as folder:
            self._each(named, folder)
            yield
        self.app.tell(f"Written: {len(named)} files in {output}")

    def _name(self, job: Job) -> str:
        from sencli.formats import FORMATS

        parts = [self.order.document, str(job.record["id"])]
        if job.contact:
            parts.append(job.contact)
        return f"{'-'.join(parts)}{FORMATS[self.fmt].suffix}"

    def _each(self, named: dict[str, View], folder: Path) -> None:
        """Each view as a file of its own; many are made by several processes."""
        from sencli.cli.shell.many_files import save
        from sencli.cli.shell.output import rendered
        from sencli.cli.shell.progress import progress
        from sencli.store.files.parallel import spread

        def make(name: str) -> None:
            save(folder / name, rendered(self.app, [named[name]], self.fmt, name))

        with progress("Setting papers", len(named)) as tick:
            spread(make, list(named), tick)


def gaps(reading: Reading, record: dict[str, Any], asked: Asked) -> list[Gap]:
    """Where the record falls short on the day; what was answered is no gap.

    A finding may quote what it is about, or tell of it by being there. So none is told
    that the record as its reader sees it does not show too.
    """
    from sencli.core.papers.redact import redact

    found = _found(reading, record)
    seen = redact(
        record, asked.rules, to=asked.to, include=asked.include, day=reading.day
    )
    if seen.left_out:
        safe = _found(reading, seen.record)
        found = [gap for gap in found if gap in safe]
    return found


def _found(reading: Reading, record: dict[str, Any]) -> list[Gap]:
    from sencli.cli.checks.check import Judging
    from sencli.documents.made_in.asked import Gap

    judging = Judging(reading.school, reading.provisions, reading.day)
    return [
        Gap(problem.code, problem.level, problem.message)
        for problem in judging(record)
        if not problem.answer and not problem.file
    ]


def trail(reading: Reading, pupil_id: str) -> Trail:
    """When each part of the record was written down, and in which commit."""
    from sencli.core.audit.trail import Step
    from sencli.core.audit.trail import trail as followed
    from sencli.resources import load_schema
    from sencli.store.records.records import pupil_path

    versions = reading.app.repo.history(pupil_path(pupil_id))
    steps = [Step(v.commit, v.date, v.old, v.new) for v in reversed(versions)]
    return followed(steps, load_schema("pupil"))


class Look:
    """What a paper is looked over with, made once for all of them."""

    def __init__(self, counter: Counter) -> None:
        from sencli.core.papers.plain_english import Guard
        from sencli.core.school.settings import settings
        from sencli.resources import load_schema
        from sencli.store.repository.names import pupil_names

        reading = counter.reading
        self._schema = load_schema("pupil")
        self._for_parents = counter.order.for_parents
        self._guard = Guard(
            counter.setting("").words.section("jargon"),
            pupil_names(reading.source),
            [str(person["name"]) for person in reading.school.get("staff", ())],
            settings(reading.school).reading_age,
        )

    def __call__(self, record: Record, view: View) -> list[Remark]:
        """Jargon, codes, other children's names and hard sentences on one paper.

        Readers of the trade know its words: they are told of other children only.
        """
        from sencli.core.papers.plain_english import texts
        from sencli.formats import render

        printed = render([view], "text").decode()
        found = self._guard.remarks(texts(record, self._schema, printed), record)
        return [made for made in found if made.kind == "name" or self._for_parents]


def tell(
    counter: Counter, jobs: Sequence[Job], found: Sequence[Sequence[Remark]]
) -> None:
    """Tell of what was found on the papers, each thing once.

    Raises:
        InvalidValue: there is something, and the order is strict.
    """
    from sencli.core.record import lookup

    told: set[tuple[str, str]] = set()
    for job, remarks in zip(jobs, found, strict=True):
        for remark in remarks:
            key = (str(job.record["id"]), remark.message)
            if key in told:
                continue
            told.add(key)
            name = lookup.display_name(job.record)
            counter.app.tell(f"{name}: {remark.message}")
            counter.app.tell(f"     {remark.command}")
    if told and counter.order.strict:
        count = len(told)
        raise InvalidValue(
            f"{count} place{'' if count == 1 else 's'} should be changed before "
            "this is printed (see above); nothing was printed.",
            "Change them, or leave --strict out.",
        )
