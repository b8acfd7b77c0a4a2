"""Print papers about one pupil each: recipients, language, checks and advice."""

from __future__ import annotations

import pickle
from base64 import b64decode
from base64 import b64encode
from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

from sencli.cli.papers.issue import Given
from sencli.cli.papers.print_job import SMALL
from sencli.cli.papers.print_job import PrintJob
from sencli.core.text.plural import plural
from sencli.errors import NotFound
from sencli.errors import UsageFault
from sencli.value import replace

if TYPE_CHECKING:
    from sencli.cli.papers.order import Copy
    from sencli.cli.papers.readers import Readers
    from sencli.cli.shell.app import Reading
    from sencli.core.audit.trail import Trail
    from sencli.core.papers.plain_english import Remark
    from sencli.core.papers.redact import LeftOut
    from sencli.core.record.types import Record
    from sencli.documents.made_in.paper_request import CaseGap
    from sencli.documents.made_in.paper_request import PaperRequest
    from sencli.documents.view import View

    Made = tuple[View, list[Remark], tuple[LeftOut, ...]]


class PupilPapers(PrintJob):
    """One order of papers about one pupil each."""

    _before: dict[str, Record]
    _copies: list[Copy]

    @cached_property
    def languages(self) -> dict[str, str]:
        """The languages that there is wording for."""
        from sencli.cli.papers.setting import languages

        return languages(self.own)

    @cached_property
    def readers(self) -> Readers:
        """The recipients, and what each may see."""
        from sencli.cli.papers.readers import Readers

        return Readers(self)

    @property
    def guards(self) -> bool:
        """Whether the papers are checked before printing."""
        return bool(self.order.for_parents or self.order.audience)

    def check(self) -> None:
        """Refuse also what only a paper about one pupil does not take."""
        super().check()
        order = self.order
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

    def views(self) -> Sequence[View]:
        """A paper for each reader of each pupil's."""
        from sencli.cli.papers.look_over import tell
        from sencli.cli.papers.readers import say_left_out
        from sencli.cli.shell.app import ahead

        self._copies = copies = self._ordered()
        self._before = {str(copy.record["id"]): copy.record for copy in copies}
        if self.order.record:
            self._copies = copies = self._as_sent(copies)
        made = self._made(copies)
        views = ahead(self.app, [view for view, _, _ in made], self.fmt)
        pairs = list(zip(copies, made, strict=True))
        say_left_out(self, ((copy, lost) for copy, (_, _, lost) in pairs))
        remarks = [
            (copy.record, remark) for copy, (_, found, _) in pairs for remark in found
        ]
        tell(self.app, views, remarks, strict=self.order.strict)
        return views

    def _as_sent(self, copies: Sequence[Copy]) -> list[Copy]:
        """The copies with the records as sending them makes them."""
        from sencli.cli.papers.issue import as_letters_make

        if not self.order.letter:
            return list(copies)
        return as_letters_make(self.reading, self.order, copies)

    def _tells(self, copy: Copy) -> bool:
        """Whether a copy tells of the support: something may be left out of it."""
        del copy
        return True

    def _ordered(self) -> list[Copy]:
        """The papers that are to be made.

        Raises:
            UsageFault: an option goes with one pupil, and there are several.
            NotFound: there is nobody whom it may be given to.
        """
        from sencli.cli.papers.order import ordered_pupils
        from sencli.cli.papers.takes import check_included
        from sencli.cli.shell.many_files import check_files

        order = self.order
        records = ordered_pupils(self.reading, order)
        if len(records) > 1 and (order.cycle or (order.to and order.for_parents)):
            raise UsageFault("--cycle and --to go with one pupil.", "Name one pupil.")
        check_included(records, order.include)
        alone = len(records) == 1
        true = self._true([self._as_now(record) for record in records])
        found = [copy for r in true for copy in self._of(r, alone=alone)]
        if not found:
            raise NotFound("There is nobody this paper may be given to.")
        if order.each and order.output is not None:
            names = self._names(found)
            check_files(Path(order.output), names, force=order.force)
        return found

    def _as_now(self, record: Record) -> Record:
        """The record with who may see what as it is today; its code is of the whole."""
        made = self.readers.as_now(record)
        if made is not record:
            self.originals[str(record["id"])] = record
        return made

    def _true(self, records: Sequence[Record]) -> list[Record]:
        """The pupils of whom the paper is true on its day; of the others it is said.

        Raises:
            InvalidValue: it is true of none of them.
        """
        from sencli.core.papers.eligibility import refusal

        document, day = self.order.document, self.reading.day
        school = self.reading.school
        faults = {str(r["id"]): refusal(document, r, day, school) for r in records}
        found = [fault for fault in faults.values() if fault is not None]
        if found and len(found) == len(records):
            raise found[0]
        for fault in found:
            self.left_out(f"Left out: {fault.message}")
        return [record for record in records if faults[str(record["id"])] is None]

    def _of(self, record: Record, *, alone: bool) -> Iterator[Copy]:
        """The papers about one pupil: one for each reader."""
        from sencli.cli.papers.order import Copy

        for contact, to in self.readers.of(record, alone=alone):
            yield Copy(
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

    def sized(self, views: Sequence[View]) -> Sequence[View]:
        """The papers, in large print those for somebody who needs it."""
        pairs = zip(views, self._copies, strict=True)
        return [replace(view, large=self._is_large(copy)) for view, copy in pairs]

    def _is_large(self, copy: Copy) -> bool:
        """Whether a copy is in large print; one for both parents if either needs it."""
        from sencli.core.people.parents import readers
        from sencli.core.record import lookup

        day = self.reading.day
        if self.order.large:
            return True
        if self.order.size in SMALL:
            return False
        if copy.contact:
            found = lookup.contacts_on(copy.record, day)
            found = [one for one in found if one["id"] == copy.contact]
        elif self.order.for_parents:
            found, _ = readers(copy.record, day)
        else:
            return False
        return any(one.get("large_print") for one in found)

    def _worded(self, contact: Record) -> str:
        """The language of a contact, where there is wording for it; else ""."""
        from sencli.cli.papers.setting import language_of

        spoken = str(contact.get("language", ""))
        return language_of(spoken, self.languages) if spoken else ""

    def _made(self, copies: Sequence[Copy]) -> list[Made]:
        """Each paper, what its reader would stumble over, and what is left out.

        Other processes hand theirs over as Python's own bytes: they are our children,
        and nobody else can write to the pipe.
        """
        from sencli.cli.papers.look_over import Look
        from sencli.cli.papers.readers import left_out_of
        from sencli.cli.shell.progress import progress
        from sencli.store.files.parallel import spread
        from sencli.store.files.parallel import workers

        look: Look | None = None
        if self.guards:
            words, parents = self.setting("").words, self.order.for_parents
            look = Look(self.reading, words, for_parents=parents)
        for copy in copies:
            self.setting(copy.lang)  # what a language says of itself is said once, here

        def one(copy: Copy) -> Made:
            view = self._view(copy)
            lost = left_out_of(self, copy) if self._tells(copy) else ()
            return view, look(copy.record, view) if look else [], lost

        with progress("Writing papers", len(copies)) as tick:
            if workers(len(copies)) > 1:
                numbers = [str(number) for number in range(len(copies))]
                found = spread(
                    lambda n: b64encode(pickle.dumps(one(copies[int(n)]))).decode(),
                    numbers,
                    tick,
                )
                return [pickle.loads(b64decode(text)) for text in found]
            papers = []
            for copy in copies:
                papers.append(one(copy))
                if tick is not None:
                    tick(1)
            return papers

    def _view(self, copy: Copy) -> View:
        """One paper."""
        from sencli.core.papers.readership import reader_kinds

        request = self._request(copy)
        setting = self.setting(copy.lang)
        kinds = reader_kinds(copy.record, setting.day, copy.contact)
        setting = replace(setting, words=setting.words.suited(kinds))
        (view,) = self.document.build([copy.record], setting, request)
        return view

    def _request(self, copy: Copy) -> PaperRequest:
        """The document's options for one reader."""
        from sencli.cli.papers.order import cycle_id
        from sencli.core.papers.internal_reasons import with_reasons
        from sencli.documents.made_in.paper_request import PaperRequest

        order, record = self.order, copy.record
        rules = copy.rules or self.rules
        made = PaperRequest(
            cycle=cycle_id(record, order.cycle) if order.cycle else "",
            to=copy.contact,
            since=order.since,
            rules=with_reasons(rules) if order.reasons else rules,
            include=order.include,
            meeting=order.meeting,
            reasons=order.reasons,
            any_day=order.any_day,
            size=order.size,
            picture=self._picture(record) if self.document.picture else None,
        )
        if not self.document.gaps:
            return made

        pupil = str(record["id"])
        return replace(
            made,
            trails={pupil: trail(self.reading, pupil)},
            gaps={pupil: gaps(self.reading, record, made)},
        )

    def _picture(self, record: Record) -> bytes | None:
        """The file of the picture that the profile names; None where there is none."""
        from sencli.core.record.lookup import profile_on

        wanted = profile_on(record, self.reading.day).get("picture")
        for entry in record.get("documents", ()):
            if wanted and entry["id"] == wanted:
                path = f"documents/{record['id']}/{entry['file']}"
                with suppress(NotFound):
                    return self.reading.source.read_bytes(path)
        return None

    def cover(self, views: Sequence[View]) -> Sequence[View]:
        """The list in front of the papers of several pupils: for whoever prints them.

        Cards and papers that share a sheet have no page of their own to be listed.
        """
        from sencli.core.record import lookup
        from sencli.documents.lists.batch_cover import Listed
        from sencli.documents.lists.batch_cover import batch_cover

        several = len({copy.record["id"] for copy in self._copies}) > 1
        own = all(v.sheet.size != "card" and not v.sheet.shared for v in views)
        if self.order.no_cover or self.fmt != "pdf" or not several or not own:
            return ()
        day = self.reading.day
        papers = [
            Listed(
                lookup.full_name(copy.record),
                str(lookup.placement_on(copy.record, day).get("class", "")),
                self._named(view, lookup.display_name(copy.record)),
                self._reader_of(copy),
            )
            for copy, view in zip(self._copies, views, strict=True)
        ]
        return [batch_cover(papers, self._left_out, views[0].school, day)]

    def _named(self, view: View, pupil: str) -> str:
        """What a paper is: a passport has no title beside the pupil's name."""
        return self.order.document.capitalize() if view.title == pupil else view.title

    def _reader_of(self, copy: Copy) -> str:
        """Whose a copy is, by name where it is one person's."""
        from sencli.documents.made_in.paper_request import reader_name

        name = reader_name(copy.record, self.reading.day, copy.contact)
        return name or (copy.rules.title if copy.rules else "")

    def names(self) -> list[str]:
        """The names of the files: the document, the pupil, the reader."""
        return self._names(self._copies)

    def _names(self, copies: Sequence[Copy]) -> list[str]:
        return [self._name(copy) for copy in copies]

    def _name(self, copy: Copy) -> str:
        from sencli.formats import FORMATS

        parts = [self.order.document, str(copy.record["id"])]
        if copy.contact:
            parts.append(copy.contact)
        return f"{'-'.join(parts)}{FORMATS[self.fmt].suffix}"

    def given(self, views: Sequence[View]) -> Given:
        """The entry for each pupil's record: the paper and its reader."""
        order = self.order
        service = order.meeting.get("service", "")
        named = f"{order.document} ({service})" if service else order.document
        papers = [
            (
                str(copy.record["id"]),
                {
                    "document": named,
                    "to": copy.to,
                    "audience": order.audience,
                    "content": view.fingerprint,
                },
            )
            for copy, view in zip(self._copies, views, strict=True)
        ]
        after = {str(copy.record["id"]): copy.record for copy in self._copies}
        count = plural(len(papers), "paper")
        words = f"Recorded: {count} given (saved as {{commit}})."
        return Given(self._before, after, papers, words)


def gaps(
    reading: Reading, record: dict[str, Any], request: PaperRequest
) -> list[CaseGap]:
    """Where the record falls short on the day; what was answered is no gap.

    A finding may quote what it is about, or tell of it by being there. So none is told
    that the record as its reader sees it does not show too.
    """
    from sencli.core.papers.redact import redact

    found = _rule_gaps(reading, record)
    seen = redact(
        record, request.rules, to=request.to, include=request.include, day=reading.day
    )
    if seen.left_out:
        safe = _rule_gaps(reading, seen.record)
        found = [gap for gap in found if gap in safe]
    return found


def _rule_gaps(reading: Reading, record: dict[str, Any]) -> list[CaseGap]:
    from sencli.cli.checks.check import Judging
    from sencli.documents.made_in.paper_request import CaseGap

    judging = Judging(reading.school, reading.provisions, reading.day)
    return [
        CaseGap(problem.code, problem.level, problem.message)
        for problem in judging(record)
        if not problem.answer and not problem.file
    ]


def trail(reading: Reading, pupil_id: str) -> Trail:
    """When each part of the record was written down, and in which commit."""
    from sencli.core.audit.trail import TrailStep
    from sencli.core.audit.trail import trail as followed
    from sencli.resources import load_schema
    from sencli.store.records.records import pupil_path

    versions = reading.app.repo.history(pupil_path(pupil_id))
    steps = [TrailStep(v.commit, v.date, v.old, v.new) for v in reversed(versions)]
    return followed(steps, load_schema("pupil"))
