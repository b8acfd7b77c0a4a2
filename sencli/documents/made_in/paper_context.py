"""What every document needs besides the records: school, day and wording."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from typing import TYPE_CHECKING
from typing import Any
from typing import Literal

from sencli.core.provision.school import School
from sencli.core.record.types import Entry
from sencli.documents.made_in.wording import Wording
from sencli.documents.view import Block
from sencli.documents.view import Letterhead
from sencli.documents.view import View
from sencli.value import field
from sencli.value import replace

if TYPE_CHECKING:
    from sencli.core.papers.redact import Rules


class PaperContext(School):
    """All that a document needs beside the pupils' records.

    Attributes:
        words: the wording.
        fingerprints: whether papers carry the fingerprint of their records.
        logo: the picture that ``school.letterhead.logo`` names, or nothing.
        rules: what the reader of a paper about many pupils does not get.
        originals: by id, the whole records of which the reader gets parts: a paper's
            fingerprint is of these.
        written: by id, the records of which something is shown to nobody, as they are
            written: a paper's fingerprint is of these before all.
        published: what is written of the reports that the school publishes, by kind.
    """

    words: Wording = field(default_factory=lambda: Wording({}))
    fingerprints: bool = True
    logo: bytes = b""
    rules: Rules | None = None
    originals: Mapping[str, Entry] = field(default_factory=dict)
    written: Mapping[str, Entry] = field(default_factory=dict)
    published: Mapping[str, Entry] = field(default_factory=dict)

    @property
    def letterhead(self) -> Letterhead:
        """The school's letterhead."""
        own = self.school.get("letterhead", {})
        ending = own.get("logo", "").rpartition(".")[2].casefold()
        kinds: dict[str, Literal["png", "jpg", "svg"]] = {
            "png": "png",
            "jpg": "jpg",
            "jpeg": "jpg",
            "svg": "svg",
        }
        kind = kinds.get(ending)
        paper = Letterhead(name=self.school.get("name", ""))
        if "colour" in own:
            paper = replace(paper, colour=own["colour"])
        if kind and self.logo:
            paper = replace(paper, logo=self.logo, logo_format=kind)
        return paper

    def view(
        self,
        title: str,
        blocks: Sequence[Block],
        records: Iterable[Entry],
        **more: Any,
    ) -> View:
        """A View on this school's paper, with the fingerprint of its records."""
        from sencli.core.record.fingerprint import combined
        from sencli.core.record.fingerprint import digest

        labels = self.words.section("frame")
        if labels:
            labels["day"] = self.words.date(self.day)
        pupils, digests = [], []
        for record in records:
            whole = self.originals.get(str(record.get("id", "")), record)
            pupils += [str(whole["id"])] if "id" in whole else []
            as_written = self.written.get(str(whole.get("id", "")), whole)
            digests += [digest(as_written)] if self.fingerprints else []
        return View(
            title=title,
            school=self.letterhead,
            day=self.day,
            blocks=tuple(blocks),
            fingerprint=combined(digests),
            pupils=tuple(pupils),
            lang=self.words.lang,
            labels=labels,
            **more,
        )
