"""The end of the parents' page: what was decided, who does what, when we meet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sencli.documents.people import People
from sencli.documents.view import Block
from sencli.documents.view import Fields
from sencli.documents.view import Heading
from sencli.documents.wording import Wording

Entry = Mapping[str, Any]
Row = tuple[str, str]


def told(cycle: Entry, words: Wording, people: People) -> list[Block]:
    """What was decided, what happens next and when, who agreed or was there."""
    review = cycle.get("review", {})
    rows = _decided(review, words)
    if steps := review.get("next_steps"):
        rows.append((words("summary.steps"), steps))
    rows += _each(cycle, words, people)
    rows.append(_meeting(cycle, words))
    rows += _met(review, words, people) if review else _agreed(cycle, words, people)
    return [Heading(words("summary.next_steps")), Fields(tuple(rows))]


def _decided(review: Entry, words: Wording) -> list[Row]:
    """What the review decided, and why."""
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


def _meeting(cycle: Entry, words: Wording) -> Row:
    review = cycle.get("review")
    day = (
        review.get("next_review")
        if review is not None
        else cycle.get("plan", {}).get("review_by")
    )
    text = (
        words("summary.next_review_on", date=words.date(day))
        if day
        else words("summary.next_review_none")
    )
    return words("summary.next_review"), text


def _met(review: Entry, words: Wording, people: People) -> list[Row]:
    date = words.date(review["date"])
    came = people.names(review.get("attended", ()))
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
    who = words.joined(people.names(answer["who"] for answer in answers))
    days = {answer.get("date", "") for answer in answers}
    day = days.pop() if len(days) == 1 else ""
    text = (
        words("summary.agreed", people=who, date=words.date(day))
        if day
        else words("summary.agreed_only", people=who)
    )
    return [(words("summary.who_agreed"), text)]
