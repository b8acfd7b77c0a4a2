"""Others who help, on the parents' summary: specialists, the council, meetings."""

from __future__ import annotations

from collections.abc import Iterator

from sencli.core.papers.invitation_day import coming
from sencli.core.pupil.plan_in_force import plan_in_force
from sencli.core.record import lookup
from sencli.core.record.lookup import STILL
from sencli.core.record.lookup import meetings_of
from sencli.core.record.types import Entry
from sencli.core.statutory import deadlines
from sencli.core.statutory.deadlines import open_request
from sencli.core.text.dates import add_days
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.people import People
from sencli.documents.parents.summary_next import day_time_place
from sencli.documents.view import Block
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Text

Row = tuple[str, str]

YEAR_DAYS = 366


def around_blocks(record: Entry, setting: PaperContext, people: People) -> list[Block]:
    """The section: what specialists advise, the EHC plan, the year's meetings."""
    rows = [
        *_specialists(record, setting, people),
        *_ehc(record, setting),
        *_meetings(record, setting),
    ]
    if not rows:
        return []
    words = setting.words
    body = [
        Text(" ".join(said.split("\n")), label=words("summary.label", label=who))
        for who, said in rows
    ]
    return [Keep((Heading(words("around.title")), body[0])), *body[1:]]


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
    if meeting := coming("annual-review-invitation", record, day):
        when = day_time_place(meeting, words)
        if due >= day:
            return words("around.plan_meeting", date=when, due=words.date(due))
        return words("around.plan_meeting_only", date=when)
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
