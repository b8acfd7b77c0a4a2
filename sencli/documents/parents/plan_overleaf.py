"""The second side of a support plan: what is done, by whom, and who agreed to it."""

from __future__ import annotations

from collections.abc import Iterator

from sencli import terms
from sencli.core.papers.redact import Redacted
from sencli.core.provision import provision_map
from sencli.core.provision.map_filter import MapFilter
from sencli.core.pupil.plan_in_force import plan_in_force
from sencli.core.record import lookup
from sencli.core.record.lookup import STILL
from sencli.core.record.types import Entry
from sencli.core.reports.case_progress import sessions
from sencli.core.text.dates import add_months
from sencli.core.text.dates import short
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.people import People
from sencli.documents.made_in.people import signs
from sencli.documents.parents import support
from sencli.documents.view import Block
from sencli.documents.view import Box
from sencli.documents.view import Boxes
from sencli.documents.view import Bullets
from sencli.documents.view import Column
from sencli.documents.view import Group
from sencli.documents.view import Table
from sencli.documents.view import Text

_YEAR = -12


class Overleaf:
    """The body of each section of the second side; an empty one has no blocks.

    Args:
        seen: the pupil's record for its reader.
        setting: the school and the wording.
        cycle: the cycle shown.
    """

    def __init__(self, seen: Redacted, setting: PaperContext, cycle: Entry) -> None:
        self.seen = seen
        self.record = seen.record
        self.setting = setting
        self.day = setting.day
        self.words = setting.words
        self.cycle = cycle
        self.plan: Entry = cycle.get("plan", {})
        self.people = People(seen.record, setting, str(cycle.get("teacher", "")))

    def _said(self, key: str, **values: object) -> str:
        return self.words(f"support_plan.{key}", **values)

    def layers(self) -> list[Block]:
        """Support by layer: each layer has its rows, or says that it has none."""
        rows: list[tuple[str, ...]] = []
        groups, empty = [], []
        for layer in terms.TIERS:
            items = [
                item
                for item in self.plan.get("interventions", ())
                if self._layer(item) == layer
            ]
            name = self.words(f"layers.{layer}")
            if items:
                groups.append(Group(len(rows), name))
                rows += [self._support(item) for item in items]
            elif layer != "universal":  # that is the help in every lesson, overleaf
                empty.append(self._said("no_layer", layer=name))
        if not rows:
            return []
        columns = (
            Column("what", self._said("what"), width=8),
            Column("who", self._said("who"), width=5),
            Column("dose", self._said("dose"), width=6),
            Column("dates", self._said("dates"), width=4),
            Column("outcomes", self._said("for_aim"), width=2),
            Column("given", self._said("given"), width=3),
        )
        table = Table(columns, tuple(rows), groups=tuple(groups))
        return [table, *([Text(" ".join(empty), "small")] if empty else [])]

    def _layer(self, item: Entry) -> str:
        """The layer of an intervention, else that of its provision."""
        tier = item.get("tier") or self.setting.provision(item["provision"]).get("tier")
        return str(tier or "targeted")

    def _support(self, item: Entry) -> tuple[str, ...]:
        told = support.support_told(self.cycle, item, self.setting, self.people)
        days = "\n".join(short(day) for day in (told.first, told.last) if day)
        numbers = {
            outcome["id"]: str(number)
            for number, outcome in enumerate(self.plan.get("outcomes", ()), 1)
        }
        aims = [numbers[i] for i in item.get("outcomes", ()) if i in numbers]
        return (
            "\n".join(text for text in (told.name, told.about, told.worked) if text),
            told.leaders,
            told.dose,
            days,
            ", ".join(aims),
            self._given(item),
        )

    def _given(self, item: Entry) -> str:
        """Sessions given of those due so far; none where the reader may not know."""
        if self.seen.out_of(f"cycles[{self.cycle['id']}].do"):
            return ""
        one = provision_map.support_of(self.record, self.cycle, item, self.setting)
        row = provision_map.row(one, self.setting, self.day, MapFilter())
        done, due = sessions(row)
        if done is None:
            return self._said("none_recorded") if due else ""
        return self._said("given_of", given=done, due=due) if due else str(done)

    def advice(self) -> list[Block]:
        """What specialists advise and what we do, but for what is not taken up."""
        rows = [
            row
            for entry in self.record.get("specialists", ())
            for row in self._advised(entry)
        ]
        columns = (
            Column("service", self._said("service"), width=4),
            Column("date", self._said("advised"), "date", width=3),
            Column("recommendation", self._said("recommendation"), width=7),
            Column("carried_out", self._said("we_do"), width=7),
        )
        return [Table(columns, tuple(rows))] if rows else []

    def _advised(self, entry: Entry) -> Iterator[tuple[str, str, str, str]]:
        if entry.get("discharged", STILL) < self.day:
            return
        service = str(entry["service"])
        given = [a for a in entry.get("advice", ()) if a["date"] <= self.day]
        for advice in given:
            decision = advice.get("decision", "undecided")
            if decision == "declined":
                continue
            done = "; ".join(self._items(advice))
            said = self._said(f"decided.{decision}")
            came = f"{said}: {done}" if done else f"{said}."
            yield service, advice["date"], advice["recommendation"], came
        if "referred" in entry and not entry.get("advice"):
            yield service, "", self._said("waiting"), ""

    def _items(self, advice: Entry) -> Iterator[str]:
        """What carries the advice out, as a family calls it."""
        for one in advice.get("items", ()):
            for kind, field in (
                ("outcomes", "outcome"),
                ("interventions", "provision"),
                ("strategies", "text"),
            ):
                if (found := lookup.holder(self.record, kind, one)) is not None:
                    text = str(found[1][field])
                    if kind == "interventions":
                        text = support.name_of(self.setting.provision(text))
                    yield text.rstrip(".")

    def adjustments(self) -> list[Block]:
        """What is done differently outside any cycle, and whether it helps."""
        now = [
            self._said("helps", text=entry["text"], worked=entry["worked"])
            if "worked" in entry
            else str(entry["text"])
            for entry in self.record.get("adjustments", ())
            if lookup.holds(entry, self.day)
        ]
        return [Bullets(tuple(dict.fromkeys(now)))] if now else []

    def other_plans(self) -> list[Block]:
        """The EHC plan, and plans kept elsewhere."""
        found = []
        if plan_in_force(self.record, self.day) is not None:
            found.append(self._said("kinds.ehc_plan"))
        for plan in self.record.get("related_plans", ()):
            name = self.words.find(f"support_plan.kinds.{plan['kind']}")
            if name and lookup.holds(plan, self.day):
                due = plan.get("review_by", "")
                date = self.words.date(due) if due >= self.day else ""
                text = self._said("plan_review", plan=name, date=date) if date else name
                found.append(text)
        return [Bullets(tuple(found))] if found else []

    def each(self) -> list[Block]:
        """What the school, the parents and the pupil do."""
        part = self.plan.get("responsibilities", {})
        home = [
            text for text in (part.get("parent"), self.plan.get("home_support")) if text
        ]
        said = (
            (self.words("summary.school"), part.get("school", "")),
            (self.words("summary.home"), "\n".join(filter(None, home))),
            (self.people.pupil, part.get("pupil", "")),
        )
        boxes = tuple(Box(name, (Text(text),)) for name, text in said if text)
        return [Boxes(boxes)] if boxes else []

    def transition(self) -> list[Block]:
        """Moves prepared in the last year."""
        since = add_months(self.day, _YEAR)
        found = []
        for entry in self.record.get("transitions", ()):
            if since <= entry["date"] <= self.day:
                kind = self.words.find(f"support_plan.moves.{entry.get('kind', '')}")
                name = ", ".join(t for t in (kind, entry.get("to")) if t)
                text = entry.get("actions", "")
                said = ": ".join(t for t in (name, text) if t)
                found.append(said or self.words.date(entry["date"]))
        return [Bullets(tuple(found))] if found else []

    def agreement(self) -> list[Block]:
        """Who agreed, in part or not, each with room to sign."""
        labels = signs(self.words, self.people.pupil)
        answers = self.plan.get("agreement", ())
        rows = [self._answer(entry) for entry in answers]
        answered = {self._part(entry["who"]) for entry in answers}
        missing = [
            (label, "", "", "")
            for part, label in zip(self._parts(labels), labels, strict=True)
            if part not in answered
        ]
        columns = (
            Column("who", self._said("signs"), width=6),
            Column("answer", self._said("answer"), width=5),
            Column("signature", self._said("signature"), width=7, blank=True),
            Column("date", self.words("summary.sign_date"), width=3, blank=True),
        )
        return [Table(columns, (*rows, *missing))]

    def _parts(self, labels: tuple[str, ...]) -> tuple[str, ...]:
        """Whom the labels of the signatures stand for."""
        every = ("parent", "pupil", "teacher", "senco")
        # a young person signs in a parent's place
        return every if len(labels) == len(every) else every[1:]

    def _part(self, who: str) -> str:
        if who in {"pupil", "teacher", "senco"}:
            return who
        if who == self.cycle.get("teacher"):
            return "teacher"
        staff = {one["initials"] for one in self.setting.school.get("staff", ())}
        return "staff" if who in staff else "parent"

    def _answer(self, entry: Entry) -> tuple[str, str, str, str]:
        name = self.people.name_on(entry["who"], self.plan.get("date", ""))
        said = self._said(f"answers.{entry['answer']}")
        if "date" in entry:
            said += f", {short(entry['date'])}"
        return name, said, "", ""
