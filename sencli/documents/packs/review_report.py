"""The school's report of an annual review, from the record (reg 20(7) and (8))."""

from __future__ import annotations

from typing import Any

from sencli import terms
from sencli.core.papers.redact import Redacted
from sencli.core.papers.review_pack import is_held
from sencli.core.people.names import who
from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.core.reports import review_report
from sencli.core.reports.review_report import Given
from sencli.core.reports.review_report import Row
from sencli.core.reports.review_report import Towards
from sencli.core.text.dates import words
from sencli.core.text.money import pounds
from sencli.core.text.placeholders import PLAN_CHOICE
from sencli.core.text.plural import plural
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.paper_request import PaperRequest
from sencli.documents.made_in.people import People
from sencli.documents.packs.invitation import about
from sencli.documents.packs.invitation import authority_of
from sencli.documents.packs.invitation import meeting_of
from sencli.documents.view import Aside
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
from sencli.terms import ADULTHOOD
from sencli.terms import ANNUAL_REVIEWS
from sencli.terms import PLAN_DECISIONS
from sencli.terms import RESULTS

_TITLES = {
    True: "Annual review report: {name}",
    False: "For the annual review: {name}",
}


_TO = {
    "parent": "the parents or carers",
    "school": "the headteacher",
    "authority": "the local authority",
    "health": "the health service",
    "social_care": "social care",
}


_FIGURES = (
    *("intervention", "provision", "minutes", "sessions_per_week", "group_size"),
    *("weeks", "sessions_due", "delivered", "missed"),
)
_COSTS = ("planned_pence", "to_date_pence")
_OFTEN = {0.5: "once a fortnight", 1: "once a week", 2: "twice a week"}


def build(
    record: Entry,
    plan: Entry,
    review: Entry,
    setting: PaperContext,
    request: PaperRequest,
) -> View:
    """The report for one reader: before the meeting what is known, then all of it."""
    seen = request.seen(record, setting)
    report = _Report(seen.record, plan, review, setting, request)
    name, reader = lookup.full_name(seen.record), request.reader
    to = reader.name or _TO.get(reader.role, "")
    return setting.view(
        _TITLES[report.held].format(name=name),
        [*report.blocks(), *_withheld(seen, setting)],
        [record],
        subtitle=f"For {to}" if to else "",
        footer=f"{setting.school.get('name', '')} · Confidential",
        asides=report.asides(),
        data=report.data(),
    )


class _Report:
    """The sections of one report."""

    def __init__(
        self,
        seen: Entry,
        plan: Entry,
        review: Entry,
        setting: PaperContext,
        request: PaperRequest,
    ) -> None:
        self.record = seen
        ehc = seen.get("ehc", {})
        self.plan: Entry = _same(ehc.get("plans", ()), plan) or plan
        day = {"date": review["date"]} if "date" in review else {}
        self.review: Entry = _same(ehc.get("reviews", ()), review) or day
        self.setting = setting
        self.meeting = meeting_of(self.review, request)
        self.parts = request.rules.parts
        self.people = People(seen, setting)
        self.held = is_held(self.review, setting.day)
        self.period = (
            review_report.since(seen, self.plan, self.review, setting.day),
            review_report.until(self.review, setting.day),
        )
        self.towards = review_report.towards(
            seen, self.plan, self.review, setting, self.period
        )
        self.lines = review_report.given(seen, self.plan, setting, self.period)

    def asides(self) -> tuple[Aside, ...]:
        """What must not be sent as it stands."""
        if not self.held or "recommendation" in self.review:
            return ()
        return (
            Aside(
                "The report recommends nothing yet: to keep, amend or cease the plan.",
                f"sen ehc review {self.record['id']} --date {self.review['date']} "
                f"--recommendation {PLAN_CHOICE}",
                grave=True,
            ),
        )

    def data(self) -> dict[str, Any]:
        """The figures, for json: what each line of the plan came to."""
        costs = () if "costs" in self.parts else _COSTS
        return {
            "pupil": self.record["id"],
            "meeting": self.meeting.get("date"),
            "from": self.period[0],
            "until": self.period[1],
            "outcomes": [
                {
                    "text": item.text,
                    "result": item.result or None,
                    "evidence": item.evidence or None,
                    "measured": [
                        {
                            "outcome": one.outcome,
                            "baseline": one.baseline or None,
                            "now": one.now or None,
                            "aim": one.aim or None,
                        }
                        for one in item.measured
                    ],
                }
                for item in self.towards
            ],
            "provision": [
                {
                    "text": line.text or None,
                    "minutes_per_week": line.minutes or None,
                    "rows": [
                        {key: row[key] for key in (*_FIGURES, *costs)}
                        for row in line.rows
                    ],
                }
                for line in self.lines
            ],
        }

    def blocks(self) -> list[Block]:
        """The whole report."""
        return [
            *self._head(),
            *self._outcomes(),
            *self._provision(),
            *self._steps("Steps set for this year", self._last_steps()),
            *self._views(),
            *self._advice(),
            *self._adult_life(),
            *self._came(),
            *self._recommended(),
            *self._end(),
        ]

    def _head(self) -> list[Block]:
        review, plan, setting = self.review, self.plan, self.setting
        rows = about(self.record, setting)
        rows.append(("School", str(setting.school.get("name", ""))))
        rows.append(("Authority", authority_of(self.record, setting)))
        rows.append(("Plan issued", words(plan["issued"])))
        amended = ", ".join(words(day) for day in plan.get("amended", ()))
        rows += [("Amended", amended), ("Placement", str(plan.get("placement", "")))]
        if day := self.meeting.get("date"):
            kind = ANNUAL_REVIEWS[review.get("kind", "annual")]
            rows += [("Meeting", words(day)), ("Kind", kind)]
        if led := review.get("led_by"):
            rows.append(("Led by", self.people.name(str(led))))
        rows.append(("Covers", f"{words(self.period[0])} to {words(self.period[1])}"))
        return [Fields(tuple((name, text) for name, text in rows if text))]

    def _outcomes(self) -> list[Block]:
        made = self.towards
        if not made:
            return []
        columns = (
            Column("outcome", "Outcome", width=5),
            Column("baseline", "Baseline", width=3),
            Column("now", "Now", width=3),
            Column("aim", "Aim", width=3),
            Column("result", "At the review", width=3),
        )
        every = [row for n, item in enumerate(made, 1) for row in _rows(n, item)]
        # a gap of ours is no empty column on what goes out
        full = [n for n, column in enumerate(zip(*every, strict=True)) if any(column)]
        shown = tuple(columns[n] for n in full)
        rows = tuple(tuple(row[n] for n in full) for row in every)
        said = "Progress towards the outcomes (section E)"
        return [Heading(said), Table(shown, rows)]

    def _provision(self) -> list[Block]:
        lines = self.lines
        if not lines:
            return []
        costs = "costs" not in self.parts
        columns = [
            Column("provision", "What was given", width=5),
            Column("dose", "Dose planned", width=4),
            Column("sessions", "Sessions given", width=4),
        ]
        if costs:
            columns += [
                Column("planned", "Planned", "pence", width=2),
                Column("cost", "Given", "pence", width=2),
            ]
        blocks: list[Block] = [Heading("Provision (section F)")]
        number = 0
        for line in lines:
            number += bool(line.text)
            blocks += self._line(number, line, tuple(columns), costs=costs)
        if costs and (total := _total(lines)):
            blocks.append(Text(total, "small"))
        return blocks

    def _line(
        self, number: int, line: Given, columns: tuple[Column, ...], *, costs: bool
    ) -> list[Block]:
        title = f"{number}. {line.text}" if line.text else "Other support"
        if line.minutes:
            title += f" ({line.minutes} minutes a week in the plan)"
        heading = Heading(title, 3)
        if not line.rows:
            return [heading]
        rows = []
        for row in line.rows:
            made: list[Any] = [row["provision_name"], _dose(row), _sessions(row)]
            if costs:
                # no entry is not recorded, never not given
                known = row["delivered"] is not None
                made += [row["planned_pence"], row["to_date_pence"] if known else None]
            rows.append(tuple(made))
        return [Keep((heading, Table(columns, tuple(rows))))]

    def _last_steps(self) -> list[Entry]:
        return list(review_report.last_steps(self.record, self.review))

    def _steps(self, title: str, steps: list[Entry]) -> list[Block]:
        lines = [
            f"{step['text']} (by {words(step['by'])})" if "by" in step else step["text"]
            for step in steps
        ]
        if not lines:
            return []
        return [Keep((Heading(title), Bullets(tuple(lines))))]

    def _views(self) -> list[Block]:
        found = review_report.opinions(self.record, self.review, self.period)
        if not found:
            return []
        quotes = [Quote(one.text, self._by(one), one.lang) for one in found]
        first, *rest = quotes
        return [Keep((Heading("Views"), first)), *rest]

    def _by(self, one: review_report.Opinion) -> str:
        on = f", {words(one.date)}" if one.date else ""
        how = f" ({one.how})" if one.how else ""
        return f"{self.people.name(one.of)}{on}{how}"

    def _advice(self) -> list[Block]:
        given = [
            f"{entry['service']}, {words(advice['date'])}: {advice['recommendation']}"
            for entry in self.record.get("specialists", ())
            for advice in entry.get("advice", ())
            if self.period[0] <= advice["date"] <= self.period[1]
        ]
        asked = self.review.get("advice", ())
        came = [
            f"{self._role(entry['of'])}: received {words(entry['received'])}"
            for entry in asked
            if "received" in entry
        ]
        asked_only = [
            f"{self._role(entry['of'])}: asked for {words(entry['requested'])}, "
            "nothing received"
            for entry in asked
            if "received" not in entry and "requested" in entry and self.held
        ]
        lines = [*given, *came, *asked_only]
        if not lines:
            return []
        return [Keep((Heading("Advice and information"), Bullets(tuple(lines))))]

    def _role(self, of: str) -> str:
        name = terms.INVITED.get(of) or who(of, self.record, self.setting.school)
        return name[:1].upper() + name[1:]

    def _adult_life(self) -> list[Block]:
        kept = self.review.get("pfa", {})
        rows = [
            (ADULTHOOD[key].capitalize(), kept[key]) for key in ADULTHOOD if key in kept
        ]
        if not rows:
            return []
        return [Keep((Heading("Preparing for adult life"), Fields(tuple(rows))))]

    def _came(self) -> list[Block]:
        if not self.held:
            return []
        invited = [
            f"{self._role(i['role'])}{_person(i)}"
            for i in self.review.get("invited", ())
        ]
        came = self.people.names(self.review.get("attended", ()))
        rows = (("Invited", "; ".join(invited)), ("Came", "; ".join(came)))
        told = tuple((name, text) for name, text in rows if text)
        return [Keep((Heading("The meeting"), Fields(told)))] if told else []

    def _recommended(self) -> list[Block]:
        if not self.held:
            return []
        review = self.review
        blocks = self._steps(
            "Steps for the coming year", list(review.get("interim_targets", ()))
        )
        rows = [
            (
                "The school recommends",
                _recommendation(str(review.get("recommendation", ""))),
            ),
            ("Amendments", str(review.get("amendments", ""))),
        ]
        if told := tuple((name, text) for name, text in rows if text):
            blocks.append(Keep((Heading("Recommendations"), Fields(told))))
        if differs := review.get("differences"):
            heading = Heading("Where people see it differently")
            blocks.append(Keep((heading, Text(str(differs)))))
        return blocks

    def _end(self) -> list[Block]:
        return [Sign((self.people.name("senco"), "Headteacher"))]


def _withheld(seen: Redacted, setting: PaperContext) -> list[Block]:
    """That something restricted stays out; to the family that is not told."""
    out = any(one.why == "restricted" for one in seen.left_out)
    if seen.rules.family or not out:
        return []
    return [Text(setting.words("summary.withheld"), "small")]


def _same(items: Any, wanted: Entry) -> Entry | None:
    return next((i for i in items if i.get("id") == wanted.get("id", "")), None)


def _person(invitation: Entry) -> str:
    return f" ({invitation['who']})" if "who" in invitation else ""


def _recommendation(code: str) -> str:
    return f"to {PLAN_DECISIONS[code]}" if code else ""


def _rows(number: int, item: Towards) -> list[tuple[Any, ...]]:
    """The plan's outcome with its rating, and beneath it what the school measured."""
    result = RESULTS.get(item.result, "")
    value = f" ({item.value})" if item.value else ""
    last = "\n".join(filter(None, (f"{result}{value}", item.evidence)))
    made: list[tuple[Any, ...]] = [(f"{number}. {item.text}", "", "", "", last)]
    for one in item.measured:
        aim = f"{one.aim}, by {words(one.by)}" if one.aim and one.by else one.aim
        made.append((f"Measured: {one.outcome}", one.baseline, one.now, aim, ""))
    return made


def _dose(row: Row) -> str:
    parts = []
    if row["minutes"]:
        parts.append(f"{row['minutes']} minutes")
    if row["sessions_per_week"]:
        parts.append(often(row["sessions_per_week"]))
    size = row["group_size"]
    parts.append("one to one" if size == 1 else f"group of {size}")
    if row["role"]:
        parts.append(str(row["role"]))
    text = ", ".join(parts)
    return f"{text}; {plural(row['weeks'], 'week')}" if row["weeks"] else text


def often(sessions: float) -> str:
    """How often a week, in words."""
    return _OFTEN.get(sessions) or f"{sessions:g} times a week"


def _sessions(row: Row) -> str:
    """Given of those due; nothing where none is recorded."""
    if row["delivered"] is None:
        return ""
    due = row["sessions_due"]
    missed = sum(row["missed"].values())
    text = f"{row['delivered']:g} of {due:.0f}" if due else f"{row['delivered']:g}"
    return f"{text}, {missed} missed" if missed else text


def _total(lines: list[Given]) -> str:
    rows = [row for line in lines for row in line.rows]
    if not rows:
        return ""
    counted = [row for row in rows if row["delivered"] is not None]
    text = f"In this period: planned {_pence(rows, 'planned_pence')}"
    if not counted:
        return f"{text}."
    given = f"given {_pence(counted, 'to_date_pence')}"
    if len(counted) == len(rows):
        return f"{text}, {given}."
    part = _pence(counted, "planned_pence")
    return f"{text}. Where sessions are counted: planned {part}, {given}."


def _pence(rows: list[Row], key: str) -> str:
    return pounds(sum(row[key] or 0 for row in rows))
