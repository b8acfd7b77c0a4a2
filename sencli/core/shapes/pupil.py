"""The pupil: the whole record.

The schemas in Python, and nothing more: a test holds the two together, and the
meaning of each field stands in ``schemas/``.
"""

from __future__ import annotations

from typing import NotRequired
from typing import TypedDict

from sencli.core.shapes.common import Told
from sencli.core.shapes.cycle import Cycle
from sencli.core.shapes.ehc import Ehc
from sencli.core.shapes.support import Meeting
from sencli.core.shapes.support import Specialist
from sencli.core.shapes.support import Transition


class EntryBaseline(TypedDict):
    """Skills and attainment on entry (Code 6.16)."""

    date: str
    source: NotRequired[str]
    summary: str


Roll = TypedDict(
    "Roll",
    {
        "from": NotRequired[str],
        "until": NotRequired[str],
        "from_school": NotRequired[str],
        "to_school": NotRequired[str],
        "reason": NotRequired[str],
        "baseline": NotRequired[EntryBaseline],
        "records_sent": NotRequired[str],
    },
)
"""One stay on the roll."""


Placement = TypedDict(
    "Placement",
    {
        "from": NotRequired[str],
        "year_group": NotRequired[str],
        "class": NotRequired[str],
    },
)
"""A class from a day."""


Contact = TypedDict(
    "Contact",
    {
        "id": str,
        "from": NotRequired[str],
        "until": NotRequired[str],
        "name": str,
        "relationship": NotRequired[str],
        "parental_responsibility": NotRequired[bool],
        "lives_with": NotRequired[bool],
        "sharing": NotRequired[str],
        "language": NotRequired[str],
        "interpreter": NotRequired[bool],
        "telephone": NotRequired[str],
        "email": NotRequired[str],
        "address": NotRequired[str],
        "note": NotRequired[str],
        "restricted": NotRequired[bool],
    },
)
"""One person."""


Flag = TypedDict(
    "Flag",
    {
        "flag": str,
        "from": str,
        "until": NotRequired[str],
        "note": NotRequired[str],
        "restricted": NotRequired[bool],
    },
)
"""One flag."""


Status = TypedDict(
    "Status",
    {
        "from": str,
        "provision": str,
        "layer": NotRequired[str],
        "monitoring": NotRequired[bool],
        "reason": NotRequired[str],
        "decided_by": NotRequired[list[str]],
        "told": NotRequired[list[Told]],
        "source": NotRequired[str],
        "taken_over": NotRequired[str],
    },
)
"""A status from a day."""


Need = TypedDict(
    "Need",
    {
        "id": str,
        "from": NotRequired[str],
        "until": NotRequired[str],
        "type": str,
        "rank": NotRequired[int],
        "area": NotRequired[str],
        "basis": NotRequired[str],
        "description": NotRequired[str],
        "impact": NotRequired[str],
        "restricted": NotRequired[bool],
    },
)
"""One need."""


class Concern(TypedDict):
    """One concern."""

    id: str
    date: str
    raised_by: NotRequired[str]
    concern: str
    school_view: NotRequired[str]
    response: NotRequired[str]
    responded: NotRequired[str]
    led_to: NotRequired[str]
    restricted: NotRequired[bool]
    source: NotRequired[str]


class Consideration(TypedDict):
    """One consideration."""

    id: str
    date: str
    about: str
    conclusion: NotRequired[str]
    reason: NotRequired[str]
    by: NotRequired[list[str]]
    adjustments: NotRequired[list[str]]


Adjustment = TypedDict(
    "Adjustment",
    {
        "id": str,
        "from": NotRequired[str],
        "until": NotRequired[str],
        "text": str,
        "worked": NotRequired[str],
        "share": NotRequired[str],
    },
)
"""One adjustment."""


class Information(TypedDict):
    """One piece of information."""

    date: str
    what: str
    to: NotRequired[str]
    how: NotRequired[str]


RelatedPlan = TypedDict(
    "RelatedPlan",
    {
        "id": str,
        "kind": str,
        "reference": NotRequired[str],
        "from": NotRequired[str],
        "until": NotRequired[str],
        "review_by": NotRequired[str],
        "informed": NotRequired[str],
    },
)
"""One plan."""


class Profile(TypedDict):
    """The profile from a day."""

    date: str
    made_with: NotRequired[list[str]]
    strengths: NotRequired[str]
    important_to_me: NotRequired[str]
    how_to_support_me: NotRequired[str]
    finds_hard: NotRequired[str]
    aspirations: NotRequired[str]


Funding = TypedDict(
    "Funding",
    {
        "from": str,
        "until": NotRequired[str],
        "source": str,
        "annual_pence": int,
        "note": NotRequired[str],
    },
)
"""One sum."""


class Report(TypedDict):
    """One report."""

    date: str
    to: NotRequired[list[str]]
    how: NotRequired[str]
    summary: NotRequired[str]
    source: NotRequired[str]


Document = TypedDict(
    "Document",
    {
        "id": str,
        "date": str,
        "title": str,
        "file": str,
        "sha256": NotRequired[str],
        "from": NotRequired[str],
        "kind": NotRequired[str],
        "restricted": NotRequired[bool],
    },
)
"""One document."""


class Issued(TypedDict):
    """One paper."""

    id: str
    date: str
    document: str
    to: NotRequired[str]
    audience: NotRequired[str]
    content: str
    by: NotRequired[str]


class RuleException(TypedDict):
    """One answer."""

    rule: str
    reason: str
    by: NotRequired[str]
    date: str
    until: NotRequired[str]


class Correction(TypedDict):
    """One correction."""

    id: str
    date: str
    path: str
    reason: str
    by: NotRequired[str]


class Pupil(TypedDict):
    """One pupil's SEN support history."""

    schema: int
    id: str
    first_name: str
    last_name: NotRequired[str]
    known_as: NotRequired[str]
    date_of_birth: NotRequired[str]
    sex: NotRequired[str]
    upn: NotRequired[str]
    former_upn: NotRequired[str]
    uln: NotRequired[str]
    roll: NotRequired[list[Roll]]
    placements: NotRequired[list[Placement]]
    contacts: NotRequired[list[Contact]]
    flags: NotRequired[list[Flag]]
    status: NotRequired[list[Status]]
    needs: NotRequired[list[Need]]
    concerns: NotRequired[list[Concern]]
    considerations: NotRequired[list[Consideration]]
    adjustments: NotRequired[list[Adjustment]]
    information: NotRequired[list[Information]]
    related_plans: NotRequired[list[RelatedPlan]]
    profiles: NotRequired[list[Profile]]
    funding: NotRequired[list[Funding]]
    cycles: NotRequired[list[Cycle]]
    specialists: NotRequired[list[Specialist]]
    meetings: NotRequired[list[Meeting]]
    reports: NotRequired[list[Report]]
    ehc: NotRequired[Ehc]
    transitions: NotRequired[list[Transition]]
    documents: NotRequired[list[Document]]
    issued: NotRequired[list[Issued]]
    exceptions: NotRequired[list[RuleException]]
    corrections: NotRequired[list[Correction]]
