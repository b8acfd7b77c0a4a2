"""Invitations to an annual review: each of the five in their own words (reg 20(2))."""

from __future__ import annotations

from collections.abc import Mapping

from sencli import terms
from sencli.core.papers.invitation_day import doubt
from sencli.core.papers.invitation_day import has_notice
from sencli.core.papers.invitation_day import parted
from sencli.core.papers.review_pack import FAMILY
from sencli.core.papers.review_pack import advice_due
from sencli.core.papers.review_pack import readers_of
from sencli.core.people.address import home_address
from sencli.core.people.young_person import is_young_person
from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.core.statutory import deadlines
from sencli.core.statutory import moves
from sencli.core.text.dates import add_days
from sencli.core.text.dates import words
from sencli.documents.made_in import letter_frame
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.paper_request import PaperRequest
from sencli.documents.made_in.people import People
from sencli.documents.parents import letters
from sencli.documents.view import Aside
from sencli.documents.view import Block
from sencli.documents.view import Fields
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Space
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.errors import InvalidValue
from sencli.terms import year_group_name
from sencli.value import replace

AMENDED_DAYS = 84  # eight weeks after the notice of four (reg 22(3))
_KIND = "annual-review-invitation"
_REVIEWS = {
    "annual": "the annual review",
    "early": "an early review",
    "phase_transfer": "the annual review before a change of school or phase",
}
_DEAR = {
    "school": "headteacher",
    "authority": "SEN officer",
}
_ASKS = {
    "school": (
        "You are invited as head of the school that {child} attends. Please bring or "
        "send what those who teach {child} have written: progress towards each outcome "
        "of the plan, what was given of the provision in section F, and what the "
        "school would change."
    ),
    "authority": (
        "You are invited as the officer of the authority that maintains the plan. "
        "Please tell us of anything that the authority is considering: a change of "
        "placement, of transport, of a personal budget, or of the provision in the "
        "plan."
    ),
    "health": (
        "You are invited as the professional for health care. Please write to us of "
        "{child}'s health needs (section C), of any therapy or other health provision "
        "that was given (sections F and G), how it went, and whether either should "
        "change. If nobody in health works with {child}, please say so in writing, "
        "and it will stand in the report."
    ),
    "social_care": (
        "You are invited as the officer for social care. Please write to us of "
        "{child}'s social care needs (section D), of any provision that was made "
        "(section H), how it went, and whether either should change. If {child} is "
        "not known to social care, please say so in writing, and it will stand in "
        "the report."
    ),
    "other": (
        "You are invited because you work with {child}. Please write to us of what you "
        "do, how it went, and what you advise for the coming year."
    ),
}


def build(
    record: Entry, review: Entry, setting: PaperContext, request: PaperRequest
) -> View:
    """The invitation for one reader.

    Raises:
        InvalidValue: no day or time of the meeting is known, or nobody can come on it.
    """
    meeting = meeting_of(review, request)
    request = replace(request, meeting=meeting)
    if request.reader.role == "parent":
        # a parent's invitation is the letter that can be printed by itself, too
        (view,) = letters.build(_KIND, [record], setting, request)
        return view
    _check(record, setting, request)
    if request.reader.role in FAMILY:
        return _child(record, review, setting, request)
    return _professional(record, review, setting, request)


def meeting_of(review: Entry, request: PaperRequest) -> dict[str, str]:
    """Day, time and place: what was typed, else what the record has."""
    kept = {k: str(review[k]) for k in ("date", "time", "place") if k in review}
    return {**kept, **request.meeting}


def _check(record: Entry, setting: PaperContext, request: PaperRequest) -> None:
    """Refuse an invitation to a meeting without a time, or on a day that cannot be."""
    meeting, day = request.meeting, request.meeting.get("date", "")
    name = lookup.display_name(record)
    if not day or not meeting.get("time"):
        lacks = "At what time" if day else "On what day"
        given = f"--on {day} " if day else "--on DATE "
        raise InvalidValue(
            f"{lacks} is the meeting about {name}?",
            f"Give the day and the time: {given}--time TIME",
        )
    school_terms = setting.school.get("terms", ())
    why = doubt(day, setting.day, school_terms) or parted(_KIND, record, day)
    if why and not request.any_day:
        raise InvalidValue(
            f"{why} Nobody can be invited to a meeting about {name} on that day.",
            "Give another day: --on DATE; if it is right all the same: --any-day",
        )


def _rows(
    setting: PaperContext, meeting: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    said = setting.words
    rows = (
        (said("letters.day"), said.full_date(meeting["date"])),
        (said("letters.time"), meeting["time"]),
        (said("letters.place"), meeting.get("place", "")),
    )
    return tuple((name, text) for name, text in rows if text)


def _child(
    record: Entry, review: Entry, setting: PaperContext, request: PaperRequest
) -> View:
    """The pupil's own invitation; a young person's is theirs in law."""
    seen = request.seen(record, setting).record
    people = People(seen, setting)
    grown = is_young_person(record, setting.day)
    key = "young_person" if grown else "pupil"
    name = people.pupil

    def said(text: str) -> str:
        return setting.words(f"annual_review.{key}.{text}", name=name)

    address = [lookup.full_name(seen), home_address(seen.get("contacts", ()))]
    address = address if grown else []  # a child's is handed over
    boxes = "\n".join(f"[   ]  {choice}" for choice in said("choices").split("\n"))
    parts = said("body").split("\n\n")
    if review.get("kind") == "phase_transfer":
        parts.append(said("move"))
    body: list[Block] = [Text(part) for part in parts]
    body.insert(1, Fields(_rows(setting, request.meeting)))
    ending = letter_frame.closing(setting, people, for_family=grown)
    slip = (
        Heading(said("slip")),
        Text(boxes),
        Space(said("with_me"), 1),
        Space(said("say"), 4),
    )
    return setting.view(
        said("title"),
        [*body, *ending, Keep(slip)],
        [record],
        opening=letter_frame.opening(setting, address, name),
        footer=setting.words("summary.footer", school=setting.school.get("name", "")),
    )


def _professional(
    record: Entry, review: Entry, setting: PaperContext, request: PaperRequest
) -> View:
    seen = request.seen(record, setting).record
    people, reader = People(seen, setting), request.reader
    child, name = people.pupil, lookup.full_name(seen)
    kind = _REVIEWS[review.get("kind", "annual")]
    authority = authority_of(seen, setting)
    whose = f" on behalf of {authority}" if authority else ""
    intro = (
        f"We are holding {kind} of {name}'s education, health and care (EHC) "
        f"plan{whose}, and would like you to take part (SEND Regulations 2014, "
        "regulation 20)."
    )
    day = request.meeting["date"]
    rows = [*about(seen, setting), *_rows(setting, request.meeting)]
    others = [
        terms.INVITED[role]
        for role in dict.fromkeys(
            r.role
            for r in readers_of("invitation", record, review, setting.school, day)
        )
        if role in terms.INVITED and role not in {reader.role, "other"}
    ]
    rows.append(("Also invited", lookup.joined(others)))
    ask = _ASKS[reader.role].format(child=child)
    body: list[Block] = [Text(intro), Fields(tuple(rows)), Text(ask)]
    body.append(Text(_by(review, day, setting.day, reader.noted, reader.role)))
    body.append(Text(_after(record, review, reader.role, day, setting)))
    body += letter_frame.closing(setting, people, for_family=False)
    address = [reader.name, terms.INVITED[reader.role].capitalize()]
    if reader.role == "authority":
        officer, office, *where = letter_frame.to_authority(
            setting, reader.name, authority
        )
        address = [officer, office or address[1], *where]
    dear = address[0] or _DEAR.get(reader.role, "colleague")
    if reader.role == "school":
        address[1] = str(setting.school.get("name", ""))
    return setting.view(
        f"Invitation to the review of {name}'s EHC plan",
        body,
        [record],
        opening=letter_frame.opening(setting, address, dear),
        footer="Confidential to the addressee",
        asides=(
            *_short(child, day, setting.day),
            *letter_frame.lacking(setting, people, for_family=False),
        ),
    )


def about(seen: Entry, setting: PaperContext) -> list[tuple[str, str]]:
    """The pupil, so that the reader finds the right file."""
    placement = lookup.placement_on(seen, setting.day)
    year = placement.get("year_group", "")
    rows = [
        ("Pupil", lookup.full_name(seen)),
        (
            "Born",
            setting.words.date(born) if (born := seen.get("date_of_birth")) else "",
        ),
        ("Year group", year_group_name(year) if year else ""),
    ]
    return [(name, text) for name, text in rows if text]


def authority_of(seen: Entry, setting: PaperContext) -> str:
    """The authority that maintains the plan, by name; or ""."""
    plans = seen.get("ehc", {}).get("plans", ())
    issued = [p for p in plans if p["issued"] <= setting.day]
    newest: Entry = max(issued, key=lambda plan: str(plan["issued"]), default={})
    return moves.authority_of(newest, setting.day, setting.school)


def _by(review: Entry, day: str, today: str, noted: str, role: str) -> str:
    """By when what they write is to be there."""
    of = noted if any(a["of"] == noted for a in review.get("advice", ())) else role
    due = advice_due({**review, "date": day}, of, today)
    form = "You may use the form that comes with this letter."
    if not due:
        return f"Please send us what you have to say as soon as you can. {form}"
    round_by = add_days(day, -deadlines.NOTICE_DAYS)
    sent = (
        "We must send everything to everybody invited at least two weeks before the "
        "meeting."
        if round_by > today
        else "We will send it to everybody invited."
    )
    return f"Please send it to us by {words(due)}. {form} {sent}"


def _after(
    record: Entry, review: Entry, role: str, day: str, setting: PaperContext
) -> str:
    """What happens after the meeting, and what the authority's own days are."""
    report = words(add_days(day, deadlines.REPORT_DAYS))
    text = f"After the meeting the school sends everybody invited a report by {report}."
    if role != "authority":
        return (
            f"{text} If you cannot come, please send somebody in your place, or your "
            "views in writing."
        )
    decided = words(add_days(day, deadlines.DECISION_DAYS))
    amended, why = amended_by(record, review, day, setting)
    return (
        f"{text} The authority's decision, with the notice of any amendments, is due "
        f"by {decided}, and an amended plan by {words(amended)} ({why})."
    )


def amended_by(
    record: Entry, review: Entry, day: str, setting: PaperContext
) -> tuple[str, str]:
    """By when an amended plan is due after a review on the day, and by which rule.

    Before a move that is the day of the move's own, where it comes first.
    """
    twelve_weeks = add_days(day, AMENDED_DAYS), "regulation 22(3)"
    if review.get("kind") != "phase_transfer":
        return twelve_weeks
    move = moves.amended_by(record, setting.school, day)
    because = "regulation 18, because of the move"
    return min(twelve_weeks, (move, because)) if move > day else twelve_weeks


def _short(child: str, day: str, today: str) -> tuple[Aside, ...]:
    if has_notice(day, today):
        return ()
    return (
        Aside(
            f"{child}: the meeting is less than two weeks away.",
            "Everybody invited is to have two weeks' notice.",
        ),
    )
