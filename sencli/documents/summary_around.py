"""Others who help, on the parents' page: specialists, the EHC plan, meetings."""

from __future__ import annotations

from collections.abc import Iterator

from sencli.core import lookup
from sencli.core import statutory
from sencli.core.dates import add_days
from sencli.core.ehc_request import open_request
from sencli.core.inviting import planned
from sencli.core.lookup import actions_of
from sencli.core.lookup import meetings_of
from sencli.core.plan_in_force import plan_in_force
from sencli.core.types import Entry
from sencli.documents.people import People
from sencli.documents.setting import Setting
from sencli.documents.view import Block
from sencli.documents.view import Fields
from sencli.documents.view import Heading
from sencli.documents.view import Keep

Row = tuple[str, str]

YEAR_DAYS = 366


def told(record: Entry, setting: Setting, people: People) -> list[Block]:
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


def _specialists(record: Entry, setting: Setting, people: People) -> Iterator[Row]:
    since = add_days(setting.day, -YEAR_DAYS)
    for entry in record.get("specialists", ()):
        if entry.get("discharged", "9999") < since:
            continue
        name = f" ({entry['name']})" if "name" in entry else ""
        if text := _specialist(entry, since, setting, people):
            yield f"{entry['service']}{name}", text


def _specialist(entry: Entry, since: str, setting: Setting, people: People) -> str:
    """What came of asking a specialist, the newest that can be told."""
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


def _advice(advice: Entry, setting: Setting) -> str:
    words = setting.words
    said = words("around.advice", advice=advice["recommendation"].rstrip("."))
    answer = words(f"around.{advice.get('decision', 'waiting')}")
    why = words("around.why", why=advice["why"]) if "why" in advice else ""
    return " ".join(part for part in (said, answer, why) if part)


def _ehc(record: Entry, setting: Setting) -> Iterator[Row]:
    words, day = setting.words, setting.day
    request = open_request(record, day)
    plan = plan_in_force(record, day)
    if request is not None and plan is None:
        text = words("around.requested", date=words.date(request["date"]))
        plans = record.get("ehc", {}).get("plans", ())
        steps = statutory.assessment_steps(request, plans)
        waiting = [s for s in steps if s.open_on(day) and not s.school]
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


def _annual_review(record: Entry, setting: Setting) -> str:
    """When the annual review is held, by when it must be, or that it is late."""
    words, day = setting.words, setting.day
    due = statutory.review_due(record, day)
    coming = planned("annual-review-invitation", record, day)
    if coming and due >= day:
        told = {"date": words.full_date(coming), "due": words.date(due)}
        return words("around.plan_meeting", **told)
    if coming:
        return words("around.plan_meeting_only", date=words.full_date(coming))
    key = "around.plan_review" if due >= day else "around.plan_late"
    return words(key, date=words.date(due))


def _meetings(record: Entry, setting: Setting) -> Iterator[Row]:
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


def _promises(record: Entry, setting: Setting, people: People) -> Iterator[Row]:
    words = setting.words
    lines = []
    for _, action in actions_of(record):
        if action.get("done", "9999") <= setting.day:
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
