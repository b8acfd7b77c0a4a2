"""The parents' summary: what we do for their child, how it went, what comes next.

Plain words for a reader of about twelve. No codes, no costs, no other child, no UPN; a
group is named by its size alone, since its name may hold another child's.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any

from sencli.core.papers.eligibility import papers_standing
from sencli.core.papers.eligibility import plan_ceased
from sencli.core.papers.eligibility import support_ended
from sencli.core.papers.invitation_day import planned
from sencli.core.papers.redact import Redacted
from sencli.core.people.parents import parents_of
from sencli.core.pupil import support_since
from sencli.core.pupil.languages import tag_of
from sencli.core.pupil.plan_in_force import plan_in_force
from sencli.core.record import lookup
from sencli.core.record.lookup import STILL
from sencli.core.record.lookup import actions_of
from sencli.core.record.lookup import meetings_of
from sencli.core.record.types import Entry
from sencli.core.statutory import deadlines
from sencli.core.statutory.deadlines import open_request
from sencli.core.text.dates import add_days
from sencli.documents.made_in.attainment_results import attainment_blocks
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.paper_request import PaperRequest
from sencli.documents.made_in.paper_request import mark
from sencli.documents.made_in.paper_request import page_each
from sencli.documents.made_in.paper_request import plan_unrecorded
from sencli.documents.made_in.paper_request import reader_line
from sencli.documents.made_in.paper_request import why_you
from sencli.documents.made_in.people import People
from sencli.documents.made_in.people import signs
from sencli.documents.parents import outcome as outcome_words
from sencli.documents.parents import summary_next
from sencli.documents.parents import summary_since
from sencli.documents.parents import support
from sencli.documents.view import Block
from sencli.documents.view import Bullets
from sencli.documents.view import Fields
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Quote
from sencli.documents.view import Sign
from sencli.documents.view import Text
from sencli.documents.view import View

Row = tuple[str, str]

YEAR_DAYS = 366


def advice_blocks(record: Entry, setting: PaperContext, people: People) -> list[Block]:
    """The section: what specialists advise, the EHC plan, meetings, promises."""
    rows = [
        *_specialists(record, setting, people),
        *_ehc(record, setting),
        *_meetings(record, setting),
        *_promises(record, setting, people),
    ]
    if not rows:
        return []
    return [Keep((Heading(setting.words("around.title")), Fields(tuple(rows))))]


def _specialists(record: Entry, setting: PaperContext, people: People) -> Iterator[Row]:
    since = add_days(setting.day, -YEAR_DAYS)
    for entry in record.get("specialists", ()):
        if entry.get("discharged", STILL) < since:
            continue
        name = f" ({entry['name']})" if "name" in entry else ""
        if text := _specialist(entry, since, setting, people):
            yield f"{entry['service']}{name}", text


def _specialist(entry: Entry, since: str, setting: PaperContext, people: People) -> str:
    """The latest result of involving a specialist."""
    words = setting.words
    advice = [
        _advice(a, setting)
        for a in entry.get("advice", ())
        if since <= a["date"] <= setting.day
    ]
    if advice:
        return "\n".join(advice)
    if "first_seen" in entry:
        day = words.date(entry["first_seen"])
        return words("around.seen", name=people.pupil, date=day)
    if "referred" in entry:
        return words("around.asked", date=words.date(entry["referred"]))
    return ""


def _advice(advice: Entry, setting: PaperContext) -> str:
    words = setting.words
    said = words("around.advice", advice=advice["recommendation"].rstrip("."))
    answer = words(f"around.{advice.get('decision', 'waiting')}")
    why = words("around.why", why=advice["why"]) if "why" in advice else ""
    return " ".join(part for part in (said, answer, why) if part)


def _ehc(record: Entry, setting: PaperContext) -> Iterator[Row]:
    words, day = setting.words, setting.day
    request = open_request(record, day)
    plan = plan_in_force(record, day)
    if request is not None and plan is None:
        text = words("around.requested", date=words.date(request["date"]))
        plans = record.get("ehc", {}).get("plans", ())
        steps = deadlines.assessment_steps(request, plans)
        waiting = [s for s in steps if s.open_on(day) and s.whose == "authority"]
        if waiting:
            first = waiting[0]
            when = "late" if first.due < day else "due"
            text += " " + words(
                f"around.{when}_{first.key}", date=words.date(first.due)
            )
        yield words("around.assessment"), text
    if plan is not None:
        text = words("around.plan_from", date=words.date(plan["issued"]))
        yield words("around.plan"), f"{text} {_annual_review(record, setting)}"


def _annual_review(record: Entry, setting: PaperContext) -> str:
    """When the annual review is held, by when it must be, or that it is late."""
    words, day = setting.words, setting.day
    due = deadlines.review_due(record, day)
    coming = planned("annual-review-invitation", record, day)
    if coming and due >= day:
        told = {"date": words.full_date(coming), "due": words.date(due)}
        return words("around.plan_meeting", **told)
    if coming:
        return words("around.plan_meeting_only", date=words.full_date(coming))
    key = "around.plan_review" if due >= day else "around.plan_late"
    return words(key, date=words.date(due))


def _meetings(record: Entry, setting: PaperContext) -> Iterator[Row]:
    words = setting.words
    year = f"{lookup.academic_year(setting.day)}-09-01"
    held = [m for m in meetings_of(record) if year <= m["date"] <= setting.day]
    if not held:
        return
    days = dict.fromkeys(words.date(m["date"]) for m in held)
    text = words("around.met", dates=words.joined(list(days)))
    if agreed := held[-1].get("agreed"):
        text += "\n" + words("around.agreed", what=agreed)
    yield words("around.meetings"), text


def _promises(record: Entry, setting: PaperContext, people: People) -> Iterator[Row]:
    words = setting.words
    lines = []
    for _, action in actions_of(record):
        if action.get("done", STILL) <= setting.day:
            continue
        text = action["text"]
        if "by" in action:
            who = people.name_on(action["by"], setting.day)
            text = words("around.promise", person=who, what=text)
        if "due" in action:
            date = words.date(action["due"])
            late = action["due"] < setting.day
            key = "around.promise_late" if late else "around.promise_by"
            text = words(key, promise=text, date=date)
        lines.append(text)
    if lines:
        yield words("around.promised"), "\n".join(lines)


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
        blocks = [*self._opening(), *self._strengths()]
        if day := summary_since.day_of(since, self.record, cycle, self.setting.day):
            blocks += summary_since.since_blocks(self.record, day, self.setting)
        if cycle is None:
            if self.standing != "ended":
                blocks.append(Text(self.words("summary.nothing", name=self.name)))
        elif not cycle.get("plan"):
            if not _over(cycle):
                blocks.append(Text(self.words("summary.assessing", name=self.name)))
            blocks += self._heard(cycle, day)
        else:
            blocks += self._outcomes(cycle)
            blocks += self._support(cycle)
            blocks += self._progress(cycle)
            blocks += self._heard(cycle, day)
        year = lookup.academic_year(self.setting.day)
        blocks += attainment_blocks(
            self.record, self.setting, since=f"{year - 1}-09-01"
        )
        blocks += advice_blocks(self.record, self.setting, self.people)
        # a page with nothing but signatures would say nothing
        end = summary_next.next_blocks(
            cycle or {}, self.record, self.setting, self.people
        )
        blocks.append(Keep((*end, self._signatures())))
        return blocks + self._advice()

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
        sentences = [*self._standing(), *self._needs()]
        ended = self.standing == "ended"
        lead = self.words(
            "summary.lead_ended" if ended else "summary.lead", name=self.name
        )
        blocks: list[Block] = [Text(lead, "lead"), *why_you(self.words, self.name)]
        return [*blocks, Text(" ".join(sentences))] if sentences else blocks

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
        return self._headed("strengths", [Text(profile["strengths"])])

    def _outcomes(self, cycle: Entry) -> list[Block]:
        lines = []
        for outcome in cycle["plan"].get("outcomes", ()):
            text = outcome["outcome"]
            if by := outcome.get("target", {}).get("by"):
                date = self.words.date(by)
                was = _over(cycle) or by < self.setting.day
                key = "summary.aim_was" if was else "summary.aim_by"
                text = self.words(key, outcome=text, date=date)
            if criteria := outcome.get("success_criteria"):
                told = self.words("summary.aim_success", criteria=criteria)
                text = f"{text}\n{told}"
            lines.append(text)
        body: list[Block] = [Bullets(tuple(lines))] if lines else []
        body += self._withheld(cycle, "plan.outcomes")
        body = body or [Text(self.words("summary.no_outcomes"))]
        return self._headed("worked_on" if _over(cycle) else "working_on", body)

    def _support(self, cycle: Entry) -> list[Block]:
        plan = cycle["plan"]
        rows = [
            support.support_words(cycle, item, self.setting, self.people)
            for item in plan.get("interventions", ())
        ]
        changes = cycle.get("do", {}).get("changes", ())
        for key, items in (
            ("in_class", [s["text"] for s in self._strategies(cycle)]),
            ("at_home", _lines(plan.get("home_support", ""))),
            ("changed", [change["change"] for change in changes]),
        ):
            if items:
                rows.append((self.words(f"summary.{key}"), "\n".join(items)))
        body: list[Block] = [Fields(tuple(rows))] if rows else []
        body += self._withheld(cycle, "plan.interventions")
        body = body or [Text(self.words("summary.no_support"))]
        return self._headed("did" if _over(cycle) else "doing", body)

    def _strategies(self, cycle: Entry) -> list[Entry]:
        """Classroom strategies, current or of a finished cycle."""
        listed = cycle["plan"].get("strategies", ())
        day = self.setting.day
        return [s for s in listed if _over(cycle) or lookup.holds(s, day)]

    def _progress(self, cycle: Entry) -> list[Block]:
        """A line and a chart for each outcome."""
        body: list[Block] = []
        for outcome in cycle["plan"].get("outcomes", ()):
            told = outcome_words.outcome_blocks(
                self.record, cycle, outcome, self.setting
            )
            if told:
                body.append(Keep((Heading(outcome["outcome"], 3), *told)))
        if not body:
            return []
        heading = Heading(
            self.words("summary.went" if _over(cycle) else "summary.going")
        )
        first, *rest = body
        inner = first.blocks if isinstance(first, Keep) else (first,)
        return [Keep((heading, *inner)), *rest]

    def _heard(self, cycle: Entry, since: str = "") -> list[Block]:
        views = [
            view
            for part in ("assess", "review")
            for view in _dated(cycle.get(part, {}))
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

    def _signatures(self) -> Block:
        who = signs(self.words, self.name)
        return Sign(who, self.words("summary.sign_date"))

    def _advice(self) -> list[Block]:
        """Where parents get advice that is not the school's."""
        service = self.setting.school.get("sendiass", {})
        if "name" not in service:
            return []
        ways = [
            service[key] for key in ("telephone", "email", "website") if key in service
        ]
        text = self.words(
            "summary.advice", service=service["name"], contact=", ".join(ways)
        )
        return [Text(text.strip(), "small")]


def _over(cycle: Entry) -> bool:
    """Whether a cycle is over: reviewed, or closed without a review."""
    return "review" in cycle or "closed" in cycle


def _dated(part: Entry) -> Iterable[Entry]:
    """The views of a part, each with a date: its own, else the part's."""
    for view in part.get("views", ()):
        yield {"date": part["date"], **view} if "date" in part else view


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
