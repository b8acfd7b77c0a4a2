"""The reports about a school's SEN work: what people write of them, when they are due.

What the records show is filled in when one is printed; what only governors and staff
can say is kept by section in ``reports/``.
"""

from __future__ import annotations

from collections.abc import Mapping

from sencli import terms
from sencli.core.record import find
from sencli.core.record.lookup import academic_year
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.folding import fold
from sencli.value import Value

STRATEGY = "inclusion-strategy"
INFORMATION = "information-report"
GOVERNORS = "governors"


class Kind(Value):
    """A report of which people write a part.

    Attributes:
        name: in words.
        sections: the keys of its sections, each with its heading and what only people
            can write there.
        structured: whether it has barriers and activities against them.
        yearly: whether it is published every year; else it is for a meeting.
    """

    name: str
    sections: tuple[tuple[str, str, str], ...]
    structured: bool = False
    yearly: bool = True

    @property
    def headings(self) -> dict[str, str]:
        """The headings by the sections' keys."""
        return {key: heading for key, heading, _ in self.sections}


INFORMATION_SECTIONS = (
    (
        "kinds",
        "The kinds of special educational needs provided for",
        "which kinds of need the school is set up to meet",
    ),
    (
        "identification",
        "How pupils with SEN are identified and assessed",
        "how a concern is raised, who assesses and how parents are told",
    ),
    (
        "evaluation",
        "How the school evaluates the effectiveness of its provision",
        "what governors and staff do with these figures",
    ),
    (
        "reviewing",
        "How progress is assessed and reviewed",
        "how often progress is looked at, and how parents and pupils take part",
    ),
    (
        "teaching",
        "The school's approach to teaching pupils with SEN",
        "what high quality teaching looks like here",
    ),
    (
        "curriculum",
        "How the curriculum and learning environment are adapted",
        "the adaptations made to lessons, rooms and resources",
    ),
    (
        "support",
        "Additional support for learning",
        "how it is decided who gets which support",
    ),
    (
        "activities",
        "How pupils with SEN take part in activities with others",
        "clubs, trips, sport and physical activities",
    ),
    (
        "wellbeing",
        "Support for emotional, mental and social development",
        "pastoral support, listening to pupils' views and preventing bullying",
    ),
    (
        "looked_after",
        "Pupils with SEN who are looked after",
        "how the SEN plan and the personal education plan are brought together",
    ),
    (
        "senco",
        "The SEN co-ordinator and other people to speak to",
        "how and when the SENCO can be reached",
    ),
    (
        "expertise",
        "Expertise and training of staff, and specialist expertise",
        "how specialist expertise is secured",
    ),
    (
        "equipment",
        "How equipment and facilities are secured",
        "how equipment and facilities are paid for and obtained",
    ),
    (
        "parents",
        "How parents are consulted and involved",
        "how parents are consulted and involved",
    ),
    (
        "pupils",
        "How pupils with SEN are consulted and involved",
        "how pupils say what they think of their support",
    ),
    (
        "complaints",
        "Complaints about the provision",
        "how to complain, to whom, and what happens then",
    ),
    (
        "others",
        "How other bodies are involved",
        "work with health, social care, the authority and voluntary organisations",
    ),
    (
        "services",
        "Support services for parents",
        "other services for parents, with their contact details",
    ),
    (
        "moving",
        "Moving between phases and preparing for adulthood",
        "visits, meetings and what is passed on before a move",
    ),
    (
        "local_offer",
        "The local authority's Local Offer",
        "where the Local Offer is published",
    ),
    (
        "admission",
        "Admission, access and the accessibility plan",
        "admission of disabled pupils, fair treatment, access, accessibility plan",
    ),
)
"""Schedule 1 to the SEND Regulations 2014 and section 69(3)(b) of the 2014 Act."""

STRATEGY_SECTIONS = (
    (
        "aims",
        "What we want for our pupils",
        "what inclusion means at this school, and what is to be better in a year",
    ),
    (
        "barriers",
        "Barriers to inclusion that we found",
        "what stands in pupils' way here, and how the school came to know",
    ),
    (
        "activities",
        "What we do against them",
        "what is done, by whom and by when",
    ),
    (
        "cost",
        "What it costs, and which budget pays",
        "how the money from the inclusion fund and other budgets is used",
    ),
    (
        "evidence",
        "The evidence behind it",
        "the research and the school's own results that it rests on",
    ),
    (
        "impact",
        "What came of it",
        "what has changed for pupils, and how that is known",
    ),
    (
        "review",
        "How we review this strategy",
        "who reviews it, when, and how parents and pupils are asked",
    ),
)

GOVERNORS_SECTIONS = (
    (
        "comment",
        "The SENCO says",
        "what these figures mean, what is changed now, and what is needed",
    ),
    (
        "duties",
        "What we do about duties that are open",
        "who sees to what is missing, and by when",
    ),
    (
        "questions",
        "Questions you might ask",
        "questions that help governors to look closely, one on a line",
    ),
)
"""No child is named there: a governing body reads it."""

KINDS: Mapping[str, Kind] = {
    STRATEGY: Kind("inclusion strategy", STRATEGY_SECTIONS, structured=True),
    INFORMATION: Kind("SEN information report", INFORMATION_SECTIONS),
    GOVERNORS: Kind("report to governors", GOVERNORS_SECTIONS, yearly=False),
}
_FIRST_DUE = "2026-12-31"
"""By when the first strategy is published (conditions of grant, 25 June 2026)."""
_NO_STRATEGY = frozenset({"special", "alternative_provision", "nursery", "independent"})
"""Schools that get no Inclusive Mainstream Fund."""


def path_of(kind: str) -> str:
    """The file that keeps what is written of a report."""
    return f"reports/{kind}.yaml"


def kind_at(path: str) -> str:
    """The report whose file it is, or ""."""
    return next((kind for kind in KINDS if path == path_of(kind)), "")


def empty() -> Record:
    """A report of which nothing is written yet."""
    return {"schema": 1}


def kind_of(typed: str) -> str:
    """The report meant.

    Raises:
        InvalidValue: there is none of that name.
    """
    return find.choose(
        typed,
        {kind: made.name for kind, made in KINDS.items()},
        "report that a school publishes",
    )


def due_on(kind: str, record: Entry, school: Entry, day: str) -> str:
    """By when it is next published; "" where it is not published by this school.

    A year after it was last. Of one of which nothing is recorded: for the strategy the
    day in the conditions of grant, for the information report the end of the school
    year.
    """
    if not KINDS[kind].yearly:
        return ""
    if kind == STRATEGY and school.get("type", "") in _NO_STRATEGY:
        return ""
    days = [str(entry["date"]) for entry in record.get("published", ())]
    last = max((date for date in days if date <= day), default="")
    if last:
        return a_year_after(last)
    return _FIRST_DUE if kind == STRATEGY else f"{academic_year(day) + 1}-08-31"


def a_year_after(day: str) -> str:
    """The same day a year later."""
    ends = "02-28" if day[5:] == "02-29" else day[5:]
    return f"{int(day[:4]) + 1}-{ends}"


def text_of(record: Entry, section: str) -> str:
    """What is written in a section, or ""."""
    for entry in record.get("sections", ()):
        if fold(entry["section"]) == fold(section):
            return str(entry["text"])
    return ""


def own_sections(kind: str, record: Entry) -> list[Entry]:
    """The sections under headings of the school's own, such as the seven principles."""
    known = {fold(key) for key in KINDS[kind].headings}
    return [e for e in record.get("sections", ()) if fold(e["section"]) not in known]


def by_stream(record: Entry, day: str) -> dict[str, int]:
    """What is budgeted for activities of the day, in pence a year, by budget."""
    sums: dict[str, int] = {}
    for entry in record.get("activities", ()):
        source, pence = entry.get("funding_source"), entry.get("annual_pence")
        if source and pence is not None and entry.get("until", "9999") >= day:
            sums[source] = sums.get(source, 0) + pence
    return {source: sums[source] for source in terms.FUNDING if source in sums}
