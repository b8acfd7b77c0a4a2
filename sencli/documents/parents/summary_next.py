"""The end of the parents' summary: decisions, actions and the next meeting."""

from __future__ import annotations

from sencli.core.papers.eligibility import papers_standing
from sencli.core.papers.invitation_day import planned
from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.people import People
from sencli.documents.made_in.wording import Wording
from sencli.documents.view import Block
from sencli.documents.view import Fields
from sencli.documents.view import Heading

Row = tuple[str, str]


def next_blocks(
    cycle: Entry, record: Entry, setting: PaperContext, people: People
) -> list[Block]:
    """Decision, next steps and dates, and who agreed or attended."""
    words = setting.words
    review = cycle.get("review", {})
    rows = _decided(review, words)
    if steps := review.get("next_steps"):
        rows.append((words("summary.steps"), steps))
    rows += _each(cycle, words, people)
    if when := next_meeting(record, setting):
        rows.append((words("summary.next_review"), when))
    rows += _met(review, words, people) if review else _agreed(cycle, words, people)
    if not rows:
        return []
    return [Heading(words("summary.next_steps")), Fields(tuple(rows))]


def _decided(review: Entry, words: Wording) -> list[Row]:
    """The review's decision and reasons."""
    said = [words.find(f"decisions.{code}") for code in review.get("decisions", ())]
    lines = [text for text in said if text]
    if reason := review.get("decision_reason"):
        lines.append(words("summary.because", reason=reason))
    return [(words("summary.decided"), "\n".join(lines))] if lines else []


def _each(cycle: Entry, words: Wording, people: People) -> list[Row]:
    part = cycle.get("review", {}).get("responsibilities")
    part = part or cycle.get("plan", {}).get("responsibilities", {})
    names = {
        "school": words("summary.school"),
        "parent": words("summary.home"),
        "pupil": people.pupil,
    }
    return [(names[who], part[who]) for who in names if who in part]


def next_meeting(record: Entry, setting: PaperContext) -> str:
    """When the family and the school meet next, as it is so on the day; or "".

    A day that is past is no promise: it is said that it is past.
    """
    words, day = setting.words, setting.day
    if papers_standing(record, day) not in {"supported", "assessing"}:
        return ""
    if coming := planned("review-invitation", record, day):
        return words("summary.next_meeting_on", date=words.full_date(coming))
    due = lookup.review_by(dict(record))
    if due >= day:
        said = words("summary.next_review_on", date=words.date(due))
        return "" if lookup.gone_by(record, due) else said
    if due and lookup.open_cycle(dict(record)) is not None:
        return words("summary.review_late", date=words.date(due))
    met = [m["date"] for m in record.get("meetings", ()) if due <= m["date"] <= day]
    if due and not met:
        return words("summary.meeting_late", date=words.date(due))
    return words("summary.next_review_none")


def _met(review: Entry, words: Wording, people: People) -> list[Row]:
    date = words.date(review["date"])
    came = people.names(review.get("attended", ()), review["date"])
    text = (
        words("summary.met_on", date=date, people=words.joined(came))
        if came
        else words("summary.met_on_only", date=date)
    )
    return [(words("summary.who"), text)]


def _agreed(cycle: Entry, words: Wording, people: People) -> list[Row]:
    answers = [
        answer
        for answer in cycle.get("plan", {}).get("agreement", ())
        if answer["answer"] == "agreed"
    ]
    if not answers:
        return []
    made = str(cycle["plan"].get("date", ""))
    who = words.joined(people.names((answer["who"] for answer in answers), made))
    days = {answer.get("date", "") for answer in answers}
    day = days.pop() if len(days) == 1 else ""
    text = (
        words("summary.agreed", people=who, date=words.date(day))
        if day
        else words("summary.agreed_only", people=who)
    )
    return [(words("summary.who_agreed"), text)]
