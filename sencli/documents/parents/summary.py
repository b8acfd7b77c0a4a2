"""The parents' summary: what we do for their child, how it went, what comes next.

Plain words for a reader of about twelve, on one page. No codes, no costs, no other
child, no UPN; a group is named by its size alone, since its name may hold another
child's. Each aim stands once, with its help and its chart.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any

from sencli.core.papers.eligibility import papers_standing
from sencli.core.papers.eligibility import plan_ceased
from sencli.core.papers.eligibility import support_ended
from sencli.core.papers.redact import Redacted
from sencli.core.people.parents import parents_of
from sencli.core.pupil import support_since
from sencli.core.pupil.languages import tag_of
from sencli.core.pupil.plan_in_force import plan_in_force
from sencli.core.record import lookup
from sencli.core.record.lookup import STILL
from sencli.core.record.types import Entry
from sencli.documents.made_in.attainment_results import attainment_blocks
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.paper_request import PaperRequest
from sencli.documents.made_in.paper_request import mark
from sencli.documents.made_in.paper_request import page_each
from sencli.documents.made_in.paper_request import plan_unrecorded
from sencli.documents.made_in.paper_request import reader_line
from sencli.documents.made_in.paper_request import why_you
from sencli.documents.made_in.people import People
from sencli.documents.parents import summary_last
from sencli.documents.parents import summary_since
from sencli.documents.parents.outcome import over
from sencli.documents.parents.summary_around import around_blocks
from sencli.documents.parents.summary_next import next_blocks
from sencli.documents.parents.summary_plan import Plan
from sencli.documents.parents.summary_signed import signed_blocks
from sencli.documents.view import ONE_PAGE
from sencli.documents.view import Block
from sencli.documents.view import Break
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Quote
from sencli.documents.view import Text
from sencli.documents.view import View

_UNKNOWN = "NSA"
"""The type of need of a child whose needs are not known yet."""


@page_each
def build(record: Entry, setting: PaperContext, request: PaperRequest) -> View:
    """One page for each pupil."""
    seen = request.for_family("summary", record, setting)
    cycle = cycle_shown(seen.record, request.cycle)
    teacher = str((cycle or {}).get("teacher", ""))
    page = _Page(seen, setting, People(seen.record, setting, teacher))
    return setting.view(
        setting.words("summary.title", name=lookup.display_name(seen.record)),
        page.blocks(cycle, request.since),
        [record],
        subtitle=" · ".join(
            part
            for part in (
                page.subtitle(cycle),
                *reader_line(record, setting, request.to),
            )
            if part
        ),
        footer=setting.words("summary.footer", school=setting.school.get("name", "")),
        asides=plan_unrecorded(record, setting.day),
        sheet=ONE_PAGE,
    )


def cycle_shown(record: Entry, cycle_id: str = "") -> dict[str, Any] | None:
    """The cycle asked for; else the open one, else the last that was no mistake."""
    cycles = [
        cycle
        for cycle in record.get("cycles", ())
        if cycle.get("closed", {}).get("reason") != "opened_in_error"
    ]
    if cycle_id:
        return next((dict(c) for c in cycles if c["id"] == cycle_id), None)
    return lookup.latest_cycle({"cycles": cycles})


def known_needs(record: Entry, setting: PaperContext) -> list[str]:
    """The areas of need in words, but for what nobody knows yet."""
    needs = lookup.needs_on(record, setting.day)
    types = [need["type"] for need in needs if need["type"] != _UNKNOWN]
    found = [setting.words.find(f"needs.{code}") for code in types]
    return list(dict.fromkeys(text for text in found if text))


class _Page:
    """The sections of one pupil's page; each is empty where there is nothing to say."""

    def __init__(self, seen: Redacted, setting: PaperContext, people: People) -> None:
        self.seen = seen
        self.record = seen.record
        self.setting = setting
        self.words = setting.words
        self.people = people
        self.name = people.pupil
        self.standing = papers_standing(seen.record, setting.day)

    def subtitle(self, cycle: Entry | None) -> str:
        """The term, the class and the teacher."""
        parts = []
        if cycle is not None and (began := lookup.cycle_began(cycle)):
            season, _, year = lookup.season(began).partition(" ")
            parts.append(f"{self.words(f'seasons.{season}')} {year}")
        placement = lookup.placement_on(self.record, self.setting.day)
        if "class" in placement:
            values = {"class": placement["class"]}
            parts.append(self.words("summary.subtitle_class", **values))
        if teacher := self.people.teacher:
            parts.append(self.words("summary.subtitle_teacher", teacher=teacher))
        return " · ".join(parts)

    def blocks(self, cycle: Entry | None, since: str = "") -> list[Block]:
        """The whole page; what has happened since a day comes first."""
        shown = cycle or {}
        blocks = [*self._opening(), *self._strengths()]
        if day := summary_since.day_of(since, self.record, cycle, self.setting.day):
            blocks += summary_since.since_blocks(self.record, shown, day, self.setting)
        blocks += summary_last.review_blocks(self.record, shown, self.setting)
        goes_over = False
        if cycle is None:
            if self.standing != "ended":
                blocks.append(Text(self.words("summary.nothing", name=self.name)))
        elif cycle.get("plan"):
            plan = Plan(self.record, cycle, self.setting, self.people)
            blocks += plan.blocks(lambda place: self._withheld(cycle, place))
            goes_over = plan.goes_over
        elif not over(cycle):
            blocks.append(Text(self.words("summary.assessing", name=self.name)))
        blocks += self._heard(shown, day)
        year = lookup.academic_year(self.setting.day)
        blocks += attainment_blocks(
            self.record, self.setting, since=f"{year - 1}-09-01"
        )
        blocks += around_blocks(self.record, self.setting, self.people)
        if not goes_over:
            blocks.append(Break(if_over=True))
        # a page with nothing but signatures would say nothing
        end = next_blocks(shown, self.record, self.setting, self.people)
        signed = signed_blocks(shown, self.words, self.people)
        return [*blocks, Keep((*end, *signed))]

    def _headed(self, key: str, body: Sequence[Block]) -> list[Block]:
        """A section kept with the beginning of its body; nothing if the body is."""
        if not body:
            return []
        heading = Heading(self.words(f"summary.{key}", name=self.name))
        return [Keep((heading, body[0])), *body[1:]]

    def _withheld(self, cycle: Entry, *places: str) -> list[Block]:
        """The visible mark of what is left out of a part of the cycle."""
        at = f"cycles[{cycle['id']}]"
        return mark(self.seen, self.setting, *(f"{at}.{place}" for place in places))

    def _opening(self) -> list[Block]:
        ended = self.standing == "ended"
        lead = self.words(
            "summary.lead_ended" if ended else "summary.lead", name=self.name
        )
        sentences = [lead, *self._standing(), *self._needs()]
        return [*why_you(self.words, self.name), Text(" ".join(sentences))]

    def _standing(self) -> Iterator[str]:
        """The pupil's level of support on the day, or that it has ended."""
        day, words, name = self.setting.day, self.words, self.name
        if plan_in_force(self.record, day) is not None:
            yield words("summary.on_plan", name=name)
            return
        if ceased := plan_ceased(self.record, day):
            date = words.date(ceased)
            yield words("summary.plan_ceased", name=name, date=date)
        code = lookup.status_on(self.record, day)["provision"]
        if code == "E":
            yield words("summary.on_provision", name=name)
        if code == "K":
            if since := support_since.code_since(self.record, day):
                date = words.date(since)
                yield words("summary.on_support", name=name, date=date)
            else:
                yield words("summary.on_support_undated", name=name)
        if ended := support_ended(self.record, day):
            date = words.date(ended)
            yield words("summary.support_ended", name=name, date=date)

    def _needs(self) -> Iterator[str]:
        words, name = self.words, self.name
        if named := known_needs(self.record, self.setting):
            key = "summary.need" if len(named) == 1 else "summary.needs"
            yield words(key, name=name, needs=words.listed(named))
        needs = lookup.needs_on(self.record, self.setting.day)
        if any(need["type"] == _UNKNOWN for need in needs):
            yield words("summary.needs_unknown", name=name)

    def _strengths(self) -> list[Block]:
        profile = lookup.profile_on(self.record, self.setting.day)
        if "strengths" not in profile:
            return []
        label = self.words("summary.strengths", name=self.name)
        label = self.words("summary.label", label=label)
        return [Text(profile["strengths"], label=label)]

    def _heard(self, cycle: Entry, since: str = "") -> list[Block]:
        if not cycle:
            return []
        last = summary_last.last_reviewed(self.record, cycle, self.setting.day)
        parts = [cycle.get("assess", {}), cycle.get("review", {})]
        parts = [last["review"], *parts] if last else parts
        views = [
            view
            for part in parts
            for view in _dated(part)
            if view.get("date", STILL) >= since
        ]
        quotes: list[Block] = [self._quote(view) for view in views]
        marks = self._withheld(cycle, "assess.views", "review.views")
        return self._headed(self._whose(views), [*quotes, *marks])

    def _whose(self, views: Sequence[Entry]) -> str:
        """The heading over people's views, naming them."""
        parents = parents_of(self.record)
        who = {"pupil" if v["of"] == "pupil" else v["of"] in parents for v in views}
        keys = {frozenset({"pupil"}): "heard_child", frozenset({True}): "heard_parents"}
        both = who == {"pupil", True} or not who
        return keys.get(frozenset(who), "heard" if both else "heard_all")

    def _quote(self, view: Entry) -> Quote:
        person = self.people.name(view["of"])
        by = person
        if "date" in view:
            date = self.words.date(view["date"])
            how = view.get("how", "")
            key = "summary.quote_how" if how else "summary.quote"
            by = self.words(key, person=person, date=date, how=how)
        return Quote(view["text"], by, tag_of(str(view.get("language", ""))))


def _dated(part: Entry) -> Iterable[Entry]:
    """The views of a part, each with a date: its own, else the part's."""
    for view in part.get("views", ()):
        yield {"date": part["date"], **view} if "date" in part else view
