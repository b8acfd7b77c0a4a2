"""The school, its catalogue and its groups.

The schemas in Python, and nothing more: a test holds the two together, and the
meaning of each field stands in ``schemas/``.
"""

from __future__ import annotations

from typing import NotRequired
from typing import TypedDict

Ages = TypedDict(
    "Ages",
    {
        "from": int,
        "to": int,
    },
)
"""Age range."""


class LetterheadSettings(TypedDict):
    """The school on paper."""

    logo: NotRequired[str]
    colour: NotRequired[str]
    address: NotRequired[str]
    telephone: NotRequired[str]
    email: NotRequired[str]
    website: NotRequired[str]


class Sendiass(TypedDict):
    """The local SEND information, advice and support service."""

    name: NotRequired[str]
    telephone: NotRequired[str]
    email: NotRequired[str]
    website: NotRequired[str]


Role = TypedDict(
    "Role",
    {
        "role": str,
        "from": NotRequired[str],
        "until": NotRequired[str],
        "class": NotRequired[str],
    },
)
"""A role from a day."""


class Training(TypedDict):
    """One course."""

    what: str
    date: NotRequired[str]


class Staff(TypedDict):
    """One member of staff."""

    initials: str
    name: str
    roles: NotRequired[list[Role]]
    training: NotRequired[list[Training]]


Rate = TypedDict(
    "Rate",
    {
        "role": str,
        "from": NotRequired[str],
        "pence_per_hour": int,
        "source": NotRequired[str],
    },
)
"""A rate from a day."""


class HalfTerm(TypedDict):
    """The half-term holiday."""

    start: str
    end: str


class Term(TypedDict):
    """One term."""

    name: NotRequired[str]
    start: str
    end: str
    half_term: NotRequired[HalfTerm]
    closed: NotRequired[list[str]]


class Settings(TypedDict):
    """The school's own choices."""

    weeks_between_reviews: NotRequired[int]
    review_tolerance_days: NotRequired[int]
    meetings_a_year: NotRequired[int]
    stale_weeks: NotRequired[int]
    cycles_without_progress: NotRequired[int]
    element_2_pence: NotRequired[int]
    small_number: NotRequired[int]
    reading_age: NotRequired[int]
    phase_transfer_by: NotRequired[str]
    language: NotRequired[str]


class School(TypedDict):
    """The school, its staff, rates, terms and settings."""

    schema: int
    name: str
    urn: NotRequired[str]
    authority: NotRequired[str]
    authority_name: NotRequired[str]
    establishment: NotRequired[str]
    type: NotRequired[str]
    ages: NotRequired[Ages]
    letterhead: NotRequired[LetterheadSettings]
    sendiass: NotRequired[Sendiass]
    local_offer: NotRequired[str]
    staff: NotRequired[list[Staff]]
    rates: NotRequired[list[Rate]]
    terms: NotRequired[list[Term]]
    settings: NotRequired[Settings]


class Usual(TypedDict):
    """Usual dose."""

    minutes: NotRequired[int]
    sessions_per_week: NotRequired[float]
    weeks: NotRequired[int]
    group_size: NotRequired[int]
    role: NotRequired[str]


class Provision(TypedDict):
    """One provision."""

    key: str
    name: str
    parent_name: NotRequired[str]
    description: NotRequired[str]
    tier: NotRequired[str]
    areas: NotRequired[list[str]]
    usual: NotRequired[Usual]
    evidence: NotRequired[str]
    training: NotRequired[str]
    withdrawal: NotRequired[bool]
    funding_source: NotRequired[str]
    cost_per_pupil_pence: NotRequired[int]
    retired: NotRequired[str]
    share: NotRequired[str]


class Scale(TypedDict):
    """One scale."""

    key: str
    name: NotRequired[str]
    kind: str
    values: NotRequired[list[str]]
    better: NotRequired[str]
    unit: NotRequired[str]


class Provisions(TypedDict):
    """The catalogue: what the school offers, and the scales it measures with."""

    schema: int
    provisions: NotRequired[list[Provision]]
    scales: NotRequired[list[Scale]]


Group = TypedDict(
    "Group",
    {
        "id": str,
        "name": str,
        "provision": NotRequired[str],
        "from": NotRequired[str],
        "until": NotRequired[str],
        "note": NotRequired[str],
    },
)
"""One group."""


class Groups(TypedDict):
    """Teaching groups; who is in them stands in the pupils' records."""

    schema: int
    groups: NotRequired[list[Group]]
