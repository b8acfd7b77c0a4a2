"""The letter to a local authority that asks for what it owes a pupil by law."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence

from sencli.core.papers.eligibility import refusal
from sencli.core.people.young_person import is_young_person
from sencli.core.pupil.plan_in_force import plan_in_force
from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.core.statutory.deadlines import reviews_held
from sencli.core.statutory.owed import LETTER
from sencli.core.statutory.owed import Owed
from sencli.core.statutory.owed import owed
from sencli.core.text.dates import words
from sencli.documents.made_in.letter_frame import closing
from sencli.documents.made_in.letter_frame import lacking
from sencli.documents.made_in.letter_frame import opening
from sencli.documents.made_in.letter_frame import to_authority
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.paper_request import PaperRequest
from sencli.documents.made_in.people import People
from sencli.documents.view import Aside
from sencli.documents.view import Block
from sencli.documents.view import Bullets
from sencli.documents.view import Column
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View

_TEAM = "SEN team"
_COLUMNS = (
    Column("what", "What is owed", width=36),
    Column("due", "Due on", "date", width=10),
    Column("days_late", "Days late", "number", width=6),
    Column("law", "By", width=26),
)
_OWED = {
    ("request", "decision"): "Your decision whether to assess, within six weeks of the "
    "request",
    ("request", "plan_decision"): "Your decision whether to issue a plan, within "
    "sixteen weeks of the request",
    ("request", "plan"): "The final plan, within twenty weeks of the request",
    ("review", "decision"): "Your decision to keep, amend or cease the plan, within "
    "four weeks of the meeting",
    (
        "review",
        "notice",
    ): "Your notice of the proposed amendments, within four weeks of the meeting",
    ("review", "amended"): "The amended final plan, within twelve weeks of the meeting",
    ("plan", "phase"): "The plan reviewed and amended for the move to the next phase",
    ("plan", "told"): "Word to {family} whether you will assess anew and when you will "
    "review the plan, within six weeks of the transfer",
    ("plan", "moved_review"): "Your review of the plan after the transfer",
}


def build(
    records: Sequence[Entry], setting: PaperContext, request: PaperRequest | None = None
) -> tuple[View, ...]:
    """A letter about each pupil to the authority that owes something.

    Raises:
        InvalidValue: no authority owes anything for the pupil.
    """
    request = request or PaperRequest()
    return tuple(_letter(record, setting, request) for record in records)


def _letter(record: Entry, setting: PaperContext, request: PaperRequest) -> View:
    fault = refusal(LETTER, record, setting.day, setting.school)
    if fault is not None:
        raise fault
    seen = request.seen(record, setting).record
    every = owed([record], setting.school, setting.day)
    authority = every[0].authority
    items = [item for item in every if item.authority == authority]
    officer = next((i.clock.officer for i in items if i.clock.officer), "")
    name, *where = to_authority(setting, officer, authority)
    name = name or _TEAM
    people = People(seen, setting)
    return setting.view(
        f"{lookup.full_name(dict(seen))}: what is late by law",
        [
            *_body(seen, items, setting),
            *closing(setting, people, for_family=False),
        ],
        [record],
        opening=opening(setting, (name, *where), name),
        footer=setting.words("summary.footer", school=setting.school.get("name", "")),
        asides=(
            *_others(every, authority),
            *lacking(setting, people, for_family=False),
        ),
    )


def _others(every: Sequence[Owed], authority: str) -> Iterator[Aside]:
    """What the writer should know: no name of the authority, or a second one."""
    if not every[0].clock.authority:
        yield Aside(
            "The letter does not say to which authority it goes: none is entered.",
            "sen school set authority_name=NAME",
        )
    for other in dict.fromkeys(item.authority for item in every):
        if other != authority:
            yield Aside(
                f"{other} owes something too, which is not in this letter.",
                "sen ehc late",
            )


def _body(
    record: Entry, items: Sequence[Owed], setting: PaperContext
) -> Iterator[Block]:
    day, born = setting.day, record.get("date_of_birth", "")
    about = [lookup.full_name(dict(record))]
    about += [f"born {words(born)}"] if born else []
    plan = plan_in_force(record, day)
    here = "a pupil at our school"
    about.append(
        f"{here} with an EHC plan of {words(plan['issued'])}" if plan else here
    )
    yield Text(f"I write about {', '.join(about)}.")
    facts = sorted({*_facts(record, items, day), *_asked_before(items, day)})
    if facts:
        yield Bullets(tuple(f"{words(on)}: {said}." for on, said in facts))
    this = "this was" if len(items) == 1 else "these were"
    yield Text(
        f"By law {this} due from you, and by our records nothing has come by "
        f"{words(day)}:"
    )
    reviews = {item.clock.about for item in items if item.clock.part == "review"}
    several = len(reviews) > 1
    rows = tuple(_row(item, record, day, several=several) for item in items)
    yield Table(_COLUMNS, rows)
    family = "the young person" if is_young_person(record, day) else "the family"
    yield Text(
        f"Please tell us and {family} in writing, within the next ten school days, "
        "when it will come. If it was sent meanwhile, please send us a copy. If you "
        "rely on an exception in the Regulations, please say which, and since when."
    )


def _row(
    item: Owed, record: Entry, day: str, *, several: bool
) -> tuple[str, str, int, str]:
    step = item.clock.step
    family = "the young person" if is_young_person(record, day) else "the parents"
    said = _OWED[item.clock.part, step.key].format(family=family)
    of = {r["id"]: r["date"] for r in reviews_held(record, day)}
    if several and item.clock.about in of:
        said += f" of {words(of[item.clock.about])}"
    return said, step.due, item.days_late, step.law


def _facts(record: Entry, items: Sequence[Owed], day: str) -> Iterator[tuple[str, str]]:
    """What happened and when, as far as it bears on what is owed."""
    about = {item.clock.about for item in items}
    for request in record.get("ehc", {}).get("requests", ()):
        if request["id"] in about:
            yield request["date"], "you received the request for a needs assessment"
            if decision := request.get("decision"):
                yield decision["date"], "you decided to assess"
            if sent := request.get("advice_sent"):
                yield sent, "the school's advice went to you"
            if draft := request.get("draft"):
                yield draft, "your draft plan came"
    plan = plan_in_force(record, day) or {}
    moved = [t for t in plan.get("transfers", ()) if t["date"] <= day]
    last: Entry = max(moved, key=lambda t: str(t["date"]), default={})
    # a request may lie with the authority that the plan was transferred from
    if last.get("to_authority") == items[0].authority:
        yield last["date"], "the plan was transferred to you"
    phase = any(item.clock.step.key == "phase" for item in items)
    held = reviews_held(record, day)
    for review in held:
        if review["id"] in about or (phase and review == held[-1]):
            yield review["date"], "the annual review was held"
            # what another authority decided before was not decided by this one
            if review["date"] >= last.get("date", ""):
                yield from _after(review)


def _asked_before(items: Sequence[Owed], day: str) -> Iterator[tuple[str, str]]:
    """The letter before this one, where it asked for the same."""
    asked = [item.asked for item in items if item.asked and item.asked < day]
    if asked:
        yield max(asked), "we asked you for what was late by then"


def _after(review: Entry) -> Iterator[tuple[str, str]]:
    if sent := review.get("report_sent"):
        yield sent, "the report of the meeting went out"
    if decision := review.get("decision"):
        yield decision["date"], f"you decided to {decision['outcome']} the plan"
    if notice := review.get("notice_sent"):
        yield notice, "your notice of amendments came"
