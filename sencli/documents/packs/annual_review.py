"""The annual review pack: a part for a reader; what is missing, for the SENCO alone.

The parts and whose each is stand in ``sencli.core.papers.review_pack``.
"""

from __future__ import annotations

from collections.abc import Sequence

from sencli import terms
from sencli.core.papers.eligibility import refusal
from sencli.core.papers.review_pack import is_held
from sencli.core.papers.review_pack import readers_of
from sencli.core.papers.review_pack import review_of
from sencli.core.people.young_person import family_on
from sencli.core.pupil.plan_in_force import plan_in_force
from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.core.reports import review_gaps
from sencli.core.statutory import deadlines
from sencli.core.text.dates import add_days
from sencli.core.text.dates import words
from sencli.documents.made_in import letter_frame
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.paper_request import PaperRequest
from sencli.documents.made_in.people import People
from sencli.documents.packs import invitation
from sencli.documents.packs import review_report
from sencli.documents.packs import views_form
from sencli.documents.packs.gaps_page import gap_list
from sencli.documents.view import Block
from sencli.documents.view import Bullets
from sencli.documents.view import Column
from sencli.documents.view import Fields
from sencli.documents.view import Heading
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.errors import InvalidValue

_SPARE_ROWS = 3


def build(
    records: Sequence[Entry], setting: PaperContext, request: PaperRequest | None = None
) -> tuple[View, ...]:
    """One part of the pack for each pupil; without a part the report.

    Raises:
        InvalidValue: no plan is in force, or the part is of a meeting that is not
            planned, or not held yet.
    """
    request = request or PaperRequest()
    return tuple(_part(record, setting, request) for record in records)


def _part(record: Entry, setting: PaperContext, request: PaperRequest) -> View:
    if (fault := refusal("annual-review", record, setting.day)) is not None:
        raise fault
    plan = plan_in_force(record, setting.day) or {}
    review = review_of(record, setting.day, request.meeting.get("date", ""))
    part = request.part or "report"
    if part == "report":
        return review_report.build(record, plan, review, setting, request)
    if part == "missing":
        return _missing(record, plan, review, setting, request)
    if part == "views":
        return views_form.build(record, review, setting, request)
    if part == "invitation":
        return invitation.build(record, review, setting, request)
    _planned(record, review)
    if part == "attendance":
        return _attendance(record, review, setting, request)
    return _cover(record, review, setting, request)


def _planned(record: Entry, review: Entry) -> None:
    if "date" not in review:
        raise InvalidValue(
            f"On what day is the review of {lookup.display_name(record)}'s EHC plan?",
            "Give the day and the time: --on DATE --time TIME",
        )


def _missing(
    record: Entry,
    plan: Entry,
    review: Entry,
    setting: PaperContext,
    request: PaperRequest,
) -> View:
    """What is missing, and every date: for the SENCO, and for nobody else."""
    day = setting.day
    # what is restricted is quoted on no paper, on this one neither
    seen = request.seen(record, setting).record
    found = review_gaps.lacks(seen, plan, review, setting, day)
    blocks: list[Block] = [
        Text("For the SENCO alone: this page goes to nobody.", "lead"),
        *gap_list(found),
    ]
    rows = tuple(
        (made.what, made.who, made.due or None, made.sent or None, made.came or None)
        for made in review_gaps.dates(seen, review, setting.school, day)
    )
    if rows:
        columns = (
            Column("what", "What", width=5),
            Column("who", "Whose", width=4),
            Column("due", "Due by", "date", width=3),
            Column("sent", "Sent or asked", "date", width=3),
            Column("came", "Came", "date", width=3),
        )
        blocks += [Heading("Dates"), Table(columns, rows)]
    on = f", meeting on {words(review['date'])}" if "date" in review else ""
    return setting.view(
        f"What is missing: {lookup.full_name(record)}",
        blocks,
        [record],
        subtitle=f"Annual review{on}",
        footer="For the SENCO alone: do not send",
    )


def _attendance(
    record: Entry, review: Entry, setting: PaperContext, request: PaperRequest
) -> View:
    """Everybody invited, with room to sign; after the meeting who came."""
    seen = request.seen(record, setting).record
    people, held = People(seen, setting), is_held(review, setting.day)
    review = _seen(seen, review)
    came = list(review.get("attended", ()))
    meeting = invitation.meeting_of(review, request)
    asked = readers_of("invitation", seen, review, setting.school, setting.day)
    rows = [(_person(r.name, r.role, people), _as(r.role), "") for r in asked]
    blocks: list[Block] = [
        Fields(
            tuple(
                (name, text)
                for name, text in (
                    ("Day", setting.words.full_date(meeting["date"])),
                    ("Time", meeting.get("time", "")),
                    ("Place", meeting.get("place", "")),
                )
                if text
            )
        )
    ]
    if held and came:
        blocks += [Heading("Who came"), Bullets(tuple(people.names(came)))]
        title = "Who was invited"
        columns: tuple[Column, ...] = (
            Column("name", "Name", width=5),
            Column("as", "As", width=4),
        )
        blocks += [Heading(title), Table(columns, tuple(row[:2] for row in rows))]
    else:
        columns = (
            Column("name", "Name", width=5),
            Column("as", "As", width=4),
            Column("signature", "Signature", width=6, blank=True),
        )
        spare = [("", "", "")] * _SPARE_ROWS
        blocks.append(Table(columns, (*rows, *spare), large=True))
    return setting.view(
        f"Attendance: {lookup.full_name(seen)}",
        blocks,
        [record],
        footer=f"{setting.school.get('name', '')} · Confidential",
    )


def _seen(seen: Entry, review: Entry) -> Entry:
    """The review as its reader may see it: who is kept from them is named nowhere."""
    listed = seen.get("ehc", {}).get("reviews", ())
    return next((r for r in listed if r["id"] == review.get("id")), review)


def _person(name: str, role: str, people: People) -> str:
    return people.pupil if role in {"pupil", "young_person"} else name


def _as(role: str) -> str:
    return terms.INVITED.get(role, role)


def _cover(
    record: Entry, review: Entry, setting: PaperContext, request: PaperRequest
) -> View:
    """The letter to the authority that goes with the report.

    Raises:
        InvalidValue: the meeting has not been held yet.
    """
    name = lookup.full_name(record)
    if not is_held(review, setting.day):
        raise InvalidValue(
            f"The review of {name}'s EHC plan is on {words(review['date'])}; the "
            "letter goes with the report of it.",
            f"Before the meeting: sen print annual-review {record['id']} "
            "--part invitation --to authority",
        )
    seen = request.seen(record, setting).record
    people, review = People(seen, setting), _seen(seen, review)
    authority = invitation.authority_of(seen, setting)
    meeting = review["date"]
    came = people.names(review.get("attended", ()))
    recommended = review.get("recommendation", "")
    asked = terms.PLAN_DECISIONS.get(recommended, "")
    rows = [
        *invitation.about(seen, setting),
        ("Meeting", words(meeting)),
        ("Came", "; ".join(came)),
        ("The school recommends", f"to {asked}" if asked else ""),
        ("Amendments", str(review.get("amendments", ""))),
        ("Differences of view", str(review.get("differences", ""))),
    ]
    decided = words(add_days(meeting, deadlines.DECISION_DAYS))
    text = (
        f"The authority's decision is due by {decided}, within four weeks of the "
        "meeting (regulation 20(10))."
    )
    if recommended == "amend":
        by, why = invitation.amended_by(record, review, meeting, setting)
        text += (
            " Where the plan is to be amended, the notice of the amendments goes with "
            f"that decision, and the amended plan is due by {words(by)} ({why})."
        )
    family = family_on(record, setting.day).name
    whom = name if family != "parents" else "the parents"
    body: list[Block] = [
        Text(
            f"Here is the school's report of the review of {name}'s education, health "
            f"and care (EHC) plan (SEND Regulations 2014, regulation 20(7)). It goes "
            "to everybody who was invited."
        ),
        Fields(tuple((label, told) for label, told in rows if told)),
        Text(text),
        Text(f"Please tell us, and {whom}, what you decide."),
        *letter_frame.closing(setting, people, for_family=False),
    ]
    officer, _, *where = letter_frame.to_authority(
        setting, request.reader.name, authority
    )
    return setting.view(
        f"Report of the review of {name}'s EHC plan",
        body,
        [record],
        opening=letter_frame.opening(
            setting,
            [officer, authority or "The local authority", *where],
            officer or "SEN officer",
        ),
        footer="Confidential to the addressee",
    )
