"""Print the evidence for an EHC request, in the order of the school's own template."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from sencli.cli.papers.pack_papers import PackPapers
from sencli.core.papers import evidence_pack
from sencli.value import replace

if TYPE_CHECKING:
    from sencli.cli.papers.order import Copy
    from sencli.core.papers.review_pack import PackReader
    from sencli.core.record.types import Record
    from sencli.documents.made_in.paper_request import PaperRequest


class EvidencePapers(PackPapers):
    """The evidence for the authority, and what it lacks for the school."""

    @cached_property
    def sections(self) -> tuple[tuple[str, ...], dict[str, str]]:
        """The sections in the school's order, and its headings."""
        from sencli.cli.papers.setting import evidence_order

        return evidence_order(self.own)

    def _pairs(self, record: Record) -> Iterator[tuple[str, PackReader]]:
        """Each part with its readers."""
        order = self.order
        family = bool(order.to) or order.audience == "parent"
        for part in order.parts or self.document.parts:
            for reader in evidence_pack.readers_of(
                part, record, self.reading.day, family=family
            ):
                yield part, reader

    def _tells(self, copy: Copy) -> bool:
        """The evidence does; the page of what is missing goes to nobody."""
        return copy.part == "evidence"

    def _request(self, copy: Copy) -> PaperRequest:
        """The options of one part, with the school's own order."""
        sections, headings = self.sections
        made = super()._request(copy)
        return replace(made, sections=sections, headings=headings)

    def _as_sent(self, copies: Sequence[Copy]) -> list[Copy]:
        """The copies with the day on which the authority was sent the evidence."""
        today = self.reading.day
        return [
            replace(copy, record=evidence_pack.with_evidence(copy.record, today))
            if self._to_authority(copies)
            else copy
            for copy in copies
        ]

    def _to_authority(self, copies: Sequence[Copy]) -> bool:
        return any(copy.reader.role == "authority" for copy in copies)
