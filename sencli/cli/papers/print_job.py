"""Print a document: check, redact, choose wording, output and record it."""

from __future__ import annotations

from abc import ABC
from abc import abstractmethod
from collections import ChainMap
from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

from sencli.errors import UsageFault
from sencli.value import replace

if TYPE_CHECKING:
    from sencli.cli.papers.issue import Given
    from sencli.cli.papers.order import Order
    from sencli.cli.shell.app import App
    from sencli.core.papers.redact import Rules
    from sencli.core.record.types import Record
    from sencli.documents.made_in.paper_context import PaperContext
    from sencli.documents.view import View

NUMBERS = "Governors get the whole school in numbers: sen print governors"
"""What is offered in place of a paper with a row or a page for each child."""


SMALL = {"a5": "A5", "card": "a card"}
"""Sheets without room for large print."""
_AS_MADE = (
    "Noted is the paper as sencli made it: what is written into the Word file is in no "
    "record."
)


class PrintJob(ABC):
    """One order of papers, from the checks to the file.

    Args:
        app: the run.
        order: what is wanted.
    """

    def __init__(self, app: App, order: Order) -> None:
        from sencli.cli.papers.setting import language_named
        from sencli.documents.registry import document

        self.app = app
        self.own = app.repo.root / "templates"
        self.order = replace(order, lang=language_named(order.lang, self.own))
        self._tell_english()
        self.document = document(order.document)
        self.reading = app.read(order.known_at, order.as_at)
        self.originals: dict[str, Record] = {}
        self._settings: dict[str, PaperContext] = {}
        self._left_out: list[str] = []

    def run(self) -> None:
        """Make the papers, print advice, record and output them."""
        from sencli.cli.papers.issue import save
        from sencli.cli.shell.output import check_file
        from sencli.formats import FORMATS

        self.check()
        if self.order.output is not None and not self.a_file_each:
            check_file(Path(self.order.output), force=self.order.force)
        views = self.sized(self.views())
        if FORMATS[self.fmt].paged:
            from sencli.cli.papers.own_templates import tell_logo_missing

            tell_logo_missing(self.app)
        # what cannot be made, or not be written, must not be recorded
        with self._written(views):
            if self.order.record:
                given = self.given(views)
                commit = save(self.reading, self.order, given)
                self.app.tell(given.words.format(commit=commit))
                if self.fmt == "docx":
                    self.app.tell(_AS_MADE)

    @abstractmethod
    def views(self) -> Sequence[View]:
        """The checked papers, ready to print."""

    def sized(self, views: Sequence[View]) -> Sequence[View]:
        """The papers in large print where that was asked for."""
        large = self.order.large
        return [replace(view, large=True) for view in views] if large else views

    @abstractmethod
    def given(self, views: Sequence[View]) -> Given:
        """The entries to record for the papers."""

    def cover(self, _views: Sequence[View]) -> Sequence[View]:
        """What goes in front of the papers in one file."""
        return ()

    def left_out(self, said: str) -> None:
        """Say, and keep for the list in front, what no paper has and why."""
        self.app.tell(said)
        self._left_out.append(said)

    @property
    def addressed(self) -> bool:
        """Whether the papers say by themselves whose they are."""
        return self.order.letter

    @property
    def a_file_each(self) -> bool:
        """Whether each paper has a file of its own, in a folder."""
        return self.order.each

    def names(self) -> list[str]:
        """The names of the files, where each paper has one."""
        return []

    def check(self) -> None:
        """Refuse what cannot be printed for that reader, or not be recorded."""
        order, reading = self.order, self.reading
        _ = self.fmt, self.rules
        if order.large:
            self._refuse_small()
        if self.a_file_each and order.output is None:
            raise UsageFault("--each needs a folder.", "Add --output FOLDER")
        if order.record and (reading.past or reading.filtered):
            raise UsageFault("Only a paper of today can be recorded.")
        if order.record and not (self.addressed or order.to or order.audience):
            raise UsageFault(
                f"To whom was it given: {order.document}?", "Add --to WHO (or --for)."
            )

    def _tell_english(self) -> None:
        """Say of a paper that is written in English alone that it is in English."""
        from sencli.core.papers.readership import in_english_alone

        document, lang = self.order.document, self.order.lang
        if in_english_alone(document) and not f"{lang or 'en'}-".startswith("en-"):
            self.app.tell(
                f"The words of {document} are in English alone, so it is in English."
            )

    def _refuse_small(self) -> None:
        """Refuse large print where there is no type, or no room for it."""
        from sencli.formats import FORMATS

        if not FORMATS[self.fmt].paged:
            raise UsageFault(
                f"--large is about pages, and {self.fmt} has none.",
                "Add --format pdf, or leave it out.",
            )
        size = self.order.size
        if size in SMALL:
            raise UsageFault(
                f"Large print has no room on {SMALL[size]}: hardly a sentence of it.",
                f"Leave out --large, or --size {size}.",
            )

    @cached_property
    def fmt(self) -> str:
        """The format.

        Raises:
            UsageFault: the document does not come in it.
        """
        from sencli.cli.shell.output import format_of

        order, formats = self.order, self.document.formats
        file = None if self.a_file_each else order.output
        usual = "pdf" if self.a_file_each else formats[0]
        wanted = format_of(order.fmt, file, usual, formats)
        if wanted not in formats:
            raise UsageFault(
                f"The document {order.document} does not come as {wanted}.",
                f"Choose one of: {', '.join(formats)}.",
            )
        return wanted

    @cached_property
    def rules(self) -> Rules:
        """The redaction rules for the kind of reader.

        Raises:
            UsageFault: a parent is to have a paper that shows other families' children,
                or somebody for whom they have no names one that tells who they are.
        """
        from sencli.core.papers.redact import NO_RULES
        from sencli.core.papers.redact import rules_of

        audience, document = self.order.audience, self.order.document
        if not audience:
            return NO_RULES
        if audience == "parent" and self.document.tells_of_few:
            raise self.not_for_a_family()
        rules = rules_of(self.redaction, audience)
        if rules.anonymous and self.document.tells_of_few:
            raise UsageFault(
                f"There is no {document} for {rules.title}: it has rows of one child "
                "or very few, which tells who it is, also without the name.",
                NUMBERS,
            )
        if rules.anonymous and self.document.each:
            raise UsageFault(
                f"There is no {document} for {rules.title}: a paper about one child "
                "tells who it is, also without the name.",
                NUMBERS
                if audience == "governor"
                else "Where names may stand, say so in templates/redaction.json: "
                f'"{audience}": {{"anonymous": false, ...}}',
            )
        if self.document.staff:
            raise self.for_staff()
        return rules

    @cached_property
    def redaction(self) -> dict[str, Any]:
        """Who may read what."""
        from sencli.cli.papers.setting import redaction

        return redaction(self.own)

    def for_staff(self) -> UsageFault:
        """Why nobody outside the school gets a paper for its own staff."""
        return UsageFault(
            f"The {self.order.document} is for the school's own staff, and for nobody "
            "else.",
            "For the family: sen print profile PUPIL"
            if self.document.each
            else "For who works with one child: sen print support-plan PUPIL "
            "--for agency",
        )

    def not_for_a_family(self) -> UsageFault:
        """Why no family may have a paper about many children."""
        return UsageFault(
            f"The document {self.order.document} is about many children, so that no "
            "family may have it.",
            "For one child's family: sen summary PUPIL, or sen print case PUPIL "
            "--for parent",
        )

    def setting(self, lang: str) -> PaperContext:
        """The school and the words of a language."""
        from sencli.cli.papers.setting import BRITISH
        from sencli.cli.papers.setting import setting
        from sencli.core.papers.readership import in_english_alone
        from sencli.core.school.published_reports import KINDS

        if in_english_alone(self.order.document):
            lang = BRITISH  # whatever the school writes to parents in
        if lang not in self._settings:
            made = setting(self.reading, lang)
            # a check code is of the whole record, whatever of it is counted
            originals = ChainMap(self.originals, self.reading.whole)
            made = replace(made, originals=originals)
            if self.order.document in KINDS:
                made = replace(made, published=self.reading.published)
            self._settings[lang] = made
            asked = lang or self.reading.school.get("settings", {}).get("language", "")
            if not made.words.lang.startswith(asked.partition("-")[0].lower()):
                self.app.tell(
                    f"Nothing is translated into {asked} yet: this is in English."
                )
            if doubt := made.words.find("needs_check"):
                self.app.tell(doubt)
        return self._settings[lang]

    @contextmanager
    def _written(self, views: Sequence[View]) -> Iterator[None]:
        """Set the papers; what is done within comes before they can be seen."""
        from sencli.cli.shell.many_files import new_files
        from sencli.cli.shell.output import put
        from sencli.cli.shell.output import rendered

        output = self.order.output
        if output is None or not self.a_file_each:
            sides = self.order.single_sided
            papers = [*self.cover(views), *views]
            data = rendered(self.app, papers, self.fmt, output, single_sided=sides)
            yield
            put(self.app, data, output, force=self.order.force)
            return
        named = dict(zip(self.names(), views, strict=True))
        with new_files(Path(output), list(named), self.app.repo.root) as folder:
            self._each(named, folder)
            yield
        from sencli.core.text.plural import plural

        self.app.tell(f"Written: {plural(len(named), 'file')} in {output}")

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
