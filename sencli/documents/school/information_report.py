"""The SEN information report: a draft of what a governing body publishes each year.

What the records show is filled in; what only the governing body can say is left as a
plain gap. No pupil is named and small numbers are withheld: it goes on the website.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence

from sencli import terms
from sencli.core.record.types import Entry
from sencli.core.reports import governors
from sencli.core.reports import information as core
from sencli.core.reports.governors import Figures
from sencli.core.school.published_reports import INFORMATION
from sencli.core.school.published_reports import KINDS
from sencli.core.school.settings import settings
from sencli.core.time.calendar import year_of
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.paper_request import SchoolRequest
from sencli.documents.made_in.wording import capital
from sencli.documents.school import published
from sencli.documents.school.governors_public import WITHHELD
from sencli.documents.school.impact import span_words
from sencli.documents.view import Block
from sencli.documents.view import Text
from sencli.documents.view import View

SectionTexts = dict[str, list[str]]


def build(
    records: Iterable[Entry],
    setting: PaperContext,
    request: SchoolRequest | None = None,
) -> tuple[View, ...]:
    """The draft, with what the records can fill in and what people have written."""
    period = (request or SchoolRequest()).period or year_of(setting.day)
    record = published.without_names(INFORMATION, records, setting)
    made = governors.figures(records, setting.school, setting.day, period)
    told = _section_texts(records, setting, period, made)
    blocks: list[Block] = [Text(_ABOUT, "note")]
    for key, title, gap in KINDS[INFORMATION].sections:
        lacks = f"[The governing body writes: {gap}.]"
        text = published.written(record, key, lacks)
        blocks += published.section(title, [*published.facts(told.get(key, [])), text])
    blocks += published.own(INFORMATION, record)
    blocks += published.section(
        "Review of this report",
        published.facts(published.next_due(INFORMATION, record, setting)),
    )
    view = setting.view(
        "SEN information report (draft)",
        blocks,
        records,
        subtitle=span_words(period, setting.day),
        data=published.data(told, INFORMATION, record),
        footer="Draft for the governing body",
        asides=published.looked_over(INFORMATION, records, setting),
    )
    return (published.coded(view, INFORMATION, setting),)


_ABOUT = (
    "A draft: the records filled in what they show. Each gap in square brackets is for "
    "the governing body to write before it is published. Its sections are those "
    "of Schedule 1 to the SEND Regulations 2014 (SEND Code of Practice 6.79)."
)


def _section_texts(
    records: Iterable[Entry],
    setting: PaperContext,
    period: tuple[str, str],
    made: Figures,
) -> SectionTexts:
    """The figures from the records, by section."""
    school, catalogue, day = setting.school, setting.provisions, setting.day
    small = settings(school).small_number
    span = (period[0], min(day, period[1]))
    return {
        "kinds": [
            *published.shares(made, setting, period),
            *_kinds(made, core.areas(catalogue, day)),
        ],
        "evaluation": _evaluation(made),
        "reviewing": _reviewing(made, setting),
        "support": core.offered(catalogue, day),
        "wellbeing": core.offered(catalogue, day, terms.SEMH),
        "looked_after": _looked_after(records, school, day, small),
        "senco": _senco(school, day),
        "expertise": [f"Training: {course}" for course in core.training(school, span)],
        "parents": _parents(made, setting),
        "others": [
            f"Worked with: {name}" for name in core.services(records, span, small)
        ],
        "services": _services(school),
        "local_offer": [str(school["local_offer"])] if "local_offer" in school else [],
    }


def _kinds(made: Figures, areas: Sequence[str]) -> list[str]:
    told = [] if made.pupils is None else [f"Pupils on the SEN register: {made.pupils}"]
    told += [f"Provision is offered for {area}" for area in areas]
    needs = made.patterns[0]
    for value, row in zip(needs.values, needs.pupils, strict=False):
        if row[-1] and value in terms.NEED_TYPES:
            told.append(f"{terms.NEED_TYPES[value][0]} (primary need): {row[-1]}")
    if made.pupils is not None and any(row[-1] is None for row in needs.pupils):
        told.append("Other needs: numbers withheld, because few pupils have them")
    return told


def _evaluation(made: Figures) -> list[str]:
    achieved, *_, judged = made.outcomes
    if not judged:
        return []
    shown = WITHHELD if achieved is None else achieved
    return [f"Outcomes judged at reviews: {judged}; achieved or exceeded: {shown}"]


def _reviewing(made: Figures, setting: PaperContext) -> list[str]:
    weeks = settings(setting.school).weeks_between_reviews
    told = [f"Reviews of support are planned at most {weeks} weeks apart"]
    if made.due and made.on_time is not None:
        told.append(f"Reviews due: {made.due}; held in time: {made.on_time}")
    return told


def _senco(school: Entry, day: str) -> list[str]:
    people = core.named_contacts(school, day)
    return [*people, *map(capital, core.contact(school))] if people else []


def _looked_after(
    records: Iterable[Entry], school: Entry, day: str, small: int
) -> list[str]:
    count = core.looked_after(records, day, small)
    told = [
        person
        for person in core.named_contacts(school, day)
        if person.startswith("Designated teacher")
    ]
    if count:
        told.append(f"Pupils on the SEN register who are looked after: {count}")
    return told


def _parents(made: Figures, setting: PaperContext) -> list[str]:
    wanted = settings(setting.school).meetings_a_year
    told = [f"Meetings with the parents of each pupil planned a year: {wanted}"]
    if made.meetings:
        told.append(f"Meetings with parents, held or offered: {made.meetings}")
    return told


def _services(school: Entry) -> list[str]:
    service = school.get("sendiass", {})
    if not service:
        return []
    name = service.get("name", "The local advice service (SENDIASS)")
    return [", ".join([str(name), *core.ways(service)])]
