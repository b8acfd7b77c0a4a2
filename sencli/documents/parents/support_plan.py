"""The current support plan: needs, daily strategies, outcomes, support by layer.

Laid out so that it can become the Individual Support Plan that is proposed for schools:
needs, day-to-day support, outcomes, who provides what, review.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sencli import terms
from sencli.core.cycle import progress
from sencli.core.cycle.scales import scale_of
from sencli.core.papers.redact import Redacted
from sencli.core.pupil import support_since
from sencli.core.pupil.plan_in_force import plan_in_force
from sencli.core.record import lookup
from sencli.core.record.lookup import STILL
from sencli.core.record.types import Entry
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.paper_request import PaperRequest
from sencli.documents.made_in.paper_request import mark
from sencli.documents.made_in.paper_request import page_each
from sencli.documents.made_in.paper_request import plan_unrecorded
from sencli.documents.made_in.paper_request import reader_line
from sencli.documents.made_in.paper_request import why_you
from sencli.documents.made_in.people import People
from sencli.documents.made_in.people import signs
from sencli.documents.parents import support
from sencli.documents.parents.profile import PARTS
from sencli.documents.parents.summary import cycle_shown
from sencli.documents.parents.summary_next import next_meeting
from sencli.documents.view import Aside
from sencli.documents.view import Block
from sencli.documents.view import Bullets
from sencli.documents.view import Column
from sencli.documents.view import Fields
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Sign
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View

Row = tuple[str, str]


@page_each
def build(record: Entry, setting: PaperContext, request: PaperRequest) -> View:
    """The plan of each pupil."""
    return plan_view(SupportPlan, "support-plan", record, setting, request)


def plan_view(
    maker: type[SupportPlan],
    document: str,
    record: Entry,
    setting: PaperContext,
    request: PaperRequest,
) -> View:
    """One pupil's plan, laid out by the class that knows this paper."""
    seen = request.for_family(document, record, setting)
    plan = maker(seen, setting, cycle_shown(seen.record, request.cycle) or {})
    title = f"{plan.wording}.title"
    return setting.view(
        setting.words(title, name=lookup.display_name(seen.record)),
        plan.blocks(),
        [record],
        subtitle=" · ".join(
            part
            for part in (plan.subtitle(), *reader_line(record, setting, request.to))
            if part
        ),
        footer=setting.words("summary.footer", school=setting.school.get("name", "")),
        asides=plan.asides(record),
    )


class SupportPlan:
    """The sections of one pupil's plan.

    Attributes:
        wording: the section of the wording that has its title.
    """

    wording = "support_plan"

    def __init__(self, seen: Redacted, setting: PaperContext, cycle: Entry) -> None:
        self.seen = seen
        self.record = seen.record
        self.setting = setting
        self.day = setting.day
        self.words = setting.words
        self.cycle = cycle
        self.plan: Entry = cycle.get("plan", {})
        self.people = People(seen.record, setting, str(cycle.get("teacher", "")))

    def asides(self, whole: Entry) -> tuple[Aside, ...]:
        """What the one who prints is told."""
        return plan_unrecorded(whole, self.day)

    def said(self, key: str, **values: object) -> str:
        """A text of the plan's wording."""
        return self.words(f"support_plan.{key}", **values)

    def subtitle(self) -> str:
        """Class, and the layer of support."""
        parts = []
        room = lookup.placement_on(self.record, self.day).get("class", "")
        if room:
            parts.append(self.words("summary.subtitle_class", **{"class": room}))
        if layer := lookup.status_on(self.record, self.day).get("layer", ""):
            name = self.words(f"levels.{layer}")
            parts.append(self.said("layer", layer=name))
        return " · ".join(parts)

    def blocks(self) -> list[Block]:
        """The whole plan."""
        return [
            *why_you(self.words, self.people.pupil),
            *self.over(),
            *self.about(),
            *self.child(),
            *self.needs(),
            *self._every_day(),
            *self.outcomes(),
            *self._layers(),
            *self.advice(),
            *self.each(),
            self._review(),
        ]

    def over(self) -> list[Block]:
        """That the plan has been reviewed, or came to an end, where it has."""
        for part, key in (("review", "reviewed"), ("closed", "closed")):
            if day := self.cycle.get(part, {}).get("date"):
                return [Text(self.said(key, date=self.words.date(day)), "note")]
        return []

    def headed(self, key: str, body: Sequence[Block]) -> list[Block]:
        """A section, its heading never alone; nothing where it is empty."""
        if not body:
            return []
        return [Keep((Heading(self.said(key)), body[0])), *body[1:]]

    def _dated(self, key: str, day: str | None) -> list[Row]:
        return [(self.said(key), self.words.date(day))] if day else []

    def _plan_since(self, code: str) -> str:
        """Since when there is an EHC plan: by the status, else by the plan itself."""
        if code == "E":
            return support_since.code_since(self.record, self.day)
        plan = plan_in_force(self.record, self.day)
        return str((plan or {}).get("issued", ""))

    def about(self) -> list[Block]:
        """Who it is about, since when, and by when it is reviewed."""
        code = lookup.status_on(self.record, self.day)["provision"]
        rows: list[Row] = []
        rows += self._dated("born", self.record.get("date_of_birth"))
        if plan_in_force(self.record, self.day) is not None:
            rows += self._dated("since_plan", self._plan_since(code))
        elif code == "K":
            rows += self._dated(
                "since", support_since.code_since(self.record, self.day)
            )
        parents = [
            self.people.name(contact["id"])
            for contact in lookup.contacts_on(self.record, self.day)
            if contact.get("parental_responsibility")
        ]
        if parents:
            rows.append((self.said("parents"), self.words.joined(parents)))
        for who in ("teacher", "senco"):
            name = self.people.name(who)
            label = self.words(f"people.{who}")
            if name != label:
                rows.append((label, name.partition(" (")[0]))
        rows += self._dated("agreed", self.plan.get("date"))
        due = self.plan.get("review_by", "")
        to_come = due >= self.day and not lookup.gone_by(self.record, due)
        if to_come and not self.over():
            rows += self._dated("review_by", due)
        return [Fields(tuple(rows))] if rows else []

    def child(self) -> list[Block]:
        """The one-page profile's words."""
        profile = lookup.profile_on(self.record, self.day)
        name = self.people.pupil
        rows = [
            (self.words(f"profile.{part}", name=name), profile[part])
            for part in PARTS
            if part in profile
        ]
        body: list[Block] = [Fields(tuple(rows))] if rows else []
        body += mark(self.seen, self.setting, "profiles")
        return self.headed("child", body)

    def needs(self) -> list[Block]:
        """The needs, in words for parents."""
        rows = []
        for need in lookup.needs_on(self.record, self.day):
            name = self.words.find(f"needs.{need['type']}") or need["type"]
            text = [need[k] for k in ("description", "impact") if k in need]
            rows.append((name[:1].upper() + name[1:], "\n".join(text)))
        body: list[Block] = [Fields(tuple(rows))] if rows else []
        body += mark(self.seen, self.setting, "needs")
        return self.headed("needs", body or [Text(self.said("no_needs"))])

    def _every_day(self) -> list[Block]:
        kept = [
            *self.record.get("adjustments", ()),
            *self.plan.get("strategies", ()),
        ]
        now = [entry["text"] for entry in kept if lookup.holds(entry, self.day)]
        body: list[Block] = [Bullets(tuple(dict.fromkeys(now)))] if now else []
        body += mark(self.seen, self.setting, "adjustments", self.at("strategies"))
        return self.headed("every_day", body or [Text(self.said("no_every_day"))])

    def at(self, name: str) -> str:
        """The path of a list of this plan."""
        return f"cycles[{self.cycle.get('id', '')}].plan.{name}"

    def outcomes(self) -> list[Block]:
        """Each outcome: where it began, where it stands, what is hoped for."""
        rows = [self._outcome(outcome) for outcome in self.plan.get("outcomes", ())]
        columns = (
            Column("outcome", self.said("outcome"), width=5),
            Column("baseline", self.said("baseline"), width=2),
            Column("latest", self.said("latest"), width=2),
            Column("target", self.said("target"), width=2),
            Column("by", self.said("by"), "date", width=2),
        )
        body: list[Block] = [Table(columns, tuple(rows))] if rows else []
        body += mark(self.seen, self.setting, self.at("outcomes"))
        return self.headed(
            "outcomes", body or [Text(self.words("summary.no_outcomes"))]
        )

    def _outcome(self, outcome: Entry) -> tuple[Any, ...]:
        scale = scale_of(outcome, self.setting.scales)
        start, target = outcome.get("baseline", {}), outcome.get("target", {})
        points = progress.series(self.record, outcome, self.setting.scales)
        said = self.words.section("values") | {"word": "{value}"}

        def value(entry: Entry) -> str:
            if "value" not in entry:
                return ""
            return progress.value_words(
                entry["value"], scale, entry.get("interval"), said
            )

        text = outcome["outcome"]
        if criteria := outcome.get("success_criteria"):
            text += "\n" + self.words("summary.aim_success", criteria=criteria)
        last = points[-1] if points else None
        now = (
            progress.value_words(last.value, scale, last.interval, said) if last else ""
        )
        return (text, value(start), now, value(target), target.get("by", ""))

    def _layers(self) -> list[Block]:
        body: list[Block] = []
        for layer in terms.TIERS:
            rows = [
                support.support_words(self.cycle, item, self.setting, self.people)
                for item in self.plan.get("interventions", ())
                if self.layer(item) == layer
            ]
            if rows:
                heading = Heading(self.words(f"layers.{layer}"), 3)
                body.append(Keep((heading, Fields(tuple(rows)))))
        body += mark(self.seen, self.setting, self.at("interventions"))
        if not body:
            return self.headed("support", [Text(self.words("summary.no_support"))])
        first, *rest = body
        inner = first.blocks if isinstance(first, Keep) else (first,)
        return [Keep((Heading(self.said("support")), *inner)), *rest]

    def layer(self, item: Entry) -> str:
        """The layer of an intervention, else that of its provision."""
        tier = item.get("tier") or self.setting.provision(item["provision"]).get("tier")
        return str(tier or "targeted")

    def advice(self) -> list[Block]:
        """What specialists advise, but for what is not taken up."""
        rows = []
        for entry in self.record.get("specialists", ()):
            if entry.get("discharged", STILL) < self.day:
                continue
            lines = [
                f"{self.words.date(advice['date'])}: {advice['recommendation']}"
                for advice in entry.get("advice", ())
                if advice.get("decision") != "declined" and advice["date"] <= self.day
            ]
            waits = "referred" in entry and not entry.get("advice")
            if text := "\n".join(lines) or (self.said("waiting") if waits else ""):
                rows.append((entry["service"], text))
        body: list[Block] = [Fields(tuple(rows))] if rows else []
        body += mark(self.seen, self.setting, "specialists")
        return self.headed("advice", body)

    def each(self) -> list[Block]:
        """What the school, the parents and the pupil do."""
        part = self.plan.get("responsibilities", {})
        names = {
            "school": self.words("summary.school"),
            "parent": self.words("summary.home"),
            "pupil": self.people.pupil,
        }
        rows = [(names[who], part[who]) for who in names if who in part]
        if home := self.plan.get("home_support"):
            rows.append((self.words("summary.at_home"), home))
        return self.headed("each", [Fields(tuple(rows))] if rows else [])

    def agreed(self) -> str:
        """Who agreed, in part or not: each answer with all who gave it."""
        given: dict[str, list[str]] = {}
        for answer in self.plan.get("agreement", ()):
            given.setdefault(answer["answer"], []).append(answer["who"])
        return " ".join(
            self.said(
                f"answers.{answer}",
                people=self.words.joined(
                    self.people.names(given[answer], self.plan.get("date", ""))
                ),
            )
            for answer in terms.ANSWERS
            if answer in given
        )

    def _review(self) -> Block:
        """When it is reviewed, who agreed, and room to sign: on one page."""
        text = next_meeting(self.record, self.setting)
        body: list[Block] = [Heading(self.said("review"))]
        body += [Text(part) for part in (text, self.agreed()) if part]
        names = signs(self.words, self.people.pupil)
        body.append(Sign(names, self.words("summary.sign_date")))
        return Keep(tuple(body))
