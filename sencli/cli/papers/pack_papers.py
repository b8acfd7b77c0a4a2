"""Print a pack: each part for its own readers, what is missing for the SENCO alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from collections.abc import Sequence
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING

from sencli.cli.papers.issue import Given
from sencli.cli.papers.order import Copy
from sencli.cli.papers.pupil_papers import PupilPapers
from sencli.core.papers import review_pack
from sencli.errors import NotFound
from sencli.errors import UsageFault
from sencli.value import replace

if TYPE_CHECKING:
    from sencli.core.papers.redact import Rules
    from sencli.core.papers.review_pack import PackReader
    from sencli.core.record.types import Record
    from sencli.documents.made_in.paper_request import PaperRequest
    from sencli.documents.view import View

_AGENCY = "agency"
MEETING = ("date", "time", "place")
_FOR = {"": None, "agency": review_pack.OUTSIDE, "parent": review_pack.FAMILY}
"""By the kind of reader, the roles whose parts are wanted; None is all."""


class PackPapers(PupilPapers):
    """One order of a pack, or of some of its parts."""

    @property
    def guards(self) -> bool:
        """Packs go out, so that other children's names are looked for."""
        return True

    @property
    def addressed(self) -> bool:
        """Each part has its own reader."""
        return True

    def check(self) -> None:
        """Refuse also a part of another pack."""
        super().check()
        known, odd = self.document.parts, [*self.order.parts]
        if odd := [part for part in odd if part not in known]:
            raise UsageFault(
                f"{self.order.document} has no part {odd[0]}.",
                f"Its parts are: {', '.join(known)}.",
            )

    @cached_property
    def rules(self) -> Rules:
        """None for the pack as a whole: each part is cut for its reader.

        Raises:
            UsageFault: no part of it is for that kind of reader.
        """
        from sencli.core.papers.redact import NO_RULES

        if self.order.audience not in _FOR:
            raise UsageFault(
                f"No part of {self.order.document} is for that reader "
                f"({self.order.audience}).",
                "Leave --for out, or name whom it goes to: --for agency, --for parent",
            )
        return NO_RULES

    def _of(self, record: Record, *, alone: bool) -> Iterator[Copy]:
        """The copies about one pupil: each part for each of its readers.

        Raises:
            NotFound: ``--to`` names nobody who gets any of it.
        """
        del alone
        self._say_kept(record)
        pairs = list(self._pairs(record))
        wanted = [(part, r) for part, r in pairs if self._is_wanted(r)]
        if self.order.to and not wanted:
            known = dict.fromkeys(r.name or r.role for _, r in pairs if r.role)
            raise NotFound(
                f"No part of this goes to {self.order.to!r}.",
                f"Name one of: {', '.join(known).replace('_', ' ')}.",
            )
        for part, reader in wanted:
            yield self._copy(record, part, reader)

    def _pairs(self, record: Record) -> Iterator[tuple[str, PackReader]]:
        """Each part with its readers."""
        day, school = self.reading.day, self.reading.school
        review = review_pack.review_of(record, day, self.order.meeting.get("date", ""))
        for part in self._parts(record, review):
            for reader in review_pack.readers_of(part, record, review, school, day):
                yield part, reader

    def _parts(self, record: Record, review: Record) -> Sequence[str]:
        """The parts asked for, else those that can be made on the day."""
        if self.order.parts:
            return [p for p in self.document.parts if p in self.order.parts]
        parts = review_pack.parts_of(review, self.reading.day)
        lacks = [key for key in ("date", "time") if not self._known(review, key)]
        if not lacks or "invitation" not in parts:
            return parts
        left = {"invitation"} | ({"attendance"} if "date" in lacks else set())
        self.app.tell(
            f"No invitation is printed for {record['first_name']}: the "
            f"{'day' if 'date' in lacks else 'time'} of the meeting is not known."
        )
        on = f" --date {review['date']}" if "date" in review else " --date DATE"
        self.app.tell(f"     sen ehc review {record['id']}{on} --time TIME")
        return [part for part in parts if part not in left]

    def _known(self, review: Record, key: str) -> bool:
        return bool(self.order.meeting.get(key) or review.get(key))

    def _is_wanted(self, reader: PackReader) -> bool:
        """Whether a reader is one of those asked for."""
        from sencli.core.text.folding import fold

        roles = _FOR[self.order.audience]
        if roles is not None and reader.role not in roles:
            return False
        if not self.order.to:
            return True
        typed = fold(self.order.to).replace("_", " ")
        named = typed in fold(reader.name).split() or typed == fold(reader.name)
        role = fold(reader.role).replace("_", " ")
        return bool(reader.role) and (
            named or typed in {role, fold(reader.contact), fold(reader.noted)}
        )

    def _copy(self, record: Record, part: str, reader: PackReader) -> Copy:
        """One copy, cut as its reader's own papers are."""
        from sencli.core.papers.redact import NO_RULES
        from sencli.core.papers.redact import rules_of
        from sencli.core.people.parent_privacy import PUPIL

        rules, contact = NO_RULES, reader.contact
        if reader.role == "young_person":
            contact = PUPIL
        if reader.role in review_pack.FAMILY:
            whose = contact or ("parent" if reader.role == "parent" else PUPIL)
            rules = self.readers.rules_for(record, contact, whose)
        elif reader.role in review_pack.OUTSIDE:
            rules = rules_of(self.redaction, _AGENCY)
        # what professionals read is in English, and so is the report for everybody
        lang = ""
        if reader.role in review_pack.FAMILY and part in {"invitation", "views"}:
            lang = self._language(record, reader.contact, "pupil")
        return Copy(record, contact, reader.noted, lang, rules, part, reader)

    def _say_kept(self, record: Record) -> None:
        """Say of whom nothing is printed."""
        from sencli.core.people.parents import readers
        from sencli.core.record import lookup

        _, kept = readers(record, self.reading.day)
        for contact in kept:
            name = lookup.display_name(record)
            self.left_out(f"Nothing goes to {contact['name']} ({name}): sharing: none.")

    def _request(self, copy: Copy) -> PaperRequest:
        """The options of one part."""
        made = super()._request(copy)
        return replace(made, part=copy.part, reader=copy.reader)

    def _tells(self, copy: Copy) -> bool:
        """The report does; the other parts tell nothing of the support."""
        return copy.part == "report"

    def _names(self, copies: Sequence[Copy]) -> list[str]:
        """The names of the files; a second reader of one role is numbered."""
        seen: Counter[str] = Counter()
        made = []
        for name in (self._name(copy) for copy in copies):
            seen[name] += 1
            path = PurePath(name)
            again = f"-{seen[name]}" if seen[name] > 1 else ""
            made.append(f"{path.stem}{again}{path.suffix}")
        return made

    def _name(self, copy: Copy) -> str:
        from sencli.formats import FORMATS

        parts = [self.order.document, str(copy.record["id"]), copy.part]
        if copy.reader.file:
            parts.append(copy.reader.file)
        return f"{'-'.join(parts)}{FORMATS[self.fmt].suffix}"

    def _as_sent(self, copies: Sequence[Copy]) -> list[Copy]:
        """The copies with what sending them proves: invited, asked, sent round."""
        from sencli.cli.papers.issue import context_of
        from sencli.core.papers.issue import with_pack

        after: dict[str, Record] = {}
        day, typed = self.reading.day, self.order.meeting
        for copy in copies:
            pupil, record = str(copy.record["id"]), copy.record
            if pupil in after:
                continue
            mine = [(c.part, c.reader) for c in copies if str(c.record["id"]) == pupil]
            review = review_pack.review_of(record, day, typed.get("date", ""))
            kept: dict[str, str] = {
                key: str(review[key]) for key in MEETING if key in review
            }
            after[pupil] = with_pack(
                record,
                mine,
                {**kept, **typed},
                context_of(self.reading, record),
                everybody=not (self.order.to or self.order.audience),
            )
        return [replace(copy, record=after[str(copy.record["id"])]) for copy in copies]

    def given(self, views: Sequence[View]) -> Given:
        """An entry for each part that is sent; what stays here is none.

        Raises:
            UsageFault: nothing of it is sent.
        """
        made = super().given(views)
        sent = [
            (pupil, {**entry, "document": f"{self.order.document} ({copy.part})"})
            for (pupil, entry), copy in zip(made.papers, self._copies, strict=True)
            if copy.part not in review_pack.OURS
        ]
        if not sent:
            raise UsageFault(
                "These pages stay with the school, so that there is nothing to record.",
                "Leave --record out.",
            )
        count = len(sent)
        words = f"Recorded: {count} part{'' if count == 1 else 's'} sent "
        return replace(made, papers=sent, words=words + "(saved as {commit}).")
