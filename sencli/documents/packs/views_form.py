"""Views forms for an annual review: for the pupil, a parent and a professional."""

from __future__ import annotations

from sencli import terms
from sencli.core.papers.review_pack import advice_due
from sencli.core.pupil.plan_in_force import plan_in_force
from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.core.text.dates import words
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.paper_request import PaperRequest
from sencli.documents.made_in.people import People
from sencli.documents.packs.invitation import about
from sencli.documents.view import Block
from sencli.documents.view import Column
from sencli.documents.view import Fields
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Sign
from sencli.documents.view import Space
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View

_ASKED = {
    "pupil": ("like", "well", "hard", "helps", "change", "next"),
    "young_person": ("well", "hard", "helps", "change", "next", "adult"),
    "parent": ("well", "worried", "home", "outcomes", "help", "change", "next"),
}
"""What the family are asked, by the names of the wording, in order."""

_LINES = 2
_PROFESSIONAL: tuple[tuple[str, int], ...] = (
    ("When and how you have worked with {child} since the last review", 3),
    ("What has gone well, and what {child} can do now", 4),
    ("What is still hard, and any need that is new or has changed", 4),
    ("Advice for the coming year: outcomes, and provision (what, how often, who)", 5),
    ("What should be changed in the plan, section by section", 4),
    ("Anything on which you see it differently from others", 2),
)
_SECTIONS = {
    "school": "B, E and F: special educational needs, outcomes, provision",
    "authority": "E, F, I and J: outcomes, provision, placement, personal budget",
    "health": "C, F and G: health needs and health provision",
    "social_care": "D and H: social care needs and provision",
    "other": "those that your work is about",
}


def build(
    record: Entry, review: Entry, setting: PaperContext, request: PaperRequest
) -> View:
    """The form for one reader."""
    if request.reader.role in _ASKED:
        return _family(record, review, setting, request)
    return _professional(record, review, setting, request)


def _family(
    record: Entry, review: Entry, setting: PaperContext, request: PaperRequest
) -> View:
    seen = request.seen(record, setting).record
    role = request.reader.role
    people, said = People(seen, setting), setting.words
    name = people.pupil

    def asked(text: str) -> str:
        return said(f"annual_review.{role}_views.{text}", name=name)

    due = advice_due(review, role, setting.day)
    senco = people.name("senco")
    back = (
        said("annual_review.back", date=said.date(due), senco=senco)
        if due
        else said("annual_review.back_soon", senco=senco)
    )
    blocks: list[Block] = [Text(asked("intro"), "lead"), Text(back)]
    if rows := _outcomes(seen, setting):
        columns = (
            Column("outcome", said("annual_review.outcome"), width=6),
            *(
                Column(key, said(f"annual_review.{key}"), width=2)
                for key in ("good", "some", "not_yet")
            ),
        )
        heading = Heading(asked("how"))
        boxes = tuple((text, "[   ]", "[   ]", "[   ]") for text in rows)
        blocks.append(Keep((heading, Table(columns, boxes))))
    blocks += [Space(asked(key), _LINES) for key in _ASKED[role]]
    who = said("people.parent") if role == "parent" else name
    signs = (people.name(request.to) if request.to else who,)
    blocks.append(Sign(signs, said("summary.sign_date")))
    return setting.view(
        asked("title"),
        blocks,
        [record],
        footer=said("summary.footer", school=setting.school.get("name", "")),
    )


def _outcomes(seen: Entry, setting: PaperContext) -> list[str]:
    plan = plan_in_force(seen, setting.day) or {}
    return [str(item["text"]) for item in plan.get("outcomes", ())]


def _professional(
    record: Entry, review: Entry, setting: PaperContext, request: PaperRequest
) -> View:
    seen = request.seen(record, setting).record
    reader, child = request.reader, People(seen, setting).pupil
    rows = [*about(seen, setting)]
    if "date" in review:
        rows.append(("Meeting", words(review["date"])))
    asked = {a["of"] for a in review.get("advice", ())}
    of = reader.noted if reader.noted in asked else reader.role
    if due := advice_due(review, of, setting.day):
        rows.append(("Please return by", words(due)))
    rows.append(("Return to", People(seen, setting).name("senco")))
    rows.append(("Sections of the plan", _SECTIONS[reader.role]))
    blocks: list[Block] = [
        Text(
            "Advice and information for the annual review (SEND Regulations 2014, "
            "regulation 20(4)). It will be sent to everybody who is invited.",
            "lead",
        ),
        Fields(tuple(rows)),
        Space("Your name, post and service", 2),
    ]
    if texts := _outcomes(seen, setting):
        blocks.append(
            Heading("Progress towards each outcome, how you know, keep it or change it")
        )
        numbered = enumerate(texts, 1)
        blocks += [Space(f"{number}. {text}", 2) for number, text in numbered]
    for label, lines in _PROFESSIONAL:
        blocks.append(Space(label.format(child=child), lines))
    blocks.append(Sign((reader.name or terms.INVITED[reader.role].capitalize(),)))
    return setting.view(
        f"Advice for the annual review: {lookup.full_name(seen)}",
        blocks,
        [record],
        subtitle=f"From {reader.noted}",
        footer="Confidential when completed",
    )
