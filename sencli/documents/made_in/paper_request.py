"""What is wanted of a paper: about one pupil for a reader, or about many pupils."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Literal

from sencli.core.audit.trail import Trail
from sencli.core.papers.eligibility import refusal
from sencli.core.papers.internal_reasons import without_reasons
from sencli.core.papers.redact import NO_RULES
from sencli.core.papers.redact import Redacted
from sencli.core.papers.redact import Rules
from sencli.core.papers.redact import redact
from sencli.core.papers.review_pack import OURSELVES
from sencli.core.papers.review_pack import PackReader
from sencli.core.people.parents import readers
from sencli.core.provision.map_filter import MapFilter
from sencli.core.pupil.plan_in_force import plan_ever
from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.wording import Wording
from sencli.documents.view import Aside
from sencli.documents.view import Block
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.errors import InvalidValue
from sencli.value import Value
from sencli.value import field


class CaseGap(Value):
    """Where a record falls short: the rule's code, how serious, in words."""

    code: str
    level: str
    message: str


class PaperRequest(Value):
    """What is wanted of a paper about one pupil.

    Attributes:
        cycle: id of the cycle to tell of; "" is the open one, else the last.
        to: id of the contact that it is for: the other contacts' views stay out.
        since: ISO date, or ``last-meeting``: only what happened from then on.
        rules: what this kind of reader does not get.
        include: ids of restricted items (or of contacts, for their views) to show.
        trails: for each pupil's id, when each thing was recorded and in which commit.
        gaps: for each pupil's id, what the rules found.
        meeting: for a letter: ``date`` (ISO), ``time``, ``place``, ``service``.
        reasons: whether a family's paper gives the reasons that the record has.
        part: of a pack: which of its parts, or "".
        reader: of a part: whose it is.
        sections: of the evidence for an EHC request, in the school's own order.
        headings: the school's own headings of them, by section.
        any_day: invite also to a day that is past, or when the school is closed.
        size: of the sheet of a profile: ``a4``, ``a5`` or ``card``.
        picture: the file that the profile names, or None where there is none.
    """

    cycle: str = ""
    to: str = ""
    since: str = ""
    rules: Rules = NO_RULES
    include: frozenset[str] = frozenset()
    trails: Mapping[str, Trail] = field(default_factory=dict)
    gaps: Mapping[str, Sequence[CaseGap]] = field(default_factory=dict)
    meeting: Mapping[str, str] = field(default_factory=dict)
    reasons: bool = False
    any_day: bool = False
    part: str = ""
    reader: PackReader = OURSELVES
    sections: tuple[str, ...] = ()
    headings: Mapping[str, str] = field(default_factory=dict)
    size: str = "a4"
    picture: bytes | None = None

    def for_family(
        self, document: str, record: Entry, setting: PaperContext
    ) -> Redacted:
        """The record as a family may see it: without the school's own reasons.

        Raises:
            InvalidValue: it is for a contact with whom nothing may be shared, or the
                paper would not be true of the pupil on its day.
        """
        if (fault := refusal(document, record, setting.day)) is not None:
            raise fault
        family = self.rules.audience in {"", "parent"}
        kept = without_reasons(record) if family and not self.reasons else record
        return self.seen(kept, setting)

    def seen(self, record: Entry, setting: PaperContext) -> Redacted:
        """The record as the reader may see it.

        Raises:
            InvalidValue: it is for a contact with whom nothing may be shared.
        """
        allowed(record, setting.day, self.to)
        return redact(
            record,
            self.rules,
            to=self.to,
            include=self.include,
            day=setting.day,
        )


Page = Callable[[Entry, PaperContext, PaperRequest], View]


def page_each(page: Page) -> Callable[..., tuple[View, ...]]:
    """What makes a page for each pupil of what makes it for one.

    It raises InvalidValue where a page is for a contact with whom nothing may be
    shared.
    """

    def build(
        records: Sequence[Entry],
        setting: PaperContext,
        request: PaperRequest | None = None,
    ) -> tuple[View, ...]:
        request = request or PaperRequest()
        return tuple(page(record, setting, request) for record in records)

    return build


class SchoolRequest(MapFilter):
    """What is wanted of a paper about many pupils; each paper heeds some of it.

    Attributes:
        staff: initials of one member of staff.
        by: what it is grouped by, or "" for the paper's own way.
        costs: whether money is shown.
        adults: whether totals say what the adults cost beside the pupils' shares.
        each: whether each class has a sheet of its own, however few are in it.
        shape: ``narrow`` for a terminal, ``wide`` for paper (lying), ``flat`` for csv:
            one table of all columns, its totals at the end.
        public: whether figures for governors are the strict edition.
        size: of the sheet of paper.
    """

    staff: str = ""
    by: str = ""
    costs: bool = True
    adults: bool = False
    each: bool = False
    shape: str = "narrow"
    public: bool = False
    size: Literal["a4", "a3"] = "a4"

    @property
    def flat(self) -> bool:
        """Whether it is one table of all columns, for csv."""
        return self.shape == "flat"


def allowed(record: Entry, day: str, to: str) -> None:
    """Refuse a paper for a contact with whom nothing may be shared.

    Raises:
        InvalidValue: ``sharing: none``.
    """
    for contact in lookup.contacts_on(record, day):
        if contact["id"] == to and contact.get("sharing") == "none":
            raise InvalidValue(
                f"Nothing may be shared with {contact['name']} (sharing: none), so "
                "there is no paper for them.",
                "Where they may have what is agreed, and no more: "
                f"sen contact set {record['id']} {to} --sharing limited",
            )


def some_parent(record: Record, day: str) -> None:
    """Refuse a paper for parents where none of them may have anything.

    Raises:
        InvalidValue: ``sharing: none`` with each of them.
    """
    found, kept = readers(record, day)
    if kept and not found:
        allowed(record, day, str(kept[0]["id"]))


def reader_name(record: Entry, day: str, to: str) -> str:
    """The name of the contact for whom a paper is, or ""."""
    now = lookup.contacts_on(record, day)
    return next((str(c["name"]) for c in now if c["id"] == to), "")


def reader_line(record: Entry, setting: PaperContext, to: str) -> tuple[str, ...]:
    """For whom a paper is, as a part of its subtitle; none where for both parents."""
    name = reader_name(record, setting.day, to)
    return (setting.words("summary.subtitle_reader", name=name),) if name else ()


def why_you(words: Wording, name: str) -> list[Block]:
    """Why somebody gets a paper who is not simply the child's parent."""
    known = words.find("reader.why")
    return [Text(words("reader.why", name=name), "small")] if known else []


def plan_unrecorded(record: Entry, day: str) -> tuple[Aside, ...]:
    """A note that the status is E but no EHC plan is recorded."""
    code = lookup.status_on(record, day)["provision"]
    if code != "E" or plan_ever(record, day):
        return ()
    return (
        Aside(
            f"{lookup.display_name(record)}: the status is E, and no EHC plan is "
            "recorded, so the paper does not say that there is one.",
            f"sen ehc issue {record['id']} --date DATE",
        ),
    )


def mark(seen: Redacted, setting: PaperContext, *places: str) -> list[Block]:
    """The visible mark where something was left out at one of these places.

    None for the family: that there is something would tell them half of it.
    """
    if seen.rules.family or not seen.out_of(*places):
        return []
    return [Text(setting.words("summary.withheld"), "small")]
