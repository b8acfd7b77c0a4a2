"""One pupil's case on one or two pages: gaps first, then events with dates.

For whoever samples, assesses or takes over: each claim has its date and the commit in
which it was recorded.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli.core.audit.trail import Trail
from sencli.core.papers.eligibility import roll_words
from sencli.core.papers.internal_reasons import without_reasons
from sencli.core.papers.redact import Redacted
from sencli.core.people.young_person import family_on
from sencli.core.pupil.attendance import attendance_in_order
from sencli.core.pupil.attendance import attendance_label
from sencli.core.pupil.plan_in_force import plan_in_force
from sencli.core.record import lookup
from sencli.core.record.lookup import joined
from sencli.core.record.types import Entry
from sencli.core.reports import case as case_claims
from sencli.core.reports import case as case_facts
from sencli.core.reports import case_counts
from sencli.core.reports.case import Claim
from sencli.core.text.dates import words
from sencli.core.text.money import pounds
from sencli.core.text.plural import plural
from sencli.documents.made_in.attainment_results import attainment_blocks
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.paper_request import PaperRequest
from sencli.documents.made_in.paper_request import page_each
from sencli.documents.made_in.paper_request import reader_name
from sencli.documents.made_in.reader import left_out
from sencli.documents.view import Block
from sencli.documents.view import Bullets
from sencli.documents.view import Column
from sencli.documents.view import Fields
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.terms import PROVISION
from sencli.terms import year_group_name

_TERMS = 3
_CHARTS = 2
FEWEST = 12
"""So many entries stay, though they should not fit."""


def fitted(made: Sequence[Claim], most: int | None) -> list[Claim]:
    """The history cut to a number of entries, least important first.

    Of what matters alike the older goes; the first entry and the last stay.

    Args:
        made: the history, oldest first.
        most: how many entries; None is all.
    """
    if most is None or len(made) <= most:
        return list(made)
    inner = range(1, len(made) - 1)
    order = sorted(inner, key=lambda place: (made[place].weight, place))
    gone = set(order[: len(made) - most])
    return [claim for place, claim in enumerate(made) if place not in gone]


def left_out_sentence(made: Sequence[Claim], kept: Sequence[Claim]) -> str:
    """A sentence on what is not shown, by kind and date; "" if all is."""
    by_kind: dict[str, list[Claim]] = {}
    stay = set(kept)
    for claim in made:
        if claim not in stay:
            by_kind.setdefault(claim.kind, []).append(claim)
    if not by_kind:
        return ""
    parts = [_some(claims) for claims in by_kind.values()]
    return f"Not shown, to keep to two pages: {joined(parts)}."


def _some(claims: Sequence[Claim]) -> str:
    """Such as: 3 meetings (4 March 2024 to 2 June 2025)."""
    first, last = claims[0].date, claims[-1].date
    days = words(first) if first == last else f"{words(first)} to {words(last)}"
    return f"{claims[0].called(len(claims))} ({days})"


_LEVELS = ("must", "reminder", "should")


@page_each
def build(record: Entry, setting: PaperContext, request: PaperRequest) -> View:
    """The case of each pupil, each beginning on its own page."""
    family = request.rules.audience == "parent" and not request.reasons
    seen = request.seen(without_reasons(record) if family else record, setting)
    case = _Case(record, seen, setting, request)
    reader = reader_name(record, setting.day, request.to) or seen.rules.title
    reader = f"for {reader}" if reader else ""
    return setting.view(
        f"Case: {lookup.full_name(seen.record)}",
        case.blocks(),
        [record],
        subtitle=" · ".join(part for part in (*case.subtitle(), reader) if part),
        footer=str(setting.school.get("name", "")),
    )


class _Case:
    """The sections of one case."""

    def __init__(
        self, whole: Entry, seen: Redacted, setting: PaperContext, request: PaperRequest
    ) -> None:
        self.whole = whole
        self.seen = seen
        self.to = request.to
        self.record = seen.record
        self.setting = setting
        self.day = setting.day
        self.parts = seen.rules.parts
        pupil = str(seen.record["id"])
        self.trail = request.trails.get(pupil, Trail())
        self.gaps = request.gaps.get(pupil, ())
        self.entries = request.entries

    def subtitle(self) -> list[str]:
        """Year, class, age and status."""
        placement = lookup.placement_on(self.record, self.day)
        year = placement.get("year_group", "")
        age = lookup.age_on(self.record, self.day)
        status = lookup.status_on(self.record, self.day)["provision"]
        # E without a plan on record is a code, and not yet a plan
        told = status != "E" or plan_in_force(self.record, self.day) is not None
        room = placement.get("class", "")
        return [
            year_group_name(year) if year else "",
            f"class {room}" if room else "",
            f"{age} years old" if age is not None else "",
            f"{PROVISION[status]} ({status})" if told else f"status {status}",
            roll_words(self.record, self.day),
        ]

    def blocks(self) -> list[Block]:
        """The whole case."""
        return [
            *self._gaps(),
            *self._glance(),
            *self._cycles(),
            *attainment_blocks(self.record, self.setting, most=_CHARTS),
            *self._advice(),
            *self._timeline(),
            *left_out(self.seen),
        ]

    def _gaps(self) -> list[Block]:
        if "gaps" in self.parts:
            return []
        heading = Heading("What is missing")
        serious = sorted(
            (gap for gap in self.gaps if gap.level in _LEVELS),
            key=lambda gap: _LEVELS.index(gap.level),
        )
        if not serious:
            text = "The rules of the Code of Practice find no gap in this record."
            return [Keep((heading, Text(text)))]
        lines = [f"{gap.message} ({gap.code}, {gap.level})" for gap in serious]
        return [heading, Bullets(tuple(lines))]

    def _glance(self) -> list[Block]:
        around, day = self.setting, self.day
        facts, instead = case_counts.settled(
            case_facts.facts(self.whole, around, day),
            case_facts.facts(self.record, around, day),
            self.seen,
            alone=bool(self.to),
        )
        family = family_on(self.whole, day).name
        rows = [
            ("concern", "First concern", _day(facts.concern)),
            ("support", "First support", self._support(facts, instead)),
            ("since", "SEN support since", _day(facts.since)),
            ("needs", "Needs", "; ".join(facts.needs)),
            ("open", "Cycles", f"{facts.reviewed} reviewed, {facts.open} open"),
            ("met", f"Meetings with {family}", f"{facts.met} in the last year"),
            ("advice", "Advice", facts.advice),
            ("review_by", "Next review", _day(facts.review_by)),
            ("attendance", "Attendance", self._attendance()),
        ]
        if "costs" not in self.parts:
            rows.insert(6, ("planned", "Cost this school year", self._cost(facts)))
        told = [(name, instead.get(key, text)) for key, name, text in rows]
        shown = tuple((name, text) for name, text in told if text)
        return [Keep((Heading("At a glance"), Fields(shown)))]

    def _attendance(self) -> str:
        figures = attendance_in_order(self.record)[-_TERMS:]
        return "; ".join(map(attendance_label, figures))

    def _support(self, facts: case_facts.Facts, instead: Mapping[str, str]) -> str:
        if not facts.support:
            return "none recorded"
        day = words(facts.support)
        if not facts.concern or facts.concern > facts.support or "concern" in instead:
            return day
        days = lookup.days_between(facts.concern, facts.support)
        return f"{day} ({plural(days, 'day')} after the first concern)"

    def _cost(self, facts: case_facts.Facts) -> str:
        text = f"{pounds(facts.planned)} planned, {pounds(facts.spent)} given so far"
        text += f", against {pounds(self.setting.threshold)} (element 2)"
        if facts.uncosted:
            one = facts.uncosted == 1
            text += f"; {facts.uncosted} {'support has' if one else 'supports have'}"
            text += " no cost yet"
        return text

    def _cycles(self) -> list[Block]:
        around, day = self.setting, self.day
        made = case_counts.rows(
            case_facts.cycles(self.whole, around, day),
            case_facts.cycles(self.record, around, day),
            self.seen,
        )
        if not made:
            return []
        columns = [
            Column("cycle", "Cycle", width=3),
            Column("planned", "Planned", "date", width=2),
            Column("reviewed", "Reviewed", "date", width=2),
            Column("outcomes", "Outcomes achieved", width=2),
            Column("sessions", "Sessions", width=2),
            Column("cost", "Cost planned", "pence", width=2),
            Column("decision", "Decided", width=4),
        ]
        rows = [
            [
                *(c.label, c.planned, c.reviewed, c.outcomes, c.sessions),
                *(_cost_of(c), c.decision),
            ]
            for c in made
        ]
        if "costs" in self.parts:
            columns.pop(5)
            rows = [[*row[:5], row[6]] for row in rows]
        table = Table(tuple(columns), tuple(tuple(row) for row in rows))
        return [Keep((Heading("Assess, plan, do, review"), table))]

    def _advice(self) -> list[Block]:
        lines = case_facts.advice(self.record, self.day)
        if not lines:
            return []
        return [Keep((Heading("Specialists' advice"), Bullets(tuple(lines))))]

    def _timeline(self) -> list[Block]:
        around, brief = self.setting, self.entries is not None
        made = case_claims.claims(self.record, around, self.day, brief=brief)
        shown = fitted(made, self.entries)
        columns = [
            Column("date", "Date", "date", width=2),
            Column("what", "What happened", width=11),
        ]
        rows: list[tuple[Any, ...]] = [(c.date, c.what) for c in shown]
        if "trail" not in self.parts and self.trail.sources:
            columns.append(Column("recorded", "Recorded", "date", width=2))
            columns.append(Column("commit", "Commit", width=2))
            rows = [(c.date, c.what, *self._source(c.path)) for c in shown]
        empty = "Nothing has been recorded yet."
        blocks: list[Block] = [
            Heading("What happened, and when"),
            Table(tuple(columns), tuple(rows), empty=empty),
        ]
        if text := left_out_sentence(made, shown):
            blocks.append(Text(text, "small"))
        return blocks

    def _source(self, path: str) -> tuple[str, str]:
        source = self.trail.of(path)
        return (source.date, source.commit) if source else ("", "not recorded yet")


def _cost_of(cycle: case_facts.Cycle) -> int | str | None:
    """The cost of a cycle, and the number of interventions without one."""
    if not cycle.uncosted:
        return cycle.cost
    gap = f"{cycle.uncosted} not costed"
    return gap if cycle.cost is None else f"{pounds(cycle.cost)}; {gap}"


def _day(day: str) -> str:
    return words(day) if day else ""
