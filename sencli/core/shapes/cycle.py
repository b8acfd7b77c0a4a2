"""A cycle: assess, plan, do, review.

The schemas in Python, and nothing more: a test holds the two together, and the
meaning of each field stands in ``schemas/``.
"""

from __future__ import annotations

from typing import NotRequired
from typing import TypedDict

from sencli.core.shapes.common import OutcomeResult
from sencli.core.shapes.common import Responsibilities
from sencli.core.shapes.common import Told
from sencli.core.shapes.common import Views


class Assess(TypedDict):
    """Assess (Code 6.45 to 6.47)."""

    date: str
    by: NotRequired[list[str]]
    teacher_assessment: NotRequired[str]
    attainment: NotRequired[str]
    compared_with_peers: NotRequired[str]
    views: NotRequired[list[Views]]
    specialist_advice: NotRequired[str]
    reviewed: NotRequired[list[str]]


class Agreement(TypedDict):
    """One answer."""

    who: str
    answer: str
    date: NotRequired[str]
    note: NotRequired[str]


Strategy = TypedDict(
    "Strategy",
    {
        "id": str,
        "text": str,
        "from": NotRequired[str],
        "until": NotRequired[str],
        "worked": NotRequired[str],
        "share": NotRequired[str],
    },
)
"""One strategy."""


class Baseline(TypedDict):
    """Where the pupil was at the start."""

    date: NotRequired[str]
    value: float | str
    interval: NotRequired[list[float]]


class Target(TypedDict):
    """What is hoped for, by when."""

    by: NotRequired[str]
    value: NotRequired[float | str]
    interval: NotRequired[list[float]]


Outcome = TypedDict(
    "Outcome",
    {
        "id": str,
        "continues": NotRequired[str],
        "ehc_outcome": NotRequired[str],
        "pfa": NotRequired[str],
        "outcome": str,
        "need": NotRequired[str],
        "success_criteria": NotRequired[str],
        "measure": NotRequired[str],
        "scale": NotRequired[str],
        "better": NotRequired[str],
        "from": NotRequired[str],
        "baseline": NotRequired[Baseline],
        "target": NotRequired[Target],
        "restricted": NotRequired[bool],
    },
)
"""One outcome."""


Dose = TypedDict(
    "Dose",
    {
        "from": str,
        "minutes": NotRequired[int],
        "sessions_per_week": NotRequired[float],
        "group_size": NotRequired[int],
        "led_by": NotRequired[list[str]],
        "role": NotRequired[str],
        "days": NotRequired[list[str]],
        "time": NotRequired[str],
        "reason": NotRequired[str],
    },
)
"""A dose from a day."""


class Ended(TypedDict):
    """Why it ended before its date."""

    date: str
    reason: NotRequired[str]


Intervention = TypedDict(
    "Intervention",
    {
        "id": str,
        "continues": NotRequired[str],
        "provision": str,
        "outcomes": NotRequired[list[str]],
        "tier": NotRequired[str],
        "group": NotRequired[str],
        "within": NotRequired[str],
        "section_f": NotRequired[str],
        "from": NotRequired[str],
        "until": NotRequired[str],
        "dose": NotRequired[list[Dose]],
        "other_cost_pence": NotRequired[int],
        "funding_source": NotRequired[str],
        "expected_impact": NotRequired[str],
        "class_link": NotRequired[str],
        "ended": NotRequired[Ended],
        "restricted": NotRequired[bool],
    },
)
"""One intervention."""


class Plan(TypedDict):
    """Plan (Code 6.48 to 6.51)."""

    date: NotRequired[str]
    review_by: NotRequired[str]
    agreement: NotRequired[list[Agreement]]
    told: NotRequired[list[Told]]
    shared_with_parents: NotRequired[str]
    shared_with_staff: NotRequired[str]
    strategies: NotRequired[list[Strategy]]
    responsibilities: NotRequired[Responsibilities]
    home_support: NotRequired[str]
    outcomes: NotRequired[list[Outcome]]
    interventions: NotRequired[list[Intervention]]


class Session(TypedDict):
    """One session."""

    date: str
    intervention: str
    ordinal: NotRequired[int]
    by: NotRequired[str]
    minutes: NotRequired[int]
    missed: NotRequired[str]
    note: NotRequired[str]


class Tally(TypedDict):
    """One week."""

    week: str
    intervention: str
    delivered: int
    missed: NotRequired[dict[str, int]]
    by: NotRequired[str]
    note: NotRequired[str]


class Measurement(TypedDict):
    """One measurement."""

    id: str
    date: str
    outcome: str
    value: float | str
    interval: NotRequired[list[float]]
    by: NotRequired[str]
    note: NotRequired[str]


class SupportChange(TypedDict):
    """One change."""

    id: str
    date: str
    item: NotRequired[str]
    change: str
    reason: NotRequired[str]


class Do(TypedDict):
    """Do (Code 6.52)."""

    sessions: NotRequired[list[Session]]
    tallies: NotRequired[list[Tally]]
    measurements: NotRequired[list[Measurement]]
    changes: NotRequired[list[SupportChange]]


class InterventionResult(TypedDict):
    """One judgement."""

    intervention: str
    impact: NotRequired[int]
    quality: NotRequired[str]
    comment: NotRequired[str]


class Review(TypedDict):
    """Review (Code 6.53 to 6.56)."""

    date: str
    led_by: NotRequired[str]
    invited: NotRequired[list[str]]
    attended: NotRequired[list[str]]
    interpreter: NotRequired[bool]
    outcomes: NotRequired[list[OutcomeResult]]
    interventions: NotRequired[list[InterventionResult]]
    views: NotRequired[list[Views]]
    decisions: NotRequired[list[str]]
    decision_reason: NotRequired[str]
    responsibilities: NotRequired[Responsibilities]
    next_steps: NotRequired[str]
    next_review: NotRequired[str]
    shared_with_parents: NotRequired[str]
    shared_with_staff: NotRequired[str]


class Closed(TypedDict):
    """How the cycle ended."""

    date: str
    reason: str
    note: NotRequired[str]


class Cycle(TypedDict):
    """One assess-plan-do-review cycle (Code 6.44)."""

    id: str
    teacher: NotRequired[str]
    assess: NotRequired[Assess]
    plan: NotRequired[Plan]
    do: NotRequired[Do]
    review: NotRequired[Review]
    closed: NotRequired[Closed]
    source: NotRequired[str]
