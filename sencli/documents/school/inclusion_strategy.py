"""The inclusion strategy: a draft of what a mainstream school publishes every year.

Barriers, activities against them, budgeted cost by funding stream, evidence, impact and
review (conditions of grant of the Inclusive Mainstream Fund, 25 June 2026). The records
fill in their counts; it goes on the website, so that small numbers are withheld.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Sequence
from typing import Any

from sencli import terms
from sencli.core.provision import provision_map
from sencli.core.provision.map_filter import MapFilter
from sencli.core.record.types import Entry
from sencli.core.reports import governors
from sencli.core.reports.governors import Figures
from sencli.core.school.published_reports import KINDS
from sencli.core.school.published_reports import STRATEGY
from sencli.core.school.published_reports import by_stream
from sencli.core.school.published_reports import text_of
from sencli.core.school.settings import settings
from sencli.core.text.dates import words
from sencli.core.text.folding import sort_key
from sencli.core.text.money import pounds
from sencli.core.text.plural import plural
from sencli.core.time.calendar import year_of
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.paper_request import SchoolRequest
from sencli.documents.made_in.wording import capital
from sencli.documents.school import published
from sencli.documents.school.governors_public import WITHHELD
from sencli.documents.school.governors_public import impacts
from sencli.documents.school.governors_public import row_of
from sencli.documents.school.impact import span_words
from sencli.documents.view import Aside
from sencli.documents.view import Block
from sencli.documents.view import Column
from sencli.documents.view import Fields
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View

Period = tuple[str, str]
_GROUPS = {
    "pupil_premium": "Pupils on the SEN register with pupil premium",
    "looked_after": "Pupils on the SEN register who are looked after",
    "eal": "Pupils on the SEN register with English as an additional language",
}
_COST = (
    Column("stream", "Budget", width=30),
    Column("activities", "Activities of this strategy", "pence", width=18),
    Column("support", "Support in the records", "pence", width=18),
)
_CAME = (
    Column("provision_name", "Provision", width=30),
    Column("pupils", "Pupils", "number", width=10),
    Column("as_expected", "As expected or better", "number", width=16),
    Column("less", "Less than expected", "number", width=16),
    Column("achieved", "Outcomes achieved", "number", width=16),
)
_FEW = "Budgets that pay for few pupils, together"


def build(
    records: Iterable[Entry],
    setting: PaperContext,
    request: SchoolRequest | None = None,
) -> tuple[View, ...]:
    """The draft, with what the records can fill in and what people have written."""
    period = (request or SchoolRequest()).period or year_of(setting.day)
    strategy = _Strategy(records, setting, period)
    told = strategy.told()
    view = setting.view(
        "Inclusion strategy (draft)",
        strategy.blocks(told),
        records,
        subtitle=span_words(period, setting.day),
        data={
            "sections": published.data(told, STRATEGY, strategy.record),
            "barriers": list(strategy.record.get("barriers", ())),
            "activities": list(strategy.record.get("activities", ())),
            "cost": strategy.cost_rows(),
            "due": published.next_due(STRATEGY, strategy.record, setting),
        },
        footer="Draft for the governing body",
        asides=(
            *published.looked_over(STRATEGY, records, setting),
            *strategy.uncosted(),
        ),
    )
    return (published.coded(view, STRATEGY, setting),)


_ABOUT = (
    "A draft: the records filled in what they show, without names and without small "
    "numbers. Each gap in square brackets is for the school to write before it is "
    "published."
)


class _Strategy:
    """The parts of one strategy."""

    def __init__(
        self, records: Iterable[Entry], setting: PaperContext, period: Period
    ) -> None:
        self.records = records
        self.setting = setting
        self.period = period
        self.record = published.without_names(STRATEGY, records, setting)
        self.small = settings(setting.school).small_number
        self.figures: Figures = governors.figures(
            records, setting.school, setting.day, period
        )

    def told(self) -> dict[str, list[str]]:
        """What the records show, by section."""
        return {
            "barriers": self._pupils(),
            "evidence": self._evidence(),
            "impact": self._outcomes(),
            "review": published.next_due(STRATEGY, self.record, self.setting),
        }

    def blocks(self, told: dict[str, list[str]]) -> list[Block]:
        """The whole paper."""
        tables: dict[str, Callable[[], list[Block]]] = {
            "barriers": self._barriers,
            "activities": self._activities,
            "cost": self._cost,
            "impact": self._impact,
        }
        found: list[Block] = [Text(_ABOUT, "note")]
        for key, title, gap in KINDS[STRATEGY].sections:
            body = published.facts(told.get(key, []))
            if key in tables:
                body += tables[key]()
            text = published.written(self.record, key, f"[The school writes: {gap}.]")
            # what is listed one by one needs no prose
            listed = self._listed(key) and not text_of(self.record, key)
            found += published.section(title, body if listed else [text, *body])
            if key == "aims":
                found += published.own(STRATEGY, self.record)
        return found

    def _listed(self, key: str) -> bool:
        """Whether barriers, activities or their cost are entered one by one."""
        if key == "cost":
            return bool(by_stream(self.record, self.setting.day))
        return key in {"barriers", "activities"} and bool(self.record.get(key))

    def _pupils(self) -> list[str]:
        """Counts of pupils: in all, by need and by circumstance, none of them small."""
        made = self.figures
        told = []
        if made.pupils:
            told.append(f"Pupils on the SEN register: {made.pupils}")
        told += published.shares(made, self.setting, self.period)
        needs = made.patterns[0]
        for value, row in zip(needs.values, needs.pupils, strict=False):
            if row[-1] and value in terms.NEED_TYPES:
                name = terms.NEED_TYPES[value][0]
                told.append(f"{name} (primary need): {row[-1]}")
        for pattern in made.patterns:
            if pattern.by in _GROUPS and "yes" in pattern.values:
                count = pattern.pupils[pattern.values.index("yes")][-1]
                if count:
                    told.append(f"{_GROUPS[pattern.by]}: {count}")
        if told:
            told.append(f"Numbers below {self.small} are not shown")
        return told

    def _barriers(self) -> list[Block]:
        rows = tuple(
            (str(number), barrier["text"], barrier.get("evidence", ""))
            for number, barrier in enumerate(self.record.get("barriers", ()), 1)
        )
        if not rows:
            return []
        columns = (
            Column("number", "No.", width=4),
            Column("barrier", "Barrier", width=40),
            Column("evidence", "How we know", width=40),
        )
        return [Table(columns, rows)]

    def _activities(self) -> list[Block]:
        listed = self.record.get("activities", ())
        return [Fields(tuple(map(self._activity, listed)))] if listed else []

    def _activity(self, entry: Entry) -> tuple[str, str]:
        """One activity, with all that is known of it, a line each."""
        known = [barrier["id"] for barrier in self.record.get("barriers", ())]
        against = entry.get("barrier", "")
        number = known.index(against) + 1 if against in known else 0
        when = " to ".join(words(entry[k]) for k in ("from", "until") if k in entry)
        source = terms.FUNDING.get(entry.get("funding_source", ""), "")
        cost = entry.get("annual_pence")
        money = " from the ".join(
            part
            for part in (
                f"{pounds(cost)} a year" if cost is not None else "",
                source,
            )
            if part
        )
        lines = (
            ("Against barrier", str(number) if number else ""),
            ("Led by", entry.get("lead", "")),
            ("When", when),
            ("Cost", money),
            ("Evidence", entry.get("evidence", "")),
            ("Impact", entry.get("impact", "")),
        )
        said = "\n".join(f"{name}: {text}" for name, text in lines if text)
        return str(entry["text"]), said or "To be completed."

    def cost_rows(self) -> list[dict[str, Any]]:
        """Pence a year by budget: of the activities, and of support in the records."""
        budgeted = by_stream(self.record, self.setting.day)
        given, few = self._support()
        made: list[dict[str, Any]] = [
            {
                "stream": source,
                "activities_pence": budgeted.get(source),
                "support_pence": given.get(source),
            }
            for source in terms.FUNDING
            if source in budgeted or source in given
        ]
        if few is not None:
            made.append(
                {"stream": "few", "activities_pence": None, "support_pence": few}
            )
        return made

    def _support(self) -> tuple[dict[str, int], int | None]:
        """Planned cost of support by budget; budgets that pay for few stand together.

        What pays for very few children alone would tell of them.
        """
        narrowed = MapFilter(period=self.period)
        rows, _ = provision_map.rows(
            self.records, self.setting, self.setting.day, narrowed
        )
        found: dict[str, int] = {}
        few: list[Any] = []
        for source, part in provision_map.grouped(rows, "funding"):
            if source in terms.FUNDING:
                enough = provision_map.total(part)["pupils"] >= max(1, self.small)
                if enough:
                    found[source] = provision_map.total(part)["cost_pence"]
                else:
                    few += part
        whole = provision_map.total(few)
        together = whole["pupils"] >= max(1, self.small)
        return found, whole["cost_pence"] if together else None

    def uncosted(self) -> tuple[Aside, ...]:
        """That support without a budget is in no row."""
        narrowed = MapFilter(period=self.period)
        rows, _ = provision_map.rows(
            self.records, self.setting, self.setting.day, narrowed
        )
        count = sum(not row["funding"] for row in rows)
        if not count:
            return ()
        said = "No row counts support without a recorded budget: "
        return (
            Aside(
                f"{said}{plural(count, 'intervention')}.",
                "sen provision set PROVISION --funding-source SOURCE",
            ),
        )

    def _cost(self) -> list[Block]:
        rows = [
            (
                capital(terms.FUNDING.get(row["stream"], _FEW)),
                row["activities_pence"],
                row["support_pence"],
            )
            for row in self.cost_rows()
        ]
        if not rows:
            return []
        spent = sum(row[1] or 0 for row in rows)
        note = (
            f"Activities of this strategy are budgeted at {pounds(spent)} a year. "
            "Support in the records is what is planned for pupils in the same school "
            "year, where its budget is recorded and enough pupils have it."
        )
        return [Table(_COST, tuple(rows)), Text(note, "small")]

    def _evidence(self) -> list[str]:
        """What the catalogue gives as evidence for what the school offers."""
        told = [
            f"{entry.get('parent_name') or entry['name']}: {entry['evidence']}"
            for entry in self.setting.provisions.get("provisions", ())
            if entry.get("evidence") and "retired" not in entry
        ]
        return sorted((" ".join(line.split()) for line in told), key=sort_key)

    def _outcomes(self) -> list[str]:
        achieved, *_, judged = self.figures.outcomes
        if not judged:
            return []
        shown = WITHHELD if achieved is None else achieved
        return [f"Outcomes judged at reviews: {judged}; achieved or exceeded: {shown}"]

    def _impact(self) -> list[Block]:
        """Each provision of enough pupils, and what came of it."""
        rows: Sequence[Entry] = [
            row_of(impact, self.small)
            for impact in impacts(self.records, self.setting, self.period)
        ]
        if not rows:
            return []
        body = tuple(
            tuple(WITHHELD if row[c.key] is None else row[c.key] for c in _CAME)
            for row in rows
        )
        return [Table(_CAME, body)]
