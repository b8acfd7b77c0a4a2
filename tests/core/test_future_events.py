"""What only the past can hold is refused on a day to come: each day of the schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sencli.core.checks.future_events import done_by
from sencli.core.checks.future_events import events
from sencli.resources import load_schema
from tests.cases import each_case

PLANS = ("from", "until", "by", "due", "review_by", "next_review", "date_of_birth")
"""By these names a day is hoped for, or one from or up to which something counts."""
AHEAD = frozenset({
    "status.taken_over", "cycles.plan.date", "cycles.plan.interventions.ended.date",
    "cycles.do.changes.date", "meetings.date", "ehc.plans.ceased", "ehc.reviews.date",
    "transitions.date", "corrections.date",
})  # fmt: skip
"""What else may be planned for a day to come; nobody types the day of a correction."""


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
PAST = [day for day in DAYS if day not in AHEAD and day.split(".")[-1] not in PLANS]


def test_what_may_be_to_come_is_a_day_of_the_schema():
    assert set(DAYS) >= AHEAD


@each_case("place", PAST)
def test_it_is_an_event_of_the_past(place):
    record: Any = "2027-06-01"
    for step in reversed(place.split(".")):
        record = {step: [record]}
    assert "2027-06-01" in [day for _, day in events(record)]


@each_case("place", PAST)
def test_what_is_still_to_come_counts_nowhere(place):
    """Another program may have written it: no duty is met by it before its day."""
    *above, last = place.split(".")
    record: Any = {"id": "x2345678", last: "2027-06-01", "agreed": "Read daily"}
    for step in reversed(above):
        record = {step: [record]}
    assert done_by(record, "2027-06-01") is record
    assert "2027-06-01" not in str(done_by(record, "2027-05-31"))


def test_what_came_before_stays_and_what_is_planned():
    past = {"date": "2026-10-01", "what": "sendiass"}
    meetings = [
        {"id": "t1", "date": "2027-02-01", "attended": ["parent"]},
        {"id": "t2", "date": "2027-02-01", "invited": ["parent"]},
        {"id": "t3", "date": "2026-10-01", "record_given": "2027-02-01"},
    ]
    record = {
        "information": [{"date": "2027-06-01"}, past, {"date": "2027-07-01"}],
        "meetings": meetings,
        "cycles": [
            {"id": "y1", "assess": {"date": "2027-01-01"}},
            {"id": "y2", "plan": {"date": "2026-09-01", "shared_with_staff": "2027-1"}},
        ],
    }
    assert done_by(record, "2026-11-30") == {
        "information": [past],
        "meetings": [meetings[1], {"id": "t3", "date": "2026-10-01"}],
        "cycles": [{"id": "y2", "plan": {"date": "2026-09-01"}}],
    }
