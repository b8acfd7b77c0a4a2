"""Forms for ``--edit``: meetings, reports, moves and annual reviews."""

from __future__ import annotations

from typing import Any

from sencli.cli.shell import views_and_responsibilities as words_of
from sencli.cli.shell.app import App
from sencli.cli.shell.editor import editable
from sencli.cli.shell.writing import context_of
from sencli.cli.shell.writing import given_options
from sencli.core.record import find
from sencli.core.record.lookup import meetings_of
from sencli.core.statutory import annual_review
from sencli.core.support import meetings

_MEETING = {
    "strengths": "What the pupil does well",
    "difficulties": "What is hard",
    "parent_concerns": "What worries the parents",
    "outcomes_sought": "What everybody hopes for",
    "aspirations": "Hopes for the future",
    **words_of.VIEW_HEADINGS,
    "agreed": "What was agreed",
    **words_of.DOES_HEADINGS,
    "next_steps": "What happens next",
}
_REVIEW = {
    **words_of.VIEW_HEADINGS,
    "amendments": "Amendments to the plan",
    "differences": "Differences of view",
    "employment": "Adult life: work",
    "independent_living": "Adult life: living",
    "participation": "Adult life: taking part",
    "health": "Adult life: health",
}


def _meeting(app: App, typed: dict[str, Any]) -> dict[str, str]:
    record = app.repo.pupil(app.pupil_id(typed["who"]))
    if which := typed.get("which"):
        listed = meetings_of(record)
        part = dict(find.item(which, listed, meetings.meeting_label, "meeting"))
    else:
        known = {
            k: v
            for k, v in given_options(typed).items()
            if k in {"date", "kind", "again"}
        }
        part = dict(meetings.amended_meeting(record, known, context_of(app, record)))
    return (
        {k: part[k] for k in _MEETING if k in part}
        | words_of.views(part)
        | words_of.doing(part)
    )


def _reviewed(app: App, typed: dict[str, Any]) -> dict[str, str]:
    record = app.repo.pupil(app.pupil_id(typed["who"]))
    known = {k: v for k, v in given_options(typed).items() if k == "date"}
    part = annual_review.amended_review(record, known, context_of(app, record))
    texts = {**part, **part.get("pfa", {})}
    return (
        {k: texts[k] for k in _REVIEW if k in texts}
        | words_of.views(part)
        | words_of.doing(part)
    )


MEETING = editable("A meeting with parents", _MEETING, _meeting)
REVIEW = editable("An annual review", _REVIEW, _reviewed)
REPORT = editable("A report to parents", {"summary": "What it said"})
MOVE = editable("A move", {"actions": "What is done to prepare"})
