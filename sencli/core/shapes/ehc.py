"""Education, health and care: requests, plans, reviews.

The schemas in Python, and nothing more: a test holds the two together, and the
meaning of each field stands in ``schemas/``.
"""

from __future__ import annotations

from typing import NotRequired
from typing import TypedDict

from sencli.core.shapes.common import OutcomeResult
from sencli.core.shapes.common import Views


class RequestDecision(TypedDict):
    """Whether to assess (due by week 6)."""

    date: str
    outcome: str
    reason: NotRequired[str]


class PlanDecision(TypedDict):
    """Whether to issue a plan (due by week 16)."""

    date: str
    outcome: str
    reason: NotRequired[str]


class TimetableException(TypedDict):
    """One exception."""

    date: str
    step: str
    reason: str


class EhcRequest(TypedDict):
    """One request."""

    id: str
    date: str
    by: NotRequired[str]
    authority: NotRequired[str]
    reason: NotRequired[str]
    evidence_sent: NotRequired[str]
    advice_requested: NotRequired[str]
    advice_sent: NotRequired[str]
    decision: NotRequired[RequestDecision]
    plan_decision: NotRequired[PlanDecision]
    draft: NotRequired[str]
    plan: NotRequired[str]
    exceptions: NotRequired[list[TimetableException]]
    withdrawn: NotRequired[str]


class SectionB(TypedDict):
    """One need."""

    id: str
    text: str


class SectionE(TypedDict):
    """One outcome."""

    id: str
    text: str
    pfa: NotRequired[str]


class SectionF(TypedDict):
    """One item of provision."""

    id: str
    text: str
    minutes_per_week: NotRequired[int]
    outcomes: NotRequired[list[str]]


class EhcPlan(TypedDict):
    """One plan."""

    id: str
    issued: str
    amended: NotRequired[list[str]]
    authority: NotRequired[str]
    needs: NotRequired[list[SectionB]]
    outcomes: NotRequired[list[SectionE]]
    provision: NotRequired[list[SectionF]]
    placement: NotRequired[str]
    document: NotRequired[str]
    shared_with_staff: NotRequired[str]
    ceased: NotRequired[str]
    ceased_reason: NotRequired[str]


class Invitation(TypedDict):
    """One invitation."""

    role: str
    who: NotRequired[str]
    date: str


class ReviewAdvice(TypedDict):
    """One piece of advice."""

    of: str
    requested: NotRequired[str]
    received: NotRequired[str]


class InterimTarget(TypedDict):
    """One step."""

    id: str
    text: str
    outcome: NotRequired[str]
    by: NotRequired[str]


class Pfa(TypedDict):
    """Preparing for adulthood, from Year 9."""

    employment: NotRequired[str]
    independent_living: NotRequired[str]
    participation: NotRequired[str]
    health: NotRequired[str]


class ReviewDecision(TypedDict):
    """The authority's decision (within four weeks)."""

    date: str
    outcome: str


class EhcReview(TypedDict):
    """One review."""

    id: str
    plan: NotRequired[str]
    date: str
    kind: NotRequired[str]
    led_by: NotRequired[str]
    invited: NotRequired[list[Invitation]]
    advice: NotRequired[list[ReviewAdvice]]
    circulated: NotRequired[str]
    attended: NotRequired[list[str]]
    outcomes: NotRequired[list[OutcomeResult]]
    interim_targets: NotRequired[list[InterimTarget]]
    pfa: NotRequired[Pfa]
    views: NotRequired[list[Views]]
    recommendation: NotRequired[str]
    amendments: NotRequired[str]
    differences: NotRequired[str]
    report_sent: NotRequired[str]
    decision: NotRequired[ReviewDecision]
    source: NotRequired[str]


class Ehc(TypedDict):
    """Education, health and care."""

    requests: NotRequired[list[EhcRequest]]
    plans: NotRequired[list[EhcPlan]]
    reviews: NotRequired[list[EhcReview]]
