"""The last review, on the summary of the plan that came after it.

Until the new plan has run for some weeks, parents want to read what came of the old.
"""

from __future__ import annotations

from collections.abc import Sequence

from sencli.core.cycle import progress
from sencli.core.record.types import Entry
from sencli.core.text.dates import add_days
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.parents.outcome import verdict
from sencli.documents.view import Block
from sencli.documents.view import Bullets
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Text

WEEKS = 6
"""So long after a review its summary tells of it; then of the new plan alone."""


def last_reviewed(record: Entry, cycle: Entry, day: str) -> Entry | None:
    """The cycle before an open one whose review is still news on the day."""
    if "review" in cycle or "closed" in cycle:
        return None
    cycles = list(record.get("cycles", ()))
    at = next((n for n, one in enumerate(cycles) if one["id"] == cycle["id"]), 0)
    reviewed = [one for one in cycles[:at] if "review" in one]
    if not reviewed:
        return None
    last: Entry = max(reviewed, key=lambda one: str(one["review"]["date"]))
    news = add_days(day, -7 * WEEKS) <= last["review"]["date"] <= day
    return last if news else None


def said_of(record: Entry, cycle: Entry, outcome: Entry, setting: PaperContext) -> str:
    """What that review found of the aim that this one carries on; or ""."""
    last = last_reviewed(record, cycle, setting.day)
    before = outcome.get("continues")
    if last is None or not before:
        return ""
    found = verdict(last, {"id": before}, setting.words)
    if not found:
        return ""
    date = setting.words.date(last["review"]["date"])
    return setting.words("summary.review_result", date=date, said=found)


def review_blocks(record: Entry, cycle: Entry, setting: PaperContext) -> list[Block]:
    """The section: aims that go on no further, and what was decided."""
    words = setting.words
    last = last_reviewed(record, cycle, setting.day)
    if last is None:
        return []
    carried = {o.get("continues") for o in cycle.get("plan", {}).get("outcomes", ())}
    lines = [
        ". ".join(_result(last, outcome, setting))
        for outcome in last.get("plan", {}).get("outcomes", ())
        if outcome["id"] not in carried
    ]
    body: list[Block] = [Bullets(tuple(lines))] if lines else []
    body += decided(last["review"], setting)
    if not body:
        return []
    date = words.date(last["review"]["date"])
    heading = Heading(words("summary.last_review", date=date))
    return [Keep((heading, body[0])), *body[1:]]


def _result(cycle: Entry, outcome: Entry, setting: PaperContext) -> Sequence[str]:
    result = progress.result_of(cycle, outcome["id"])
    told = [verdict(cycle, outcome, setting.words), str(result.get("evidence", ""))]
    said = " ".join(text for text in told if text)
    return [outcome["outcome"].strip().rstrip("."), *([said] if said else [])]


def decided(review: Entry, setting: PaperContext) -> list[Block]:
    """What a review decided, why, and the next steps that it names."""
    words = setting.words
    said = [words.find(f"decisions.{code}") for code in review.get("decisions", ())]
    lines = [text for text in said if text]
    if reason := review.get("decision_reason"):
        lines.append(words("summary.because", reason=reason))
    told = {"decided": " ".join(lines), "steps": review.get("next_steps", "")}
    made: list[Block] = []
    for key, text in told.items():
        if text:
            label = words("summary.label", label=words(f"summary.{key}"))
            made.append(Text(text, label=label))
    return made
