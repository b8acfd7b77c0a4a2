"""What is worked out of one record on a day, and never stored."""

from __future__ import annotations

from typing import Any

from sencli.core import lookup
from sencli.core.types import Record


def derived(record: Record, day: str) -> dict[str, Any]:
    """Age, placement, status, stage and what is due, by the names of the fields."""
    placement = lookup.placement_on(record, day)
    status = lookup.status_on(record, day)
    cycle = lookup.latest_cycle(record)
    return {
        "day": day,
        "name": lookup.full_name(record),
        "age": lookup.age_on(record, day),
        "on_roll": lookup.on_roll(record, day),
        "left": lookup.left_on(record) or None,
        "class": placement.get("class"),
        "year_group": placement.get("year_group"),
        "provision": status["provision"],
        "layer": status.get("layer"),
        "needs": [need["type"] for need in lookup.needs_on(record, day)],
        "flags": lookup.flags_on(record, day),
        "cycle": lookup.cycle_label(record, cycle) if cycle else None,
        "stage": lookup.stage(cycle, day) or None,
        "review_by": lookup.review_by(record) or None,
        "overdue": lookup.overdue(record, day),
    }
