"""Every clock of the law that runs for a pupil: requests, plan, reviews, appeals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sencli.core.pupil.plan_in_force import plan_in_force
from sencli.core.record.types import Entry
from sencli.core.statutory import appeals
from sencli.core.statutory import deadlines
from sencli.core.statutory import moves
from sencli.core.statutory.deadlines import StatutoryStep
from sencli.core.text.dates import add_days
from sencli.core.text.dates import words
from sencli.core.text.placeholders import PLAN_CHOICE
from sencli.core.text.placeholders import one_of
from sencli.value import Value

YEAR_DAYS = 366
_BEFORE = frozenset({"invited", "asked", "circulated"})
_STEP_COMMANDS = {
    "decision": f"sen ehc decision {{id}} {one_of('assess', 'refuse')} --date DATE",
    "advice": "sen ehc advice {id} --sent DATE",
    "plan_decision": "sen ehc decision {id} "
    f"{one_of('issue', 'refuse_plan')} --date DATE",
    "draft_answered": "sen ehc request {id} --draft-answered DATE",
    "plan": "sen ehc issue {id} --date DATE",
}
_REVIEW_OPTIONS = {
    "invited": "--invited WHO --invited-on DATE",
    "asked": "--advice-requested WHO:DATE",
    "circulated": "--circulated DATE",
    "report_sent": f"--report-sent DATE --recommendation {PLAN_CHOICE}",
    "decision": f"--decision {PLAN_CHOICE} --decided DATE",
    "notice": "--notice DATE",
}
_APPEAL_OPTIONS = {"certificate": "--certificate DATE", "appealed": "--appealed DATE"}


class Clock(Value):
    """One step that the law sets a time for, and what it belongs to.

    Attributes:
        step: the step.
        part: ``request``, ``review``, ``plan`` or ``appeal``.
        about: id of the request, review, plan or appeal; "" of a right not yet used.
        label: what it belongs to, in words: "EHC needs assessment".
        authority: which authority, or "".
        officer: who there deals with it, or "".
        command: what to type when it is done.
    """

    step: StatutoryStep
    part: str
    about: str
    label: str
    authority: str
    officer: str
    command: str

    @property
    def what(self) -> str:
        """The step with what it belongs to: "EHC needs assessment: final plan ..."."""
        name = self.step.name
        return f"{self.label}: {name[:1].lower()}{name[1:]}"


def clocks(record: Entry, school: Entry, day: str) -> list[Clock]:
    """Every clock that counts on the day; of the reviews the last and the next.

    Args:
        record: the pupil's, or the row of what is due.
        school: ``school.yaml``.
        day: ISO date.
    """
    return [
        *_requests(record, school),
        *_reviews(record, school, day),
        *_plan(record, school, day),
        *_appeals(record, school, day),
    ]


def _requests(record: Entry, school: Entry) -> Iterator[Clock]:
    ehc = record.get("ehc", {})
    for request in ehc.get("requests", ()):
        authority = request.get("authority") or school.get("authority_name", "")
        for step in deadlines.assessment_steps(request, ehc.get("plans", ())):
            yield Clock(
                step,
                "request",
                request["id"],
                "EHC needs assessment",
                authority,
                request.get("officer", ""),
                _STEP_COMMANDS[step.key].format(id=record["id"]),
            )


def _reviews(record: Entry, school: Entry, day: str) -> Iterator[Clock]:
    """The last review held, and the next: what comes before it, or after it."""
    plan = plan_in_force(record, day)
    if plan is None:
        return
    ehc = record.get("ehc", {})
    held = _held(deadlines.reviews_held(record, day))
    ahead = sorted(
        (r for r in ehc.get("reviews", ()) if r["date"] > day),
        key=lambda r: str(r["date"]),
    )
    moves_by = (t["date"] for t in plan.get("transfers", ()) if t["date"] <= day)
    moved = max(moves_by, default="")
    for review in (*held, *ahead[:1]):
        if review["date"] < moved:
            continue  # the new authority reviews anew; what the old one owed is past
        at = f"sen ehc review {record['id']} --date {review['date']}"
        for step in deadlines.review_steps(review, ehc.get("plans", ())):
            if step.key != "amended" and review in held[:-1]:
                continue
            if not _counts(step, review, plan, day):
                continue
            amended = f"sen ehc issue {record['id']} --amended DATE"
            option = _REVIEW_OPTIONS.get(step.key)
            yield Clock(
                step,
                "review",
                review["id"],
                f"Annual review of {words(review['date'])}",
                moves.authority_of(plan, day, school),
                plan.get("officer", ""),
                f"{at} {option}" if option else amended,
            )


def _held(held: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The last review held, after those whose amended plan may still be owed.

    What was decided after one review stands until it is decided after another.
    """
    decided = [n for n, review in enumerate(held) if "decision" in review]
    return held[min([*decided[-1:], len(held) - 1]) :] if held else []


def _counts(step: StatutoryStep, review: Entry, plan: Entry, day: str) -> bool:
    """Whether a step of a review is still asked for: its own time, and our own work.

    What the authority owes for the plan is waited for however long ago the review was.
    """
    if step.key == "amended":
        return True
    if "source" in review:
        # what became of a review held elsewhere is not known here
        return step.key == "notice"
    held = str(review["date"])
    since = add_days(day, -YEAR_DAYS) if step.school else plan["issued"]
    return held >= since and (step.key in _BEFORE) == (held > day)


def _plan(record: Entry, school: Entry, day: str) -> Iterator[Clock]:
    """The move to the next phase, and the one to another authority."""
    plan = plan_in_force(record, day)
    if plan is None:
        return
    pupil, officer = record["id"], plan.get("officer", "")
    reviews = record.get("ehc", {}).get("reviews", ())
    label = f"EHC plan of {words(plan['issued'])}"
    commands = {
        "told": f"sen ehc move {pupil} --told DATE",
        "moved_review": f"sen ehc review {pupil} --date DATE",
        "phase": f"sen ehc issue {pupil} --amended DATE",
    }
    found = [*moves.transfer_steps(plan, reviews, day)]
    for step in (*found, *moves.phase_steps(record, school, day)):
        authority = moves.authority_of(plan, day, school)
        command = commands[step.key]
        yield Clock(step, "plan", plan["id"], label, authority, officer, command)


def _appeals(record: Entry, school: Entry, day: str) -> Iterator[Clock]:
    ehc = record.get("ehc", {})
    plan = plan_in_force(record, day) or {}
    for right in appeals.rights(record, day):
        if not appeals.running(right, day):
            continue
        asked = {r["id"]: r.get("authority", "") for r in ehc.get("requests", ())}
        authority = asked.get(right["about"]) or moves.authority_of(plan, day, school)
        for step in appeals.appeal_steps(right):
            yield Clock(
                step,
                "appeal",
                right.get("id", ""),
                f"Appeal against the {appeals.appeal_label(right)}",
                authority,
                "",
                f"sen ehc appeal {record['id']} --against {right['against']} "
                f"{_APPEAL_OPTIONS[step.key]}",
            )
