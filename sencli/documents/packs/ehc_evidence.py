"""The evidence for an EHC needs assessment, as authorities' forms ask for it.

A school may put the sections into its own authority's order: ``ehc-evidence.json`` in
the templates of its records. What the record does not say stands on a page for the
school alone; on what goes out a section without anything in it is not there.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli import terms
from sencli.core.cycle.progress import bare
from sencli.core.papers.eligibility import refusal
from sencli.core.papers.redact import Redacted
from sencli.core.pupil import support_since
from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.core.reports import ehc_evidence
from sencli.core.reports import evidence_gaps
from sencli.core.reports import review_report
from sencli.core.reports.ehc_evidence import Reviewed
from sencli.core.statutory.deadlines import open_request
from sencli.core.text.dates import words
from sencli.core.text.plural import plural
from sencli.documents.made_in.attainment_results import attainment_courses
from sencli.documents.made_in.attainment_results import charts_of
from sencli.documents.made_in.attainment_results import name_of
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.paper_request import PaperRequest
from sencli.documents.made_in.people import People
from sencli.documents.packs.attendance_section import attendance_section
from sencli.documents.packs.costed_map import costed_map
from sencli.documents.packs.costed_map import plain_number
from sencli.documents.packs.gaps_page import gap_list
from sencli.documents.view import Block
from sencli.documents.view import Bullets
from sencli.documents.view import Column
from sencli.documents.view import Fields
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Quote
from sencli.documents.view import Sign
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View

HEADINGS: Mapping[str, str] = {
    "pupil": "The pupil",
    "family": "Parents and carers",
    "needs": "Special educational needs",
    "health": "Health",
    "views": "Views",
    "attainment": "Attainment over time",
    "in_class": "What is done in every lesson",
    "cycles": "Assess, plan, do, review",
    "provision": "Provision and what it costs",
    "advice": "Advice, and what came of it",
    "attendance": "Attendance and where the pupil is taught",
    "documents": "Enclosed",
}
"""The sections in the order that is used where a school has none of its own."""

_IMPACTS = {
    -2: "much less than expected",
    -1: "less than expected",
    0: "as expected",
    1: "more than expected",
    2: "much more than expected",
}
_DECISIONS = {
    "accepted": "Done",
    "adapted": "Done in another way",
    "declined": "Not done",
}


def build(
    records: Sequence[Entry], setting: PaperContext, request: PaperRequest | None = None
) -> tuple[View, ...]:
    """The evidence about each pupil, or the page of what it lacks.

    Raises:
        InvalidValue: the pupil has a plan, or is not on roll.
    """
    request = request or PaperRequest()
    return tuple(_page(record, setting, request) for record in records)


def _page(record: Entry, setting: PaperContext, request: PaperRequest) -> View:
    if (fault := refusal("ehc-evidence", record, setting.day)) is not None:
        raise fault
    if request.part == "missing":
        return _missing(record, setting, request)
    seen = request.seen(record, setting)
    evidence = _Evidence(seen, setting, request)
    to = request.reader.name
    if request.reader.role == "authority" and not to:
        asked = open_request(seen.record, setting.day) or {}
        known = (asked.get("authority"), setting.school.get("authority_name"))
        to = str(next(filter(None, known), "the local authority"))
    return setting.view(
        f"EHC evidence: {lookup.full_name(seen.record)}",
        evidence.blocks(),
        [record],
        subtitle=f"For a needs assessment, to {to}" if to else "For a needs assessment",
        footer=f"{setting.school.get('name', '')} · Confidential",
        data=evidence.data(),
    )


def _missing(record: Entry, setting: PaperContext, request: PaperRequest) -> View:
    # what is restricted is quoted on no paper, on this one neither
    seen = request.seen(record, setting).record
    found = evidence_gaps.lacks(seen, setting, setting.day)
    return setting.view(
        f"What is missing: EHC evidence, {lookup.full_name(record)}",
        [
            Text("For the SENCO alone: this page goes to nobody.", "lead"),
            *gap_list(found),
        ],
        [record],
        footer="For the SENCO alone: do not send",
    )


class _Evidence:
    """The sections about one pupil."""

    def __init__(
        self, seen: Redacted, setting: PaperContext, request: PaperRequest
    ) -> None:
        self.seen = seen
        self.record = seen.record
        self.setting = setting
        self.day = setting.day
        self.parts = seen.rules.parts
        self.order = request.sections or tuple(HEADINGS)
        self.headings = {**HEADINGS, **request.headings}
        self.people = People(seen.record, setting)
        self.period = ehc_evidence.year_to(setting.day)
        self.costs = ehc_evidence.costs(seen.record, setting, self.period)
        self.cycles = ehc_evidence.cycles(seen.record, setting, setting.day)
        self._made: Mapping[str, Callable[[], list[Block]]] = {
            "pupil": self._pupil,
            "family": self._family,
            "needs": self._needs,
            "health": self._health,
            "views": self._views,
            "attainment": self._attainment,
            "in_class": self._in_class,
            "cycles": self._cycles,
            "provision": self._provision,
            "advice": self._advice,
            "attendance": self._attendance,
            "documents": self._documents,
        }

    def blocks(self) -> list[Block]:
        """The sections in the school's order; an empty one is not there."""
        found: list[Block] = []
        for name in self.order:
            if body := self._made[name]():
                first, *rest = body
                heading = Heading(self.headings[name])
                inner = first.blocks if isinstance(first, Keep) else (first,)
                found += [Keep((heading, *inner)), *rest]
        if any(out.why == "restricted" for out in self.seen.left_out):
            family = self.seen.rules.family
            withheld = Text(self.setting.words("summary.withheld"), "small")
            found += [] if family else [withheld]
        return [*found, Sign((self.people.name("senco"), "Headteacher"))]

    def data(self) -> dict[str, Any]:
        """The figures, for json."""
        made: dict[str, Any] = {
            "pupil": self.record["id"],
            "from": self.period[0],
            "until": self.period[1],
            "sections": list(self.order),
            "cycles": [
                {
                    "cycle": cycle.label,
                    "planned": cycle.planned or None,
                    "reviewed": cycle.reviewed or None,
                    "outcomes": [
                        {
                            "outcome": row.outcome,
                            "baseline": row.baseline or None,
                            "exit": row.exit or None,
                            "result": row.result or None,
                        }
                        for row in cycle.outcomes
                    ],
                }
                for cycle in self.cycles
            ],
        }
        if "costs" not in self.parts:
            total = self._total()
            made |= {
                "provision": [
                    {
                        "provision": row.provision,
                        "leaders": row.leaders,
                        "minutes_per_week": plain_number(row.minutes),
                        "weeks": row.weeks or None,
                        "group_size": row.pupils,
                        "pence_per_hour": plain_number(row.rate),
                        "cost_pence": row.pence,
                        "running_total_pence": row.running,
                    }
                    for row in self.costs
                ],
                "total_pence": total,
                "above_pence": max(0, total - self.setting.threshold),
            }
        return made

    def _total(self) -> int:
        return self.costs[-1].running if self.costs else 0

    def _rows(self, *rows: tuple[str, str]) -> list[Block]:
        told = tuple((name, text) for name, text in rows if text)
        return [Fields(told)] if told else []

    def _pupil(self) -> list[Block]:
        record, day = self.record, self.day
        placement = lookup.placement_on(record, day)
        year = placement.get("year_group", "")
        status = lookup.status_on(record, day)["provision"]
        since = support_since.known_since(record, day)
        ethnicity = lookup.newest(record.get("ethnicity", ()), day) or {}
        language = lookup.newest(record.get("home_language", ()), day) or {}
        before = [
            str(stay["from_school"])
            for stay in record.get("roll", ())
            if "from_school" in stay
        ]
        flags = [
            terms.FLAGS[flag]
            for flag in lookup.flags_on(record, day)
            if flag in terms.FLAGS
        ]
        return self._rows(
            ("Name", lookup.full_name(record)),
            ("Known as", str(record.get("known_as", ""))),
            ("Born", _date(record.get("date_of_birth"))),
            ("Sex", str(record.get("sex", ""))),
            ("UPN", str(record.get("upn", ""))),
            (
                "Year and class",
                " · ".join(
                    text
                    for text in (
                        terms.year_group_name(year) if year else "",
                        str(placement.get("class", "")),
                    )
                    if text
                ),
            ),
            ("School", str(self.setting.school.get("name", ""))),
            ("On roll since", _date(lookup.joined_on(record, day))),
            ("Before that", "; ".join(before)),
            ("SEN status", f"{terms.PROVISION[status]} ({status})"),
            ("SEN support since", _date(since)),
            ("Ethnicity", terms.ETHNICITY.get(ethnicity.get("code", ""), "")),
            ("Home language", str(language.get("language", ""))),
            ("Circumstances", "; ".join(flags)),
        )

    def _family(self) -> list[Block]:
        rows = []
        for contact in lookup.contacts_on(self.record, self.day):
            held = contact.get("parental_responsibility")
            if not held and not contact.get("lives_with"):
                continue
            lines = [
                "holds parental responsibility" if held else "",
                "the pupil lives with them" if contact.get("lives_with") else "",
                " ".join(str(contact.get("address", "")).split("\n")),
                str(contact.get("telephone", "")),
                str(contact.get("email", "")),
                f"language: {contact['language']}" if "language" in contact else "",
                "needs an interpreter" if contact.get("interpreter") else "",
            ]
            told = "; ".join(line for line in lines if line)
            rows.append((self.people.name(str(contact["id"])), told))
        return self._rows(*rows)

    def _needs(self) -> list[Block]:
        rows = []
        for need in lookup.needs_on(self.record, self.day):
            name, area = terms.NEED_TYPES[need["type"]][:2]
            lines = [f"{need['type']}, {need.get('area') or area}"]
            lines += [str(need[k]) for k in ("description", "impact") if k in need]
            rows.append((name, "\n".join(lines)))
        assess = (lookup.latest_cycle(self.record) or {}).get("assess", {})
        on = f" ({words(assess['date'])})" if "date" in assess else ""
        for key, name in (
            ("teacher_assessment", "As assessed"),
            ("compared_with_peers", "Beside others"),
        ):
            rows.append((name, f"{assess[key]}{on}" if key in assess else ""))
        return self._rows(*rows)

    def _health(self) -> list[Block]:
        found = lookup.newest_by_id(self.record.get("health", ()), self.day)
        lines = []
        for entry in found:
            more = [
                "a healthcare plan" if entry.get("plan") else "",
                "medicine in school" if entry.get("medication") else "",
                str(entry.get("note", "")),
            ]
            told = "; ".join(text for text in more if text)
            lines.append(f"{entry['condition']}{f': {told}' if told else ''}")
        return [Bullets(tuple(lines))] if lines else []

    def _views(self) -> list[Block]:
        found = review_report.opinions(self.record, {}, self.period)
        quotes: list[Block] = []
        for one in found:
            how = f" ({one.how})" if one.how else ""
            by = f"{self.people.name(one.of)}, {words(one.date)}{how}"
            quotes.append(Quote(one.text, by, one.lang))
        profile = lookup.profile_on(self.record, self.day)
        kept = (
            ("strengths", "Strengths"),
            ("important_to_me", "Important to the pupil"),
            ("aspirations", "Hopes"),
        )
        rows = [(name, str(profile[key])) for key, name in kept if key in profile]
        return [*quotes, *self._rows(*rows)]

    def _attainment(self) -> list[Block]:
        found = attainment_courses(self.record, self.setting)
        rows = [
            (
                point.date,
                name_of(course, self.setting),
                bare(point.value, course.scale, point.interval),
            )
            for course in found
            for point in course.points
            if point.date <= self.day
        ]
        columns = (
            Column("date", "Date", "date", width=2),
            Column("test", "What was measured", width=5),
            Column("value", "Result", width=4),
        )
        table = [Table(columns, tuple(rows))] if rows else []
        return [*table, *charts_of(found, self.setting)]

    def _in_class(self) -> list[Block]:
        """Adjustments and strategies of the last year, and whether they help."""
        plans = [c.get("plan", {}) for c in self.record.get("cycles", ())]
        kept = [*self.record.get("adjustments", ())]
        kept += [s for plan in plans for s in plan.get("strategies", ())]
        first = self.period[0]
        lines = [
            f"{entry['text']}{_worked(entry)}"
            for entry in kept
            if entry.get("from", "") <= self.day
            and entry.get("until", lookup.STILL) >= first
        ]
        return [Bullets(tuple(dict.fromkeys(lines)))] if lines else []

    def _cycles(self) -> list[Block]:
        blocks: list[Block] = []
        for cycle in self.cycles:
            days = f"planned {words(cycle.planned)}" if cycle.planned else ""
            if cycle.reviewed:
                days += f", reviewed {words(cycle.reviewed)}"
            title = f"{cycle.label}: {days.removeprefix(', ')}" if days else cycle.label
            body: list[Block] = [Heading(title, 3)]
            if cycle.outcomes:
                body.append(_outcomes(cycle))
            blocks.append(Keep(tuple(body)))
            lines = [_given(support) for support in cycle.supports]
            if cycle.decisions:
                lines.append(f"Decided: {', '.join(cycle.decisions)}")
            if lines:
                blocks.append(Bullets(tuple(lines)))
        return blocks

    def _provision(self) -> list[Block]:
        money = "costs" not in self.parts
        return costed_map(self.costs, self.period, self.setting.threshold, money=money)

    def _advice(self) -> list[Block]:
        rows = []
        for one in ehc_evidence.advised(self.record, self.setting, self.day):
            name = f" ({one.name})" if one.name else ""
            came = [_DECISIONS[one.decision]] if one.decision in _DECISIONS else []
            if came and one.why:
                came = [f"{came[0]}: {one.why}"]
            came += [f"By: {text}" for text in one.carried_out]
            whose = f"{one.service}{name}"
            rows.append((one.date, whose, one.text, "\n".join(came)))
        columns = (
            Column("date", "Date", "date", width=2),
            Column("service", "Whose", width=3),
            Column("recommendation", "Advice", width=5),
            Column("decision", "What came of it", width=5),
        )
        return [Table(columns, tuple(rows))] if rows else []

    def _attendance(self) -> list[Block]:
        return attendance_section(self.record, self.people, self.day)

    def _documents(self) -> list[Block]:
        lines = [
            f"{entry['title']}{_from(entry)}, {words(entry['date'])}"
            for entry in sorted(
                self.record.get("documents", ()), key=lambda e: str(e["date"])
            )
            if entry["date"] <= self.day
        ]
        return [Bullets(tuple(lines))] if lines else []


def _outcomes(cycle: Reviewed) -> Table:
    last = "Exit" if cycle.reviewed else "Now"
    columns = [
        Column("outcome", "Outcome", width=5),
        Column("baseline", "Baseline", width=3),
        Column("exit", last, width=3),
        Column("aim", "Aim", width=3),
    ]
    if cycle.reviewed:
        columns.append(Column("result", "Result", width=4))
    rows = []
    for row in cycle.outcomes:
        result = "\n".join(text for text in (row.result, row.evidence) if text)
        made = (row.outcome, row.baseline, row.exit, row.aim)
        rows.append((*made, result) if cycle.reviewed else made)
    return Table(tuple(columns), tuple(rows))


def _worked(entry: Entry) -> str:
    return f" ({entry['worked']})" if "worked" in entry else ""


def _given(support: ehc_evidence.SupportRow) -> str:
    parts = []
    if support.given is not None:
        parts.append(f"{plural(support.given, 'session')} given")
        if support.missed:
            parts.append(f"{support.missed} missed")
    if support.impact is not None:
        parts.append(f"impact {_IMPACTS[support.impact]}")
    told = f": {', '.join(parts)}" if parts else ""
    return f"{support.name}{told}"


def _date(day: str | None) -> str:
    return words(day) if day else ""


def _from(entry: Entry) -> str:
    return f", {entry['from']}" if "from" in entry else ""
