"""What stands around a pupil's cycles, the newest of each, for the SENCO's screen."""

from __future__ import annotations

from collections.abc import Iterator

from sencli.core import elsewhere
from sencli.core import lookup
from sencli.core import meetings
from sencli.core import papers_given
from sencli.core import specialists
from sencli.core import statutory
from sencli.core import transitions
from sencli.core.considered import CONCLUSIONS
from sencli.core.considered import QUESTIONS
from sencli.core.dates import words
from sencli.core.ehc_request import open_request
from sencli.core.funding import SOURCES
from sencli.core.lookup import actions_of
from sencli.core.money import pounds
from sencli.core.parents import met_or_asked
from sencli.core.parents import parents_of
from sencli.core.plan_in_force import plan_in_force
from sencli.core.settings import settings
from sencli.core.types import Entry
from sencli.core.types import Record
from sencli.documents.view import Block
from sencli.documents.view import Bullets
from sencli.documents.view import Fields
from sencli.documents.view import Heading


def around_blocks(record: Record, school: Entry, day: str) -> Iterator[Block]:
    """Parents, specialists, the EHC plan and the rest, in as few lines as will do."""
    if rows := tuple(_parents(record, school, day)):
        yield Heading("Parents and school")
        yield Fields(rows)
    if listed := record.get("specialists", ()):
        yield Heading("Specialists")
        yield Bullets(tuple(_specialist(entry) for entry in listed))
    if rows := tuple(_ehc(record, day)):
        yield Heading("Education, health and care plan")
        yield Fields(rows)
    if rows := tuple(_others(record, day)):
        yield Heading("Also")
        yield Fields(rows)


def _parents(record: Record, school: Entry, day: str) -> Iterator[tuple[str, str]]:
    status = lookup.status_on(record, day)["provision"]
    year = f"{lookup.academic_year(day)}-09-01"
    met = [d for d in met_or_asked(record, parents_of(record, day)) if year <= d <= day]
    if met or status != "N":
        last = f", last on {words(met[-1])}" if met else ""
        wanted = settings(school).meetings_a_year
        yield "Meetings this year", f"{len(met)} of {wanted}{last}"
    waiting = [a for _, a in actions_of(record) if "done" not in a]
    if waiting:
        said = "; ".join(meetings.action_words(a, record) for a in waiting)
        yield "Promised, not yet done", said
    reports = [r["date"] for r in record.get("reports", ())]
    if reports:
        yield "Last report to parents", words(max(reports))
    told = [
        f"{papers_given.ABOUT[i['what']]}, {words(i['date'])}"
        for i in record.get("information", ())
    ]
    if told:
        yield "Told of", "; ".join(told)


def _specialist(entry: Entry) -> str:
    """One specialist: asked, seen, advised, answered."""
    parts = [
        f"{said} {words(entry[key])}"
        for key, said in (
            ("referred", "referred"),
            ("first_seen", "first seen"),
            ("discharged", "ended"),
        )
        if key in entry
    ]
    if entry.get("asked") and "consent" not in entry:
        asked = max(str(told["date"]) for told in entry["asked"])
        parts.append(f"parents asked {words(asked)}")
    if entry.get("consent", {}).get("given") is False:
        parts.append("parents did not agree")
    if advice := entry.get("advice", ()):
        newest = max(advice, key=lambda a: str(a["date"]))
        open_ones = sum("decision" not in a for a in advice)
        left = f", {open_ones} not answered" if open_ones else ""
        parts.append(
            f"advice {words(newest['date'])}: {newest['recommendation']}{left}"
        )
    return f"{specialists.wording(entry)}: {'; '.join(parts) or 'not asked yet'}"


def _ehc(record: Record, day: str) -> Iterator[tuple[str, str]]:
    ehc = record.get("ehc", {})
    request = open_request(record, day)
    if request is not None:
        waiting = [
            step
            for step in statutory.assessment_steps(request, ehc.get("plans", ()))
            if step.open_on(day)
        ]
        due = f"; {waiting[0].name} by {words(waiting[0].due)}" if waiting else ""
        yield "Assessment asked for", f"{words(request['date'])}{due}"
    plan = plan_in_force(record, day)
    if plan is None:
        return
    yield "Plan issued", words(plan["issued"])
    held = statutory.reviews_held(record, day)
    if held:
        yield "Last annual review", words(held[-1]["date"])
    coming = sorted(r["date"] for r in ehc.get("reviews", ()) if r["date"] > day)
    if coming:
        yield "Next annual review", words(coming[0])
    else:
        yield "Annual review due by", words(statutory.review_due(record, day))


def _others(record: Record, day: str) -> Iterator[tuple[str, str]]:
    newest = {c["about"]: c for c in record.get("considerations", ())}
    for entry in newest.values():
        answer = CONCLUSIONS.get(entry.get("conclusion", ""), "")
        parts = [answer, str(entry.get("reason", "")), *entry.get("adjustments", ())]
        said = "; ".join(part for part in parts if part)
        told = f"{QUESTIONS[entry['about']]}, {words(entry['date'])}"
        yield "Considered", f"{told}: {said}" if said else told
    running = [a["text"] for a in record.get("adjustments", ()) if _now(a, day)]
    if running:
        yield "Adjustments", "; ".join(running)
    plans = [
        elsewhere.wording(p) for p in record.get("related_plans", ()) if _now(p, day)
    ]
    if plans:
        yield "Plans kept elsewhere", "; ".join(plans)
    moves = transitions.listed(record)
    if moves:
        yield "Next move", transitions.wording(moves[-1])
    money = [
        f"{SOURCES[f['source']]} {pounds(f['annual_pence'])} a year"
        for f in record.get("funding", ())
        if _now(f, day)
    ]
    if money:
        yield "Funding", "; ".join(money)


def _now(entry: Entry, day: str) -> bool:
    return lookup.holds(entry, day)
