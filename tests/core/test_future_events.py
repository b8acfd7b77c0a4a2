"""What only the past can hold is refused on a day to come: each day of the schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sencli.core.checks.future_events import events
from sencli.resources import load_schema

AHEAD = frozenset({
    "roll.from", "roll.until", "placements.from", "contacts.from", "contacts.until",
    "flags.from", "flags.until", "status.from", "status.taken_over",
    "needs.from", "needs.until", "adjustments.from", "adjustments.until",
    "related_plans.from", "related_plans.until", "related_plans.review_by",
    "funding.from", "funding.until", "cycles.plan.date", "cycles.plan.review_by",
    "cycles.plan.strategies.from", "cycles.plan.strategies.until",
    "cycles.plan.outcomes.from", "cycles.plan.outcomes.target.by",
    "cycles.plan.interventions.from", "cycles.plan.interventions.until",
    "cycles.plan.interventions.dose.from", "cycles.plan.interventions.ended.date",
    "cycles.do.changes.date", "cycles.review.next_review", "specialists.review_by",
    "meetings.date", "meetings.actions.due", "ehc.plans.ceased", "ehc.reviews.date",
    "ehc.reviews.interim_targets.by", "transitions.date", "exceptions.until",
    # nobody types the day of a correction
    "corrections.date", "date_of_birth",
})  # fmt: skip
"""Days that may be to come: plans, invitations, ends and what counts from a day."""


def days(
    node: dict[str, Any], shared: dict[str, Any], path: str = "", seen: tuple = ()
) -> Iterator[str]:
    """Every place of a day in a schema, lists passed through."""
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        if name == "date":
            yield path
        elif name not in seen:
            yield from days(shared[name], shared, path, (*seen, name))
    for key, part in node.get("properties", {}).items():
        yield from days(part, shared, f"{path}.{key}".strip("."), seen)
    if isinstance(node.get("items"), dict):
        yield from days(node["items"], shared, path, seen)


SCHEMA = load_schema("pupil")
DAYS = sorted(set(days(SCHEMA, SCHEMA["$defs"])))


def test_what_may_be_to_come_is_a_day_of_the_schema():
    assert set(DAYS) >= AHEAD


@pytest.mark.parametrize("place", [day for day in DAYS if day not in AHEAD])
def test_it_is_an_event_of_the_past(place):
    record: Any = "2027-06-01"
    for step in reversed(place.split(".")):
        record = {step: [record]}
    assert "2027-06-01" in [day for _, day in events(record)]
