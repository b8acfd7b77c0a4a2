"""Specialists, meetings and transitions.

The schemas in Python, and nothing more: a test holds the two together, and the
meaning of each field stands in ``schemas/``.
"""

from __future__ import annotations

from typing import NotRequired
from typing import TypedDict

from sencli.core.shapes.common import Action
from sencli.core.shapes.common import Responsibilities
from sencli.core.shapes.common import Told
from sencli.core.shapes.common import Views


class Consent(TypedDict):
    """Parents' agreement."""

    given: bool
    by: NotRequired[str]
    date: NotRequired[str]


class Advice(TypedDict):
    """One recommendation."""

    id: str
    date: str
    recommendation: str
    decision: NotRequired[str]
    decided: NotRequired[str]
    why: NotRequired[str]
    items: NotRequired[list[str]]


Shared = TypedDict(
    "Shared",
    {
        "with": str,
        "date": str,
    },
)
"""One sharing."""


class Specialist(TypedDict):
    """One involvement."""

    id: str
    service: str
    name: NotRequired[str]
    reason: NotRequired[str]
    source: NotRequired[str]
    asked: NotRequired[list[Told]]
    consent: NotRequired[Consent]
    referred: NotRequired[str]
    chased: NotRequired[list[str]]
    first_seen: NotRequired[str]
    advice: NotRequired[list[Advice]]
    shared: NotRequired[list[Shared]]
    review_by: NotRequired[str]
    discharged: NotRequired[str]
    restricted: NotRequired[bool]


class Meeting(TypedDict):
    """One meeting."""

    id: str
    date: str
    kind: NotRequired[str]
    led_by: NotRequired[str]
    invited: NotRequired[list[str]]
    attended: NotRequired[list[str]]
    interpreter: NotRequired[bool]
    views: NotRequired[list[Views]]
    strengths: NotRequired[str]
    difficulties: NotRequired[str]
    parent_concerns: NotRequired[str]
    outcomes_sought: NotRequired[str]
    aspirations: NotRequired[str]
    agreed: NotRequired[str]
    responsibilities: NotRequired[Responsibilities]
    actions: NotRequired[list[Action]]
    next_steps: NotRequired[str]
    record_given: NotRequired[str]
    shared_with_staff: NotRequired[str]
    restricted: NotRequired[bool]
    source: NotRequired[str]


class Transition(TypedDict):
    """One transition."""

    id: str
    date: str
    to: NotRequired[str]
    kind: NotRequired[str]
    actions: NotRequired[str]
    agreed_items: NotRequired[list[str]]
    agreed_with: NotRequired[list[str]]
    sent: NotRequired[str]
