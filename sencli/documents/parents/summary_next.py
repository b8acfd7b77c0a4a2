"""The end of the parents' summary: what happens next, when we meet, who signs."""

from __future__ import annotations

from sencli.core.papers.eligibility import papers_standing
from sencli.core.papers.invitation_day import coming
from sencli.core.record import lookup
from sencli.core.record.lookup import STILL
from sencli.core.record.lookup import actions_of
from sencli.core.record.lookup import joined
from sencli.core.record.types import Entry
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.people import People
from sencli.documents.made_in.wording import Wording
from sencli.documents.parents.outcome import over
from sencli.documents.parents.summary_last import decided
from sencli.documents.parents.summary_plan import lines_of
from sencli.documents.view import Beside
from sencli.documents.view import Block
from sencli.documents.view import Box
from sencli.documents.view import Boxes
from sencli.documents.view import Bullets
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Text

_BOXES = ("school", "parent", "pupil")


def next_blocks(
    cycle: Entry, record: Entry, setting: PaperContext, people: People
) -> list[Block]:
    """What was decided, who does what, when we meet, and whom to ask."""
    words = setting.words
    body: list[Block] = decided(cycle.get("review", {}), setting)
    boxes = _boxes(cycle, record, setting, people)
    if boxes:
        body.append(Boxes(boxes))
    meeting = []
    if when := next_meeting(record, setting):
        label = words("summary.label", label=words("summary.next_review"))
        meeting.append(Text(when, label=label))
    ask = [Text(text) for text in _ask(setting, people)]
    sides = Beside(tuple(meeting), tuple(ask), wide=54) if meeting else Keep(tuple(ask))
    if not (body or meeting):
        return [sides]
    return [Heading(words("summary.next_steps")), *body, sides]


def _boxes(
    cycle: Entry, record: Entry, setting: PaperContext, people: People
) -> tuple[Box, ...]:
    """At school, at home and the child, each with what is agreed and promised."""
    words = setting.words
    part = cycle.get("review", {}).get("responsibilities")
    part = part or cycle.get("plan", {}).get("responsibilities", {})
    does: dict[str, list[str]] = {who: lines_of(part.get(who, "")) for who in _BOXES}
    if not over(cycle):
        does["parent"] += lines_of(cycle.get("plan", {}).get("home_support", ""))
    for who, promise in _promises(record, setting, people):
        does[who].append(promise)
    titles = (words("summary.at_school"), words("summary.home"), people.pupil)
    return tuple(
        Box(title, (Bullets(tuple(lines)) if len(lines) > 1 else Text(lines[0]),))
        for title, who in zip(titles, _BOXES, strict=True)
        if (lines := list(dict.fromkeys(does[who])))
    )


def _promises(
    record: Entry, setting: PaperContext, people: People
) -> list[tuple[str, str]]:
    """What is still to be done, with whose box it belongs in."""
    words, day = setting.words, setting.day
    found = []
    for _, action in actions_of(record):
        if action.get("done", STILL) <= day:
            continue
        text, by = action["text"], action.get("by", "")
        if by:
            who = people.name_on(by, day)
            text = words("around.promise", person=who, what=text)
        if "due" in action:
            late = action["due"] < day
            key = "around.promise_late" if late else "around.promise_by"
            text = words(key, promise=text, date=words.date(action["due"]))
        box = "pupil" if by == "pupil" else "parent" if people.kin(by) else "school"
        found.append((box, text))
    return found


def next_meeting(record: Entry, setting: PaperContext) -> str:
    """When the family and the school meet next, as it is so on the day; or "".

    A day that is past is no promise: it is said that it is past.
    """
    words, day = setting.words, setting.day
    if papers_standing(record, day) not in {"supported", "assessing"}:
        return ""
    if meeting := coming("review-invitation", record, day):
        return words("summary.next_meeting_on", date=day_time_place(meeting, words))
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


def day_time_place(meeting: Entry, words: Wording) -> str:
    """``Friday 11 December 2026, 3.30 pm, Room 4``, as far as it is known."""
    when = words.full_date(meeting["date"])
    more = [str(meeting[key]) for key in ("time", "place") if key in meeting]
    return ", ".join([when, *more])


def _ask(setting: PaperContext, people: People) -> list[str]:
    """Whom to ask at the school, and who advises that is not the school."""
    words, own = setting.words, setting.school.get("letterhead", {})
    who = [people.name(role) for role in ("teacher", "senco") if people.known(role)]
    who = list(dict.fromkeys(who)) or [people.name("senco")]
    ways = ", ".join(own[key] for key in ("telephone", "email") if key in own)
    told = {"people": joined(who, words("or")), "contact": ways}
    asked = [words("summary.questions" if ways else "summary.questions_only", **told)]
    service = setting.school.get("sendiass", {})
    if "name" in service:
        ways = ", ".join(
            service[key] for key in ("telephone", "email", "website") if key in service
        )
        advice = words("summary.advice", service=service["name"], contact=ways)
        asked += [advice.strip()] if advice.strip() else []
    return asked
