"""One pupil's case: what is missing and what came of it first, then all that happened.

For whoever samples, assesses or takes over: each claim has its date and the commit in
which it was recorded.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
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
from sencli.core.record.types import Entry
from sencli.core.reports import case as case_claims
from sencli.core.reports import case as case_facts
from sencli.core.reports import case_counts
from sencli.core.reports import case_progress
from sencli.core.reports import ehc_evidence
from sencli.core.reports.case import Claim
from sencli.core.reports.case_progress import Cycle
from sencli.core.reports.case_progress import Help
from sencli.core.text.dates import short as short_date
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
from sencli.documents.view import Break
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
_LATE = 7
"""So many days after a thing happened it is still noted in good time."""

_LEVELS = ("must", "should")
"""What the school itself owes; a reminder is of what the authority does."""


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
        first = [*self._gaps(), *self._glance(), *self._progress(), *self._said()]
        first += self._advice()
        # a case with nothing planned yet is one page
        turned = [Break(first=True)] if self.record.get("cycles") else []
        return [
            *first,
            *turned,
            *self._timeline(),
            *attainment_blocks(self.record, self.setting, most=_CHARTS),
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
            ("since", "SEN support since", self._since(facts)),
            ("needs", "Needs", "; ".join(facts.needs)),
            ("open", "Cycles", f"{facts.reviewed} reviewed, {facts.open} open"),
            ("achieved", "Outcomes", facts.achieved),
            ("met", "Meetings", f"{facts.met} with {family} in the last year"),
            ("advice", "Advice", facts.advice),
            ("review_by", "Next review", _day(facts.review_by)),
            ("attendance", "Attendance", self._attendance()),
        ]
        if "costs" not in self.parts:
            rows.append(("planned", "Cost this year", self._cost(facts)))
        told = [(name, instead.get(key, text)) for key, name, text in rows]
        shown = tuple((name, text) for name, text in told if text)
        return [Keep((Heading("At a glance"), Fields(shown, across=2)))]

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
        return f"{day} ({plural(days, 'day')} later)"

    def _since(self, facts: case_facts.Facts) -> str:
        """Since when without a break, where that is not the first support."""
        return "" if facts.since == facts.support else _day(facts.since)

    def _cost(self, facts: case_facts.Facts) -> str:
        text = f"{pounds(facts.planned)} planned, {pounds(facts.spent)} given"
        text += f"; element 2 is {pounds(self.setting.threshold)}"
        if facts.uncosted:
            one = facts.uncosted == 1
            text += f"; {facts.uncosted} {'support has' if one else 'supports have'}"
            text += " no cost yet"
        return text

    def _progress(self) -> list[Block]:
        around, day = self.setting, self.day
        made = case_counts.rows(
            case_progress.cycles(self.whole, around, day),
            case_progress.cycles(self.record, around, day),
            self.seen,
        )
        columns = [
            Column("cycle", "Cycle", width=14),
            Column("aim", "Aim", width=49),
            Column("moved", "In → out (aim)", width=28),
            Column("result", "Result", width=16),
            Column("help", "Help: given of due", width=43),
            Column("cost", "Cost", "pence", width=11),
            Column("decision", "Decided", width=18),
        ]
        rows = [row for cycle in made for row in _rows_of(cycle)]
        if "costs" in self.parts:
            columns.pop(5)
            rows = [(*row[:5], row[6]) for row in rows]
        if not rows:
            return []
        table = Table(tuple(columns), tuple(rows), dense=True)
        return [Heading("Assess, plan, do, review"), table]

    def _said(self) -> list[Block]:
        """A line each of what parents and pupil said at each review."""
        made = case_progress.family_views(self.record, self.setting)
        if not made:
            return []
        columns = (
            Column("date", "Review", "date", width=6),
            Column("parents", "Parents and carers", width=47),
            Column("pupil", "Pupil", width=43),
        )
        table = Table(columns, tuple(made), dense=True)
        return [Heading("What was said"), table]

    def _advice(self) -> list[Block]:
        """What specialists advise, what was decided, and what carries it out."""
        rows: list[tuple[str, ...]] = [
            (
                one.date,
                f"{one.service}{f' ({one.name})' if one.name else ''}",
                one.text,
                _came_of(one),
            )
            for one in ehc_evidence.advised(self.record, self.setting, self.day)
        ]
        rows += [
            (entry["referred"], entry["service"], "referred, no advice yet", "")
            for entry in self.record.get("specialists", ())
            if "referred" in entry and not entry.get("advice")
        ]
        if not rows:
            return []
        columns = (
            Column("date", "Date", "date", width=4),
            Column("service", "Specialist", width=9),
            Column("recommendation", "Advice", width=11),
            Column("carried_out", "What came of it", width=14),
        )
        table = Table(columns, tuple(sorted(rows)), dense=True)
        return [Heading("Specialists' advice"), table]

    def _timeline(self) -> list[Block]:
        made = case_claims.claims(self.record, self.setting, self.day)
        columns = [
            Column("date", "Date", "date", width=2),
            Column("what", "What happened", width=15),
        ]
        rows: list[tuple[Any, ...]] = [(c.date, c.what) for c in made]
        if "trail" not in self.parts and self.trail.sources:
            columns.append(Column("source", "Source", "note"))
            columns.append(Column("recorded", "Recorded", "date", hidden=True))
            columns.append(Column("commit", "Commit", hidden=True))
            rows = [(c.date, c.what, *self._source(c)) for c in made]
        empty = "Nothing has been recorded yet."
        table = Table(tuple(columns), tuple(rows), empty=empty)
        return [Heading("What happened, and when"), table]

    def _source(self, claim: Claim) -> tuple[str, str, str]:
        """The commit of a claim, with the day where it was recorded late."""
        source = self.trail.of(claim.path)
        if source is None:
            return "not recorded yet", "", "not recorded yet"
        said = f"source {source.commit}"
        if abs(lookup.days_between(claim.date, source.date)) > _LATE:
            said = f"recorded {short_date(source.date)}, {said}"
        return said, source.date, source.commit


_ANSWERED = {"accepted": "done", "adapted": "done in part", "declined": "not done"}


def _came_of(advice: ehc_evidence.Advised) -> str:
    """What was decided, and what carries it out."""
    came = _ANSWERED.get(advice.decision, "not decided yet")
    if advice.why:
        came += f" ({advice.why})"
    by = "; ".join(advice.carried_out)
    return f"{came}: {by}" if by else came


def _rows_of(cycle: Cycle) -> Iterator[tuple[Any, ...]]:
    """A row for each aim; what is of the whole cycle stands in the first."""
    known = {one.id: one for one in cycle.helps}
    told: set[str] = set()
    lines: list[tuple[str, str, str, str]] = []
    for aim in cycle.aims:
        helps = [_help_words(known[i], told) for i in aim.helps if i in known]
        lines.append((aim.text, aim.moved, aim.result, "\n".join(helps)))
    others = [one for one in cycle.helps if one.id not in told]
    if others:
        helps = [_help_words(one, told) for one in others]
        lines.append(("", "", "", "\n".join(helps)))
    for place, line in enumerate(lines or [("", "", "", "")]):
        if place:
            yield (cycle.label, *line, None, "")
        else:
            yield (cycle.label, *line, _cost_of(cycle), cycle.decision)


def _help_words(one: Help, told: set[str]) -> str:
    """The help in a line; what stands above already is only named."""
    if one.id in told:
        return f"{one.name}: above"
    told.add(one.id)
    what = ", ".join(part for part in (one.name, one.dose) if part)
    return f"{what}: {one.given}" if one.given else what


def _cost_of(cycle: Cycle) -> int | str | None:
    """The cost of a cycle, and the number of interventions without one."""
    if not cycle.uncosted:
        return cycle.cost
    gap = f"{cycle.uncosted} not costed"
    return gap if cycle.cost is None else f"{pounds(cycle.cost)}; {gap}"


def _day(day: str) -> str:
    return words(day) if day else ""
