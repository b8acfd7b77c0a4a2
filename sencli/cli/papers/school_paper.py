"""Print a paper about the whole school, or named pupils, for one kind of reader."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sencli import terms
from sencli.cli.papers.issue import Given
from sencli.cli.papers.print_job import PrintJob
from sencli.core.text.plural import plural
from sencli.errors import InvalidValue
from sencli.errors import UsageFault
from sencli.value import replace

if TYPE_CHECKING:
    from sencli.core.papers.redact import LeftOut
    from sencli.core.record.packed import Packed
    from sencli.core.record.types import Record
    from sencli.documents.made_in.paper_context import PaperContext
    from sencli.documents.made_in.paper_request import SchoolRequest
    from sencli.documents.view import View

BOTH = ("--adults shows money, and --no-costs leaves it out.", "Give one of the two.")

_BODY = frozenset({"", "governor"})
"""Readers of the governing body: nobody named, or a governor."""
_SCOPE = ("year_group", "need", "tier", "provision", "staff")


class SchoolPaper(PrintJob):
    """One order of a paper about many pupils."""

    _views: Sequence[View] = ()

    @cached_property
    def records(self) -> Packed:
        """The school's records."""
        from sencli.core.record.packed import Packed

        return Packed(self.reading.pupils())

    @property
    def a_file_each(self) -> bool:
        """Not where ``--output`` names one file: then each has a sheet of its own."""
        from sencli.formats import FORMATS

        output = self.order.output or ""
        one = output.endswith(tuple(made.suffix for made in FORMATS.values()))
        return self.order.each and bool(output) and not one

    def views(self) -> Sequence[View]:
        """The redacted paper, with what was left out."""
        from sencli.cli.papers.look_over import tell
        from sencli.cli.shell.app import marked
        from sencli.cli.shell.many_files import check_files

        request = self._request()
        family = self._allow()
        if self.document.closed and (family or self.order.audience not in _BODY):
            # whoever else reads it gets what may be published
            request = replace(request, public=True)
        setting = self.setting(self.order.lang)
        if self.rules.anonymous or self.document.nameless:
            from sencli.documents.made_in.reader import unnamed

            setting = unnamed(setting, self.records)
        if self.order.to or self.rules.audience:
            # somebody else's copy: what is restricted stays out of it
            setting = replace(setting, rules=self.rules)
        views = self._built(setting, request)
        tell(self.app, views, strict=self.order.strict)
        self._views = marked(self.app, views, self.fmt)
        if self.a_file_each and self.order.output is not None:
            check_files(Path(self.order.output), self.names(), force=self.order.force)
        return self._views

    def names(self) -> list[str]:
        """The names of the files: the document and the class."""
        from sencli.formats import FORMATS

        plain = re.compile(r"\W+")
        made = [
            f"{self.order.document}-{plain.sub('-', str(view.data['class']))}"
            for view in self._views
        ]
        # 4/B and 4-B are two classes, and no file is written over another
        told = [n if made.count(n) == 1 else f"{n}-{at}" for at, n in enumerate(made)]
        return [f"{name}{FORMATS[self.fmt].suffix}" for name in told]

    def _built(self, setting: PaperContext, request: SchoolRequest) -> tuple[View, ...]:
        """The redacted paper; counts need no redaction."""
        from sencli.documents.made_in.reader import cut
        from sencli.documents.made_in.reader import marked

        document, rules = self.document, setting.rules
        records: Iterable[Record] = self.records
        if rules is None or not rules.audience:
            return document.build(records, setting, request)
        gone: dict[str, tuple[LeftOut, ...]] = {}
        if document.shows:
            originals = self.records.by_id()
            if self.reading.whole:
                originals = {**originals, **self.reading.whole}
            setting = replace(setting, originals=originals)
            records, gone = cut(records, rules, document.shows)
        else:
            setting = replace(setting, rules=None)
            rules = replace(rules, anonymous=False, parts=frozenset())
        parts = {"costs"} if "no_costs" in document.options else set()
        parts |= {"gaps"} if document.gaps else set()
        rules = replace(rules, parts=rules.parts & parts)
        views = document.build(records, setting, request)
        table = self.fmt in terms.TABLE_FORMATS
        return tuple(marked(view, rules, gone, table=table) for view in views)

    def _request(self) -> SchoolRequest:
        """What is wanted, with keys and ids for what was typed."""
        from sencli.cli.papers.map import period
        from sencli.cli.papers.map import provision_key
        from sencli.core.papers.class_map import classes
        from sencli.core.papers.class_map import named_class
        from sencli.documents.made_in.paper_request import SchoolRequest

        order, reading = self.order, self.reading
        if order.class_:
            named_class(order.class_, classes(self.records, reading.day))
        wanted = {**order.school}
        if {"adults", "no_costs"} <= {*wanted}:
            raise UsageFault(*BOTH)
        time = [wanted.pop(key, None) for key in ("first", "last", "year")]
        offered = reading.provisions.get("provisions", [])
        key = provision_key(wanted.pop("provision", None), offered)
        hidden = "costs" in self.rules.parts and "no_costs" in self.document.options
        shapes = dict.fromkeys((*terms.TABLE_FORMATS, "xlsx"), "flat")
        shapes |= {"table": "narrow", "text": "narrow"}
        find = reading.app.pupil_id
        return SchoolRequest(
            class_=order.class_,
            pupils=tuple(find(one, reading.source) for one in order.pupils),
            period=period(reading.day, *time),
            provision=key,
            costs=not (wanted.pop("no_costs", False) or hidden),
            each=order.each,
            shape=shapes.get(self.fmt, "wide"),
            size="a3" if order.size == "a3" else "a4",
            **wanted,
        )

    def _allow(self) -> bool:
        """Whether it is for a pupil's family, who may have none that tells of others.

        Raises:
            InvalidValue: nothing may be shared with the reader.
            UsageFault: the paper is about other families' children, or is not to be
                noted as given.
        """
        from sencli.core.record.lookup import contacts_on
        from sencli.core.text.folding import key
        from sencli.documents.made_in.paper_request import allowed

        if not self.order.to:
            return False
        family = False
        to, day = key(self.order.to), self.reading.day
        for record in self.records:
            for contact in contacts_on(record, day):
                if to in {key(str(contact["name"])), str(contact["id"])}:
                    family = True
                    allowed(record, day, str(contact["id"]))
                    if self.document.tells_of_few and not self.order.audience:
                        raise self.not_for_a_family()
        if not self.order.record:
            raise UsageFault(
                "--to says in the records to whom a paper about many was given.",
                "Add --record, or leave --to out.",
            )
        return family

    def given(self, views: Sequence[View]) -> Given:
        """The entry for the record of each pupil on the paper.

        Raises:
            InvalidValue: nobody is on it.
        """
        papers = [
            (
                pupil,
                {
                    "document": self._named(view),
                    "to": self.order.to or self.rules.title,
                    "audience": self.order.audience,
                    "content": view.fingerprint,
                },
            )
            for view in views
            for pupil in view.pupils
        ]
        if not papers:
            raise InvalidValue(
                "Nobody is on this paper, so there is nothing to record.",
                "Print it without --record.",
            )
        on_it = {pupil for pupil, _ in papers}
        whole = self.reading.whole
        before = {
            str(r["id"]): whole.get(str(r["id"]), r)
            for r in self.records
            if r["id"] in on_it
        }
        pupils = plural(len(before), "pupil")
        return Given(before, {}, papers, f"It is noted in the records of {pupils}.")

    def _named(self, view: View) -> str:
        """The document and what narrows it: ``map (class 4B, tier targeted)``."""
        order = self.order
        scope = [f"class {order.class_}"] if order.class_ else []
        scope += [
            f"{key.replace('_', ' ')} {order.school[key]}"
            for key in _SCOPE
            if key in order.school
        ]
        if not scope and isinstance(view.data, dict) and view.data.get("class"):
            scope = [f"class {view.data['class']}"]
        return f"{order.document} ({', '.join(scope)})" if scope else order.document
