"""What several parts of a record share.

The schemas in Python, and nothing more: a test holds the two together, and the
meaning of each field stands in ``schemas/``.
"""

from __future__ import annotations

from typing import NotRequired
from typing import TypedDict


class Told(TypedDict):
    """One telling."""

    who: str
    date: str
    how: NotRequired[str]


class Views(TypedDict):
    """One person's views."""

    of: str
    date: NotRequired[str]
    how: NotRequired[str]
    language: NotRequired[str]
    text: str
    restricted: NotRequired[bool]


class Responsibilities(TypedDict):
    """Who does what between now and the review."""

    school: NotRequired[str]
    parent: NotRequired[str]
    pupil: NotRequired[str]


class OutcomeResult(TypedDict):
    """What one outcome came to."""

    outcome: str
    result: str
    value: NotRequired[float | str]
    interval: NotRequired[list[float]]
    evidence: NotRequired[str]


class Action(TypedDict):
    """Something that somebody promised to do."""

    id: str
    text: str
    by: NotRequired[str]
    due: NotRequired[str]
    done: NotRequired[str]
