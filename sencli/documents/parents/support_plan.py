"""The current support plan on two sides of a sheet.

In front who it is about: needs, what matters to the child, help in every lesson, aims.
Overleaf what is done: support by layer, advice, adjustments, who does what, and the
table of who agreed, which they sign. Laid out so that it can become the Individual
Support Plan that is proposed for schools. A section with nothing in it says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any

from sencli import terms
from sencli.core.cycle import progress
from sencli.core.cycle.scales import scale_of
from sencli.core.pupil import support_since
from sencli.core.pupil.plan_in_force import plan_in_force
from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.paper_request import PaperRequest
from sencli.documents.made_in.paper_request import mark
from sencli.documents.made_in.paper_request import page_each
from sencli.documents.made_in.paper_request import plan_unrecorded
from sencli.documents.made_in.paper_request import reader_line
from sencli.documents.made_in.paper_request import why_you
from sencli.documents.made_in.wording import capital
from sencli.documents.parents.plan_overleaf import Overleaf
from sencli.documents.parents.profile import PARTS
from sencli.documents.parents.summary import cycle_shown
from sencli.documents.parents.summary_next import next_meeting
from sencli.documents.view import Aside
from sencli.documents.view import Block
from sencli.documents.view import Box
from sencli.documents.view import Boxes
from sencli.documents.view import Break
from sencli.documents.view import Bullets
from sencli.documents.view import Column
from sencli.documents.view import Fields
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Sheet
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View

Row = tuple[str, str]

_SHEET = Sheet(type=(10.5, 10, 9.4, 9))
"""The first side in the usual type, or in one in which it is a side."""


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
        sheet=_SHEET,
    )


class SupportPlan(Overleaf):
    """The sections of one pupil's plan.

    Attributes:
        wording: the section of the wording that has its title.
    """

    wording = "support_plan"

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
            *self._about(),
            *self._child(),
            *self._needs(),
            *self._every_day(),
            *self._outcomes(),
            Break(first=True),
            *self._headed("support", self.layers(), self.at("interventions")),
            *self._headed("advice", self.advice(), "specialists"),
            *self.departures(),
            *self._around(
                adjustments=self.adjustments(),
                plans=self.other_plans(),
                transition=self.transition(),
            ),
            *self._headed("each", self.each()),
            *self._review(self.agreement()),
        ]

    def departures(self) -> list[Block]:
        """Where advice and guidance are not followed; not told on every plan."""
        return []

    def over(self) -> list[Block]:
        """That the plan has been reviewed, or came to an end, where it has."""
        for part, key in (("review", "reviewed"), ("closed", "closed")):
            if day := self.cycle.get(part, {}).get("date"):
                return [Text(self.said(key, date=self.words.date(day)), "note")]
        return []

    def _headed(self, key: str, body: Sequence[Block], *places: str) -> list[Block]:
        """A section, its heading never lost nor alone: an empty one says so.

        Of what was left out it says nothing false: there is none in this plan.
        """
        first, *rest = body or [Text(self.said("none"))]
        hidden = mark(self.seen, self.setting, *places) if places else []
        heading = Heading(self.said(key))
        # a long table breaks between its rows and leaves no half page empty
        begun = (
            [heading, first] if isinstance(first, Table) else [Keep((heading, first))]
        )
        return [*begun, *rest, *hidden]

    def _around(self, **bodies: Sequence[Block]) -> list[Block]:
        """Short sections side by side; an empty one says so."""
        none = (Text(self.said("none")),)
        boxes = tuple(
            Box(self.said(key), tuple(body) or none, style="plain")
            for key, body in bodies.items()
        )
        places = ("adjustments", "related_plans", "transitions")
        return self._headed("around", [Boxes(boxes)], *places)

    def _dated(self, key: str, day: str | None) -> list[Row]:
        return [(self.said(key), self.words.date(day))] if day else []

    def _plan_since(self, code: str) -> str:
        """Since when there is an EHC plan: by the status, else by the plan itself."""
        if code == "E":
            return support_since.code_since(self.record, self.day)
        plan = plan_in_force(self.record, self.day)
        return str((plan or {}).get("issued", ""))

    def _about(self) -> list[Block]:
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
        return [Fields(tuple(rows), across=2)] if rows else []

    def _child(self) -> list[Block]:
        """What matters to the child: the one-page profile's words."""
        profile = lookup.profile_on(self.record, self.day)
        name = self.people.pupil
        boxes = tuple(
            Box(self.words(f"profile.{part}", name=name), (Text(profile[part]),))
            for part in PARTS
            if part in profile
        )
        columns = 2 if len(boxes) > 1 else 1
        body: list[Block] = [Boxes(boxes, columns=columns)] if boxes else []
        return self._headed("child", body, "profiles")

    def _needs(self) -> list[Block]:
        """The needs by area, in words for parents, and what gets in the way."""
        rows = []
        for need in lookup.needs_on(self.record, self.day):
            name = self.words.find(f"needs.{need['type']}") or need["type"]
            text = [need[k] for k in ("description", "impact") if k in need]
            area = self.words.find(f"support_plan.areas.{_area(need)}") or _area(need)
            rows.append((area, capital(name), "\n".join(text)))
        columns = (
            Column("area", self.said("area"), width=3),
            Column("need", self.said("need"), width=4),
            Column("barriers", self.said("barriers"), width=7),
        )
        body: list[Block] = [Table(columns, tuple(rows))] if rows else []
        return self._headed("needs", body or [Text(self.said("no_needs"))], "needs")

    def _every_day(self) -> list[Block]:
        """What everybody who teaches the child does, whoever else gives what."""
        kept = self.plan.get("strategies", ())
        now = [entry["text"] for entry in kept if lookup.holds(entry, self.day)]
        body: list[Block] = [Bullets(tuple(dict.fromkeys(now)))] if now else []
        body = body or [Text(self.said("no_every_day"))]
        return self._headed("every_day", body, self.at("strategies"))

    def at(self, name: str) -> str:
        """The path of a list of this plan."""
        return f"cycles[{self.cycle.get('id', '')}].plan.{name}"

    def _outcomes(self) -> list[Block]:
        """Each outcome: how it is measured, from where to where, and its course."""
        rows = [
            self._outcome(number, outcome)
            for number, outcome in enumerate(self.plan.get("outcomes", ()), 1)
        ]
        course = self.said("result" if "review" in self.cycle else "course")
        columns = (
            Column("number", self.said("number"), width=1),
            Column("outcome", self.said("outcome"), width=11),
            Column("measure", self.said("measure"), width=4),
            Column("baseline", self.said("baseline"), width=3),
            Column("latest", self.said("latest"), width=3),
            Column("target", self.said("target"), width=3),
            Column("by", self.said("by"), "date", width=4),
            Column("course", course, width=5),
        )
        body: list[Block] = [Table(columns, tuple(rows))] if rows else []
        if known := [*self._criteria()]:
            body.append(Text("\n".join(known), "small"))
        body = body or [Text(self.words("summary.no_outcomes"))]
        return self._headed("outcomes", body, self.at("outcomes"))

    def _outcome(self, number: int, outcome: Entry) -> tuple[Any, ...]:
        scale = scale_of(outcome, self.setting.scales)
        start, target = outcome.get("baseline", {}), outcome.get("target", {})
        points = progress.series(self.record, outcome, self.setting.scales)
        # in a column of its own a word of a scale needs no quotation marks
        said = self.words.section("values") | {"word": "{value}"}

        def value(entry: Entry) -> str:
            if "value" not in entry:
                return ""
            return progress.bare(entry["value"], scale, entry.get("interval"), said)

        last = points[-1] if points else None
        now = progress.bare(last.value, scale, last.interval, said) if last else ""
        measure = "" if scale.kind == "ordinal" else scale.measure
        return (
            *(
                str(number),
                outcome["outcome"],
                measure,
                value(start),
                now,
                value(target),
            ),
            *(target.get("by", ""), self._course(outcome)),
        )

    def _criteria(self) -> Iterator[str]:
        """By what it will be known that an aim is reached, by its number."""
        for number, outcome in enumerate(self.plan.get("outcomes", ()), 1):
            if criteria := outcome.get("success_criteria"):
                said = self.words("summary.aim_success", criteria=criteria)
                yield f"{number}. {said}"

    def _course(self, outcome: Entry) -> str:
        """What it came to; before the review whether it is on course, as an arrow."""
        if came := progress.result_of(self.cycle, outcome["id"]).get("result"):
            return self.said(f"came.{came}")
        scales = self.setting.scales
        points = progress.of_cycle(self.cycle, outcome, scales)
        points = points or progress.series(self.record, outcome, scales)
        course = progress.course(points, outcome, scales)
        return self.said(f"on_course.{course}") if course else ""

    def _review(self, agreement: Sequence[Block]) -> list[Block]:
        """When it is reviewed, and who agreed, with room to sign: on one page."""
        body: list[Block] = [Heading(self.said("review"))]
        body += [Text(text) for text in self.review_words() if text]
        return [Keep((*body, *agreement))]

    def review_words(self) -> Iterator[str]:
        """When the plan is reviewed."""
        yield next_meeting(self.record, self.setting)


def _area(need: Entry) -> str:
    known = terms.NEED_TYPES.get(need["type"])
    return str(need.get("area") or (known[1] if known else terms.UNCATEGORISED))
