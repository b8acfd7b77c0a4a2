"""The parents' page: what we do for their child, how it went, what comes next.

Plain words for a reader of about twelve. No codes, no costs, no other child, no UPN; a
group is named by its size alone, since its name may hold another child's.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sencli.core import lookup
from sencli.documents import outcome_words
from sencli.documents import support_words
from sencli.documents.people import People
from sencli.documents.setting import Setting
from sencli.documents.view import Block
from sencli.documents.view import Bullets
from sencli.documents.view import Fields
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Quote
from sencli.documents.view import Sign
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.errors import InvalidValue

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted of the summary.

    Attributes:
        cycle: id of the cycle to tell of; "" is the open one, else the last.
        to: id of the contact that it is for: the other contacts' views stay out.
    """

    cycle: str = ""
    to: str = ""


def build(
    records: Sequence[Entry], setting: Setting, asked: Asked | None = None
) -> tuple[View, ...]:
    """One page for each pupil.

    Raises:
        InvalidValue: it is for a contact with whom nothing may be shared.
    """
    asked = asked or Asked()
    return tuple(_page(record, setting, asked) for record in records)


def _page(record: Entry, setting: Setting, asked: Asked) -> View:
    _allowed(record, setting, asked)
    cycle = cycle_shown(record, asked.cycle)
    teacher = str((cycle or {}).get("teacher", ""))
    page = _Page(record, setting, asked, People(record, setting, teacher))
    return setting.view(
        setting.words("summary.title", name=lookup.display_name(record)),
        page.blocks(cycle),
        [record],
        subtitle=page.subtitle(cycle),
        footer=setting.words("summary.footer", school=setting.school.get("name", "")),
    )


def _allowed(record: Entry, setting: Setting, asked: Asked) -> None:
    contacts = lookup.contacts_on(record, setting.day)
    for contact in contacts:
        if contact["id"] == asked.to and contact.get("sharing") == "none":
            raise InvalidValue(
                f"Nothing may be shared with {contact['name']} (sharing: none), so "
                "there is no page for them.",
                "Who may see what stands with the contacts: sen pupil show PUPIL",
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


class _Page:
    """The sections of one pupil's page; each is empty where there is nothing to say."""

    def __init__(
        self, record: Entry, setting: Setting, asked: Asked, people: People
    ) -> None:
        self.record = record
        self.setting = setting
        self.words = setting.words
        self.asked = asked
        self.people = people
        self.name = people.pupil

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
        if teacher := self.people.plain((cycle or {}).get("teacher", "")):
            parts.append(self.words("summary.subtitle_teacher", teacher=teacher))
        return " · ".join(parts)

    def blocks(self, cycle: Entry | None) -> list[Block]:
        """The whole page."""
        blocks = [*self._opening(), *self._strengths()]
        if cycle is None:
            blocks.append(Text(self.words("summary.nothing", name=self.name)))
        elif not cycle.get("plan"):
            blocks.append(Text(self.words("summary.assessing", name=self.name)))
            blocks += self._heard(cycle)
        else:
            blocks += self._outcomes(cycle)
            blocks += self._support(cycle)
            blocks += self._progress(cycle)
            blocks += self._heard(cycle)
            blocks += self._decided(cycle)
            blocks += self._each(cycle)
        blocks += self._next(cycle or {})
        blocks += self._met(cycle or {})
        blocks.append(self._signatures())
        return blocks + self._advice()

    def _headed(self, key: str, body: Sequence[Block]) -> list[Block]:
        """A section kept with the beginning of its body; nothing if the body is."""
        if not body:
            return []
        heading = Heading(self.words(f"summary.{key}", name=self.name))
        return [Keep((heading, body[0])), *body[1:]]

    def _withheld(self, kept: Sequence[Entry], all_of: Sequence[Entry]) -> list[Block]:
        """The visible mark of what is left out."""
        if len(kept) == len(all_of):
            return []
        return [Text(self.words("summary.withheld"), "small")]

    def _opening(self) -> list[Block]:
        day = self.setting.day
        status = lookup.status_on(self.record, day)
        sentences = []
        if status["provision"] == "K":
            since = self.words.date(status["from"])
            sentences.append(
                self.words("summary.on_support", name=self.name, date=since)
            )
        if status["provision"] == "E":
            sentences.append(self.words("summary.on_plan", name=self.name))
        needs = [n for n in lookup.needs_on(self.record, day) if _open(n)]
        known = [self.words.find(f"needs.{need['type']}") for need in needs]
        if named := list(dict.fromkeys(text for text in known if text)):
            sentences.append(
                self.words("summary.needs", needs=self.words.joined(named))
            )
        blocks: list[Block] = [Text(self.words("summary.lead", name=self.name), "lead")]
        return [*blocks, Text(" ".join(sentences))] if sentences else blocks

    def _strengths(self) -> list[Block]:
        profile = lookup.profile_on(self.record, self.setting.day)
        if "strengths" not in profile:
            return []
        return self._headed("strengths", [Text(profile["strengths"])])

    def _outcomes(self, cycle: Entry) -> list[Block]:
        outcomes = cycle["plan"].get("outcomes", [])
        shown = [outcome for outcome in outcomes if _open(outcome)]
        lines = []
        for outcome in shown:
            text = outcome["outcome"]
            if by := outcome.get("target", {}).get("by"):
                date = self.words.date(by)
                text = self.words("summary.aim_by", outcome=text, date=date)
            if criteria := outcome.get("success_criteria"):
                told = self.words("summary.aim_success", criteria=criteria)
                text = f"{text}\n{told}"
            lines.append(text)
        body: list[Block] = [Bullets(tuple(lines))] if lines else []
        body += self._withheld(shown, outcomes)
        body = body or [Text(self.words("summary.no_outcomes"))]
        return self._headed("worked_on" if "review" in cycle else "working_on", body)

    def _support(self, cycle: Entry) -> list[Block]:
        plan = cycle["plan"]
        interventions = plan.get("interventions", [])
        shown = [item for item in interventions if _open(item)]
        rows = [
            support_words.told(cycle, item, self.setting, self.people) for item in shown
        ]
        strategies = [s["text"] for s in plan.get("strategies", ())]
        body: list[Block] = [Fields(tuple(rows))] if rows else []
        body += self._withheld(shown, interventions)
        body += self._listed("in_class", strategies)
        body += self._listed("at_home", _lines(plan.get("home_support", "")))
        changes = cycle.get("do", {}).get("changes", ())
        body += self._listed("changed", [change["change"] for change in changes])
        body = body or [Text(self.words("summary.no_support"))]
        return self._headed("did" if "review" in cycle else "doing", body)

    def _listed(self, key: str, items: Sequence[str]) -> list[Block]:
        if not items:
            return []
        heading = Heading(self.words(f"summary.{key}"), 3)
        return [Keep((heading, Bullets(tuple(items))))]

    def _progress(self, cycle: Entry) -> list[Block]:
        """A line and a chart for each outcome; what each support did."""
        body: list[Block] = []
        for outcome in cycle["plan"].get("outcomes", ()):
            if not _open(outcome):
                continue
            told = outcome_words.told(self.record, cycle, outcome, self.setting)
            if told:
                body.append(Keep((Heading(outcome["outcome"], 3), *told)))
        impacts = support_words.impacts(cycle, self.setting)
        if impacts:
            heading = Heading(self.words("summary.helped"), 3)
            body.append(Keep((heading, Fields(impacts))))
        if not body:
            return []
        heading = Heading(
            self.words("summary.went" if "review" in cycle else "summary.going")
        )
        first, *rest = body
        inner = first.blocks if isinstance(first, Keep) else (first,)
        return [Keep((heading, *inner)), *rest]

    def _heard(self, cycle: Entry) -> list[Block]:
        views = [
            view
            for part in ("assess", "review")
            for view in _dated(cycle.get(part, {}))
        ]
        shown = [view for view in views if self._may_read(view)]
        quotes: list[Block] = [self._quote(view) for view in shown]
        return self._headed("heard", [*quotes, *self._withheld(shown, views)])

    def _may_read(self, view: Entry) -> bool:
        """Whether views are for this reader: another contact's are not."""
        if not _open(view):
            return False
        others = {c["id"] for c in self.record.get("contacts", ())} - {self.asked.to}
        return not self.asked.to or view["of"] not in others

    def _quote(self, view: Entry) -> Quote:
        person = self.people.name(view["of"])
        by = person
        if "date" in view:
            date = self.words.date(view["date"])
            how = view.get("how", "")
            key = "summary.quote_how" if how else "summary.quote"
            by = self.words(key, person=person, date=date, how=how)
        language = str(view.get("language", ""))
        lang = language if language.islower() and len(language) <= len("cym") else ""
        return Quote(view["text"], by, lang)

    def _decided(self, cycle: Entry) -> list[Block]:
        review = cycle.get("review", {})
        said = [
            self.words.find(f"decisions.{decision}") or ""
            for decision in review.get("decisions", ())
        ]
        lines = tuple(text for text in said if text)
        body: list[Block] = [Bullets(lines)] if lines else []
        if reason := review.get("decision_reason"):
            body.append(Text(self.words("summary.because", reason=reason)))
        steps = review.get("next_steps", "")
        after: list[Block] = [Text(steps)] if steps else []
        return [
            *self._headed("decided", body),
            *self._headed("next_steps", after),
        ]

    def _each(self, cycle: Entry) -> list[Block]:
        part = cycle.get("review", {}).get("responsibilities")
        part = part or cycle["plan"].get("responsibilities", {})
        names = {
            "school": self.words("summary.school"),
            "parent": self.words("summary.home"),
            "pupil": self.name,
        }
        rows = tuple((names[who], part[who]) for who in names if who in part)
        return self._headed("each", [Fields(rows)] if rows else [])

    def _next(self, cycle: Entry) -> list[Block]:
        review = cycle.get("review")
        day = (
            review.get("next_review")
            if review is not None
            else cycle.get("plan", {}).get("review_by")
        )
        text = (
            self.words("summary.next_review_on", date=self.words.date(day))
            if day
            else self.words("summary.next_review_none")
        )
        return self._headed("next_review", [Text(text)])

    def _met(self, cycle: Entry) -> list[Block]:
        """Who was at the review; before it, who agreed the plan."""
        if review := cycle.get("review"):
            date = self.words.date(review["date"])
            people = self.people.names(review.get("attended", ()))
            if not people:
                text = self.words("summary.met_on_only", date=date)
            else:
                who = self.words.joined(people)
                text = self.words("summary.met_on", date=date, people=who)
            return self._headed("who", [Text(text)])
        return self._agreed(cycle.get("plan", {}))

    def _agreed(self, plan: Entry) -> list[Block]:
        answers = [a for a in plan.get("agreement", ()) if a["answer"] == "agreed"]
        if not answers:
            return []
        who = self.words.joined(self.people.names(a["who"] for a in answers))
        days = {answer.get("date", "") for answer in answers}
        day = days.pop() if len(days) == 1 else ""
        text = (
            self.words("summary.agreed", people=who, date=self.words.date(day))
            if day
            else self.words("summary.agreed_only", people=who)
        )
        return self._headed("who_agreed", [Text(text)])

    def _signatures(self) -> Block:
        who = (
            self.words("people.parent"),
            self.name,
            self.words("people.teacher"),
            self.words("people.senco"),
        )
        heading = Heading(self.words("summary.sign"))
        return Keep((heading, Sign(who, self.words("summary.sign_date"))))

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


def _open(entry: Entry) -> bool:
    """Whether an entry may stand on paper."""
    return not entry.get("restricted")


def _dated(part: Entry) -> Iterable[Entry]:
    """The views of a part, each with a date: its own, else the part's."""
    for view in part.get("views", ()):
        yield {"date": part["date"], **view} if "date" in part else view


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
